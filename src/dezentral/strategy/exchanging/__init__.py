"""People change places among each other so that nobody is worse off."""

from dezentral.strategy.exchanging.exchange import exchange

__all__ = ["exchange"]
