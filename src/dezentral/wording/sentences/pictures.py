"""What stands in pictures: titles, axes, legends."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "picture.rate_axis": ("persons housed per 1,000 inhabitants", "Untergebrachte je 1.000 Einwohner"),
    "picture.target": ("target", "Zielwert"),
    "picture.rate": ("by the plan", "nach dem Plan"),
    "picture.few": ("fewer than 5 persons", "weniger als 5 Personen"),
    "picture.few_short": ("<5", "<5"),
    "picture.no_rate": ("no rate: no or few inhabitants", "keine Quote: keine oder wenige Einwohner"),
    "picture.open_site": ("site, open", "Standort, offen"),
    "picture.closed_site": ("site, not open", "Standort, nicht offen"),
    "picture.schematic": (
        "squares stand for districts without borders in the data",
        "Quadrate stehen für Stadtbezirke ohne Grenzen in den Daten",
    ),
    "picture.map_title": ("Persons housed per 1,000 inhabitants", "Untergebrachte je 1.000 Einwohner"),
    "picture.rates_title": ("Districts against their targets", "Stadtbezirke und ihre Zielwerte"),
    "picture.occupancy_title": ("Beds by district", "Betten nach Stadtbezirk"),
    "picture.occupancy_axis": ("beds", "Betten"),
    "picture.taken": (
        "taken by the plan (in steps of 5 persons)",
        "belegt nach dem Plan (in Schritten von 5 Personen)",
    ),
    "picture.free": ("free", "frei"),
    "picture.taken_of": ("{least}+ of {beds}", "{least}+ von {beds}"),
    "picture.few_of": ("<5 of {beds}", "<5 von {beds}"),
    "picture.no_places": ("no places shown", "keine Plätze dargestellt"),
    "picture.compare_title": ("Before and after", "Vorher und nachher"),
    "picture.before": ("before", "vorher"),
    "picture.after": ("after", "nachher"),
    "picture.unchanged": (
        "changed by fewer than 5 persons, or not told",
        "um weniger als 5 Personen geändert oder nicht genannt",
    ),
    "picture.frontier_title": ("What one goal costs the others", "Was ein Ziel die anderen kostet"),
    "picture.level_axis": ("level {level}: {goals}", "Stufe {level}: {goals}"),
    "picture.level_number": ("level {level}", "Stufe {level}"),
    "picture.relaxed_axis": ("limit of the relaxed level", "Grenze der gelockerten Stufe"),
    "picture.found": ("best plan found", "bester gefundener Plan"),
    "picture.bound": ("proven bound", "bewiesene Schranke"),
    "picture.no_districts": ("There are no districts.", "Es gibt keine Stadtbezirke."),
    "picture.offline": (
        "This map needs Leaflet from cdn.jsdelivr.net, which could not be loaded. The report needs no network.",
        "Diese Karte braucht Leaflet von cdn.jsdelivr.net; es wurde nicht geladen. Der Bericht braucht kein Netz.",
    ),
    "picture.from_to": ("{least} to {most}", "{least} bis {most}"),
    "picture.up_to": ("up to {most}", "bis {most}"),
    "picture.kind": ("kind", "Art"),
    "picture.district": ("district", "Stadtbezirk"),
    "picture.load": ("persons", "Personen"),
    "picture.inhabitants": ("inhabitants", "Einwohner"),
}
