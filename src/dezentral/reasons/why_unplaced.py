"""why_unplaced: what keeps households out, and the smallest single change that would help."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from dezentral.assess.places import Outlook, Places, places_of
from dezentral.checks import RULE_NAMES
from dezentral.domain import Household, Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.reasons.closest import closest_places
from dezentral.reasons.obstacle_words import district_words, site_words
from dezentral.reasons.repairs import Repair, cheapest_repair
from dezentral.wording import Language, counted, require_language, rule_name, say

if TYPE_CHECKING:
    import pandas as pd

_Row = tuple[str, str, str | None, str | None, float, float]


def why_unplaced(instance: Instance, policy: Policy, plan: Plan, *, language: Language = "en") -> pd.DataFrame:
    """Return why each unplaced household has no place, and the cheapest single change after which it can have one.

    Each household is judged with all others staying put. Changes are compared by what they add: beds for units,
    persons for limits; exceptions from a rule come last, then ids decide.

    Parameters
    ----------
    instance, policy, plan
        The plan and what it is made from.
    language
        Of the sentences: ``"en"`` or ``"de"``.

    Returns
    -------
    pandas.DataFrame
        A row per unplaced household, by id:

        - ``household``;
        - ``reason``: the rules that keep it out, and at how many sites;
        - ``repair``: the change as a sentence;
        - ``repair_kind``: ``"units"`` (more units of a kind), ``"cap"`` (a limit raised) or ``"waiver"`` (an exception
          from a rule); None where nothing has to change, or no single change would help;
        - ``repair_target``: what to change. Units: ``"site/unit"``. Limits: ``"site_cap/site"``,
          ``"district_cap/district"``, ``"operator_cap/operator"``, or ``"site_cap"`` for the limit of all sites.
          Waivers: the rule. Nothing to change: the free place, ``"site/unit"``. None where it would name a protected
          address;
        - ``repair_amount``: units or persons more; 1 for a waiver; 0 where nothing has to change; else NaN;
        - ``cost``: beds or persons added; NaN for waivers, and where no single change would help.

        No sentence names another household or a protected address.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If there are no sentences in the language.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=0)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> row = dz.why_unplaced(city, dz.Policy.default(), dz.Plan(unplaced=["h"])).iloc[0]
    >>> print(row.reason, row.repair, row.repair_target, row.cost, sep=chr(10))
    Nowhere to go: no free unit that fits 3 persons (at 1 site).
    Add 1 unit of kind flat at site s; it can then go to site s, unit kind flat.
    s/flat
    4.0
    """
    require_language(language)
    places = places_of(instance, policy, plan)
    related = frozenset(key for relation in instance.relations for key in relation.households)
    known: dict[Hashable, _Row] = {}
    rows = []
    for household in places.situation.unplaced:
        key = _read(household, related)
        if key not in known:
            known[key] = _row(places, places.outlook(household.id), language)
        rows.append((household.id, *known[key]))
    return _frame(rows)


def _read(household: Household, related: frozenset[str]) -> Hashable:
    """Return all that the rules read of a household: others like it are kept out alike."""
    return (
        household.size, household.sex, household.traits, household.requires, household.needs, household.current_site,
        household.current_unit, household.fixed_site, household.excluded_sites, household.excluded_districts,
        household.id if household.id in related else None,
    )  # fmt: skip


def _row(places: Places, outlook: Outlook, language: Language) -> _Row:
    repair = cheapest_repair(places, outlook)
    if repair is None:
        sentence, kind, target, amount, cost = say("repair.none", language), None, None, math.nan, math.nan
        return _reason(outlook, language), sentence, kind, target, amount, cost
    reason = say("why.free", language) if repair.kind is None else _reason(outlook, language)
    return reason, _sentence(places, repair, language), repair.kind, _target(repair), float(repair.amount), repair.cost


def _reason(outlook: Outlook, language: Language) -> str:
    """Say which rules keep a household out, and at how many sites, without counting protected addresses."""
    sites = Counter[str]()
    for place in closest_places(outlook):
        if not place.site.confidential:
            sites.update({obstacle.rule for obstacle in place.obstacles})
    size = counted(outlook.household.size, "person", language)
    order = sorted(sites, key=lambda rule: (-sites[rule], RULE_NAMES.index(rule)))
    reasons = [
        say(
            "why.at",
            language,
            what=say(f"why.{rule}", language, size=size),
            sites=counted(sites[rule], "site", language),
        )
        for rule in order
    ]
    return say("why.sentence", language, reasons="; ".join(reasons)) if reasons else say("why.nothing", language)


def _sentence(places: Places, repair: Repair, language: Language) -> str:
    site, protected = repair.place.site, repair.place.site.confidential
    district = district_words(places.situation.districts[site.district])
    values = {
        "place": _place(repair, language),
        "site": site_words(site, language),
        "unit": repair.target,
        "units": counted(repair.amount, "unit", language),
        "persons": counted(repair.amount, "person", language),
        "whose": district if repair.rule == "district_cap" else repair.target,
    }
    if repair.kind == "waiver":
        return say("repair.waiver", language, rule=rule_name(repair.rule, language), **values)
    return say(next(_keys(repair, protected=protected)), language, **values)


def _keys(repair: Repair, *, protected: bool) -> Iterator[str]:
    if repair.kind is None:
        yield "repair.free"
    if protected:
        yield f"repair.{repair.kind}.protected"
    if repair.kind == "cap":
        yield f"repair.cap.{repair.rule}" if repair.target else "repair.cap.site_caps"
    yield f"repair.{repair.kind}"


def _place(repair: Repair, language: Language) -> str:
    site = repair.place.site
    if site.confidential:
        return site_words(site, language)
    unit = say("place.unit", language, unit=repair.place.unit.id)
    return say("explain.at", language, site=site_words(site, language), unit=unit)


def _target(repair: Repair) -> str | None:
    if repair.kind == "waiver":
        return repair.rule
    if repair.place.site.confidential:
        return None
    if repair.kind == "cap":
        return f"{repair.rule}/{repair.target}" if repair.target else repair.rule
    return f"{repair.place.site.id}/{repair.target}"


def _frame(rows: list[tuple[str, str, str, str | None, str | None, float, float]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    types = {
        "household": "str", "reason": "str", "repair": "str", "repair_kind": "object", "repair_target": "object",
        "repair_amount": "float64", "cost": "float64",
    }  # fmt: skip
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=kind)
            for (name, kind), column in zip(types.items(), columns, strict=True)
        }
    )
