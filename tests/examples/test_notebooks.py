"""The notebooks as they are stored: read on the web, their outputs are all that a reader sees."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|usr|var|work|Users|private)/|[A-Z]:\\\\")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def outputs(notebook):
    return [output for cell in code(notebook) for output in cell.outputs]


def test_they_are_numbered_from_one_without_gaps():
    assert [path.name.split("_")[0] for path in NOTEBOOKS] == [str(number) for number in range(1, len(NOTEBOOKS) + 1)]


def test_they_are_valid(notebook):
    nbformat.validate(notebook)


def test_every_cell_was_run_once_and_in_order(notebook):
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    assert outputs(notebook)


def test_nothing_failed_and_nothing_warned(notebook):
    assert [output for output in outputs(notebook) if output.output_type == "error"] == []
    assert [output.text for output in outputs(notebook) if output.get("name") == "stderr"] == []


def test_nothing_tells_where_or_when_it_was_run(notebook):
    assert [cell.metadata for cell in notebook.cells if cell.metadata] == []
    assert notebook.metadata.keys() <= {"kernelspec", "language_info"}
    assert MACHINE_PATH.search(nbformat.writes(notebook)) is None


@pytest.mark.parametrize("path", ["/home/a/plan.csv", "in '/tmp/x'", '"/Users/a'])
def test_machine_paths_are_found(path):
    assert MACHINE_PATH.search(path)


def test_they_say_what_to_change_for_data_of_ones_own(notebook):
    assert "**For your own data**" in prose(notebook)
    assert any("# your own" in line for cell in code(notebook) for line in cell.source.splitlines())


def test_links_lead_somewhere(notebook):
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", prose(notebook))
    assert [link for link in linked if not (EXAMPLES / link).exists()] == []


def test_they_stay_small_enough_to_be_shown_on_the_web():
    assert [path.name for path in NOTEBOOKS if path.stat().st_size > 1_000_000] == []
