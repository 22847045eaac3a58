"""`python -m dezentral`: plan the embedded city, or the user's own tables."""

from __future__ import annotations

import io
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version

from dezentral.cli.arguments import Arguments, parsed
from dezentral.cli.files import require_folder, write_results
from dezentral.cli.outcome import outcome
from dezentral.cli.sources import problem
from dezentral.cli.wording import status_name
from dezentral.errors import DezentralError
from dezentral.solver import SolveParams, Status, solve
from dezentral.wording import number, say

WRONG_INPUT = 2
INFEASIBLE = 3
UNKNOWN = 4
STOPPED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Plan what the command line asks for, print the outcome, return the exit code.

    Parameters
    ----------
    argv
        What follows the program's name; None = of this process.

    Examples
    --------
    >>> main(["no-such-folder"])
    2
    """
    arguments = parsed(argv, _versions())
    try:
        return _planned(arguments)
    except DezentralError as error:
        print(f"dezentral: {error}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print(f"dezentral: {say('outcome.stopped', arguments.language)}", file=sys.stderr)
        return STOPPED


def _planned(arguments: Arguments) -> int:
    if arguments.out is not None:
        require_folder(arguments.out)
    params = SolveParams(time_limit=arguments.time_limit, gap=arguments.gap, seed=arguments.seed)
    asked = problem(arguments)
    result = solve(asked.instance, asked.policy, params, progress=sys.stderr.isatty())
    if result.plan is None:
        return _without_plan(result.status, arguments)
    text = outcome(asked, result, result.plan, arguments.language) + "\n\n" + _versions()
    print(text)
    if arguments.out is not None:
        written = write_results(arguments.out, asked, result, result.plan, text, language=arguments.language)
        print("\n" + say("outcome.written", arguments.language, folder=arguments.out, files=", ".join(written)))
    return 0


def _without_plan(status: Status, arguments: Arguments) -> int:
    proven, language = status is Status.INFEASIBLE, arguments.language
    ended, limit = status_name(status, language), number(arguments.time_limit, language)
    if proven:
        print(say("outcome.infeasible", language, status=ended))
    else:
        print(say("outcome.unknown", language, status=ended, limit=limit))
    if arguments.out is not None:
        print(say("outcome.nothing_written", language, folder=arguments.out))
    return INFEASIBLE if proven else UNKNOWN


def _versions() -> str:
    return f"dezentral {version('dezentral')}, OR-Tools {version('ortools')}, Python {platform.python_version()}"


def run() -> int:
    """Run as a program: a reader who has seen enough (`| head`) is no error, nor is a terminal without Unicode."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    return code


if __name__ == "__main__":
    sys.exit(run())
