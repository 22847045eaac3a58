"""The specification: every rule re-checked and every goal recomputed, knowing nothing of the solver."""

from dezentral.checks.checking import RULE_NAMES, check
from dezentral.checks.scoring import score
from dezentral.checks.violation import Violation

__all__ = ["RULE_NAMES", "Violation", "check", "score"]
