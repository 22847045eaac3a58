"""One measurement: what ran, how long, how much memory, how good."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Measurement:
    """What a child process reports.

    Attributes
    ----------
    case, who
        The case; ``"dezentral"`` or a peer's name.
    status
        In the words of whoever ran.
    seconds
        Phase → wall time (s). ``"solve"`` is what tables compare: for peers, writing the problem down and searching.
    values, bounds
        Per level; values by `dezentral.score`. Empty without a plan.
    violations
        Of the plan, by `dezentral.check`.
    unproven
        Levels that no bound was found for.
    columns
        Household × unit-kind variables of a peer's formulation.
    peak_mb
        Largest resident memory of the process (MB), the instance included; worker processes added at their peak.
    instance
        Digest of the instance's JSON.
    figures
        Further figures by name, of works other than solving.
    profile
        Where the time goes, if asked for.
    """

    case: str
    who: str
    status: str
    seconds: dict[str, float] = field(default_factory=dict)
    values: tuple[float, ...] = ()
    bounds: tuple[float | None, ...] = ()
    violations: int = 0
    columns: int = 0
    peak_mb: float = 0.0
    instance: str = ""
    figures: dict[str, float] = field(default_factory=dict)
    profile: str = ""

    @property
    def gap(self) -> float | None:
        """Largest gap of any level; None where a level has no bound or there is no plan."""
        pairs = list(zip(self.values, self.bounds, strict=True))
        if not pairs or any(bound is None for _, bound in pairs):
            return None
        return max(max(0.0, value - float(bound or 0.0)) / max(1.0, abs(value)) for value, bound in pairs)

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Measurement:
        """Read plain data."""
        return cls(**{**data, "values": tuple(data["values"]), "bounds": tuple(data["bounds"])})
