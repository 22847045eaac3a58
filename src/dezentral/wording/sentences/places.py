"""What keeps a household from a place, and what a place does for it."""

from __future__ import annotations

_BLOCKS = {
    "open.candidate": ("the site is planned, but not opened", "der Standort ist geplant, aber nicht eröffnet"),
    "open.later": ("the site opens only on {date}", "der Standort öffnet erst am {date}"),
    "open.over": ("the site is closed from {date} on", "der Standort ist ab {date} geschlossen"),
    "units.none": ("there are no units", "es gibt keine Einheiten"),
    "units.full": ("no free unit for {size}", "keine freie Einheit für {size}"),
    "units.small": ("the units are too small for {size}", "die Einheiten sind zu klein für {size}"),
    "admits.some": (
        "only for households with the trait {admits}",
        "nur für Haushalte mit dem Merkmal {admits}",
    ),
    "admits.nobody": ("the site takes in nobody new", "der Standort nimmt niemanden neu auf"),
    "requires": ("it lacks {missing}", "es fehlt: {missing}"),
    "excluded.site": ("the site is excluded for this household", "der Standort ist für diesen Haushalt ausgeschlossen"),
    "excluded.district": (
        "district {district} is excluded for this household",
        "der Stadtbezirk {district} ist für diesen Haushalt ausgeschlossen",
    ),
    "fixed": ("the household is fixed at {fixed}", "der Haushalt ist anderswo fest zugewiesen: {fixed}"),
    "relation.same_site": (
        "the household must live at the same site as others, who are elsewhere",
        "der Haushalt muss am selben Standort wohnen wie andere, die woanders sind",
    ),
    "relation.same_district": (
        "the household must live in the same district as others, who are elsewhere",
        "der Haushalt muss im selben Stadtbezirk wohnen wie andere, die woanders sind",
    ),
    "relation.different_site": (
        "the household must not live at the same site as others, who are there",
        "der Haushalt darf nicht am selben Standort wohnen wie andere, die dort sind",
    ),
    "relation.different_district": (
        "the household must not live in the same district as others, who are there",
        "der Haushalt darf nicht im selben Stadtbezirk wohnen wie andere, die dort sind",
    ),
    "relation.protected": (
        "the household must live together with others or apart from them, which this site does not allow",
        "der Haushalt muss mit anderen zusammen oder von ihnen getrennt wohnen; das geht an diesem Standort nicht",
    ),
    "site_cap.full": (
        "the limit of {persons} at the site leaves too little room",
        "die Obergrenze des Standorts ({persons}) würde überschritten",
    ),
    "site_cap.over": (
        "the site is already over its limit of {persons}, so nobody new may enter",
        "der Standort liegt schon über seiner Obergrenze ({persons}), niemand darf neu hinzukommen",
    ),
    "district_cap.full": (
        "the limit of {persons} in the district leaves too little room",
        "die Obergrenze des Stadtbezirks ({persons}) würde überschritten",
    ),
    "district_cap.over": (
        "the district is already over its limit of {persons}, so nobody new may enter",
        "der Stadtbezirk liegt schon über seiner Obergrenze ({persons}), niemand darf neu hinzukommen",
    ),
    "operator_cap.full": (
        "the limit of {persons} for the operator {whose} leaves too little room",
        "die Obergrenze des Trägers {whose} ({persons}) würde überschritten",
    ),
    "operator_cap.over": (
        "the operator {whose} is already over its limit of {persons}, so nobody new may enter",
        "der Träger {whose} liegt schon über seiner Obergrenze ({persons}), niemand darf neu hinzukommen",
    ),
    "single_share.full": (
        "places for persons living alone are taken (at most {limit} at the site)",
        "die Plätze für Alleinstehende sind vergeben (am Standort höchstens {limit})",
    ),
    "single_share.over": (
        "more persons living alone than the share allows are there already (at most {limit} at the site)",
        "es wohnen schon mehr Alleinstehende dort, als der Anteil zulässt (am Standort höchstens {limit})",
    ),
    "district_share": (
        "district {district} has no target share and takes in nobody new",
        "der Stadtbezirk {district} hat keinen Zielanteil und nimmt niemanden neu auf",
    ),
    "max_distance.far": (
        "the nearest {kind} is {metres} away, {most} at most are allowed",
        "{kind}: {metres} bis zum nächsten Angebot, erlaubt sind höchstens {most}",
    ),
    "max_distance.none": (
        "no {kind} is in reach",
        "{kind}: kein Angebot in Reichweite",
    ),
    "service_capacity": (
        "there are not enough seats of kind {kind} in reach",
        "{kind}: nicht genug Plätze in Reichweite",
    ),
    "max_moves": (
        "the household would have to move, and the limit of {moves} is reached",
        "der Haushalt müsste umziehen, und die Obergrenze ({moves}) ist erreicht",
    ),
    "min_stay": (
        "the site stays open for {days} only, {least} are asked for",
        "der Standort bleibt nur noch {days} offen, verlangt: mindestens {least}",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"block.{key}": pair for key, pair in _BLOCKS.items()},
    "place.site": ("site {site}", "Standort {site}"),
    "place.named": ("site {name} ({site})", "Standort {name} ({site})"),
    "place.protected": ("a protected address", "eine geschützte Adresse"),
    "place.unit": ("unit kind {unit}", "Einheit {unit}"),
    "explain.household": ("Household {household} ({persons})", "Haushalt {household} ({persons})"),
    "explain.placed": (
        "{household} is placed at {site} in district {district}: {units} of kind {unit}.",
        "{household} ist untergebracht: {site}, Stadtbezirk {district}, {units} der Art {unit}.",
    ),
    "explain.sharing": (
        "{household} is placed at {site} in district {district}, sharing units of kind {unit}.",
        "{household} ist untergebracht: {site}, Stadtbezirk {district}, geteilte Einheiten der Art {unit}.",
    ),
    "explain.protected": (
        "{household} is placed at a protected address.",
        "{household} ist an einer geschützten Adresse untergebracht.",
    ),
    "explain.unplaced": ("{household} has no place.", "{household} hat keinen Platz."),
    "explain.here": ("What the place means:", "Was der Platz bedeutet:"),
    "explain.best": ("Best other place: {place}: {changes}.", "Bester anderer Platz: {place}: {changes}."),
    "explain.best_first": ("Best place that is free: {place}: {changes}.", "Bester freier Platz: {place}: {changes}."),
    "explain.none": (
        "No other site listed here can take the household while all others stay where they are.",
        "Kein anderer hier genannter Standort kann den Haushalt aufnehmen, solange alle anderen bleiben, wo sie sind.",
    ),
    "explain.others": (
        "Other sites, all others staying where they are:",
        "Andere Standorte, wenn alle anderen bleiben, wo sie sind:",
    ),
    "explain.line": ("- {place}: {what}.", "- {place}: {what}."),
    "explain.at": ("{site}, {unit}", "{site}, {unit}"),
    "explain.possible": ("possible", "möglich"),
    "explain.costs": ("possible; {changes}", "möglich; {changes}"),
    "explain.worse": ("{level} worse by {amount}", "{level} schlechter um {amount}"),
    "explain.better": ("{level} better by {amount}", "{level} besser um {amount}"),
    "explain.same": ("no goal changes", "kein Ziel ändert sich"),
    "here.by_hand": ("It was placed there by hand, by {by}.", "Er wurde von Hand dort untergebracht, von {by}."),
    "here.fixed": ("Its site is fixed.", "Sein Standort ist fest vorgegeben."),
    "here.keep_housed": ("It is not left without a home.", "Er bleibt nicht ohne Wohnung."),
    "here.placed": ("It has a place.", "Er hat einen Platz."),
    "here.stability.stays": ("It stays at the site where it lives.", "Er bleibt am Standort, an dem er wohnt."),
    "here.stability.moves": ("It moves there from {site}.", "Er zieht dorthin um; bisher: {site}."),
    "here.evenness": (
        "District {district} then has {load}; its target is {target}.",
        "Stadtbezirk {district} hat damit {load}; der Zielwert ist {target}.",
    ),
    "here.few": ("fewer than 5 persons", "weniger als 5 Personen"),
    "here.seats.all": (
        "Its members find the seats that they need ({kinds}), and nobody else loses one.",
        "Seine Mitglieder finden die Plätze, die sie brauchen ({kinds}), und niemand sonst verliert einen.",
    ),
    "here.seats.short": (
        "Seats that are missing because of it: {persons} ({kinds}).",
        "Seinetwegen bleiben insgesamt ohne Platz: {persons} ({kinds}).",
    ),
    "here.proximity.service": ("The nearest {kind} is {metres} away.", "{kind}: {metres} bis zum nächsten Angebot."),
    "here.proximity.none": ("No {kind} is in reach.", "{kind}: kein Angebot in Reichweite."),
    "here.proximity.anchors": (
        "To places that matter to it: {metres}.",
        "Zu Orten, die ihm wichtig sind: {metres}.",
    ),
    "here.wishes.rank": (
        "The district is number {rank} of its wishes.",
        "Der Stadtbezirk ist sein Wunsch Nummer {rank}.",
    ),
    "here.wishes.unlisted": (
        "The district is not among its wishes.",
        "Der Stadtbezirk gehört nicht zu seinen Wünschen.",
    ),
    "here.fit": ("Beds that stay empty in its units: {beds}.", "Leere Betten in seinen Einheiten: {beds}."),
    "here.cost": ("It costs {amount} per person there.", "Kosten dort je Person: {amount}."),
    "here.utility": ("The predicted benefit is {amount}.", "Der erwartete Nutzen ist {amount}."),
    "here.peers.all": (
        "It finds the peer support that it seeks, and nobody else loses it.",
        "Er findet die Unterstützung durch andere, die er sucht, und niemand sonst verliert sie.",
    ),
    "here.peers.short": (
        "Without peer support because of it: {persons}.",
        "Seinetwegen bleiben insgesamt ohne Unterstützung durch andere: {persons}.",
    ),
    "here.peers.gives": ("It can support up to {persons}.", "Er kann andere unterstützen, bis zu {persons}."),
}
