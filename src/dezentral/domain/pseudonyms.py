"""Keyed ids instead of names, for data that leaves the office."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from dezentral.errors import Fault, InstanceError

if TYPE_CHECKING:
    from dezentral.domain.instance import Instance

_DIGITS = 16  # 64 bits: two of 10^5 households collide once in 10^9 instances, and a collision is refused


def pseudonymised(instance: Instance, secret: str | bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the changed fields of the instance, and old id → new id of its households."""
    key = secret.encode(errors="surrogatepass") if isinstance(secret, str) else secret
    if not isinstance(key, bytes) or not key:
        raise InstanceError.of([Fault("pseudonymise", "secret", "(hidden)", "text or bytes, not empty")])
    mapping = {household.id: _keyed(key, household.id) for household in instance.households}
    if len(set(mapping.values())) < len(mapping):
        raise InstanceError.of([Fault("pseudonymise", "secret", "(hidden)", "another secret: two ids collide")])
    changes: dict[str, Any] = {
        "households": tuple(
            household.model_copy(
                update={
                    "id": mapping[household.id],
                    "arrival": household.arrival.replace(day=1) if household.arrival else None,
                },
            )
            for household in instance.households
        ),
        "relations": tuple(
            relation.model_copy(update={"households": tuple(mapping[key] for key in relation.households)})
            for relation in instance.relations
        ),
    }
    if instance.utilities is not None:
        rows = tuple(mapping[row] for row in instance.utilities.rows)
        changes["utilities"] = instance.utilities.model_copy(update={"rows": rows})
    return changes, mapping


def _keyed(key: bytes, text: str) -> str:
    return "h" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_DIGITS]
