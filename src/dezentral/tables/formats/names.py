"""Which sheets and layers are tables."""

from __future__ import annotations

from dezentral.tables.formats.file_errors import FileFaultError
from dezentral.tables.schema import MATRICES, SCHEMAS, TABLE_NAMES

_SINGULAR = {schema.label: schema.name for schema in SCHEMAS} | {
    matrix.value: matrix.name for matrix in MATRICES if matrix.value != "metres"
}


def named_wrongly(name: str) -> str | None:
    """Return the name of the table that is meant by its singular; None if none is."""
    return _SINGULAR.get(name)


def choose_tables(names: list[str]) -> dict[str, str]:
    """Pick the sheets or layers that are tables, small and capital letters alike: sheet → table."""
    chosen: dict[str, str] = {}
    for name in names:
        plain = name.strip().lower()
        if right := named_wrongly(plain):
            raise FileFaultError(value=name, allowed=f"the name {right}")
        if plain in chosen.values():
            raise FileFaultError(value=name, allowed=f"{plain} once")
        if plain in TABLE_NAMES:
            chosen[name] = plain
    return chosen
