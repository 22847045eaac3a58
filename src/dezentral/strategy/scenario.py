"""What a scenario is, and a change that makes one from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dezentral.domain import Instance
from dezentral.domain.arguments import require_kind
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, InstanceError, PolicyError
from dezentral.strategy.scenario_arguments import require_change


@dataclass(frozen=True, slots=True)
class Scenario:
    """An instance and the policy under which it is solved.

    Attributes
    ----------
    instance
        The input.
    policy
        None = the policy that `run_scenarios` is given.

    Raises
    ------
    InstanceError, PolicyError
        If a field is not what it should be.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=1000)], sites=())
    >>> dz.Scenario(city, dz.Policy.default()).instance.districts[0].id
    'a'
    """

    instance: Instance
    policy: Policy | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.instance, Instance):
            raise InstanceError.of([Fault("scenario", "instance", self.instance, "an Instance")])
        if not isinstance(self.policy, Policy | None):
            raise PolicyError.of([Fault("scenario", "policy", self.policy, "a Policy, or None")])


@dataclass(frozen=True, slots=True)
class Change:
    """A named change: called with a scenario (or an instance), it returns the changed scenario.

    Changes add up: ``influx(200) + closure("s1")`` does one after the other.

    Attributes
    ----------
    name
        In a few words.
    apply
        Scenario → scenario. Those of `scenarios` can be pickled.

    Raises
    ------
    InstanceError
        If a field is not what it should be; on the call, if `apply` returns no scenario.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=1000)], sites=())
    >>> opened = [dz.scenarios.new_site(dz.Site(id=key, district="a", units=())) for key in "st"]
    >>> change = opened[0] + opened[1]
    >>> change.name
    'new site s + new site t'
    >>> [site.id for site in change(city).instance.sites]
    ['s', 't']
    """

    name: str
    apply: Callable[[Scenario], Scenario] = field(hash=False)

    def __post_init__(self) -> None:
        require_change(self.name, self.apply)

    def __call__(self, before: Scenario | Instance) -> Scenario:
        """Return the changed scenario."""
        after = self.apply(before if isinstance(before, Scenario) else Scenario(before))
        require_kind(after, Scenario, f"what {self.name!r} returns", InstanceError)
        return after

    def __add__(self, other: Change) -> Change:
        """Return the change that does both, this one first."""
        return joined(self, other)


@dataclass(frozen=True, slots=True)
class OneAfterAnother:
    """Several changes, each from where the one before it ended."""

    changes: tuple[Change, ...]

    def __call__(self, scenario: Scenario) -> Scenario:
        """Return the scenario after all of them."""
        for change in self.changes:
            scenario = change(scenario)
        return scenario


def joined(*changes: Change) -> Change:
    """Return the change that does several, one after the other."""
    return Change(" + ".join(change.name for change in changes) or "as it is", OneAfterAnother(changes))
