"""What protection costs on one NF: variants built side by side, run turn by turn on the same packets."""
