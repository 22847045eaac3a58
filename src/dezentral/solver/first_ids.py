"""Of the choices that are equally good and cost the same, the one whose sorted ids come first."""

from __future__ import annotations

from collections.abc import Collection

from dezentral.compiled.arrays import Ints
from dezentral.solver.opening_search import Measure, OpeningSearch
from dezentral.solver.openings import NOISE, slack_of
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.stage import Stage
from dezentral.solver.subsets import can_cost


def first_ids(search: OpeningSearch) -> tuple[tuple[str, ...], bool]:
    """Decide on one site after the other, in the order of ids; say whether every decision is proven.

    The best plan becomes one for the sites returned.
    """
    allowed, cost, proven = search.allowed, search.cost(search.assignment), True
    prefix: list[str] = []
    ids = list(allowed.costs)
    for position, key in enumerate(ids):
        used = search.opened(search.assignment)
        if used <= set(prefix):
            break
        if allowed.cost(prefix) >= cost - slack_of(cost):  # what else is in use opens for nothing, but comes later
            enough = _suffice(search, prefix, cost)
            if enough:
                break
            proven &= enough is not None
        if key in used or search.tied({*prefix, key} | used):
            prefix.append(key)
        elif _may_matter(search, key) and _can_afford(search, [*prefix, key], ids[position + 1 :], cost):
            can = _can_open(search, prefix, key, ids[:position], cost)
            proven &= can is not None
            prefix += [key] if can else []
    return tuple(prefix), proven


def _can_afford(search: OpeningSearch, opened: list[str], later: list[str], cost: float) -> bool:
    """Say whether sites that are decided, those in use in every good plan and some later ones may cost just so much."""
    choices = search.choices
    given = choices.surely.union(opened)
    others = [key for key in later if key not in given and _may_matter(search, key)]
    return choices.surely <= {*opened, *later} and can_cost(choices, cost, sorted(given), others)


def _may_matter(search: OpeningSearch, key: str) -> bool:
    """Say whether some choice may open a site: what no good plan uses costs more than nothing for nothing."""
    return key not in search.choices.never or search.allowed.costs[key] == 0


def _can_open(search: OpeningSearch, prefix: list[str], key: str, before: list[str], cost: float) -> bool | None:
    """Say whether a site can open after others that are decided; None if nobody knows."""
    closed = set(before) - set(prefix)

    def measure(assignment: Ints) -> float | None:
        used = search.opened(assignment)
        dear = search.allowed.cost({*prefix, *used}) > cost + slack_of(cost)
        return None if dear or used & closed else -float(key in used)

    program, variables = _decided(search, prefix, closed, cost)
    return _reaches(search, Stage(program, Objective(auxiliary={variables[key]: -1.0})), 0.0, -1.0, measure)


def _suffice(search: OpeningSearch, prefix: list[str], cost: float) -> bool | None:
    """Say whether the sites that are decided are enough; None if nobody knows."""
    program, variables = _decided(search, prefix, (), cost)
    others = {variable: 1.0 for key, variable in variables.items() if key not in prefix}

    def measure(assignment: Ints) -> float:
        return float(len(search.opened(assignment) - set(prefix)))

    return _reaches(search, Stage(program, Objective(auxiliary=others)), measure(search.assignment), 0.0, measure)


def _reaches(search: OpeningSearch, stage: Stage, value: float, goal: float, measure: Measure) -> bool | None:
    """Say whether a number of sites can be brought down to a goal; None if nobody knows."""
    if search.watch.over:
        return None
    value, bound = search.minimise(stage, value, measure, levels=len(search.policy.levels), step=1.0)
    if value < goal + NOISE:
        return True
    return False if bound > goal + NOISE else None


def _decided(
    search: OpeningSearch, opened: Collection[str], closed: Collection[str], cost: float
) -> tuple[Program, dict[str, int]]:
    """Build the program in which some sites are decided and all may cost just so much."""
    program, variables = search.within(len(search.policy.levels))
    row = program.opening_rows["cost"] = program.row(-UNBOUNDED, cost + slack_of(cost))
    for key, variable in variables.items():
        program.add(row, variable, search.allowed.costs[key])
        if key in opened or key in closed:
            program.auxiliary_lower[variable] = program.auxiliary_upper[variable] = float(key in opened)
    return program, variables
