"""Decisions by hand, comparisons, conflicts and what unevenness is due to."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "decisions.breaks.fixed": (
        "The household is fixed at a protected address, and is placed elsewhere.",
        "Der Haushalt ist einer geschützten Adresse fest zugewiesen und wird anderswo untergebracht.",
    ),
    "decisions.breaks.relation": (
        "The household is bound to others who must live together or apart, and this placement does not heed it.",
        "Der Haushalt muss mit anderen zusammen oder von ihnen getrennt wohnen; diese Zuweisung beachtet das nicht.",
    ),
    "decisions.breaks.service_capacity": (
        "Services in reach of the site do not have a seat for everyone newly placed who needs one.",
        "Angebote in Reichweite des Standorts haben nicht für alle neu Untergebrachten den Platz, den sie brauchen.",
    ),
    "decisions.compare.head": ("Plan b against plan a: {changes}.", "Plan b gegenüber Plan a: {changes}."),
    "decisions.compare.nobody": ("everyone is where they were", "alle sind, wo sie waren"),
    "decisions.compare.moved": ("{households} at another site", "{households} an einem anderen Standort"),
    "decisions.compare.unit": (
        "{households} in other units of the same site",
        "{households} in anderen Einheiten desselben Standorts",
    ),
    "decisions.compare.placed": ("{households} newly placed", "{households} neu untergebracht"),
    "decisions.compare.unplaced": ("{households} no longer placed", "{households} nicht mehr untergebracht"),
    "decisions.compare.level": (
        "Level {level}, {goals}: {a} → {b} ({change})",
        "Stufe {level}, {goals}: {a} → {b} ({change})",
    ),
    "decisions.compare.override": (
        "By hand in plan {plan}, {by}: {costs}",
        "Von Hand in Plan {plan}, {by}: {costs}",
    ),
    "decisions.compare.cost": ("level {level} {change}", "Stufe {level} {change}"),
    "decisions.compare.free": ("no level changes", "keine Stufe ändert sich"),
    "decisions.compare.column.district": ("District", "Stadtbezirk"),
    "decisions.compare.column.load_a": ("Persons a", "Personen a"),
    "decisions.compare.column.load_b": ("Persons b", "Personen b"),
    "decisions.compare.column.change": ("Change", "Änderung"),
    "decisions.compare.column.rate_a": ("Per 1,000 a", "Je 1.000 a"),
    "decisions.compare.column.rate_b": ("Per 1,000 b", "Je 1.000 b"),
    "decisions.conflict.members": (
        "There is no plan: {fixed} with a fixed site cannot be placed there under these rules: {rules}.",
        "Es gibt keinen Plan: {fixed} mit festem Standort und diese Regeln passen nicht zusammen: {rules}.",
    ),
    "decisions.conflict.release": (
        "For a plan to exist, release from the fixed site: {release}.",
        "Damit es einen Plan gibt, ist der feste Standort aufzuheben für: {release}.",
    ),
    "decisions.conflict.proven": (
        "Proven: without any one of these the others go together, and to release fewer is not enough.",
        "Bewiesen: Ohne ein einziges davon passt alles andere zusammen, und weniger aufzuheben genügt nicht.",
    ),
    "decisions.conflict.open": (
        "That nothing smaller would do is not proven within the time given.",
        "Dass nichts Kleineres genügt, ist in der gegebenen Zeit nicht bewiesen.",
    ),
    "bottlenecks.best": (
        (
            "Of {units} tried one by one, this one helps most: one more of kind {unit} at {site}, district {district}:"
            " {changes}."
        ),
        (
            "Von {units}, einzeln erprobt, hilft diese am meisten: eine mehr der Art {unit}, {site}, Stadtbezirk"
            " {district}: {changes}."
        ),
    ),
    "bottlenecks.none": (
        "Of {units} tried one by one, none would improve anything.",
        "Von {units}, einzeln erprobt, würde keine etwas verbessern.",
    ),
    "bottlenecks.level": ("{level} ({goals})", "{level} ({goals})"),
    "bottlenecks.untold": (
        (
            "What one more unit gains on level {levels} is not told: in the time given the best plan with it and the"
            " best without it are not known closely enough for their difference to mean anything. More time would"
            " narrow it down."
        ),
        (
            "Was eine Einheit mehr auf Stufe {levels} bringt, wird nicht genannt: In der gegebenen Zeit sind der beste"
            " Plan mit ihr und der beste ohne sie nicht genau genug bekannt, als dass ihr Unterschied etwas sagte. Mehr"
            " Zeit grenzt ihn ein."
        ),
    ),
    "decisions.cause.reached": ("reached by the plan", "vom Plan erreicht"),
    "decisions.cause.best_reachable": ("best reachable as things are", "bestenfalls erreichbar, wie die Dinge liegen"),
    "decisions.cause.perfect": ("perfect", "ideal"),
    "decisions.cause.capacity": ("the number of units where they are", "die Zahl der Einheiten, wo sie sind"),
    "decisions.cause.unit_sizes": ("the sizes of units", "die Größen der Einheiten"),
    "decisions.cause.area": ("the floor area that each person needs", "die Fläche, die jede Person braucht"),
    "decisions.cause.fixed": ("fixed placements", "feste Zuweisungen"),
    "decisions.cause.current": ("who lives where today", "wer heute wo wohnt"),
    "decisions.cause.household_sizes": ("the sizes of households", "die Größen der Haushalte"),
    "decisions.verdict.values": (
        "{measure}: reached {reached}, best reachable {best} (proven), perfect {perfect}.",
        "{measure}: erreicht {reached}, bestenfalls erreichbar {best} (bewiesen), ideal {perfect}.",
    ),
    "decisions.verdict.breaks_rules": (
        "The plan breaks rules; what is reachable keeps them.",
        "Der Plan verletzt Regeln; das Erreichbare hält sie ein.",
    ),
    "decisions.verdict.most": (
        "Most of what is left is due to {cause}: without that, {left}.",
        "Die größte einzelne Ursache des Rests: {cause}. Ohne sie blieben {left}.",
    ),
    "decisions.verdict.together": (
        "What is left is due to several causes together, or to whole persons and those in no table.",
        "Der Rest liegt an mehreren Ursachen zusammen oder an ganzen Personen und denen, die in keiner Tabelle stehen.",
    ),
    "decisions.verdict.perfect": (
        "Nothing stands between the city and a perfect spread.",
        "Einer vollkommen gleichen Verteilung steht nichts im Weg.",
    ),
    "decisions.verdict.no_plan": (
        "No plan that keeps the rules is known.",
        "Ein Plan, der die Regeln einhält, ist nicht bekannt.",
    ),
}
