"""Files appear whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dezentral as dz
from dezentral.tables import read_tables, write_tables
from dezentral.tables.formats import excel_files, folder, geo_files
from dezentral.tables.formats.atomic import whole_file, whole_folder
from tests.tables.cities import city, small

PLACES = ["city", "city.xlsx", "city.gpkg"]


class StopError(Exception):
    """What comes in between."""


def content(place):
    return {file.name: file.read_bytes() for file in sorted(place.iterdir())} if place.is_dir() else place.read_bytes()


def stop(*_args, **_options):
    raise StopError


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("exists", [False, True])
def test_an_error_while_writing_changes_nothing(tmp_path, monkeypatch, place, exists):
    if exists:
        write_tables(city(), tmp_path / place)
    before = content(tmp_path) if not exists else content(tmp_path / place)
    monkeypatch.setattr(excel_files, "_cell", stop)
    monkeypatch.setattr(geo_files, "_as_text", stop)
    monkeypatch.setattr(folder, "write_csv", stop)
    with pytest.raises(StopError):
        write_tables(small(), tmp_path / place)
    assert (content(tmp_path / place) if exists else content(tmp_path)) == before
    assert [path.name for path in tmp_path.iterdir()] == ([place] if exists else [])


# A folder is exchanged file by file, and one file at once: there a second exchange does not take place.
EXCHANGES = [("city", failing) for failing in range(1, 12)] + [(place, k) for place in PLACES[1:] for k in (1, 2)]


@pytest.mark.parametrize(("place", "failing"), EXCHANGES)
def test_an_error_while_files_are_exchanged_is_undone(tmp_path, monkeypatch, place, failing):
    write_tables(city(), tmp_path / place)
    before = content(tmp_path / place)
    replace, calls = Path.replace, []

    def fails_once(self, target):
        calls.append(target)
        if len(calls) == failing:
            message = "disk full"
            raise OSError(message)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_once)
    if place != "city" and failing > 1:
        write_tables(small(), tmp_path / place)
        assert read_tables(tmp_path / place) == small()
        return
    with pytest.raises(dz.TableError, match="disk full"):
        write_tables(small(), tmp_path / place)
    assert content(tmp_path / place) == before
    assert read_tables(tmp_path / place) == city()
    assert [path.name for path in tmp_path.iterdir()] == [place]


def test_a_killed_process_leaves_the_old_file(tmp_path):
    path = write_tables(small(), tmp_path / "city.xlsx")
    script = (
        "import os, sys; from pathlib import Path; from dezentral.tables.formats.atomic import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as staged:\n"
        "    staged.write_bytes(b'half'); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9  # noqa: S603
    assert read_tables(path) == small()


def test_a_link_is_followed_and_permissions_stay(tmp_path):
    target = tmp_path / "real.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(target)
    with whole_file(tmp_path / "link.txt") as staged:
        staged.write_text("new", encoding="utf-8")
    assert (tmp_path / "link.txt").is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_new_files_have_the_permissions_of_any_other(tmp_path):
    (tmp_path / "other").write_text("", encoding="utf-8")
    with whole_file(tmp_path / "new.txt") as staged:
        staged.write_text("", encoding="utf-8")
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_the_current_folder_can_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_tables(small(), ".")
    assert read_tables(".") == small()
    assert Path.cwd() == tmp_path


def test_files_are_exchanged_only_once_all_are_written(tmp_path):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with whole_folder(tmp_path, lambda name: name.endswith(".txt")) as folder_of_new:
        (folder_of_new / "b.txt").write_text("new", encoding="utf-8")
        assert not (tmp_path / "b.txt").exists()
        assert (tmp_path / "a.txt").exists()
    assert content(tmp_path) == {"b.txt": b"new"}


@pytest.mark.parametrize("path", ["missing", "missing.xlsx", "missing.gpkg", "missing.csv"])
def test_a_path_without_anything_is_said_so(tmp_path, path):
    with pytest.raises(dz.TableError, match=r"No such file.*a folder, an Excel workbook \(\.xlsx\) or a GeoPackage"):
        read_tables(tmp_path / path)


@pytest.mark.parametrize("name", ["city.csv", "city.xls", "city.json", "city"])
def test_other_formats_are_refused(tmp_path, name):
    (tmp_path / name).write_text("", encoding="utf-8")
    for refused in (read_tables, lambda path: write_tables(small(), path)):
        with pytest.raises(dz.TableError, match="a folder, an Excel workbook"):
            refused(tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8") == ""


def test_a_file_in_the_way_is_a_fault(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(dz.TableError, match="a place where files can be written"):
        write_tables(small(), tmp_path / "file" / "city.xlsx")


@pytest.mark.parametrize("options", [{"tables": "xlsx"}, {"geometry": "shp"}])
def test_unknown_formats_are_refused(tmp_path, options):
    with pytest.raises(dz.TableError, match=r"allowed: (csv or parquet|gpkg or geojson)"):
        write_tables(small(), tmp_path / "city", **options)
    assert list(tmp_path.iterdir()) == []
