"""Geography: distances, containment, reference systems."""
