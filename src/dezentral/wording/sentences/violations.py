"""What a plan breaks, one sentence per finding."""

from __future__ import annotations

_CAPS = {
    "site_cap": ("Site {key}", "Standort {key}"),
    "district_cap": ("District {key}", "Stadtbezirk {key}"),
    "operator_cap": ("Operator {key}", "Träger {key}"),
    "single_share": ("Site {key} with {places}", "Standort {key} ({places})"),
}
_RELATIONS = {
    "same_site": (
        "{households} must be placed in the same site, but are placed in {places}.",
        "{households} müssen am selben Standort wohnen, sind aber an verschiedenen untergebracht: {places}.",
    ),
    "same_district": (
        "{households} must be placed in the same district, but are placed in {places}.",
        "{households} müssen im selben Stadtbezirk wohnen, sind aber in verschiedenen untergebracht: {places}.",
    ),
    "different_site": (
        "{households} must be placed in different sites, but are placed together in {places}.",
        "{households} müssen an verschiedenen Standorten wohnen, sind aber zusammen untergebracht: {places}.",
    ),
    "different_district": (
        "{households} must be placed in different districts, but are placed together in {places}.",
        "{households} müssen in verschiedenen Stadtbezirken wohnen, sind aber zusammen untergebracht: {places}.",
    ),
}
_UNITS = {
    "area": (
        "{who} does not fit into a unit of kind {unit} at site {site}: its floor area is too small for {persons}.",
        "{who} passt in keine Einheit der Art {unit} am Standort {site}: Die Fläche ist zu klein für {persons}.",
    ),
    "small.one": (
        "{who} does not fit into units of kind {unit} at site {site}: {units} holds {persons}.",
        "{who} passt nicht in Einheiten der Art {unit} am Standort {site}: {units} fasst {persons}.",
    ),
    "small.several": (
        (
            "{who} does not fit into units of kind {unit} at site {site}: {units}, the most that a household may take,"
            " hold {persons}."
        ),
        (
            "{who} passt nicht in Einheiten der Art {unit} am Standort {site}: {units}, mehr darf ein Haushalt nicht"
            " belegen, fassen {persons}."
        ),
    ),
    "number": (
        "{who} takes {taken} of kind {unit} at site {site}; it must be {needed}.",
        "{who} belegt {taken} der Art {unit} am Standort {site}; erforderlich: {needed}.",
    ),
    "count": (
        "Site {site} has {there} of kind {unit}; the plan uses {used}.",
        "Am Standort {site} gibt es {there} der Art {unit}; der Plan belegt {used}.",
    ),
}
_NEARNESS = {
    "far": (
        "{who} needs {kind} within {most} of site {site}; the nearest is {metres} away.",
        (
            "{who} braucht ein Angebot der Art {kind} im Umkreis von {most} um den Standort {site}; das nächste ist"
            " {metres} entfernt."
        ),
    ),
    "none": (
        "{who} needs {kind} within {most} of site {site}; none is in reach.",
        "{who} braucht ein Angebot der Art {kind} im Umkreis von {most} um den Standort {site}; keines ist erreichbar.",
    ),
}
_ENTRY = {
    "open.candidate": (
        "{who} is placed at site {site}, which is a candidate that is not opened.",
        "{who} ist am Standort {site} untergebracht, der geplant, aber nicht eröffnet ist.",
    ),
    "open.later": (
        "{who} is placed at site {site}, which opens only on {date} (the planning day is {today}).",
        "{who} ist am Standort {site} untergebracht, der erst am {date} öffnet (Planungstag: {today}).",
    ),
    "open.over": (
        "{who} is placed at site {site}, which is closed from {date} on (the planning day is {today}).",
        "{who} ist am Standort {site} untergebracht, der ab {date} geschlossen ist (Planungstag: {today}).",
    ),
    "admits.some": (
        "{who} is newly placed at site {site}, which admits only households with the trait {traits}.",
        "{who} soll neu an den Standort {site}, der nur Haushalte mit dem Merkmal {traits} aufnimmt.",
    ),
    "admits.nobody": (
        "{who} is newly placed at site {site}, which admits nobody.",
        "{who} soll neu an den Standort {site}, der niemanden neu aufnimmt.",
    ),
    "requires": (
        "{who} needs {missing}, which units of kind {unit} at site {site} do not have.",
        "{who} braucht {missing}; das fehlt in den Einheiten der Art {unit} am Standort {site}.",
    ),
    "excluded.site": (
        "{who} is placed at site {site}, which is excluded for it.",
        "{who} ist am Standort {site} untergebracht, der für diesen Haushalt ausgeschlossen ist.",
    ),
    "excluded.district": (
        "{who} is placed at site {site} in district {district}, which is excluded for it.",
        (
            "{who} ist am Standort {site} im Stadtbezirk {district} untergebracht, der für diesen Haushalt"
            " ausgeschlossen ist."
        ),
    ),
    "fixed.elsewhere": (
        "{who} must be placed at site {fixed}, but is placed at site {site}.",
        "{who} ist dem Standort {fixed} fest zugewiesen, aber am Standort {site} untergebracht.",
    ),
    "fixed.unplaced": (
        "{who} must be placed at site {fixed}, but is left unplaced.",
        "{who} ist dem Standort {fixed} fest zugewiesen, hat aber keinen Platz.",
    ),
    "district_share": (
        "{who} newly enters district {district}, whose target share is 0: it takes nobody new.",
        "{who} kommt neu in den Stadtbezirk {district}, dessen Zielanteil 0 ist: Er nimmt niemanden neu auf.",
    ),
    "min_stay": (
        "{who} could stay at site {site} for {days}, until {until}; at least {least} are asked for.",
        "{who} könnte am Standort {site} {days} lang bleiben, bis {until}; verlangt: mindestens {least}.",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "violation.who": ("Household {household} ({persons})", "Haushalt {household} ({persons})"),
    "violation.site": ("site {key}", "Standort {key}"),
    "violation.district": ("district {key}", "Stadtbezirk {key}"),
    "violation.more": ("{amount} more", "{amount} weitere"),
    "violation.cap.exceeded": (
        "{whole} would have {planned}; the limit is {limit}.",
        "{whole} hätte {planned}; die Obergrenze liegt bei {limit}.",
    ),
    "violation.cap.over": (
        "{whole} already has {today}, over the limit of {limit}, so nobody new may enter; the plan adds {added}.",
        (
            "{whole} hat schon {today} und liegt damit über der Obergrenze von {limit}: Niemand darf neu hinzukommen;"
            " Zugang laut Plan: {added}."
        ),
    ),
    "violation.max_moves": (
        "Moved to another site although they could stay: {households}; the limit is {most}.",
        (
            "An einen anderen Standort sollen umziehen, obwohl sie bleiben könnten: {households}; die Obergrenze liegt"
            " bei {most}."
        ),
    ),
    "violation.service_capacity": (
        (
            "Newly placed at {where} and in need of a seat of kind {kind}: {members}; services that reach them have"
            " {seats}, {short} too few."
        ),
        (
            "Neu {where} und auf einen Platz der Art {kind} angewiesen: {members}; erreichbare Angebote haben {seats},"
            " {short} zu wenig."
        ),
    ),
    "violation.where.one": ("site {sites}", "am Standort {sites}"),
    "violation.where.several": ("sites {sites}", "an den Standorten {sites}"),
    **{f"violation.{rule}.whole": pair for rule, pair in _CAPS.items()},
    **{f"violation.relation.{kind}": pair for kind, pair in _RELATIONS.items()},
    **{f"violation.units.{what}": pair for what, pair in _UNITS.items()},
    **{f"violation.max_distance.{what}": pair for what, pair in _NEARNESS.items()},
    **{f"violation.{rule}": pair for rule, pair in _ENTRY.items()},
}
