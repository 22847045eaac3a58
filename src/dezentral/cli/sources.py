"""Where instance and policy come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dezentral.cli.arguments import Arguments
from dezentral.datasets import stuttgart, stuttgart_districts
from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.errors import DezentralError
from dezentral.tables import read_tables
from dezentral.tables.formats.file_errors import file_error, named_path, require_size, system_errors
from dezentral.wording import Language, say

R = TypeVar("R")

_SOURCES = "a folder of tables, an Excel workbook (.xlsx), a GeoPackage (.gpkg) or an instance as .json"

_NAMED: dict[str, Callable[[], Policy]] = {"default": Policy.default, "stuttgarter_weg": Policy.stuttgarter_weg}


@dataclass(frozen=True)
class Problem:
    """What is to be planned.

    Attributes
    ----------
    instance, policy
        The input of the solve.
    policy_name
        What the policy is called.
    notes
        What a reader must know about the data, in sentences.
    """

    instance: Instance
    policy: Policy
    policy_name: str
    notes: tuple[str, ...]


def problem(arguments: Arguments) -> Problem:
    """Read or make what is to be planned.

    Raises
    ------
    DezentralError
        With every fault of the data or the policy.
    """
    named = arguments.policy
    if named is None:  # an empty name is none by mistake, e.g. of a variable that is not set
        named = "stuttgarter_weg" if arguments.path is None else "default"
    policy = _NAMED[named]() if named in _NAMED else _from_json(Path(named), Policy.model_validate_json)
    if arguments.path is None:
        return Problem(_city(arguments), policy, named, _city_notes(arguments.language))
    return Problem(_instance(arguments.path), policy, named, ())


def _instance(path: Path) -> Instance:
    if path.suffix.lower() == ".json":
        return _from_json(path, Instance.model_validate_json)
    if path.suffix.lower() not in {".xlsx", ".gpkg"}:
        with system_errors(named_path(path), _SOURCES):
            path.stat()  # says so if there is nothing
            if not path.is_dir():
                raise file_error(path, path.suffix, _SOURCES)
    return read_tables(path)


def _from_json(path: Path, read: Callable[[bytes], R]) -> R:
    """Read a record from a file; its faults name the file."""
    with system_errors(named_path(path), "a JSON file that can be read"):
        require_size(path)
        content = path.read_bytes()
    try:
        return read(content)
    except DezentralError as error:
        raise type(error).of(replace(fault, where=path.name) for fault in error.faults) from error


def _city(arguments: Arguments) -> Instance:
    """Return the embedded city, called in the reader's language what it is called in the data."""
    city = stuttgart(arguments.persons, arguments.seed, arguments.anchors, arguments.occupied)
    if arguments.language == "en":
        return city
    return city.replace(name=say("outcome.city", arguments.language, seed=arguments.seed))


def _city_notes(language: Language) -> tuple[str, ...]:
    facts = stuttgart_districts()
    guessed = ", ".join(facts.loc[facts["estimated"], "name"])
    years = [date.year for date in facts.loc[~facts["estimated"], "population_date"]]
    return (
        say("outcome.synthetic", language, districts=len(facts)),
        say("outcome.populations", language, first=min(years), last=max(years), names=guessed),
    )
