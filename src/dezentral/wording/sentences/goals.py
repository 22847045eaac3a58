"""What the goals are called, and what each counts."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "goal.name.keep_housed": ("Keeping homes", "Wohnung behalten"),
    "goal.name.placed": ("Placing people", "Menschen unterbringen"),
    "goal.name.stability": ("Staying put", "Nicht umziehen müssen"),
    "goal.name.evenness.chi2": ("Evenness (chi-square)", "Gleichmäßigkeit (Chi-Quadrat)"),
    "goal.name.evenness.persons_to_move": ("Evenness (persons to move)", "Gleichmäßigkeit (Umzüge)"),
    "goal.name.evenness.max_ratio": ("Evenness (highest load)", "Gleichmäßigkeit (höchste Belegung)"),
    "goal.name.seats": ("Seats in services", "Plätze in Angeboten"),
    "goal.name.proximity": ("Nearness", "Nähe"),
    "goal.name.wishes": ("Wishes", "Wünsche"),
    "goal.name.fit": ("Fitting units", "Passende Einheiten"),
    "goal.name.cost": ("Cost", "Kosten"),
    "goal.name.utility": ("Predicted benefit", "Erwarteter Nutzen"),
    "goal.name.peer_support": ("Peer support", "Gegenseitige Unterstützung"),
    "goal.meaning.keep_housed": (
        "persons who lose the home they have",
        "Personen, die ihre jetzige Wohnung verlieren",
    ),
    "goal.meaning.placed": (
        "persons without a place, weighted by priority",
        "Personen ohne Platz, gewichtet nach Dringlichkeit",
    ),
    "goal.meaning.stability": (
        "persons who move to another site",
        "Personen, die an einen anderen Standort umziehen",
    ),
    "goal.meaning.evenness.chi2": (
        "persons, chi-square distance from the targets",
        "Personen, Chi-Quadrat-Abstand von den Zielwerten",
    ),
    "goal.meaning.evenness.persons_to_move": (
        "persons who would have to move for a perfect spread",
        "Personen, die für eine vollkommen gleiche Verteilung umziehen müssten",
    ),
    "goal.meaning.evenness.max_ratio": (
        "largest ratio of load to target",
        "größtes Verhältnis von Belegung zu Zielwert",
    ),
    "goal.meaning.seats": (
        "persons without a seat in a service they need",
        "Personen ohne Platz in einem Angebot, das sie brauchen",
    ),
    "goal.meaning.proximity": (
        "person-metres to services and anchors",
        "Personenmeter zu Angeboten und Bezugspunkten",
    ),
    "goal.meaning.wishes": (
        "person-ranks away from the districts wished for",
        "Personenränge Abstand von den gewünschten Stadtbezirken",
    ),
    "goal.meaning.fit": ("beds left empty in units in use", "leere Betten in belegten Einheiten"),
    "goal.meaning.cost": ("cost of the places, as given", "Kosten der Plätze, wie angegeben"),
    "goal.meaning.utility": (
        "predicted benefit, negative, as given",
        "erwarteter Nutzen, negativ, wie angegeben",
    ),
    "goal.meaning.peer_support": (
        "persons who seek peer support and find none",
        "Personen, die Unterstützung suchen und keine finden",
    ),
}
