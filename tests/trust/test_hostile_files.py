"""Files that mean harm: bombs are refused before they are unpacked, nothing of them is ever run."""

from __future__ import annotations

import ast
import csv
import os
import pickle
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import dezentral as dz
from dezentral.tables.formats import file_errors
from tests.trust.writers import OLD

SOURCE = Path(dz.__file__).parent
RUNS_CODE = {
    "pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "eval", "exec", "compile", "read_pickle",
    "allow_pickle",
}  # fmt: skip


class Payload:
    """Unpickled, it makes a folder."""

    def __init__(self, made):
        self.made = str(made)

    def __reduce__(self):
        return os.mkdir, (self.made,)


def refused(path):
    with pytest.raises(dz.TableError) as caught:
        dz.read_tables(path)
    return str(caught.value)


def test_a_parquet_file_that_repeats_itself_is_refused_by_its_own_account(tmp_path, monkeypatch):
    dz.write_tables(OLD, tmp_path / "tables", tables="parquet")
    path = tmp_path / "tables" / "households.parquet"
    ids = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0), 3_000_000), pa.array(["h"]))
    pq.write_table(pa.table({"id": ids, "size": pa.repeat(pa.scalar(1), 3_000_000)}), path)
    assert path.stat().st_size < 30_000
    monkeypatch.setattr(file_errors, "MOST_CELLS", 5_000_000)
    assert "households.parquet: '6000000 cells'; allowed: at most 5000000 cells" in refused(tmp_path / "tables")


def test_a_parquet_file_with_large_pages_is_refused_by_its_own_account(tmp_path, monkeypatch):
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"key": ["k" * 10_000_000]}), path, compression="zstd", use_dictionary=False)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(file_errors, "MOST_BYTES", 2**20)
    with pytest.raises(dz.TableError, match="unpacked content of at most"):
        dz.run_scenarios({"a": OLD}, resume=path)


def test_a_cell_far_to_the_right_of_many_rows_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    path = dz.write_tables(OLD, tmp_path / "city.xlsx")
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name in members if b"population" in members[name])
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(10, 400))
    members[sheet] = members[sheet].replace(b"</sheetData>", far + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    monkeypatch.setattr(file_errors, "MOST_CELLS", 10**6)
    assert "at most 1000000 cells in a table" in refused(path)  # 390 · 16,384 are six times as many


def test_a_workbook_reads_no_file_that_it_names(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret", encoding="utf-8")
    path = dz.write_tables(OLD, tmp_path / "city.xlsx")
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name in members if b"population" in members[name])
    declared = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "%s">]><worksheet' % secret.as_uri().encode()
    members[sheet] = members[sheet].replace(b"<worksheet", declared, 1).replace(b">population<", b">&x;<")
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert "the-secret" not in refused(path)


def test_a_pickle_in_a_parquet_file_is_not_read(tmp_path):
    made = tmp_path / "made"
    dz.write_tables(OLD, tmp_path / "tables", tables="parquet")
    pickled = {
        b"ARROW:extension:name": b"arrow.py_extension_type",
        b"ARROW:extension:metadata": pickle.dumps(Payload(made)),
    }
    schema = pa.schema([pa.field("id", pa.string(), metadata=pickled), pa.field("population", pa.int64())])
    table = pa.table([pa.array(["a"]), pa.array([1])], schema=schema)
    pq.write_table(table, tmp_path / "tables" / "districts.parquet")
    with suppress(dz.TableError):
        dz.read_tables(tmp_path / "tables")
    assert not made.exists()
    pickle.loads(pickled[b"ARROW:extension:metadata"])  # noqa: S301  it would have been noticed
    assert made.exists()


def _named(node: ast.AST) -> set[str | None]:
    """Return what a node imports, calls or says to what it calls."""
    match node:
        case ast.Import(names=names):
            return {alias.name.split(".")[0] for alias in names}
        case ast.ImportFrom(module=module):
            return {(module or "").split(".")[0]}
        case ast.Call(func=ast.Name(id=name)):
            return {name}
        case ast.Call(func=ast.Attribute(attr=name)):
            return {name} - {"compile"}  # of a regular expression
        case ast.keyword(arg=name):
            return {name} & {"allow_pickle"}
    return set()


def test_no_module_can_read_a_pickle_or_run_a_text():
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = _named(node)
            assert not names & RUNS_CODE, file


WATCHED = """
import sys
seen = []
def watch(event, args):
    if event == "open" and args[2] & 0o3 and "__pycache__" not in str(args[0]):
        seen.append((event, str(args[0])))
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.")):
        seen.append((event, str(args)[:80]))
    if event in {"os.mkdir", "os.remove", "os.rename", "os.putenv", "_thread.start_new_thread"}:
        seen.append((event, str(args)[:80]))
import logging, signal, threading, warnings, locale, random, os
before = (list(warnings.filters), signal.getsignal(signal.SIGINT), list(logging.root.handlers), random.getstate())
environment = dict(os.environ)
sys.addaudithook(watch)
import dezentral
after = (list(warnings.filters), signal.getsignal(signal.SIGINT), list(logging.root.handlers), random.getstate())
for name in dezentral.__all__:
    getattr(dezentral, name)
assert before[1:] == after[1:] and environment == dict(os.environ)
assert not logging.getLogger("dezentral").handlers and threading.active_count() == 1
print([one for one in seen if one[0] != "os.putenv"])
"""


def test_an_import_writes_nothing_calls_nobody_and_starts_nothing():
    command = [sys.executable, "-B", "-c", WATCHED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own script
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "'=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_a_text_in_every_table_and_plan(tmp_path, name):
    city = OLD.replace(districts=[one.model_copy(update={"name": name}) for one in OLD.districts])
    folder = dz.write_tables(city, tmp_path / "tables")
    assert dz.read_tables(folder).districts == city.districts
    book = openpyxl.load_workbook(dz.write_tables(city, tmp_path / "city.xlsx"))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "b", "inlineStr"}
    assert dz.read_tables(tmp_path / "city.xlsx").districts == city.districts
    with (folder / "districts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for line in csv.reader(file) for cell in line if cell[:1] in {*"=+-@\t\r"}]
