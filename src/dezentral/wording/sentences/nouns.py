"""What is counted, one and many, and how lists are joined."""

from __future__ import annotations

_NOUNS = {
    "bed": ("bed", "beds", "Bett", "Betten"),
    "day": ("day", "days", "Tag", "Tage"),
    "district": ("district", "districts", "Stadtbezirk", "Stadtbezirke"),
    "goal": ("goal", "goals", "Ziel", "Ziele"),
    "household": ("household", "households", "Haushalt", "Haushalte"),
    "level": ("level", "levels", "Stufe", "Stufen"),
    "move": ("move", "moves", "Umzug", "Umzüge"),
    "operator": ("operator", "operators", "Träger", "Träger"),
    "override": ("placement by hand", "placements by hand", "Zuweisung von Hand", "Zuweisungen von Hand"),
    "person": ("person", "persons", "Person", "Personen"),
    "person_alone": (
        "person living alone", "persons living alone", "alleinstehende Person", "alleinstehende Personen",
    ),
    "place": ("place", "places", "Platz", "Plätze"),
    "rule": ("rule", "rules", "Regel", "Regeln"),
    "seat": ("seat", "seats", "Platz", "Plätze"),
    "service": ("service", "services", "Angebot", "Angebote"),
    "site": ("site", "sites", "Standort", "Standorte"),
    "unit": ("unit", "units", "Einheit", "Einheiten"),
    "violation": ("broken rule", "broken rules", "verletzte Regel", "verletzte Regeln"),
}  # fmt: skip

SENTENCES: dict[str, tuple[str, str]] = {
    "list.and": ("{first} and {last}", "{first} und {last}"),
    "list.or": ("{first} or {last}", "{first} oder {last}"),
    **{f"noun.{key}.one": (one, eins) for key, (one, _, eins, _) in _NOUNS.items()},
    **{f"noun.{key}.many": (many, viele) for key, (_, many, _, viele) in _NOUNS.items()},
}
