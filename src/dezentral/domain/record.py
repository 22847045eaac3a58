"""The base of every record: frozen, strict, and all faults of an input in one error of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from dezentral.domain.repeated import Repeat, repeated_keys
from dezentral.errors import DezentralError, Fault, InstanceError


class Clash(NamedTuple):
    """Fields of one record that are right alone and wrong together."""

    field: str
    value: object
    allowed: str


class ClashError(ValueError):
    """Carries clashes through pydantic."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("; ".join(clash.allowed for clash in clashes))
        self.clashes = clashes


class Record(BaseModel):
    """A frozen pydantic record that reports faults as dezentral's own errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    error: ClassVar[type[DezentralError]] = InstanceError

    def __init__(self, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise self.refusal(error, data) from None

    # Nested records are then built by pydantic itself, which collects the faults of all of them.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined,unused-ignore]

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Build the record from a mapping; every fault in one error."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise cls.refusal(error, obj) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Build the record from JSON; every fault in one error, keys that stand twice in one object too."""
        data, repeats = repeated_keys(json_data)
        try:
            record = super().model_validate_json(json_data, **options)
        except ValidationError as error:
            refusal = cls.refusal(error, data)
            raise cls.error.of([*refusal.faults, *cls._twice(repeats, data)]) from None
        if repeats:
            raise cls.error.of(cls._twice(repeats, data))
        return record

    @classmethod
    def _twice(cls, repeats: Iterable[Repeat], data: object) -> Iterator[Fault]:
        from dezentral.domain.faults import place  # noqa: PLC0415

        for loc, value, count in repeats:
            yield Fault(*place(cls, loc, data), value, f"each key once (it stands {count} times)")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; what is updated is checked like what is given to a new record."""
        if update is None:
            return super().model_copy(deep=deep)
        kind = type(self)
        if not isinstance(update, Mapping):
            raise kind.error.of([Fault("model_copy", "update", type(update).__name__, "a mapping of fields")])
        source = super().model_copy(deep=True) if deep else self
        return kind.model_validate({name: getattr(source, name) for name in self.model_fields_set} | dict(update))

    @classmethod
    def refusal(cls, error: ValidationError, data: object) -> DezentralError:
        """Turn pydantic's error about `data` into ours."""
        from dezentral.domain.faults import faults_of  # noqa: PLC0415  only a refused input needs it
        from dezentral.domain.salvage import salvaged  # noqa: PLC0415

        _, clashes = salvaged(cls, data, error)
        return cls.error.of(faults_of(cls, error, data) + clashes)

    @staticmethod
    def clashes(record: Any) -> Iterable[Clash]:
        """List what is wrong between the fields of a record, or of what could be read of a refused one."""
        del record
        return ()

    def agrees_with_itself(self) -> Self:
        """Refuse clashing fields; a record that may have some runs this after its fields are read."""
        found = tuple(self.clashes(self))
        if found:
            raise ClashError(found)
        return self


def half_points(record: Any) -> Iterator[Clash]:
    """List a coordinate that stands without the other one."""
    for field, other in (("x", "y"), ("y", "x")):
        if getattr(record, field) is None and getattr(record, other) is not None:
            yield Clash(field, None, f"a coordinate: {other} is given, and they stand together or not at all")
