"""What the report says."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "report.title": ("Placement plan: {name}", "Unterbringungsplan: {name}"),
    "report.untitled": ("Placement plan", "Unterbringungsplan"),
    "report.skip": ("Skip to the content", "Zum Inhalt springen"),
    "report.proposal": ("A plan is a proposal: people decide.", "Ein Plan ist ein Vorschlag: Menschen entscheiden."),
    "report.planning_day": ("Planning day: {day}", "Planungstag: {day}"),
    "report.day": ("{year:04d}-{month:02d}-{day:02d}", "{day:02d}.{month:02d}.{year:04d}"),
    "report.privacy": (
        (
            "Numbers of persons under 5 read “<5”, and whatever would reveal them is left out or told as a limit."
            " Protected addresses are shown nowhere."
        ),
        (
            "Zahlen unter 5 Personen stehen als „<5“ da; was sie verraten würde, fehlt oder ist nur als Grenze genannt."
            " Geschützte Adressen sind nirgends dargestellt."
        ),
    ),
    "report.summary": ("At a glance", "Auf einen Blick"),
    "report.fact.status": ("Proof", "Beweis"),
    "report.fact.persons": ("Persons in all districts", "Personen in allen Stadtbezirken"),
    "report.fact.unplaced": ("Without a place", "Ohne Platz"),
    "report.fact.rates": ("Per 1,000 inhabitants", "Je 1.000 Einwohner"),
    "report.fact.to_move": ("To move for a perfect spread", "Müssten für völlige Gleichheit umziehen"),
    "report.at_least": ("at least {amount}", "mindestens {amount}"),
    "report.about": ("about {amount}", "etwa {amount}"),
    "report.range": ("{least} to {most}", "{least} bis {most}"),
    "report.range_few": (
        "up to {most}; under 5 persons in {few} of {all} districts",
        "bis {most}; unter 5 Personen in {few} von {all} Stadtbezirken",
    ),
    "report.all_few": ("under 5 persons in every district", "unter 5 Personen in jedem Stadtbezirk"),
    "report.nobody": ("nobody", "niemand"),
    "report.persons": ("{amount} persons", "{amount} Personen"),
    "report.status.OPTIMAL": ("proven best", "bewiesen optimal"),
    "report.status.FEASIBLE": ("best found", "beste gefundene Lösung"),
    "report.status.changed": ("changed after the proof", "nach dem Beweis geändert"),
    "report.status.INFEASIBLE": ("no plan possible", "kein Plan möglich"),
    "report.status.UNKNOWN": ("no answer in time", "keine Antwort in der vorgegebenen Zeit"),
    "report.level_status.OPTIMAL": ("proven: no plan does better", "bewiesen: kein Plan ist besser"),
    "report.level_status.FEASIBLE": ("not proven to the end", "nicht zu Ende bewiesen"),
    "report.proof": ("The proof", "Der Beweis"),
    "report.proof.OPTIMAL": (
        (
            "It is proven that no plan that respects the rules reaches these goals, taken in this order, better than by"
            " the gap given here."
        ),
        (
            "Es ist bewiesen: Kein Plan, der die Regeln einhält, erreicht diese Ziele in dieser Reihenfolge um mehr als"
            " die hier genannte Lücke besser."
        ),
    ),
    "report.proof.FEASIBLE": (
        (
            "This is the best plan found. Not proven to the end: {levels}. There the gap says how much better another"
            " plan could be at most."
        ),
        (
            "Der Plan ist der beste gefundene. Nicht zu Ende bewiesen: {levels}. Dort sagt die Lücke, um wie viel ein"
            " anderer Plan höchstens besser sein könnte."
        ),
    ),
    "report.levels.one": ("level {list}", "Stufe {list}"),
    "report.levels.many": ("levels {list}", "Stufen {list}"),
    "report.proof.INFEASIBLE": (
        (
            "It is proven that no plan respects the fixed sites of households together with all rules. There is nothing"
            " to place until one of them is released."
        ),
        (
            "Es ist bewiesen, dass kein Plan die festen Standorte von Haushalten zusammen mit allen Regeln einhält."
            " Erst wenn davon etwas aufgegeben wird, gibt es einen Plan."
        ),
    ),
    "report.proof.UNKNOWN": (
        "Neither a plan nor a proof was found in the time given. That does not mean that there is none.",
        "In der gegebenen Zeit wurde weder ein Plan noch ein Beweis gefunden. Das heißt nicht, dass es keinen gibt.",
    ),
    "report.changed": (
        (
            "The plan was changed after the proof: the proof is about the computed plan, the column “in this plan”"
            " about the one shown here."
        ),
        (
            "Der Plan wurde nach dem Beweis geändert: Der Beweis gilt für den berechneten Plan, die Spalte „in diesem"
            " Plan“ für den hier gezeigten."
        ),
    ),
    "report.no_plan": ("There is no plan", "Es gibt keinen Plan"),
    "report.level.caption": (
        "Goals, most important first. Less is better; nothing can be below the bound, given the goals before.",
        (
            "Ziele, das wichtigste zuerst. Weniger ist besser; unter die Schranke kommt kein Plan, der die Ziele davor"
            " einhält."
        ),
    ),
    "report.level.number": ("Level", "Stufe"),
    "report.level.goal": ("Goal", "Ziel"),
    "report.level.value": ("Reached", "Erreicht"),
    "report.level.bound": ("Bound", "Schranke"),
    "report.level.gap": ("Gap", "Lücke"),
    "report.level.status": ("Status", "Stand"),
    "report.level.final": ("In this plan", "In diesem Plan"),
    "report.protected": ("not told", "nicht genannt"),
    "report.weighted_sum": ("weighted sum of:", "gewichtete Summe aus:"),
    "report.map": ("Map", "Karte"),
    "report.map.desc": (
        (
            "Map of the districts, each with its persons housed per 1,000 inhabitants. The table below has the same"
            " figures."
        ),
        (
            "Karte der Stadtbezirke, jeder mit seinen Untergebrachten je 1.000 Einwohner. Die Tabelle unten nennt"
            " dieselben Zahlen."
        ),
    ),
    "report.map.area": ("{name}: {rate} per 1,000 inhabitants", "{name}: {rate} je 1.000 Einwohner"),
    "report.map.area_few": ("{name}: fewer than 5 persons", "{name}: weniger als 5 Personen"),
    "report.legend": ("Persons housed per 1,000 inhabitants", "Untergebrachte je 1.000 Einwohner"),
    "report.districts": ("Districts", "Stadtbezirke"),
    "report.districts.caption": (
        "Persons by district. The target is what each would hold if the same persons were spread perfectly.",
        (
            "Personen nach Stadtbezirk. Der Zielwert ist, was jeder bei völlig gleicher Verteilung derselben Personen"
            " hätte."
        ),
    ),
    "report.districts.coarse": (
        "Targets are worked out without the districts with fewer than 5 persons.",
        "Die Zielwerte sind ohne die Stadtbezirke mit weniger als 5 Personen berechnet.",
    ),
    "report.col.id": ("No.", "Nr."),
    "report.col.district": ("District", "Stadtbezirk"),
    "report.col.inhabitants": ("Inhabitants", "Einwohner"),
    "report.col.persons": ("Persons", "Personen"),
    "report.col.target": ("Target", "Zielwert"),
    "report.col.rate": ("Per 1,000", "Je 1.000"),
    "report.col.deviation": ("Deviation", "Abweichung"),
    "report.col.bar": ("Rate; line = target", "Quote; Strich = Zielwert"),
    "report.bar.label": ("{rate} against a target of {target}", "{rate} bei einem Zielwert von {target}"),
    "report.unplaced": ("Without a place, and why", "Ohne Platz, und warum"),
    "report.unplaced.none": ("Every household has a place.", "Jeder Haushalt hat einen Platz."),
    "report.unplaced.some": ("{persons} have no place.", "{persons} haben keinen Platz."),
    "report.unplaced.caption": (
        "What keeps them out of most sites, all others staying where they are",
        "Was an den meisten Standorten entgegensteht, wenn alle anderen bleiben, wo sie sind",
    ),
    "report.unplaced.reason": ("Reason", "Grund"),
    "report.why.open": ("Sites are not open", "Standorte sind nicht offen"),
    "report.why.units": ("No free unit that fits", "Keine passende freie Einheit"),
    "report.why.admits": ("Sites admit only others", "Standorte sind für andere bestimmt"),
    "report.why.requires": ("Required features are missing", "Erforderliche Ausstattung fehlt"),
    "report.why.excluded": ("Places that are excluded for them", "Orte, die für sie ausgeschlossen sind"),
    "report.why.fixed": ("Placement fixed at another site", "Feste Zuweisung an einen anderen Standort"),
    "report.why.relation": ("Who must live together or apart", "Wer zusammen oder getrennt wohnen muss"),
    "report.why.site_cap": ("Limits of sites are reached", "Obergrenzen der Standorte sind erreicht"),
    "report.why.district_cap": ("Limits of districts are reached", "Obergrenzen der Stadtbezirke sind erreicht"),
    "report.why.district_share": ("Districts take in nobody new", "Stadtbezirke nehmen niemanden neu auf"),
    "report.why.operator_cap": ("Limits of operators are reached", "Obergrenzen der Träger sind erreicht"),
    "report.why.single_share": ("Limit for persons living alone is reached", "Grenze für Alleinstehende ist erreicht"),
    "report.why.max_distance": ("A service that they need is too far", "Ein nötiges Angebot ist zu weit entfernt"),
    "report.why.service_capacity": (
        "No free seat in a service that they need",
        "Kein freier Platz in einem nötigen Angebot",
    ),
    "report.why.max_moves": ("The number of moves is used up", "Die Zahl der Umzüge ist ausgeschöpft"),
    "report.why.min_stay": ("The stay would be too short", "Der Aufenthalt wäre zu kurz"),
    "report.why.free": ("A place is free: they could be placed", "Ein Platz ist frei: Unterbringung wäre möglich"),
    "report.why.nothing": ("No site has places", "Kein Standort hat Plätze"),
    "report.rules": ("Rules in force", "Geltende Regeln"),
    "report.rules.always": (
        (
            "Always: only open sites with free units, whom a site admits, what a household needs, exclusions, fixed"
            " placements and who belongs together or apart."
        ),
        (
            "Immer: nur offene Standorte mit freien Einheiten, wen ein Standort aufnimmt, was ein Haushalt braucht,"
            " Ausschlüsse, feste Zuweisungen und wer zusammen oder getrennt wohnt."
        ),
    ),
    "report.rules.none": ("No further rule is set.", "Keine weitere Regel ist gesetzt."),
    "report.rule.max_site_persons": ("At most {value} at a site", "Höchstens {value} an einem Standort"),
    "report.rule.min_area_per_person_m2": ("At least {value} m² per person", "Mindestens {value} m² je Person"),
    "report.rule.max_units_per_household": (
        "At most {value} connected units for one household",
        "Höchstens {value} verbundene Einheiten für einen Haushalt",
    ),
    "report.rule.max_single_share": (
        "At most {value} of a site's places for persons living alone",
        "Höchstens {value} der Plätze eines Standorts für Alleinstehende",
    ),
    "report.rule.max_distance": (
        "At most {value} to the nearest: {key}",
        "Höchstens {value} bis zum nächsten Angebot: {key}",
    ),
    "report.rule.service_capacity": (
        "Everyone newly placed gets the seats in services that they need",
        "Alle neu Untergebrachten bekommen die Plätze in Angeboten, die sie brauchen",
    ),
    "report.rule.operator_capacity": ("Operator {key}: at most {value}", "Träger {key}: höchstens {value}"),
    "report.rule.operators_untold": ("Limits for further operators", "Obergrenzen für weitere Träger"),
    "report.rule.max_moves": (
        "At most {value} may move although they could stay",
        "Höchstens {value} dürfen umziehen, obwohl sie bleiben könnten",
    ),
    "report.rule.min_stay_days": (
        "A new place can be kept for at least {value}",
        "Ein neuer Platz kann mindestens {value} behalten werden",
    ),
    "report.broken": ("Rules that this plan breaks", "Regeln, die dieser Plan verletzt"),
    "report.broken.some": (
        "This plan breaks the rules below. Decide about each before it is carried out.",
        "Dieser Plan verletzt die folgenden Regeln. Vor der Umsetzung ist über jede zu entscheiden.",
    ),
    "report.overrides": ("Decided by hand", "Von Hand entschieden"),
    "report.overrides.none": ("Nothing was decided by hand.", "Nichts wurde von Hand entschieden."),
    "report.overrides.caption": (
        "Placements decided by hand, by who decided and why",
        "Zuweisungen von Hand, nach Entscheidenden und Gründen",
    ),
    "report.overrides.by": ("Decided by", "Entschieden von"),
    "report.overrides.reason": ("Reason", "Grund"),
    "report.overrides.amount": ("Number", "Anzahl"),
    "report.sign": ("Sign-off", "Freigabe"),
    "report.sign.sentence": (
        "This proposal was checked by people and is released as it stands / with the changes noted.",
        "Dieser Vorschlag wurde von Menschen geprüft und wird so / mit den vermerkten Änderungen freigegeben.",
    ),
    "report.sign.place": ("Place, date", "Ort, Datum"),
    "report.sign.name": ("Name, office", "Name, Amt"),
    "report.sign.signature": ("Signature", "Unterschrift"),
    "report.origin": ("Where this comes from", "Woher dies stammt"),
    "report.origin.digest": ("Digest of the plan (SHA-256)", "Prüfsumme des Plans (SHA-256)"),
    "report.origin.versions": ("Made with", "Erstellt mit"),
    "report.origin.again": ("The same input gives this plan again.", "Dieselbe Eingabe ergibt diesen Plan wieder."),
    "report.origin.not_again": (
        "Time ran out or the search was stopped: the same input may give another plan.",
        "Die Zeit war um oder die Suche wurde angehalten: Dieselbe Eingabe kann einen anderen Plan ergeben.",
    ),
    "report.hidden_word": ("[withheld]", "[entfernt]"),
}
