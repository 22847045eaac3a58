"""What keeps a household from a place, as a reader may know it and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dezentral.assess.places_rules import Obstacle
from dezentral.checks.situation import Situation
from dezentral.domain import District, Site
from dezentral.domain.frozen import FrozenDict
from dezentral.wording import Language, counted, day, listed, metres, say, term


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a place is not possible.

    Attributes
    ----------
    rule
        Name of the rule.
    cause
        What about it, as a key of the catalogue.
    facts
        Figures and words that its sentence needs; protected addresses are not among them.
    """

    rule: str
    cause: str
    facts: Mapping[str, object]

    def text(self, language: Language = "en") -> str:
        """Return the reason as a clause: ``"no free unit for 5 persons"``."""
        values = {key: _WORDS.get(key, _plain)(value, language) for key, value in self.facts.items()}
        return say(f"block.{self.cause}", language, **values)


def reason_of(obstacle: Obstacle, situation: Situation) -> Reason:
    """Return an obstacle without what only the planning knows."""
    facts = dict(obstacle.facts)
    if obstacle.cap is not None:
        facts = {"limit": obstacle.cap.limit, "persons": obstacle.cap.limit, "whose": obstacle.cap.target}
    if "district" in facts:
        district = situation.districts[str(facts["district"])]
        facts["district"] = (district.id, district.name)
    if "fixed" in facts:
        site = situation.sites[str(facts["fixed"])]
        facts["fixed"] = None if site.confidential else (site.id, site.name)
    return Reason(obstacle.rule, obstacle.cause, FrozenDict(facts))


def site_name(site: str, name: str, language: Language) -> str:
    """Return ``"site Rosenpark (s1)"``, or ``"site s1"`` where it has no name."""
    return say("place.named" if name else "place.site", language, site=site, name=name)


def district_words(district: District) -> str:
    """Return a district by name and id: ``"Mitte (01)"``, or ``"01"`` where it has no name."""
    return _district((district.id, district.name), "en")


def site_words(site: Site, language: Language) -> str:
    """Return a site by name and id, or that it is a protected address."""
    return say("place.protected", language) if site.confidential else site_name(site.id, site.name, language)


def _persons(value: object, language: Language) -> str:
    return counted(int(str(value)), "person", language)


def _days(value: object, language: Language) -> str:
    return counted(int(str(value)), "day", language)


def _metres(value: object, language: Language) -> str:
    return metres(float(str(value)), language)


def _all_of(value: object, language: Language) -> str:
    return listed(_terms(value, language), language)


def _any_of(value: object, language: Language) -> str:
    return listed(_terms(value, language), language, "or")


def _terms(value: object, language: Language) -> list[str]:
    return [term(str(each), language) for each in value] if isinstance(value, tuple) else [str(value)]


def _term(value: object, language: Language) -> str:
    return term(str(value), language)


def _district(value: object, _language: Language) -> str:
    key, name = value if isinstance(value, tuple) else (value, "")
    return f"{name} ({key})" if name and name != key else str(key)


def _fixed(value: object, language: Language) -> str:
    if not isinstance(value, tuple):
        return say("place.protected", language)
    site, name = value
    return site_name(site, name, language)


def _moves(value: object, language: Language) -> str:
    return counted(int(str(value)), "move", language)


def _date(value: object, language: Language) -> str:
    return day(value, language) if isinstance(value, dt.date) else str(value)


def _plain(value: object, _language: Language) -> str:
    return str(value)


_WORDS: Mapping[str, Callable[[object, Language], str]] = {
    "admits": _any_of,
    "date": _date,
    "days": _days,
    "district": _district,
    "fixed": _fixed,
    "kind": _term,
    "least": _days,
    "metres": _metres,
    "missing": _all_of,
    "most": _metres,
    "moves": _moves,
    "persons": _persons,
    "size": _persons,
}
