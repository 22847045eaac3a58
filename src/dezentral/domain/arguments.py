"""Arguments that are not what they should be: one clear error instead of a missing attribute somewhere inside."""

from __future__ import annotations

from dezentral.domain.instance import Instance
from dezentral.domain.policy import Policy
from dezentral.errors import DezentralError, Fault, InstanceError, PolicyError


def require_instance(instance: object) -> None:
    """Refuse what is no instance.

    Raises
    ------
    InstanceError
        Naming what was given instead.
    """
    _require(instance, Instance, "instance", InstanceError)


def require_policy(policy: object) -> None:
    """Refuse what is no policy.

    Raises
    ------
    PolicyError
        Naming what was given instead.
    """
    _require(policy, Policy, "policy", PolicyError)


def _require(given: object, kind: type, name: str, error: type[DezentralError]) -> None:
    if not isinstance(given, kind):
        article = "an" if kind is Instance else "a"
        raise error.of([Fault("arguments", name, f"a {type(given).__name__}", f"{article} {kind.__name__}")])
