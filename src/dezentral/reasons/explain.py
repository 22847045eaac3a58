"""explain: one household, its place and every other site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dezentral.assess.places import Outlook, Place, Places, places_of
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Instance, Plan, Site
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.policy import Policy
from dezentral.reasons.alternatives import ranked
from dezentral.reasons.closest import closest_of
from dezentral.reasons.explanation import Explanation, SiteOutlook
from dezentral.reasons.here import here
from dezentral.reasons.obstacle_words import Reason, district_words, reason_of, site_words
from dezentral.wording import Language, counted, say


def explain(instance: Instance, policy: Policy, plan: Plan, household: str) -> Explanation:
    """Explain where a household is, why there, and what keeps it from every other site or would change there.

    Every other site is judged with all others staying put. Protected addresses (`Site.confidential`) are left out;
    of a household that is at one it is only said that it is, and nothing from which the place could be worked out.

    Parameters
    ----------
    instance, policy, plan
        The plan and what it is made from.
    household
        Id of a household of the instance.

    Returns
    -------
    Explanation
        ``str()`` reads as sentences, ``.text("de")`` in German; ``.frame`` has a row per site.

    Raises
    ------
    InstanceError
        If the household is not known.
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)]),
    ...         dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=3)]),
    ...         dz.Site(id="u", district="b", units=[dz.Unit(id="flat", beds=2)]),
    ...     ],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> print(dz.explain(city, dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit())]), plan, "h"))
    Household h (3 persons) is placed at site s in district a: 1 unit of kind flat.
    What the place means:
    - It has a place.
    - Beds that stay empty in its units: 1.
    Best other place: site t, unit kind flat: Fitting units better by 1.
    Other sites, all others staying where they are:
    - site t, unit kind flat: possible; Fitting units better by 1.
    - site u: the units are too small for 3 persons.
    """
    places = places_of(instance, policy, plan)
    outlook = places.outlook(household)
    now = outlook.now
    protected = now is not None and now.site.confidential
    seen = None if now is None or protected else now
    order = ranked(outlook, (place for place in outlook.others if not place.site.confidential))
    sites = tuple(_sites(places, outlook, order, tell_changes=not protected))
    possible = {site.site: site for site in sites if not site.reasons}
    best = next((possible[place.site.id] for place, _ in order if place.site.id in possible), None)
    return Explanation(
        household=outlook.household.id,
        site=None if seen is None else seen.site.id,
        unit=None if seen is None else seen.unit.id,
        units=None if seen is None else seen.units,
        district=None if seen is None else seen.site.district,
        placed=now is not None,
        protected=protected,
        levels=policy.levels,
        sites=sites,
        best=None if protected else best,
        _heads=(tuple(_head(places, outlook, "en")), tuple(_head(places, outlook, "de"))),
    )


def _head(places: Places, outlook: Outlook, language: Language) -> Iterator[str]:
    """Say where the household is, and what that means."""
    household, now = _named(outlook.household, language), outlook.now
    if now is None:
        yield say("explain.unplaced", language, household=household)
        return
    if now.site.confidential:
        yield say("explain.protected", language, household=household)
        return
    yield say(
        "explain.sharing" if now.shares else "explain.placed",
        language,
        household=household,
        site=site_words(now.site, language),
        district=district_words(places.situation.districts[now.site.district]),
        unit=now.unit.id,
        **_units(now, language),
    )
    sentences = here(places, now, language)
    if sentences:
        yield say("explain.here", language)
        yield from (f"- {sentence}" for sentence in sentences)


def _named(household: Household, language: Language) -> str:
    persons = counted(household.size, "person", language)
    return say("explain.household", language, household=household.id, persons=persons)


def _units(now: PlacedHousehold, language: Language) -> dict[str, str]:
    return {} if now.shares else {"units": counted(now.units, "unit", language)}


def _sites(
    places: Places, outlook: Outlook, order: list[tuple[Place, tuple[float, ...]]], *, tell_changes: bool
) -> Iterator[SiteOutlook]:
    """Return every other site that may be named, by id, each at its most suitable unit kind."""
    sites, situation = places.situation.sites, places.situation
    kinds = {key: list(group) for key, group in groupby(outlook.places, key=lambda place: place.site.id)}
    best = {place.site.id: (place, changes) for place, changes in reversed(order)}
    here_now = None if outlook.now is None else outlook.now.site.id
    for site in sites.values():
        if site.confidential or site.id == here_now:
            continue
        if site.id in best:
            place, changes = best[site.id]
            yield _site(site, place, (), changes if tell_changes else None)
        elif site.id in kinds:
            closest = closest_of(kinds[site.id])
            yield _site(site, closest, _reasons(closest, situation), None)
        else:
            yield _site(site, None, (Reason("units", "units.none", FrozenDict()),), None)


def _reasons(place: Place, situation: Situation) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reason_of(obstacle, situation) for obstacle in place.obstacles))


def _site(
    site: Site, place: Place | None, reasons: tuple[Reason, ...], changes: tuple[float, ...] | None
) -> SiteOutlook:
    return SiteOutlook(
        site=site.id,
        name=site.name,
        district=site.district,
        unit=None if place is None else place.unit.id,
        units=None if place is None else place.units,
        reasons=reasons,
        changes=changes,
    )
