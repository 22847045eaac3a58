"""What the rules are called, and what each demands."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "rule.name.open": ("open sites", "offene Standorte"),
    "rule.name.units": ("free units", "freie Einheiten"),
    "rule.name.admits": ("whom a site admits", "wen ein Standort aufnimmt"),
    "rule.name.requires": ("required features", "erforderliche Ausstattung"),
    "rule.name.excluded": ("excluded places", "ausgeschlossene Orte"),
    "rule.name.fixed": ("fixed placements", "feste Zuweisungen"),
    "rule.name.relation": ("who belongs together or apart", "wer zusammen oder getrennt wohnt"),
    "rule.name.site_cap": ("persons per site", "Personen je Standort"),
    "rule.name.district_cap": ("persons per district", "Personen je Stadtbezirk"),
    "rule.name.district_share": ("districts without a share", "Stadtbezirke ohne Anteil"),
    "rule.name.operator_cap": ("persons per operator", "Personen je Träger"),
    "rule.name.single_share": ("share of persons living alone", "Anteil Alleinstehender"),
    "rule.name.max_distance": ("longest way to services", "weitester Weg zu Angeboten"),
    "rule.name.service_capacity": ("seats in services", "Plätze in Angeboten"),
    "rule.name.max_moves": ("number of moves", "Zahl der Umzüge"),
    "rule.name.min_stay": ("shortest stay", "kürzester Aufenthalt"),
    "rule.text.open": ("Nobody is placed at a closed site.", "Niemand zieht an einen geschlossenen Standort."),
    "rule.text.units": (
        "Every household takes as many units as it needs, and no more units are used than there are.",
        "Jeder Haushalt nimmt so viele Einheiten, wie er braucht, und es werden nicht mehr belegt, als da sind.",
    ),
    "rule.text.admits": (
        "A site takes in only those whom it admits.",
        "Ein Standort nimmt nur die auf, für die er bestimmt ist.",
    ),
    "rule.text.requires": (
        "A unit has every feature that its household must have.",
        "Eine Einheit hat jede Ausstattung, die ihr Haushalt braucht.",
    ),
    "rule.text.excluded": (
        "Nobody is placed where they must not be.",
        "Niemand zieht dorthin, wo er nicht wohnen darf.",
    ),
    "rule.text.fixed": (
        "A household with a fixed site is placed there.",
        "Ein Haushalt mit festem Standort wird dort untergebracht.",
    ),
    "rule.text.relation": (
        "Who belongs together is placed together, who must be kept apart is placed apart.",
        "Wer zusammengehört, wohnt zusammen; wer getrennt wohnen muss, wohnt getrennt.",
    ),
    "rule.text.site_cap": (
        "A site holds no more persons than its limit.",
        "Ein Standort hat nicht mehr Personen als seine Obergrenze.",
    ),
    "rule.text.district_cap": (
        "A district holds no more persons than its limit.",
        "Ein Stadtbezirk hat nicht mehr Personen als seine Obergrenze.",
    ),
    "rule.text.district_share": (
        "A district without a target share takes in nobody new.",
        "Ein Stadtbezirk ohne Zielanteil nimmt niemanden neu auf.",
    ),
    "rule.text.operator_cap": (
        "An operator looks after no more persons than its limit.",
        "Ein Träger betreut nicht mehr Personen als seine Obergrenze.",
    ),
    "rule.text.single_share": (
        "Only a part of a site's places goes to persons living alone.",
        "Nur ein Teil der Plätze eines Standorts geht an Alleinstehende.",
    ),
    "rule.text.max_distance": (
        "Who needs a service moves only where one is near.",
        "Wer ein Angebot braucht, zieht nur dorthin, wo eines in der Nähe ist.",
    ),
    "rule.text.service_capacity": (
        "Everyone newly placed who needs a seat in a service gets one.",
        "Alle neu Untergebrachten, die einen Platz in einem Angebot brauchen, bekommen einen.",
    ),
    "rule.text.max_moves": (
        "Only so many households move although they could stay.",
        "Nur eine begrenzte Zahl von Haushalten zieht um, obwohl sie bleiben könnte.",
    ),
    "rule.text.min_stay": (
        "A new place can be kept for a minimum time.",
        "Ein neuer Platz kann eine Mindestzeit lang behalten werden.",
    ),
}
