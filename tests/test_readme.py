"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dezentral as dz
from dezentral.__main__ import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [content for named, content in BLOCKS if named == language]


def test_the_example_prints_what_stands_below_it():
    [example], [printed] = blocks("python"), blocks("text")
    shown = subprocess.run([sys.executable, "-c", example], check=True, capture_output=True, text=True)  # noqa: S603
    assert shown.stdout == printed
    assert shown.stderr == ""


def test_the_first_two_blocks_set_up_run_and_test_on_their_own():
    run, test = blocks("bash")[:2]
    for block, last in ((run, ".venv/bin/python -m dezentral"), (test, ".venv/bin/python -m pytest -n 2")):
        assert block.splitlines()[0] == "python3 -m venv .venv"
        assert block.splitlines()[-1] == last


def test_every_option_that_is_named_exists(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    named = re.findall(r"(?<=[`\s])(--[a-z-]+)", re.sub(r"pip install --quiet", "", README))
    assert named
    assert set(named) <= known


def test_every_public_name_that_is_named_exists():
    named = set(re.findall(r"\bdz\.((?:[a-z]+\.)?[A-Za-z_]+)", README))
    assert {"solve", "datasets.read_population"} <= named
    assert [name for name in sorted(named) if not _exists(name)] == []


def _exists(name: str) -> bool:
    first, *rest = name.split(".")
    found = getattr(dz, first, None)
    return found is not None and all(hasattr(found, part) for part in rest)


def test_every_link_into_the_project_leads_somewhere():
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert linked
    assert [link for link in linked if not (ROOT / link).exists()] == []


def test_every_picture_says_in_words_what_it_shows():
    shown = re.findall(r"!\[([^\]]*)\]\(", README)
    assert shown
    assert [words for words in shown if len(words.split()) < 5] == []


def test_every_example_is_named_and_leads_there():
    examples = {f"examples/{path.name}" for path in (ROOT / "examples").iterdir() if path.suffix in {".ipynb", ".py"}}
    assert examples
    assert examples <= set(re.findall(r"\]\(([^)]+)\)", README))


def test_every_extra_is_named_but_for_the_tools_of_this_project():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    rows = re.findall(r"^\| (`.*`) \| ", README[README.index("| extra |") :], flags=re.MULTILINE)
    assert extras.keys() - {"lint"} == {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_question_has_its_function_and_every_function_that_answers_its_question():
    asked = set(re.findall(r"\bdz\.(\w+)", README[README.index("## Ask it") : README.index("## What it promises")]))
    files = {"plan_frame", "plan_geoframe", "read_plan", "read_tables", "write_tables", "write_templates"}
    assert {name for name in dz.__all__ if name[0].islower()} - files - {"datasets"} == asked


def test_every_folder_of_the_source_has_its_line():
    folders = {path.name for path in (ROOT / "src" / "dezentral").iterdir() if (path / "__init__.py").exists()}
    [tree] = [content for content in blocks("") if content.startswith("src/dezentral/")]
    assert folders == set(re.findall(r"^  (\w+)/ ", tree, flags=re.MULTILINE))


def test_the_version_is_one_everywhere():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, flags=re.MULTILINE)[0] == dz.__version__
    assert re.findall(r"^version: (\S+)", citation, flags=re.MULTILINE) == [dz.__version__]


def test_every_public_name_is_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in dz.__all__ if not re.search(rf"`{name}[`(]", changelog)] == []


def test_the_citation_has_what_its_format_asks_for():
    yaml = pytest.importorskip("yaml", reason="pyyaml, which dask brings, is not installed")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert citation["license"] == "MIT"
    assert all(citation[key] for key in ("message", "title", "abstract", "keywords"))
    assert [author.keys() for author in citation["authors"]] == [{"name"}]
