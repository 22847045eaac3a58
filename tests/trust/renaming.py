"""The same people under other ids."""

from __future__ import annotations

import dezentral as dz


def renamed(instance, names):
    """Return an instance whose households bear other ids."""
    relations = [
        dz.Relation(kind=one.kind, households=tuple(names[key] for key in one.households))
        for one in instance.relations
    ]
    households = [one.model_copy(update={"id": names[one.id]}) for one in instance.households]
    table = instance.utilities
    if table is not None:
        table = dz.Table(rows=tuple(names[key] for key in table.rows), columns=table.columns, data=table.data)
    return instance.replace(households=households, relations=relations, utilities=table)


def placed(plan):
    return {(one.household, one.site, one.unit, one.units) for one in plan.placements}


def in_order(instance):
    """Return new ids, of another length and other signs, in the order of the old ones."""
    return {key: f"Person-{number:04}" for number, key in enumerate(sorted(one.id for one in instance.households))}


def reversed_order(instance):
    keys = sorted(one.id for one in instance.households)
    return dict(zip(keys, reversed(keys), strict=True))
