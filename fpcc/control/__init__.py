"""What speaks with a host that runs: its control socket, and what is shown of its reports."""
