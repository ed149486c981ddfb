"""What one message does to its ticket: its turn in the exchange, as a decision."""
