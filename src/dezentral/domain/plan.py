"""A plan: who is proposed to live where."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from dezentral.domain.arguments import require_instance, require_kind
from dezentral.domain.displays import plan_line
from dezentral.domain.fields import AsSorted, AsTuple, Id, SchemaVersion
from dezentral.domain.instance import Instance
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, Fault, PlanError


class Placement(Record):
    """One household at one kind of unit.

    Attributes
    ----------
    household, site, unit
        Ids.
    units
        Units that it takes; 1 when sharing or in a dormitory.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Placement(household="h", site="s", unit="flat").units
    1
    """

    error: ClassVar[type[DezentralError]] = PlanError

    household: Id
    site: Id
    unit: Id
    units: Annotated[int, Field(ge=1, le=10**7)] = 1


class Override(Record):
    """A placement made by hand, and what it broke.

    Attributes
    ----------
    household, site, unit
        Who was put where.
    by, reason
        Who decided, and why.
    violations
        What the decision broke, in plain words.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Override(household="h", site="s", by="A. Planner", reason="next to the clinic").violations
    ()
    """

    error: ClassVar[type[DezentralError]] = PlanError

    household: Id
    site: Id
    unit: Id | None = None
    by: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    violations: Annotated[tuple[str, ...], AsTuple] = ()


class Plan(Record):
    """A proposal: every household placed once, or named as unplaced.

    Attributes
    ----------
    placements
        Sorted by household id.
    unplaced
        Household ids, sorted.
    overrides
        What was decided by hand, in order.

    Raises
    ------
    PlanError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")], unplaced=["g"])
    >>> dz.Plan.model_validate_json(plan.model_dump_json()).digest == plan.digest
    True
    """

    error: ClassVar[type[DezentralError]] = PlanError

    schema_version: SchemaVersion = 1
    placements: Annotated[tuple[Placement, ...], AsTuple] = ()
    unplaced: Annotated[tuple[Id, ...], AsSorted] = ()
    overrides: Annotated[tuple[Override, ...], AsTuple] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        # The record is being built: only here may its frozen fields be put in order.
        self.__dict__["placements"] = tuple(
            sorted(self.placements, key=lambda row: (row.household, row.site, row.unit, row.units)),
        )
        self.__dict__["unplaced"] = tuple(sorted(self.unplaced))
        return self

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of placements and unplaced (hexadecimal).

        Examples
        --------
        >>> import dezentral as dz
        >>> dz.Plan(unplaced=["b", "a"]).digest == dz.Plan(unplaced=["a", "b"]).digest
        True
        """
        content = {
            "placements": [placement.model_dump() for placement in self.placements],
            "unplaced": list(self.unplaced),
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __repr__(self) -> str:
        return plan_line(self)

    def __str__(self) -> str:
        return plan_line(self)


def require_match(instance: Instance, plan: Plan) -> None:
    """Refuse a plan that does not name every household of the instance exactly once, at units that exist.

    Raises
    ------
    PlanError
        With every missing, double or unknown id, those of the overrides included.
    """
    require_instance(instance)
    require_kind(plan, Plan, "plan", PlanError)
    households = {household.id for household in instance.households}
    units = {site.id: {unit.id for unit in site.units} for site in instance.sites}
    faults = [*_miscounted(plan, households), *_misplaced(plan, units)]
    overridden = [override.household for override in plan.overrides]
    faults += [_unknown(key, "overrides.household") for key in overridden if key not in households]
    if faults:
        raise PlanError.of(faults)


def _miscounted(plan: Plan, households: set[str]) -> Iterator[Fault]:
    named = Counter([*(placement.household for placement in plan.placements), *plan.unplaced])
    for key, count in sorted(named.items()):
        if key not in households:
            yield _unknown(key, "household")
        if count > 1:
            yield Fault(f"household {key!r}", "household", key, f"each household once (it stands {count} times)")
    for key in sorted(households - named.keys()):
        yield Fault(f"household {key!r}", "household", "(missing)", "a placement, or a place among the unplaced")


def _misplaced(plan: Plan, units: dict[str, set[str]]) -> Iterator[Fault]:
    rows: tuple[Placement | Override, ...] = (*plan.placements, *plan.overrides)
    for row in rows:
        field = "overrides." if isinstance(row, Override) else ""
        if row.site not in units:
            yield Fault(f"household {row.household!r}", f"{field}site", row.site, "the id of a site of the instance")
        elif row.unit is not None and row.unit not in units[row.site]:
            allowed = f"the id of a unit of site {row.site!r}"
            yield Fault(f"household {row.household!r}", f"{field}unit", row.unit, allowed)


def _unknown(household: str, field: str) -> Fault:
    return Fault(f"household {household!r}", field, household, "the id of a household of the instance")
