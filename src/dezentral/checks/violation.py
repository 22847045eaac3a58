"""What check reports: one rule that a plan breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks, and whom it concerns.

    Attributes
    ----------
    rule
        One of `dezentral.checks.RULE_NAMES`, e.g. ``"site_cap"``.
    message
        A sentence for staff, with numbers and units.
    households, sites, districts
        Ids of those concerned, sorted.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Violation("open", "Site s is closed.", households=("h",), sites=("s",), districts=("a",)).rule
    'open'
    """

    rule: str
    message: str
    households: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        rule: str,
        message: str,
        *,
        households: Iterable[str] = (),
        sites: Iterable[str] = (),
        districts: Iterable[str] = (),
    ) -> Self:
        """Build a violation from ids in any order, each named once."""
        return cls(
            rule,
            message,
            households=tuple(sorted(set(households))),
            sites=tuple(sorted(set(sites))),
            districts=tuple(sorted(set(districts))),
        )
