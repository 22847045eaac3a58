"""Small numbers of persons: what may be told to readers outside the office.

A count under five could point at people, and so could everything from which it can be worked out: a rate, a
deviation, a total, a sum of squares. One mechanism keeps them all: counts are made coarse first, and whatever is
published is then computed from the coarse counts alone. Two plans that differ in nothing but small counts therefore
look the same, and nothing published can tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.domain import District, Instance, Plan, require_match
from dezentral.metrics.evenness import evenness
from dezentral.metrics.evenness_report import DistrictRow, EvennessReport
from dezentral.metrics.loads import district_loads

SMALL = 5
SMALL_TEXT = "<5"
_SOME_INHABITANTS = 2  # stands for 1 to 4 inhabitants; 0 is no secret: an empty area


def is_small(persons: float) -> bool:
    """Return whether a count of persons must not be told.

    Examples
    --------
    >>> is_small(0), is_small(4), is_small(5)
    (True, True, False)
    """
    return persons < SMALL


def hidden_changes(changes: Sequence[int], limited: Sequence[bool]) -> list[bool]:
    """Return which changes must not be told: the small ones, and one more where they could be worked out.

    Changes often cancel out (nobody came, nobody left), so that what is not told could be worked out from the rest:
    if it is one change alone, if all are as large as small ones can be, or if a count before or after is told as a
    limit only. A hidden change does not say why it is one.

    Parameters
    ----------
    changes
        Persons more or less, in a fixed order.
    limited
        Whether the count before or after is told as a limit.

    Examples
    --------
    >>> hidden_changes([10, -8, -2], [False] * 3), hidden_changes([10, -7, -2, -1], [False] * 4)
    ([False, True, True], [False, False, True, True])
    """
    hidden = [is_small(abs(change)) for change in changes]
    small = [change for change, hide in zip(changes, hidden, strict=True) if hide]
    told = [i for i, hide in enumerate(hidden) if not hide and not limited[i]]
    cornered = len(small) == 1 or abs(sum(small)) > (SMALL - 1) * (len(small) - 1)
    if told and ((small and cornered) or any(limited)):
        hidden[min(told, key=lambda i: (abs(changes[i]), i))] = True
    return hidden


@dataclass(frozen=True, slots=True)
class PublicSpread:
    """How people are spread over the districts, as far as it may be told.

    Attributes
    ----------
    city
        The districts alone, each with its coarse load as `housed`.
    report
        The evenness of that city: every figure in it may be told, those of a district with few persons as limits.
    few
        Per district, in the order of the instance: fewer than five persons live there.
    few_inhabitants
        Per district: one to four inhabitants.
    """

    city: Instance
    report: EvennessReport
    few: tuple[bool, ...]
    few_inhabitants: tuple[bool, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing had to be made coarse."""
        return not any(self.few) and not any(self.few_inhabitants)

    @property
    def rows(self) -> tuple[DistrictRow, ...]:
        """The districts with coarse figures: 0 stands for fewer than five persons."""
        return self.report.rows

    @property
    def persons(self) -> int:
        """Persons in all districts; without the districts with few, if there are any."""
        return sum(row.load for row in self.rows)

    def rate_limit(self, d: int) -> float:
        """Return the rate per 1,000 inhabitants that a district is known to stay below, or else its rate."""
        row = self.rows[d]
        if self.few_inhabitants[d] or not row.population:
            return float("nan")
        return 1000 * SMALL / row.population if self.few[d] else row.rate_per_1000


def public_spread(instance: Instance, plan: Plan) -> PublicSpread:
    """Return how a plan spreads people over the districts, as far as it may be told.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=500, housed=50), dz.District(id="b", population=500, housed=3)],
    ...     sites=(),
    ... )
    >>> spread = public_spread(city, dz.Plan())
    >>> spread.few, spread.persons, spread.rate_limit(1)
    ((False, True), 50, 10.0)
    """
    require_match(instance, plan)
    loads = district_loads(instance, plan).tolist()
    few = tuple(is_small(load) for load in loads)
    few_inhabitants = tuple(0 < district.population < SMALL for district in instance.districts)
    facts = zip(instance.districts, loads, few, few_inhabitants, strict=True)
    districts = tuple(_coarse(*own) for own in facts)
    city = Instance(districts=districts, sites=())
    return PublicSpread(city, evenness(city, Plan()), few, few_inhabitants)


def _coarse(district: District, load: int, few: bool, few_inhabitants: bool) -> District:
    return District(
        id=district.id,
        name=district.name,
        population=_SOME_INHABITANTS if few_inhabitants else district.population,
        housed=0 if few else load,
        target_weight=district.target_weight,
    )
