"""A policy: rules and lexicographic levels, as data."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from dezentral.domain.fields import AsTuple, SchemaVersion
from dezentral.domain.policy.goals import (
    Evenness,
    Fit,
    KeepHoused,
    Placed,
    Proximity,
    Seats,
    Stability,
    Wishes,
)
from dezentral.domain.policy.level import Level
from dezentral.domain.policy.rules import Rules
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, PolicyError


def _default_levels() -> tuple[Level, ...]:
    return (
        Level(KeepHoused()),
        Level(Placed()),
        Level(Stability()),
        Level(Evenness()),
        Level(Seats()),
        Level(Proximity(), Wishes(weight=1000.0), Fit(weight=1000.0)),
    )


class Policy(Record):
    """What a plan must respect and what it should reach, most important first.

    Attributes
    ----------
    rules
        What no plan may break.
    levels
        Lexicographic: the first level is most important.

    Raises
    ------
    PolicyError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> policy = dz.Policy(rules=dz.Rules(max_moves=10), levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])
    >>> dz.Policy.model_validate_json(policy.model_dump_json()) == policy
    True
    """

    error: ClassVar[type[DezentralError]] = PolicyError

    schema_version: SchemaVersion = 1
    rules: Rules = Rules()
    levels: Annotated[tuple[Level, ...], AsTuple, Field(min_length=1)] = _default_levels()

    @classmethod
    def default(cls) -> Policy:
        """Return the policy with no rules beyond capacity.

        Levels: keep people housed, place them, move nobody needlessly, spread evenly, seats, nearness.

        Examples
        --------
        >>> import dezentral as dz
        >>> [type(level.goals[0]).__name__ for level in dz.Policy.default().levels]
        ['KeepHoused', 'Placed', 'Stability', 'Evenness', 'Seats', 'Proximity']
        """
        return cls()

    @classmethod
    def stuttgarter_weg(cls) -> Policy:
        """Return the default levels under Stuttgart's own standards.

        At most 250 persons a site, at least 7 m² a person, up to two connected rooms for a large family.

        Examples
        --------
        >>> import dezentral as dz
        >>> dz.Policy.stuttgarter_weg().rules.max_site_persons
        250
        """
        return cls(rules=Rules(max_site_persons=250, min_area_per_person_m2=7.0, max_units_per_household=2))
