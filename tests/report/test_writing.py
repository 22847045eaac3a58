"""The report as a file, and in a real browser."""

from __future__ import annotations

import re

import pytest

import dezentral as dz
from tests.report.browser import CHROMIUM, browser
from tests.report.offices import POLICY, office, plan_with, result_of


def test_german_is_the_offices_language_and_the_same_input_gives_the_same_file(tmp_path):
    instance = office()
    result = result_of(instance, plan_with(instance, "s0", "s0", "s1"))
    first = dz.report.write(tmp_path / "new" / "a.html", instance, POLICY, result)
    second = dz.report.write(str(tmp_path / "b.html"), instance, POLICY, result, "de")
    assert first == tmp_path / "new" / "a.html"
    assert first.read_bytes() == second.read_bytes()
    assert 'lang="de"' in first.read_text(encoding="utf-8")


def test_what_cannot_be_written_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "report.html"
    file.write_text("old", encoding="utf-8")
    instance = office()
    result = result_of(instance, plan_with(instance, "s0", "s0", "s1"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dezentral.tables.formats.atomic.os.fsync", full)
    with pytest.raises(dz.TableError, match="No space left"):
        dz.report.write(file, instance, POLICY, result)
    assert file.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_is_no_file(tmp_path):
    instance = office()
    with pytest.raises(dz.TableError, match="a file that can be written"):
        dz.report.write(tmp_path, instance, POLICY, result_of(instance, plan_with(instance, "s0", "s0", "s1")))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (chromium, chromium-browser or google-chrome)")
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_browser_shows_every_district_and_neither_asks_nor_complains(tmp_path, language):
    instance = dz.datasets.stuttgart(300)
    households = [one.id for one in instance.households]
    result = result_of(instance, dz.Plan(unplaced=households))
    file = dz.report.write(tmp_path / "report.html", instance, POLICY, result, language)
    with browser(tmp_path / "profile") as page:
        page.open(file.as_uri())
        shown = page.value("document.body.innerText")
        wide = page.value("document.documentElement.scrollWidth - window.innerWidth")
        areas = page.value("[...document.querySelectorAll('.map path > title')].map(area => area.textContent)")
    assert [address for address in page.requests if not re.match("file:|data:", address)] == []
    assert page.complaints == []
    assert wide <= 0
    for district in instance.districts:
        assert district.name in shown
        assert any(area.startswith(f"{district.name}:") for area in areas)
