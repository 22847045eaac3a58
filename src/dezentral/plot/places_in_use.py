"""Beds by district: how many there are, and how many the plan takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_all
from dezentral.metrics.small_numbers import SMALL, is_small
from dezentral.plot.canvas import axes_or_new, bar_height, head, localised, plain, require_axes, tidy
from dezentral.plot.colours import DARK, INK, PALE
from dezentral.plot.labels import beside_a_bar
from dezentral.plot.shapes import is_open
from dezentral.wording import Language, number, require_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class _Beds:
    """The places of one district.

    Attributes
    ----------
    name
        Of the district.
    beds
        Of its sites that may be shown, together; None where there is none.
    taken
        Persons placed there, down to a multiple of five: exact ones would, beside the district's persons, tell how
        many are housed there unlisted.
    """

    name: str
    beds: int | None
    taken: int


def occupancy(instance: Instance, plan: Plan, ax: Axes | None = None, *, language: Language = "en") -> Axes:
    """Draw the beds of every district as bars, and how many of them the plan takes.

    Beds are those of open sites, as they stand there: rules (area per person, limits of sites) and the sizes of
    households may leave some of them empty, so that what is not taken is not always free. Who lives at a site without
    being listed takes none of them. Sites are never told apart; beds and persons of confidential ones are not in the
    picture: a sum would tell that there are some.

    Parameters
    ----------
    instance, plan
        A plan and its instance.
    ax
        To draw on; new ones if None.
    language
        ``"en"`` or ``"de"``.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    MissingExtraError
        Without matplotlib.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=5)])],
    ...     households=[dz.Household(id="h1", size=4), dz.Household(id="h2", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household=key, site="s", unit="flat") for key in ("h1", "h2")])
    >>> [text.get_text() for text in dz.plot.occupancy(city, plan).texts]
    ['5+ of 20']
    """
    require_all(lambda: require_language(language), lambda: require_axes(ax))
    rows = _rows(instance, plan)
    ax = axes_or_new(ax, 7.5, bar_height(len(rows)))
    for place, row in enumerate(rows):
        _bar(ax, row, place, language)
    ax.set_yticks(range(len(rows)), [plain(row.name) for row in rows], fontsize=8)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.margins(x=0.2)  # room for the words behind the longest bar
    ax.set_xlim(left=0)
    ax.set_xlabel(say("picture.occupancy_axis", language))
    head(ax, say("picture.occupancy_title", language), _legend(language))
    localised(ax.xaxis, language)
    tidy(ax)
    return ax


def _rows(instance: Instance, plan: Plan) -> list[_Beds]:
    require_match(instance, plan)
    sizes = {household.id: household.size for household in instance.households}
    at_site: Counter[str] = Counter()
    for placement in plan.placements:
        at_site[placement.site] += sizes[placement.household]
    beds: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for site in instance.sites:
        if not site.confidential and (is_open(instance, site) or at_site[site.id]):
            beds[site.district] += sum(unit.beds * unit.count for unit in site.units)
            taken[site.district] += at_site[site.id]
    return [
        _Beds(
            name=beside_a_bar(district),
            beds=beds.get(district.id),
            taken=taken[district.id] // SMALL * SMALL,
        )
        for district in instance.districts
    ]


def _bar(ax: Axes, row: _Beds, place: int, language: Language) -> None:
    if row.beds is None:
        ax.annotate(say("picture.no_places", language), (0, place), xytext=(5, 0), textcoords="offset points",
                    va="center", fontsize=8, color=INK, style="italic")  # fmt: skip
        return
    ax.barh(place, row.beds, height=0.7, facecolor=PALE, edgecolor=INK, lw=0.6)
    beds = number(row.beds, language)
    if is_small(row.taken):
        text = say("picture.few_of", language, beds=beds)
    else:
        ax.barh(place, row.taken, height=0.7, color=DARK)
        text = say("picture.taken_of", language, least=number(row.taken, language), beds=beds)
    ax.annotate(text, (max(row.beds, row.taken), place), xytext=(5, 0), textcoords="offset points", va="center",
                fontsize=8, color=INK)  # fmt: skip


def _legend(language: Language) -> list[Any]:
    from matplotlib.patches import Patch  # noqa: PLC0415

    return [
        Patch(facecolor=DARK, label=say("picture.taken", language)),
        Patch(facecolor=PALE, edgecolor=INK, label=say("picture.not_taken", language)),
    ]
