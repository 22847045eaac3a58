"""Why households are without a place, and the smallest change that would help."""

from __future__ import annotations

_REASONS = {
    "open": ("the site is not open", "der Standort ist nicht offen"),
    "units": ("no free unit that fits {size}", "keine freie Einheit, die für {size} passt"),
    "admits": ("the site is meant for others", "der Standort ist für andere bestimmt"),
    "requires": ("required features are missing", "erforderliche Ausstattung fehlt"),
    "excluded": ("excluded for this household", "für diesen Haushalt ausgeschlossen"),
    "fixed": ("the household is fixed elsewhere", "der Haushalt ist anderswo fest zugewiesen"),
    "relation": (
        "the household must live together with others or apart from them",
        "der Haushalt muss mit anderen zusammen oder von ihnen getrennt wohnen",
    ),
    "site_cap": ("the limit of persons at the site", "die Obergrenze der Personen am Standort"),
    "district_cap": ("the limit of persons in the district", "die Obergrenze der Personen im Stadtbezirk"),
    "district_share": ("the district has no target share", "der Stadtbezirk hat keinen Zielanteil"),
    "operator_cap": ("the limit of persons of the operator", "die Obergrenze der Personen beim Träger"),
    "single_share": ("the share of persons living alone", "der Anteil der Alleinstehenden"),
    "max_distance": ("services that it needs are too far", "Angebote, die er braucht, sind zu weit weg"),
    "service_capacity": ("services that it needs are full", "Angebote, die er braucht, sind voll"),
    "max_moves": ("the limit of moves", "die Obergrenze der Umzüge"),
    "min_stay": ("the site closes too soon", "der Standort schließt zu bald"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"why.{rule}": pair for rule, pair in _REASONS.items()},
    "why.at": ("{what} (at {sites})", "{what} (betrifft {sites})"),
    "why.sentence": ("Nowhere to go: {reasons}.", "Kein Platz: {reasons}."),
    "why.nothing": (
        "There is no site that may be named here and has units.",
        "Es gibt keinen Standort mit Einheiten, der hier genannt werden darf.",
    ),
    "why.free": (
        "No rule keeps it out: there is a place that the plan does not use.",
        "Keine Regel steht entgegen: Es gibt einen Platz, den der Plan nicht nutzt.",
    ),
    "repair.free": (
        "Place it at {place}; nothing has to change.",
        "Der Haushalt kann gleich einziehen: {place}; nichts muss sich ändern.",
    ),
    "repair.units": (
        "Add {units} of kind {unit} at {site}; it can then go to {place}.",
        "{units} der Art {unit} hinzufügen ({site}); dann kann der Haushalt einziehen: {place}.",
    ),
    "repair.units.protected": (
        "Add {units} at a protected address; it can then go there.",
        "{units} an einer geschützten Adresse hinzufügen; dann kann der Haushalt einziehen.",
    ),
    "repair.cap.site_cap": (
        "Raise the limit of {site} by {persons}; it can then go to {place}.",
        "Die Obergrenze um {persons} anheben ({site}); dann kann der Haushalt einziehen: {place}.",
    ),
    "repair.cap.site_caps": (
        "Raise the limit of all sites by {persons}; it can then go to {place}.",
        "Die Obergrenze aller Standorte um {persons} anheben; dann kann der Haushalt einziehen: {place}.",
    ),
    "repair.cap.district_cap": (
        "Raise the limit of district {whose} by {persons}; it can then go to {place}.",
        "Die Obergrenze des Stadtbezirks {whose} um {persons} anheben; dann kann der Haushalt einziehen: {place}.",
    ),
    "repair.cap.operator_cap": (
        "Raise the limit of the operator {whose} by {persons}; it can then go to {place}.",
        "Die Obergrenze des Trägers {whose} um {persons} anheben; dann kann der Haushalt einziehen: {place}.",
    ),
    "repair.cap.protected": (
        "Raise a limit that concerns a protected address by {persons}; it can then go there.",
        "Eine Obergrenze um {persons} anheben, die eine geschützte Adresse betrifft; dann kann der Haushalt einziehen.",
    ),
    "repair.waiver": (
        "Make an exception for it from the rule “{rule}”; it can then go to {place}.",
        "Für diesen Haushalt eine Ausnahme von der Regel „{rule}“ zulassen; dann kann er einziehen: {place}.",
    ),
    "repair.none": (
        "No single change would help.",
        "Keine einzelne Änderung würde helfen.",
    ),
}
