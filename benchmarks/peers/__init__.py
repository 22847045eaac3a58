"""What one would use instead: the same problem in one textbook formulation, handed to other programs."""
