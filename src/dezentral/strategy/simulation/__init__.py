"""A city over time: people come and go, sites open and close, and a strategy places them step by step."""

from dezentral.strategy.simulation.simulate import simulate
from dezentral.strategy.simulation.steps import Simulation, Step

__all__ = ["Simulation", "Step", "simulate"]
