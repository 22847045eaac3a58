"""Marked values in everything that is answered about a city: each answer tells what it is about, and no more."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback

import pandas as pd
import pytest
from matplotlib.text import Text
from ortools.math_opt.core.python import solver as beneath

import dezentral as dz
from tests.trust.test_canaries import CITY as QUIET
from tests.trust.test_canaries import HAVEN, HOUSEHOLDS, POLICY, expect_unmarked

KEYS = re.compile(r"canary\d+")
VALUES = ("traitmark", "languagemark", "4123.25", "4321.75", "1987")
# Some of all kinds: unplaced for want of room, fixed by exclusions, living at the protected address, named with others.
LARGE = dz.Household(id="canary50", size=9, traits={"traitmark50"}, languages={"languagemark50"})
PICKY = dz.Household(id="canary51", size=1, excluded_sites={"open", "haven"}, arrival=dt.date(1987, 6, 5))
SAFE = dz.Household(id="canary52", size=2, current_site="haven", current_unit="hiddenunit", traits={"traitmark52"})
CITY = QUIET.replace(
    households=[*HOUSEHOLDS, LARGE, PICKY, SAFE],
    relations=[dz.Relation(kind="different_site", households=["canary0", "canary1", "canary52"])],
)
RULES = dz.Rules(max_site_persons=100, max_moves=2, operator_capacity={"shelterwork": 9})
STRICT = dz.Policy(rules=RULES, levels=POLICY.levels)


@pytest.fixture(scope="module")
def plan():
    return dz.solve(CITY, STRICT).plan


@pytest.fixture(scope="module")
def worst():
    """Return a plan that breaks most rules there are."""
    places = [("open", "flat"), ("haven", "hiddenunit")]
    placements = [
        dz.Placement(household=one.id, site=places[n % 2][0], unit=places[n % 2][1])
        for n, one in enumerate(CITY.households)
    ]
    return dz.Plan(placements=placements)


@pytest.mark.parametrize("key", ["canary0", "canary50", "canary51", "canary52", "canary98"])
def test_what_is_said_of_one_household_names_no_other(plan, key):
    told = [dz.explain(CITY, STRICT, plan, key), dz.alternatives(CITY, STRICT, plan, key, k=50).to_csv()]
    for text in map(str, told):
        assert set(KEYS.findall(text)) <= {key}
        expect_unmarked(text, VALUES)
    expect_unmarked(str(told[0]), HAVEN)


def test_one_who_lives_at_a_protected_address_is_told_no_more_than_that(plan):
    told = str(dz.explain(CITY, STRICT, plan, "canary52"))
    assert "protected address" in told
    expect_unmarked(told, HAVEN)


def test_why_one_has_no_place_is_told_without_the_others(plan):
    rows = dz.why_unplaced(CITY, STRICT, plan)
    assert {"canary50", "canary51", "canary98"} <= set(rows["household"])
    for row in rows.to_dict("records"):
        text = json.dumps(row, default=str)
        assert set(KEYS.findall(text)) == {row["household"]}
        expect_unmarked(text, VALUES)


def test_a_violation_names_none_but_those_it_is_about(worst):
    found = dz.check(CITY, STRICT, worst)
    assert {"units", "requires", "excluded", "relation", "operator_cap"} <= {one.rule for one in found}
    for one in found:
        assert set(KEYS.findall(one.message)) <= set(one.households)
        expect_unmarked(one.message, VALUES)
        sites = set(re.findall(r"\b(?:open|haven)\b", one.message))
        assert sites <= set(one.sites)


def test_results_in_json_hold_ids_and_nothing_that_belongs_to_them(plan):
    result = dz.solve(CITY, STRICT)
    assert "canary0" in result.model_dump_json()  # a result is the office's own
    expect_unmarked(result.model_dump_json(), [*VALUES, "needmark", "featuremark", "Quiet Harbour", "4567.5", "refug"])
    expect_unmarked(repr(result) + repr(plan) + repr(CITY) + str(result) + str(CITY), ["canary", *VALUES, *HAVEN])
    expect_unmarked(result._repr_html_() + CITY._repr_html_(), ["canary", *VALUES, *HAVEN])


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_of_a_picture_is_marked(plan, worst, language):
    pictures = [draw(CITY, plan, language=language) for draw in (dz.plot.map, dz.plot.rates, dz.plot.occupancy)]
    pictures.append(dz.plot.compare(CITY, plan, worst, language=language))
    pictures.append(dz.plot.frontier(dz.frontier(CITY, STRICT, 3, steps=2), policy=STRICT, level=3, language=language))
    texts = [text.get_text() for ax in pictures for text in ax.figure.findobj(Text)]
    assert "Town 0" in " ".join(texts)
    expect_unmarked("\n".join(texts), ["canary", *VALUES, *HAVEN])


def test_frames_of_a_whole_city_name_nobody(plan, worst):
    frames = [
        dz.proximity(CITY, plan), dz.occupancy(CITY, plan), dz.evenness(CITY, plan).districts,
        dz.bottlenecks(CITY, STRICT, plan, exact=1), dz.unevenness_causes(CITY, STRICT, plan),
        dz.frontier(CITY, STRICT, 3, steps=2), dz.run_scenarios({"a": CITY}, STRICT),
    ]  # fmt: skip
    for frame in frames:
        expect_unmarked(frame.to_csv() + str(frame.attrs), ["canary", *VALUES])
    expect_unmarked(str(dz.compare(CITY, STRICT, plan, worst)), [*VALUES, *HAVEN])


def test_logs_of_solvers_that_give_up_say_no_value_and_nothing_is_printed(caplog, capfd, monkeypatch):
    def broken(*_args, **_named):
        msg = "canary0 at haven lives at 4123.25"
        raise RuntimeError(msg)

    monkeypatch.setattr(beneath, "solve", broken)
    monkeypatch.setattr(beneath.Solver, "solve", broken)
    with caplog.at_level(logging.DEBUG):
        again = dz.solve(CITY.replace(name="a third"), STRICT)
        dz.bottlenecks(CITY, STRICT, again.plan, exact=1)
    logged = [record for record in caplog.records if record.name.startswith("dezentral")]
    assert logged
    told = "\n".join(record.getMessage() + str(record.exc_text) + str(record.args) for record in logged)
    expect_unmarked(told, ["canary", *VALUES, *HAVEN])
    assert capfd.readouterr() == ("", "")


def broken_documents():
    """Return the city in JSON, with something wrong in it that is not about the households that are named there."""
    whole = json.loads(CITY.model_dump_json())
    people = whole["households"]
    yield "people", {**whole, "people": people}  # no such field
    yield "households", {**whole, "households": {one["id"]: one for one in people}}
    yield "schema_version", {**whole, "schema_version": 99}
    yield "sites", {**whole, "sites": {"open": people[0], "more": people[1]}}
    yield "population", {**whole, "districts": [{**one, "population": 0} for one in whole["districts"]]}


@pytest.mark.parametrize(("field", "document"), list(broken_documents()))
def test_a_fault_of_the_whole_tells_of_nobody(field, document):
    with pytest.raises(dz.InstanceError, match=field) as caught:
        dz.Instance.model_validate_json(json.dumps(document))
    expect_unmarked("".join(traceback.format_exception(caught.value)), ["canary", *VALUES])


@pytest.mark.parametrize("record", [dz.Policy, dz.Plan, dz.Result, dz.Rules])
def test_a_city_read_as_something_else_tells_of_nobody(record):
    with pytest.raises(dz.DezentralError) as caught:
        record.model_validate_json(CITY.model_dump_json())
    expect_unmarked("".join(traceback.format_exception(caught.value)), ["canary", *VALUES])


@pytest.mark.parametrize("cut", [slice(None, -20), slice(200, None)])
def test_a_broken_file_tells_nothing_of_what_it_holds(cut):
    people = CITY.replace(districts=CITY.districts).model_dump_json(include={"households"})
    with pytest.raises(dz.InstanceError, match="Invalid JSON") as caught:
        dz.Instance.model_validate_json(people[cut])
    expect_unmarked(str(caught.value), ["canary", *VALUES])


def test_one_wrong_cell_tells_of_its_own_row():
    frames = CITY.to_frames()
    people = frames["households"].astype(object)
    for column, wrong in (("size", "two"), ("arrival", "soon"), ("needs", 5), ("anchors", "here")):
        broken = people.copy()
        broken.loc[broken["id"] == "canary3", column] = wrong
        with pytest.raises(dz.TableError, match=column) as caught:
            dz.Instance.from_frames(**{**frames, "households": broken})
        told = "".join(traceback.format_exception(caught.value))
        assert set(KEYS.findall(told)) == {"canary3"}
        expect_unmarked(told, [mark for mark in VALUES if mark != "1987"])


def test_a_plan_that_does_not_fit_names_ids_and_no_value():
    for wrong in (dz.Plan(unplaced=["canary0"]), dz.Plan(unplaced=[*(one.id for one in CITY.households), "nobody"])):
        with pytest.raises(dz.PlanError) as caught:
            dz.score(CITY, STRICT, wrong)
        expect_unmarked("".join(traceback.format_exception(caught.value)), [*VALUES, *HAVEN])
    with pytest.raises(dz.TableError) as caught:
        dz.read_plan(pd.DataFrame({"household": ["canary0", "canary0"], "site": ["open", 5]}))
    expect_unmarked(str(caught.value), [*VALUES, *HAVEN])
