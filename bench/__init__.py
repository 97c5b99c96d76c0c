"""What protection costs, measured: `make bench`."""
