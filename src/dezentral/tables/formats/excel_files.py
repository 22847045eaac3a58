"""Tables as one Excel workbook, a sheet each."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dezentral.errors import MissingExtraError
from dezentral.tables.cells.values import TEXT, Kind
from dezentral.tables.formats.csv_files import guarded_cell
from dezentral.tables.formats.excel_shapes import with_shape_texts, with_whole_shapes
from dezentral.tables.formats.file_errors import FileFaultError, require_cells, require_size
from dezentral.tables.reading.raw import RawTable, table_from_lines
from dezentral.tables.sheets import Sheet

if TYPE_CHECKING:
    from types import ModuleType

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WORKBOOK = "an Excel workbook (.xlsx) that opens without repair"
_MOST_ROWS, _MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767  # of a sheet, of a cell
_FIRST_DATE = dt.date(1900, 3, 1)  # before it, Excel counts a day that never was
# What XML cannot hold, or would change: written as Excel writes it, _x000D_ for a carriage return.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LEADING_ZEROS = re.compile("0{2,}")
_FORMULA = re.compile(rb"<f[ />]")


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error instead of a value; no column can read it."""

    text: str

    def __repr__(self) -> str:
        return self.text


def read_excel(path: Path, choose: Callable[[list[str]], dict[str, str]]) -> list[RawTable]:
    """Read worksheets.

    Parameters
    ----------
    path
        Of the workbook.
    choose
        From the names of all sheets to those that are tables: sheet → table.
    """
    openpyxl = _openpyxl("reading an Excel workbook")
    require_size(path)
    try:
        has_formulas = _inspected(path)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep: charts, drop-down lists
            shown = openpyxl.load_workbook(file, read_only=True, data_only=True)
            behind = openpyxl.load_workbook(file, read_only=True) if has_formulas else None
            chosen = choose([sheet.title for sheet in shown.worksheets])
            return [_table(path, name, shown[sheet], behind and behind[sheet]) for sheet, name in chosen.items()]
    except (FileFaultError, OSError):
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise almost anything
        raise FileFaultError(value=type(error).__name__, allowed=_WORKBOOK) from error


def write_excel(sheets: Mapping[str, Sheet], path: Path) -> None:
    """Write sheets as one workbook; texts are text cells, so that "007" and "1/2" stay as they are."""
    openpyxl = _openpyxl("writing an Excel workbook")
    # What cannot be written is found before the workbook is begun.
    worded = {name: _worded(with_shape_texts(sheet, MOST_CHARACTERS)) for name, sheet in sheets.items()}
    workbook = openpyxl.Workbook(write_only=True)
    try:
        for name, rows in worded.items():
            worksheet = workbook.create_sheet(name)
            worksheet.freeze_panes = "A2"
            for row in rows:
                worksheet.append([_cell(worksheet, value) for value in row])
        workbook.save(path)
    except BaseException:
        _give_up(workbook.worksheets)
        raise


def _give_up(worksheets: Iterable[Any]) -> None:
    """Remove what openpyxl has written of worksheets into the system's folder for temporary files."""
    for worksheet in worksheets:
        with suppress(Exception):  # whatever state they are in
            worksheet.close()
        if worksheet._writer is not None:  # noqa: SLF001  openpyxl itself removes it only at the end of the process
            Path(worksheet._writer.out).unlink(missing_ok=True)  # noqa: SLF001


def _openpyxl(what: str) -> ModuleType:
    try:
        import openpyxl  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(extra="excel", what=what) from error
    return openpyxl


def _inspected(path: Path) -> bool:
    """Refuse a bomb before it is unpacked, and say whether any sheet has formulas."""
    with zipfile.ZipFile(path) as package:
        require_size(path, sum(member.file_size for member in package.infolist()))
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_FORMULA.search(package.read(name)) for name in sheets)


def _table(path: Path, name: str, sheet: Any, behind: Any) -> RawTable:
    for worksheet in (sheet, behind):
        if worksheet is not None:
            worksheet.reset_dimensions()  # some programs state them wrongly
    label = f"{path.name}, sheet {sheet.title}"
    formulas = behind.iter_rows() if behind else None
    return with_whole_shapes(table_from_lines(name, label, _lines(sheet.iter_rows(), formulas)))


def _lines(rows: Iterable[Any], formulas: Iterator[Any] | None) -> Iterator[list[Any]]:
    cells = 0
    for row in rows:
        cells += len(row)
        require_cells(cells)
        line = [_value(cell) for cell in row]
        for place, cell in enumerate(next(formulas, ()) if formulas else ()):
            if cell.data_type == "f" and place < len(line) and line[place] is None:
                line[place] = ErrorCell("a formula without a result (save the workbook in a spreadsheet program)")
        yield line


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return ErrorCell(value)
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, int) and not isinstance(value, bool) and _LEADING_ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))  # 7 that the sheet shows as 007
    return value


def _worded(sheet: Sheet) -> list[list[Any]]:
    """Return header and rows as a worksheet can hold them."""
    if len(sheet.rows) >= _MOST_ROWS or len(sheet.header) > _MOST_COLUMNS:
        given = f"{sheet.name}: {len(sheet.rows)} rows, {len(sheet.header)} columns"
        allowed = f"at most {_MOST_ROWS - 1} rows and {_MOST_COLUMNS} columns a sheet; a folder of files holds more"
        raise FileFaultError(value=given, allowed=allowed)
    places = range(len(sheet.header))
    header = list(map(_word, sheet.header, places, [TEXT] * len(places)))
    return [header, *(list(map(_word, row, places, sheet.kinds)) for row in sheet.rows)]


def _word(value: Any, place: int, kind: Kind) -> Any:
    if isinstance(value, dt.date) and value < _FIRST_DATE:
        return value.isoformat()
    if not isinstance(value, str):
        return value
    text = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", guarded_cell(value, place, kind))
    if len(text) > MOST_CHARACTERS:
        raise FileFaultError(value=f"{len(text)} characters", allowed=f"at most {MOST_CHARACTERS} in a cell")
    return text


def _cell(worksheet: WriteOnlyWorksheet, value: Any) -> Cell | None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(worksheet, value)
        cell.data_type, cell.number_format = "s", "@"
    elif isinstance(value, float):  # as Python writes it: openpyxl would keep 16 digits only
        cell = WriteOnlyCell(worksheet, repr(value))
        cell.data_type = "n"
    else:
        cell = WriteOnlyCell(worksheet, value)
    return cell
