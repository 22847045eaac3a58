"""Pictures of a plan: maps, bars and trade-offs that keep small numbers and protected addresses to themselves.

Every function takes a matplotlib `Axes` or makes one, and returns it; ``axes.figure.savefig(path)`` writes it. They
need the extra ``plot``; `explore` returns an interactive map.
"""

from dezentral.plot.before_after import compare
from dezentral.plot.district_map import map  # noqa: A004  the name of the contract, always said as `plot.map`
from dezentral.plot.interactive import explore
from dezentral.plot.places_in_use import occupancy
from dezentral.plot.rate_bars import rates
from dezentral.plot.trade_off import frontier

__all__ = ["compare", "explore", "frontier", "map", "occupancy", "rates"]
