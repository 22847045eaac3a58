"""From tables as they were found to one instance, or to one error with every fault."""
