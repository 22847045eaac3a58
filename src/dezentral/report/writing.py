"""Writing the report: one self-contained file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.report.page import page
from dezentral.solver import Result
from dezentral.tables.formats.atomic import whole_file
from dezentral.tables.formats.file_errors import named_path, system_errors
from dezentral.wording import Language


def write(
    path: str | os.PathLike[str], instance: Instance, policy: Policy, result: Result, language: Language = "de"
) -> Path:
    """Write a report about a result as one HTML file that needs no network.

    It holds a map, the persons of every district against its target, the proof, how many are without a place and why,
    the rules in force, what was decided by hand, and a line to sign. It names no household and no confidential site;
    numbers of persons under five read "<5", and everything beside them is worked out without them. A result without a
    plan (INFEASIBLE, UNKNOWN) gives a report that says so. The same arguments give the same file.

    Parameters
    ----------
    path
        The file to write, e.g. ``"report.html"``; its folder is made if it is missing, an earlier file replaced.
    instance, policy, result
        What was planned, and what `solve` returned for it. The plan of the result may have been changed by hand since:
        then the report says so.
    language
        ``"de"`` or ``"en"``.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    InstanceError
        If the instance is none.
    PolicyError
        If the result is not one of this policy, or there are no sentences in the language.
    TableError
        If the file cannot be written.

    Examples
    --------
    >>> import dezentral as dz, tempfile
    >>> city = dz.Instance(districts=[dz.District(id="a", name="Am See", population=900, housed=9)], sites=())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = dz.report.write(f"{folder}/bericht.html", city, dz.Policy.default(), dz.solve(city))
    ...     "Am See" in file.read_text(encoding="utf-8")
    True
    """
    text = page(instance, policy, result, language)
    target = named_path(path)
    with system_errors(target, "a file that can be written"), whole_file(target) as staged:
        staged.write_text(text, encoding="utf-8", newline="\n")
    return target
