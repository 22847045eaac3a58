"""What a plan means: how even, how near, how full, how fair."""

from dezentral.metrics.evenness import evenness
from dezentral.metrics.evenness_report import EvennessReport
from dezentral.metrics.fairness import fairness
from dezentral.metrics.occupancy import occupancy
from dezentral.metrics.proximity import proximity

__all__ = ["EvennessReport", "evenness", "fairness", "occupancy", "proximity"]
