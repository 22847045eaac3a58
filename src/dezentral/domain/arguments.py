"""Arguments that are not what they should be: one clear error instead of a missing attribute somewhere inside."""

from __future__ import annotations

from collections.abc import Callable

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
    require_kind(instance, Instance, "instance", InstanceError)


def require_policy(policy: object) -> None:
    """Refuse what is no policy.

    Raises
    ------
    PolicyError
        Naming what was given instead.
    """
    require_kind(policy, Policy, "policy", PolicyError)


def require_all(*checks: Callable[[], object]) -> None:
    """Make every check; what several of them refuse is one error, of the class of the first.

    Raises
    ------
    DezentralError
        Naming every fault that any check found.
    """
    errors = []
    for check in checks:
        try:
            check()
        except DezentralError as error:
            if not error.faults:  # a library is missing, which is no argument's fault
                raise
            errors.append(error)
    if errors:
        raise type(errors[0]).of(fault for error in errors for fault in error.faults)


def require_kind(given: object, kind: type, name: str, error: type[DezentralError]) -> None:
    """Refuse an argument that is not of a kind, with an error of a class, naming what was given instead."""
    if not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise error.of([Fault("arguments", name, type(given).__name__, f"{article} {kind.__name__}")])
