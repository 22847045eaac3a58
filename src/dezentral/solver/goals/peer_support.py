"""PeerSupport: within a district, each seeking person is matched to one who gives support in a shared language."""

from __future__ import annotations

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.domain.policy import PeerSupport
from dezentral.solver.program import Objective, Program
from dezentral.solver.transport import Share, Transport

Languages = tuple[str, ...]


def peer_support(program: Program, _goal: PeerSupport) -> Objective:
    """Return the seeking persons who find nobody; households of one set of languages are one demand or supply."""
    compiled = program.compiled
    households, size = compiled.types.first, compiled.types.size
    seeking = _by_languages(program, size * np.array([h.seeks_support for h in households], dtype=np.int64))
    giving = _by_languages(program, np.array([h.supports for h in households], dtype=np.int64))
    most = float(sum((persons[:, 0] @ compiled.types.count for persons in seeking.values()), 0.0))
    auxiliary: dict[int, float] = {}
    for d, district in enumerate(sorted(compiled.instance.districts, key=lambda district: district.id)):
        inside: Bools = compiled.pools.district == d
        if not (inside.any() and seeking):
            continue
        supplies = [(spoken, Share(inside, persons)) for spoken, persons in giving.items()]
        nobody = np.zeros((1, 1))
        circles = sorted(district.support.items())
        supplies += [((language,), Share(np.zeros_like(inside), nobody, float(n))) for language, n in circles]
        lacking = program.variable(0.0, most)
        program.transport(
            Transport(
                demands=[Share(inside, persons) for persons in seeking.values()],
                supplies=[share for _, share in supplies],
                reach=_sharing(list(seeking), [spoken for spoken, _ in supplies]),
                unmet=lacking,
            ),
            few=True,
        )
        auxiliary[lacking] = 1.0
    return Objective(auxiliary=auxiliary)


def _by_languages(program: Program, persons: Ints) -> dict[Languages, Floats]:
    """Split persons per type by the languages of the type, each of shape (n_types, 1)."""
    spoken: list[Languages] = [tuple(sorted(h.languages)) for h in program.compiled.types.first]
    out: dict[Languages, Floats] = {}
    for languages in sorted({key for key, n in zip(spoken, persons.tolist(), strict=True) if n}):
        same = np.array([key == languages for key in spoken], dtype=np.bool_)
        out[languages] = (persons * same)[:, np.newaxis].astype(np.float64)
    return out


def _sharing(seeking: list[Languages], giving: list[Languages]) -> Bools:
    """Say who shares a language with whom, shape (n_seeking, n_giving)."""
    shared = [[bool(set(one) & set(other)) for other in giving] for one in seeking]
    return np.array(shared, dtype=np.bool_).reshape(len(seeking), len(giving))
