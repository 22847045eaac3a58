"""An explanation: why here, why not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dezentral.domain.policy import Level
from dezentral.reasons.obstacle_words import Reason, site_name
from dezentral.wording import Language, level_name, number, require_language, say

if TYPE_CHECKING:
    import pandas as pd

_UNCHANGED = 5e-10  # a change that is only rounding


@dataclass(frozen=True, slots=True)
class SiteOutlook:
    """Another site for a household, at its most suitable unit kind.

    Attributes
    ----------
    site, name, district
        Id and name of the site, id of its district.
    unit, units
        Id of the unit kind, and how many units the household takes there, 1 when sharing; None where it does not fit.
    reasons
        Everything that keeps the household from there; empty where it can go.
    changes
        Change of each level if it goes there, less than 0 is better; None where it cannot go, or where the changes
        would tell a protected address.
    """

    site: str
    name: str
    district: str
    unit: str | None
    units: int | None
    reasons: tuple[Reason, ...]
    changes: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a household is where a plan has it, and what keeps it from every other site or would change there.

    It names no other household and no protected address.

    Attributes
    ----------
    household
        Its id.
    site, unit, units, district
        Where it is; None if it has no place, or is at a protected address.
    placed
        Whether it has a place.
    protected
        Whether its place is a protected address.
    levels
        The levels of the policy.
    sites
        Every other site, by id.
    best
        The best site where it can go; None if there is none, or if naming it first would tell a protected address.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> told = dz.explain(city, dz.Policy(), dz.Plan(unplaced=["h"]), "h")
    >>> told.placed, told.best.site
    (False, 's')
    """

    household: str
    site: str | None
    unit: str | None
    units: int | None
    district: str | None
    placed: bool
    protected: bool
    levels: tuple[Level, ...]
    sites: tuple[SiteOutlook, ...]
    best: SiteOutlook | None
    _heads: tuple[tuple[str, ...], tuple[str, ...]] = field(repr=False)

    def __str__(self) -> str:
        return self.text()

    def text(self, language: Language = "en") -> str:
        """Return the explanation as sentences, in English (``"en"``) or German (``"de"``).

        Raises
        ------
        PolicyError
            If there are no sentences in the language.
        """
        lines = list(self._heads[0] if require_language(language) == "en" else self._heads[1])
        if self.best is not None and self.best.changes is not None:
            key = "explain.best" if self.placed else "explain.best_first"
            changes = changes_text(self.levels, self.best.changes, language)
            lines.append(say(key, language, place=_place(self.best, language), changes=changes))
        elif all(site.reasons for site in self.sites):
            lines.append(say("explain.none", language))
        if self.sites:
            lines += [say("explain.others", language), *self._others(language)]
        return "\n".join(lines)

    def _others(self, language: Language) -> Iterator[str]:
        for site in self.sites:
            what = "; ".join(reason.text(language) for reason in site.reasons)
            if not site.reasons and site.changes is None:
                what = say("explain.possible", language)
            elif not site.reasons and site.changes is not None:
                what = say("explain.costs", language, changes=changes_text(self.levels, site.changes, language))
            place = site_name(site.site, site.name, language) if site.reasons else _place(site, language)
            yield say("explain.line", language, place=place, what=what)

    @property
    def frame(self) -> pd.DataFrame:
        """The other sites as a frame.

        Columns ``site``, ``unit``, ``units``, ``district``, ``possible``, ``rules`` (those that stand against it),
        ``reason`` (in English) and ``change_1`` … ``change_n`` (NaN where it cannot go).
        """
        import pandas as pd  # noqa: PLC0415

        names = [f"change_{number}" for number in range(1, len(self.levels) + 1)]
        columns = ["site", "unit", "units", "district", "possible", "rules", "reason", *names]
        rows = [
            (
                site.site, site.unit, site.units, site.district, not site.reasons,
                ";".join(dict.fromkeys(reason.rule for reason in site.reasons)),
                "; ".join(reason.text() for reason in site.reasons),
                *(site.changes or [None] * len(names)),
            )
            for site in self.sites
        ]  # fmt: skip
        texts = dict.fromkeys(("site", "district", "rules", "reason"), "str")
        numbers = dict.fromkeys(names, "float64")
        return pd.DataFrame(rows, columns=columns).astype({**texts, **numbers, "units": "Int64", "possible": "bool"})


def _place(site: SiteOutlook, language: Language) -> str:
    """Return a site with its unit kind."""
    where = site_name(site.site, site.name, language)
    return say("explain.at", language, site=where, unit=say("place.unit", language, unit=site.unit))


def changes_text(levels: tuple[Level, ...], changes: tuple[float, ...], language: Language) -> str:
    """Return what gets better or worse, most important first; what is not known (NaN) is left out."""
    told = [
        say(
            "explain.worse" if change > 0 else "explain.better",
            language,
            level=level_name(level, language),
            amount=_amount(abs(change), language),
        )
        for level, change in zip(levels, changes, strict=True)
        if abs(change) > _UNCHANGED
    ]
    return "; ".join(told) or say("explain.same", language)


def _amount(change: float, language: Language) -> str:
    """Return a change, however small, as a number that is not 0."""
    shown = number(change, language)
    return shown if float(f"{change:.2f}") else "< " + number(0.01, language)
