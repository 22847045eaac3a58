"""However long an id, a path, a key or a number: the message about it is a few lines, and it is one of ours."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import dezentral as dz
from tests.trust.doors import CITY, PLAN, POLICY

LONG = "n" * 100_000
ENDLESS = 10**5_000  # Python refuses to write so many digits
DAY = dt.date(2026, 1, 1)
SITES = pd.DataFrame({"id": ["s"], "district": ["a"]})
DISTRICTS = pd.DataFrame({"id": ["a"], "population": [1]})
MOST = 3_000


def household(**fields):
    return CITY.replace(households=[dz.Household(**{"id": "h", "size": 1, **fields})])


def placed(**fields):
    placement = dz.Placement(**{"household": "h", "site": "s", "unit": "flat", **fields})
    return dz.check(CITY, POLICY, dz.Plan(placements=[placement], unplaced=["g"]))


REFUSED = {
    "a reference": lambda _: household(fixed_site=LONG),
    "a need": lambda _: household(needs={LONG: 1}),
    "a unit that is not there": lambda _: household(current_site="s", current_unit=LONG),
    "one id twice": lambda _: CITY.replace(districts=[dz.District(id=LONG, population=1)] * 2),
    "a field": lambda _: dz.Unit(**{"id": "u", "beds": 1, LONG: 1}),
    "a choice": lambda _: dz.Relation(kind=LONG, households=["h", "g"]),
    "a crs": lambda _: CITY.replace(crs=LONG),
    "JSON": lambda _: dz.Instance.model_validate_json(f'{{"districts": "{LONG}"}}'),
    "what is no JSON": lambda _: dz.Plan.model_validate_json(LONG),
    "a goal": lambda _: dz.Level.model_validate({"goals": [{"goal": LONG}]}),
    "a household of a plan": lambda _: placed(household=LONG),
    "a site of a plan": lambda _: placed(site=LONG),
    "a unit of a plan": lambda _: placed(unit=LONG),
    "someone to explain": lambda _: dz.explain(CITY, POLICY, PLAN, LONG),
    "a site to override": lambda _: dz.override(CITY, POLICY, PLAN, "h", LONG, by="x", reason="y"),
    "a level": lambda _: dz.frontier(CITY, POLICY, LONG),
    "a region": lambda _: dz.solve_regions(CITY, {LONG: "r"}, POLICY),
    "a strategy": lambda _: dz.simulate(CITY, [], POLICY, LONG),
    "a departure": lambda _: dz.simulate(CITY, [], POLICY, departures={LONG: DAY}),
    "a rule": lambda _: dz.scenarios.rule_change(**{LONG: 1})(CITY),
    "a path to read": lambda folder: dz.read_tables(folder / LONG),
    "a path of a plan": lambda folder: dz.read_plan(folder / f"{LONG}.csv"),
    "a path to write": lambda folder: dz.write_tables(CITY, folder / LONG),
    "a format": lambda folder: dz.write_tables(CITY, folder, tables=LONG),
    "a language": lambda _: dz.plot.map(CITY, PLAN, language=LONG),
    "a cell": lambda _: dz.Instance.from_frames(districts=DISTRICTS.assign(population=[LONG]), sites=SITES),
    "a column": lambda _: dz.Instance.from_frames(districts=DISTRICTS.assign(**{LONG: 1}), sites=SITES),
    "an id in a list": lambda folder: dz.write_tables(household(traits={LONG + ";"}), folder / "tables"),
    "an id in a workbook": lambda folder: dz.write_tables(household(id=LONG), folder / "tables.xlsx"),
    "an endless id": lambda _: dz.Site(id=ENDLESS, district="a", units=[]),
    "endless beds": lambda _: dz.Unit(id="u", beds=ENDLESS),
    "an endless key of a departure": lambda _: dz.simulate(CITY, [], POLICY, departures={ENDLESS: DAY}),
    "an endless key of a scenario": lambda _: dz.run_scenarios({ENDLESS: 1}),
    "an endless region": lambda _: dz.solve_regions(CITY, {ENDLESS: "r"}, POLICY),
    "an endless cell": lambda _: dz.read_plan(pd.DataFrame({"household": [ENDLESS]}, dtype=object)),
    "an endless seed": lambda _: dz.datasets.stuttgart(20, seed=ENDLESS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_long_is_named_in_short(name, tmp_path):
    with pytest.raises(dz.DezentralError) as caught:
        REFUSED[name](tmp_path)
    assert len(str(caught.value)) < MOST
