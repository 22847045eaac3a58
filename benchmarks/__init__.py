"""How fast and how close to the best possible: measured beside peers, in one run, on one machine."""
