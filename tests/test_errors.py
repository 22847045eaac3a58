from __future__ import annotations

import copy
import pickle

import pandas as pd
import pytest

import dezentral as dz
from dezentral.errors import Fault

FAULT = Fault("site 's3', unit 'u0'", "beds", 0, "1 or more")


def test_a_fault_reads_as_record_field_value_and_what_is_allowed():
    assert str(FAULT) == "site 's3', unit 'u0', beds: 0; allowed: 1 or more"


def test_a_fault_in_a_table_starts_with_its_file_and_row():
    fault = Fault("household 'h'", "size", "x", "a whole number", where="households.csv, row 7")
    assert str(fault) == "households.csv, row 7, household 'h', size: 'x'; allowed: a whole number"


def test_a_fault_leaves_out_what_it_does_not_know():
    assert str(Fault("", "size", 0, "1 or more")) == "size: 0; allowed: 1 or more"


def shown(value):
    return str(Fault("r", "f", value, "less")).split(": ", 1)[1].removesuffix("; allowed: less")


def test_a_long_value_is_cut_to_sixty_characters_and_says_how_long_it_is():
    assert shown("x" * 61) == "'" + "x" * 58 + "… (61 characters)"
    assert shown(b"x" * 61) == "b'" + "x" * 57 + "… (61 bytes)"
    assert shown([10] * 100) == "[" + "10, " * 14 + "10… (100 entries)"
    assert shown(10**99) == "1" + "0" * 58 + "…"


def test_a_value_of_sixty_characters_is_shown_as_it_is():
    assert shown("x" * 60) == "'" + "x" * 60 + "'"


def test_a_value_of_several_lines_is_called_by_its_type():
    assert shown(pd.DataFrame({"household": ["h"], "size": [3]})) == "DataFrame"
    assert shown("two\nlines") == r"'two\nlines'"


def test_the_id_of_a_record_is_named_in_full_up_to_two_hundred_characters():
    for length, said in ((200, "'" + "i" * 200 + "'"), (201, "'" + "i" * 198 + "… (201 characters)")):
        with pytest.raises(dz.InstanceError) as caught:
            dz.Unit(id="i" * length, beds=0)
        assert said[:120] in str(caught.value)
        assert str(caught.value).endswith(f"{said[-20:]}, beds: 0; allowed: 1 or more")


def test_of_several_records_or_mappings_their_number_alone_is_told():
    people = [{"id": "h"}, {"id": "g"}]
    assert str(Fault("r", "f", people, "a number")) == "r, f: list of 2; allowed: a number"
    assert "f: dict of 2;" in str(Fault("r", "f", {"h": people[0], "g": 1}, "a number"))
    assert "f: tuple of 2;" in str(Fault("r", "f", (dz.Cost(), dz.Fit()), "a number"))
    assert "f: list of 1;" in str(Fault("r", "f", [{"relates": people}], "a number"))
    assert "f: [Cost(weight=1.0, goal='cost')];" in str(Fault("r", "f", [dz.Cost()], "a number"))
    assert "f: {'school': 0, 'kita': 1};" in str(Fault("r", "f", {"school": 0, "kita": 1}, "a number"))


def test_what_stands_for_a_value_is_not_quoted_and_a_value_is():
    assert str(Fault("r", "f", "(missing)", "a value")) == "r, f: (missing); allowed: a value"
    assert str(Fault("r", "f", "(x", "a value")) == "r, f: '(x'; allowed: a value"


def test_an_error_lists_every_fault_one_a_line():
    error = dz.InstanceError.of([FAULT, Fault("", "size", 0, "1 or more")])
    assert str(error).splitlines() == ["2 faults:", f"  {FAULT}", "  size: 0; allowed: 1 or more"]
    assert error.faults[0] is FAULT


def test_one_fault_is_counted_in_the_singular():
    assert str(dz.PlanError.of([FAULT])).splitlines()[0] == "1 fault:"


@pytest.mark.parametrize("kind", [dz.InstanceError, dz.TableError, dz.PolicyError, dz.PlanError])
def test_bad_input_is_a_value_error_and_ours(kind):
    error = kind.of(iter([FAULT]))
    assert isinstance(error, ValueError)
    assert isinstance(error, dz.DezentralError)
    assert type(error) is kind


def test_a_missing_extra_is_an_import_error_that_says_how_to_install_it():
    error = dz.MissingExtraError.for_extra("excel", "Reading .xlsx")
    assert isinstance(error, ImportError)
    assert isinstance(error, dz.DezentralError)
    assert 'pip install "dezentral[excel]"' in str(error)
    assert error.faults == ()


@pytest.mark.parametrize("travel", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])  # noqa: S301
def test_an_error_keeps_its_faults_between_processes(travel):
    error = dz.TableError.of([FAULT])
    back = travel(error)
    assert type(back) is dz.TableError
    assert (str(back), back.faults) == (str(error), (FAULT,))


@pytest.mark.parametrize("part", ["record", "field", "value", "allowed", "where"])
def test_no_part_of_a_fault_however_long_makes_a_message_long(part):
    parts = {"record": "unit 'u'", "field": "beds", "value": 0, "allowed": "1 or more", "where": "units.csv, row 3"}
    said = str(dz.TableError.of([Fault(**{**parts, part: "x" * 50_000 + "y" * 50_000})]))
    assert len(said) < 1_500
    assert "x…" in said
    assert part == "value" or "y" * 50 in said  # of names, the end says as much as the beginning
    assert all(str(text) in said for name, text in parts.items() if name != part)


def test_a_cut_text_is_as_long_as_it_may_be():
    shown = str(Fault("", "", 0, "1", where="a" * 150 + "b" * 51)).split(":", 1)[0]
    assert shown == "a" * 133 + "…" + "a" * 15 + "b" * 51  # two thirds, the mark, the rest of 200


def test_signs_that_nobody_sees_are_written_out():
    shown = str(Fault("household 'h\u202e'", "a\nb\x1b[2J", 0, "1 or more", where="x\0.csv"))
    assert shown == "x\\x00.csv, household 'h\\u202e', a\\nb\\x1b[2J: 0; allowed: 1 or more"


def test_any_line_of_any_error_is_cut():
    assert len(str(dz.PlanError("p" * 10**5 + "\n" + "q" * 10**5))) == 2 * 2_000 + 1


def test_a_value_that_cannot_be_written_is_called_by_its_type():
    class Silent:
        def __repr__(self) -> str:
            raise RuntimeError

    assert "beds: Silent; allowed" in str(Fault("", "beds", Silent(), "1 or more"))
    assert "beds: int; allowed" in str(Fault("", "beds", 10**5_000, "1 or more"))
