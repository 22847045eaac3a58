"""What the command line prints."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "outcome.untitled": ("Without a name", "Ohne Namen"),
    "outcome.city": ("Stuttgart (synthetic stock, seed {seed})", "Stuttgart (synthetischer Bestand, Startwert {seed})"),
    "outcome.synthetic": (
        "The stock is synthetic: sites, households and services are invented. The {districts} districts are real.",
        "Der Bestand ist synthetisch: erfundene Standorte, Haushalte und Angebote. Echt sind die {districts} Bezirke.",
    ),
    "outcome.populations": (
        "Their populations are those of the city register, {first} to {last}; estimates: {names}.",
        "Ihre Einwohnerzahlen sind die des Melderegisters, {first} bis {last}; geschätzt: {names}.",
    ),
    "outcome.where": ("{sites} in {districts}", "{sites} in {districts}"),
    "outcome.policy": ("policy: {policy}", "Vorgaben: {policy}"),
    "outcome.placed": (
        "Placed: {placed} of {persons}, {placements} of {households}",
        "Untergebracht: {placed} von {persons}; {placements} / {households}",
    ),
    "outcome.proven": ("every level is proven", "jede Stufe ist bewiesen"),
    "outcome.unproven": (
        "level {levels} not proven to the end (the gap says how far from the best at most)",
        "Stufe {levels} nicht zu Ende bewiesen (die Lücke sagt, wie weit das Beste höchstens entfernt ist)",
    ),
    "outcome.status": ("{status} after {seconds} s: {proof}", "{status} nach {seconds} s: {proof}"),
    "outcome.again": ("the same call gives this plan again", "derselbe Aufruf ergibt diesen Plan wieder"),
    "outcome.not_again": (
        "the same call may give another plan: time ran out or it was stopped",
        "derselbe Aufruf kann einen anderen Plan ergeben: die Zeit war um oder er wurde angehalten",
    ),
    "outcome.goals": (
        "Goals, most important first; less is better, and nothing is below a bound given the goals before",
        (
            "Ziele, das wichtigste zuerst; weniger ist besser, und nichts liegt unter einer Schranke, wenn die Ziele"
            " davor gelten"
        ),
    ),
    "outcome.value": ("value", "Wert"),
    "outcome.bound": ("bound", "Schranke"),
    "outcome.gap": ("gap", "Lücke"),
    "outcome.weighted": ("weighted sum, in the plan of:", "gewichtete Summe, im Plan aus:"),
    "outcome.in_plan": ("in the plan", "im Plan"),
    "outcome.after_all": ("after all later levels", "nach allen späteren Stufen"),
    "outcome.rates": (
        "Persons per 1,000 inhabitants: lowest {lowest}, mean {mean}, highest {highest}",
        "Personen je 1.000 Einwohner: niedrigste {lowest}, Mittel {mean}, höchste {highest}",
    ),
    "outcome.spread": (
        "For a perfect spread {moving} of {persons}{share} would have to move",
        "Für eine völlig gleiche Verteilung müssten {moving} von {persons}{share} umziehen",
    ),
    "outcome.col.district": ("district", "Stadtbezirk"),
    "outcome.col.inhabitants": ("inhabitants", "Einwohner"),
    "outcome.col.persons": ("persons", "Personen"),
    "outcome.col.target": ("target", "Zielwert"),
    "outcome.col.rate": ("per 1,000", "je 1.000"),
    "outcome.col.deviation": ("deviation", "Abweichung"),
    "outcome.infeasible": (
        "{status}: it is proven that no plan respects the fixed sites of households and all rules.",
        "{status}: Es ist bewiesen, dass kein Plan die festen Standorte von Haushalten und alle Regeln einhält.",
    ),
    "outcome.unknown": (
        "{status}: neither a plan nor a proof within {limit} s. More time may help: --time-limit.",
        "{status}: weder ein Plan noch ein Beweis in {limit} s. Mehr Zeit kann helfen: --time-limit.",
    ),
    "outcome.stopped": ("stopped before there was a plan", "angehalten, bevor es einen Plan gab"),
    "outcome.nothing_written": ("Nothing is written to {folder}.", "In {folder} wird nichts geschrieben."),
    "outcome.written": ("Written to {folder}: {files}", "Geschrieben in {folder}: {files}"),
    "outcome.proposal": ("A plan is a proposal: people decide.", "Ein Plan ist ein Vorschlag: Menschen entscheiden."),
}
