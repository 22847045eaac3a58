"""What a cell holds: text of an office and the value that it means."""
