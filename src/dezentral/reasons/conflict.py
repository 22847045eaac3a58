"""conflict: why there is no plan, and what to release so that there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.domain import Instance
from dezentral.domain.arguments import require_instance, require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import DezentralError
from dezentral.reasons.fixed_only import RULES, FixedOnly
from dezentral.reasons.minimal import minimal_conflict
from dezentral.solver import SolveParams, Status
from dezentral.wording import Language, counted, listed, rule_name, say


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules and fixed placements that cannot all be kept.

    Attributes
    ----------
    rules
        Names of rules, as `check` reports them, in its order.
    fixed
        Ids of households whose fixed sites conflict with each other or with the rules, sorted. Without any single one
        of `rules` and `fixed`, a plan keeps all the others.
    release
        The fewest households to release from their fixed site so that a plan keeps all rules and everyone else's
        fixed site, of the fewest persons, sorted. More than one of them where there is more than one conflict.
    proven
        Whether each "without", and that no fewer need be released, was proven within the limits. That `rules` and
        `fixed` conflict always is.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="g", size=3, fixed_site="s"), dz.Household(id="h", size=2, fixed_site="s")],
    ... )
    >>> found = dz.conflict(city, dz.Policy())
    >>> found.rules, found.fixed, found.release
    (('units',), ('g', 'h'), ('h',))
    """

    rules: tuple[str, ...]
    fixed: tuple[str, ...]
    release: tuple[str, ...]
    proven: bool = True

    def text(self, language: Language = "en") -> str:
        """Return the conflict as sentences that name no household, in English or German."""
        rules = listed([rule_name(rule, language) for rule in self.rules], language)
        fixed = counted(len(self.fixed), "household", language)
        release = counted(len(self.release), "household", language)
        lines = [
            say("decisions.conflict.members", language, fixed=fixed, rules=rules),
            say("decisions.conflict.release", language, release=release),
            say("decisions.conflict.proven" if self.proven else "decisions.conflict.open", language),
        ]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


def conflict(instance: Instance, policy: Policy, *, params: SolveParams | None = None) -> Conflict | None:
    """Explain why no plan exists: rules and fixed placements that conflict, and the fewest placements to release.

    A rule is left out of the conflict by lifting it: sites open and admit everyone, units hold anyone as often as
    needed, exclusions, requirements, relations and limits are removed; all other rules bind as before.

    Parameters
    ----------
    instance
        The input.
    policy
        Its rules; the levels do not matter.
    params
        Limits of each of the solves (some dozens), 60 seconds each by default; proven exactly whatever `gap` says.

    Returns
    -------
    Conflict or None
        None if there is a plan.

    Raises
    ------
    DezentralError
        If it cannot be told within the limits whether there is a plan.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id=key, size=2, fixed_site="s") for key in ("g", "h")],
    ... )
    >>> found = dz.conflict(city, dz.Policy.default())
    >>> found.rules, found.fixed, len(found.release)
    (('units',), ('g', 'h'), 1)
    """
    require_instance(instance)
    require_policy(policy)
    given = SolveParams.given_or(params)
    problem = FixedOnly(instance, policy, given.model_copy(update={"gap": 0.0}))
    status = problem.status(RULES, problem.fixed)
    if status is Status.UNKNOWN:
        msg = "conflict: within the limits it could not be told whether there is a plan; allow a longer time_limit"
        raise DezentralError(msg)
    if status is not Status.INFEASIBLE:
        return None
    members = [*(("rule", rule) for rule in RULES), *(("fixed", key) for key in problem.fixed)]
    found = minimal_conflict(members, lambda some: _status(problem, some) is Status.INFEASIBLE)
    minimal = all(_status(problem, [other for other in found if other != own]) is Status.OPTIMAL for own in found)
    release, fewest = _release(problem)
    return Conflict(
        rules=tuple(rule for rule in RULES if ("rule", rule) in found),
        fixed=tuple(key for key in problem.fixed if ("fixed", key) in found),
        release=release,
        proven=minimal and fewest,
    )


def _status(problem: FixedOnly, members: Sequence[tuple[str, str]]) -> Status:
    rules = [name for kind, name in members if kind == "rule"]
    fixed = [name for kind, name in members if kind == "fixed"]
    return problem.status(rules, fixed)


def _release(problem: FixedOnly) -> tuple[tuple[str, ...], bool]:
    """Return the fewest placements to release, and whether it is proven that they suffice and that fewer do not."""
    result = problem.most_kept()
    if result.plan is None:
        return problem.fixed, False
    release = tuple(sorted(frozenset(problem.fixed) & frozenset(result.plan.unplaced)))
    kept = [key for key in problem.fixed if key not in release]
    return release, result.levels[0].status is Status.OPTIMAL and problem.status(RULES, kept) is Status.OPTIMAL
