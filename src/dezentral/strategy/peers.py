"""peer_network: where people who support and people who seek support meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dezentral.domain import Household, Instance, Plan, require_match

if TYPE_CHECKING:
    import pandas as pd

Languages = tuple[str, ...]
Counts = np.ndarray[tuple[int, int], np.dtype[np.int64]]
_COUNTS = ("supporting", "supportable", "circles", "seeking", "seeking_persons", "matched")


@dataclass
class _Meeting:
    """Who gives and who seeks in one district, by the languages they speak."""

    rows: defaultdict[str | None, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    offers: Counter[Languages] = field(default_factory=Counter)
    needs: Counter[Languages] = field(default_factory=Counter)

    def add_circles(self, language: str, persons: int) -> None:
        self.rows[language]["circles"] += persons
        self.offers[language,] += persons

    def add(self, household: Household) -> None:
        spoken = tuple(sorted(household.languages))
        for language in spoken or (None,):
            row = self.rows[language]
            if household.seeks_support:
                row["seeking"] += 1
                row["seeking_persons"] += household.size
            elif household.supports:
                row["supporting"] += 1
                row["supportable"] += household.supports
        if household.seeks_support:
            self.needs[spoken] += household.size
        elif household.supports:
            self.offers[spoken] += household.supports


def peer_network(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Count, per district and language, who gives peer support there and who seeks it: no ids, only counts.

    Parameters
    ----------
    instance
        The input.
    plan
        A plan of the instance. Who is unplaced is in no district and not counted.

    Returns
    -------
    pandas.DataFrame
        One row per district and language that somebody speaks who gives or seeks support there, or in which a circle
        gives it, sorted: ``district``; ``language`` (None = no language is known); ``supporting`` (placed households
        that give support); ``supportable`` (persons whom these can support); ``circles`` (persons whom volunteers and
        self-help circles can support); ``seeking`` (placed households that seek support); ``seeking_persons`` (their
        persons); ``matched`` (persons among them who find support in this language in a best matching). Who speaks two
        languages counts in both rows, but is matched in one: the seeking persons of a district minus its
        ``matched`` are what the goal `PeerSupport` counts.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000, support={"uk": 1})],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=2)])],
    ...     households=[
    ...         dz.Household(id="g", size=1, languages=["ar"], supports=2),
    ...         dz.Household(id="h", size=3, languages=["ar"], seeks_support=True),
    ...     ],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household=key, site="s", unit="flat") for key in "gh"])
    >>> peer_network(city, plan)[["language", "supportable", "circles", "seeking_persons", "matched"]].values.tolist()
    [['ar', 2, 0, 3, 2], ['uk', 0, 1, 0, 0]]
    """
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    require_match(instance, plan)
    meetings = {district.id: _Meeting() for district in sorted(instance.districts, key=lambda one: one.id)}
    for district in instance.districts:
        for spoken, persons in district.support.items():
            if persons:
                meetings[district.id].add_circles(spoken, persons)
    households = {household.id: household for household in instance.households}
    district_of = {site.id: site.district for site in instance.sites}
    for placement in plan.placements:
        household = households[placement.household]
        if household.seeks_support or household.supports:
            meetings[district_of[placement.site]].add(household)
    cells = []
    for key, meeting in meetings.items():
        matched = _matched(meeting)
        for language in sorted(meeting.rows, key=lambda one: (one is None, one or "")):
            row = meeting.rows[language] | Counter(matched=matched[language])
            cells.append((key, language, *(row[name] for name in _COUNTS)))
    columns = ("district", "language", *_COUNTS)
    dtypes = {name: "object" if name in {"district", "language"} else "int64" for name in columns}
    return pd.DataFrame(
        {name: pd.Series([cell[i] for cell in cells], dtype=dtypes[name]) for i, name in enumerate(columns)}
    )


def _matched(meeting: _Meeting) -> Counter[str | None]:
    """Match as many seeking persons as possible; each counts for the first language, in order, that the two share."""
    needs, offers = sorted(meeting.needs), sorted(meeting.offers)
    matched: Counter[str | None] = Counter()
    if not needs or not offers:
        return matched
    flow = _flow(meeting, needs, offers)
    for i, spoken in enumerate(needs):
        for j, offered in enumerate(offers):
            if flow[i, j]:
                matched[min(set(spoken) & set(offered))] += int(flow[i, j])
    return matched


def _flow(meeting: _Meeting, needs: list[Languages], offers: list[Languages]) -> Counts:
    """Return persons of each seeking group matched to each offer, shape (n_needs, n_offers)."""
    from scipy.sparse import csr_array  # noqa: PLC0415  keeps the names of dezentral light to use
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    first_offer = len(needs) + 1
    sink = first_offer + len(offers)
    capacity = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    for i, spoken in enumerate(needs, start=1):
        capacity[0, i] = meeting.needs[spoken]
        for j, offered in enumerate(offers, start=first_offer):
            if not set(spoken).isdisjoint(offered):
                capacity[i, j] = min(meeting.needs[spoken], meeting.offers[offered])
    everybody = sum(meeting.needs.values())
    for j, offered in enumerate(offers, start=first_offer):
        capacity[j, sink] = min(meeting.offers[offered], everybody)
    flow = maximum_flow(csr_array(capacity), 0, sink).flow.toarray()
    return np.asarray(flow[1:first_offer, first_offer:sink], dtype=np.int64)
