"""What may stand on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dezentral.wording import Language

_PERSONS = 10_000
_OCCUPIED = 0.0
_CITY_ONLY = (("persons", _PERSONS), ("anchors", False), ("occupied", _OCCUPIED))

_DESCRIPTION = """\
Propose a placement plan that is as even over all districts as the capacity allows, with a proof of how close it is to
the best possible. Without PATH it plans an embedded city: Stuttgart's 23 districts with a synthetic stock."""

_EPILOG = """\
Exit codes: 0 a plan; 2 something is wrong with the input (all of it is listed); 3 proven that no plan exists;
4 neither a plan nor a proof in time; 130 stopped. A plan is a proposal: people decide."""


@dataclass(frozen=True)
class Arguments:
    """What was asked for.

    Attributes
    ----------
    path
        The user's data; None = the embedded city.
    policy
        ``"default"``, ``"stuttgarter_weg"`` or the path of a policy as JSON; None = as fits the data.
    out
        Folder for the results; None = nothing is written.
    language
        Of the outcome and the report: ``"en"`` or ``"de"``.
    time_limit, gap, seed
        Of the solve; the seed is that of the embedded city as well.
    persons, anchors, occupied
        Of the embedded city.
    """

    path: Path | None
    policy: str | None
    out: Path | None
    language: Language
    time_limit: float
    gap: float
    seed: int
    persons: int
    anchors: bool
    occupied: float


def parsed(argv: Sequence[str] | None, version: str) -> Arguments:
    """Read the command line; what is wrong with its form ends the program with exit code 2."""
    parser = _parser(version)
    options = vars(parser.parse_args(argv))
    misplaced = [f"--{name}" for name, usual in _CITY_ONLY if options[name] != usual]
    if options["path"] is not None and misplaced:
        parser.error(f"{', '.join(misplaced)}: only for the embedded city, not with PATH")
    return Arguments(**options)


def _parser(version: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dezentral",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version)
    data = parser.add_argument_group("what to plan")
    data.add_argument(
        "path", nargs="?", type=Path, metavar="PATH",
        help="a folder of tables, an .xlsx, a .gpkg or an instance as .json",
    )  # fmt: skip
    data.add_argument(
        "--policy", metavar="POLICY",
        help="default, stuttgarter_weg or a .json file (default: stuttgarter_weg for the embedded city)",
    )  # fmt: skip
    data.add_argument("--out", type=Path, metavar="DIR", help="write plan, figures, proof and report into this folder")
    data.add_argument(
        "--language", choices=("en", "de"), default="en", help="of the outcome and the report (default: en)"
    )  # fmt: skip
    _add_solving(parser.add_argument_group("how to solve"))
    _add_city(parser.add_argument_group("the embedded city"))
    return parser


def _add_solving(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--time-limit", type=float, default=60.0, metavar="S", help="seconds (default: 60)")
    group.add_argument("--gap", type=float, default=1e-3, metavar="G", help="gap that counts as none (default: 0.001)")
    group.add_argument("--seed", type=int, default=0, metavar="N", help="of city and solver (default: 0)")


def _add_city(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--persons", type=int, default=_PERSONS, metavar="N", help="to be placed (default: 10000)")
    group.add_argument("--anchors", action="store_true", help="households have places of work, training, relatives")
    group.add_argument(
        "--occupied", type=float, default=_OCCUPIED, metavar="X", help="share who live somewhere already (default: 0)"
    )
