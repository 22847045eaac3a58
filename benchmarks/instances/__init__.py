"""Generators of instances: same arguments, same instance."""
