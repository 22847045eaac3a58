"""Digests of generated instances: whoever measures elsewhere sees whether it is the same instance."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from benchmarks.instances.identical_machines import longest_first_fails
from benchmarks.instances.nurses import planted_ward
from benchmarks.instances.unique import unique_households
from benchmarks.registry import CASES, GENERATED, STORED
from dezentral.domain import Instance

_FILE = Path(__file__).parent / "digests.json"


def digest(instance: Instance) -> str:
    """Return the SHA-256 of an instance's JSON (hexadecimal)."""
    return hashlib.sha256(instance.model_dump_json().encode()).hexdigest()


def recorded() -> dict[str, str]:
    """Return the digests of the generated instances, as recorded when they were last changed on purpose."""
    found: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def record() -> None:
    """Write the stored instances and the digests of the generated ones anew."""
    small = {
        "cmax_graham": longest_first_fails(6),
        "nurses_small": planted_ward(3, 4),
        "unique_tiny": unique_households(30, 8, 4),
    }
    for name, instance in small.items():
        (STORED / f"{name}.json").write_text(instance.model_dump_json(indent=1) + "\n", encoding="utf-8")
    digests = {name: digest(CASES[name].build()) for name in GENERATED}
    _FILE.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
