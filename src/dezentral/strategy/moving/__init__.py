"""In which order the moves of a plan can be made."""

from dezentral.strategy.moving.order import move_order

__all__ = ["move_order"]
