"""Every value of households and of protected sites is marked; no door that others see tells a mark."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re

import pytest
from shapely.geometry import box

import dezentral as dz

LIVED_IN = {"x": 4123.25, "y": 4321.75}
HAVEN = ("haven", "Quiet Harbour", "shelterwork", "refugium", "protectedkind", "hiddenunit", "4567.5", "5678.5")
PEOPLE = ("canary", "traitmark", "languagemark", "needmark", "4123.25", "4321.75", "featuremark", "1987")


def household(number, **more):
    marks = {
        "traits": {f"traitmark{number}"}, "languages": {f"languagemark{number}"}, "needs": {"needmark": 1},
        "anchors": [dz.Anchor(**LIVED_IN)], "arrival": dt.date(1987, 6, 5), "requires": set(),
    }  # fmt: skip
    return dz.Household(id=f"canary{number}", **{"size": 2, **marks, **more})


HOUSEHOLDS = [household(n, size=1 + n % 3) for n in range(12)] + [household(98, requires={"featuremark"})]
CITY = dz.Instance(
    districts=[
        dz.District(id=f"d{i}", name=f"Town {i}", population=1000, housed=20, geometry=box(at, 0, at + 9e3, 9e3))
        for i, at in enumerate((0, 9e3))
    ],
    sites=[
        dz.Site(id="open", district="d0", units=[dz.Unit(id="flat", beds=3, count=4)], x=100.0, y=100.0, name="Hall"),
        dz.Site(
            id="haven", name="Quiet Harbour", kind="protectedkind", operator="shelterwork", district="d1", x=4567.5,
            y=5678.5, units=[dz.Unit(id="hiddenunit", beds=3, count=5)], features={"refugium"}, confidential=True,
        ),
    ],
    services=[dz.Service(id="k", kind="needmark", x=0.0, y=0.0)],
    households=HOUSEHOLDS,
)  # fmt: skip
POLICY = dz.Policy.default()


@pytest.fixture(scope="module")
def result():
    return dz.solve(CITY, POLICY)


def expect_unmarked(text, marks):
    plain = re.sub(r"[0-9a-f]{64}", "", text)
    assert [mark for mark in marks if mark in plain] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_reports_and_the_interactive_map_tell_neither(result, language, tmp_path):
    path = dz.report.write(tmp_path / "report.html", CITY, POLICY, result, language)
    people = [mark for mark in PEOPLE if mark != "1987"]
    expect_unmarked(path.read_text(encoding="utf-8"), [*people, *HAVEN])
    page = dz.plot.explore(CITY, result.plan, language=language).get_root().render()
    expect_unmarked(page, [*people, *HAVEN])


@pytest.mark.parametrize("draw", [dz.plot.map, dz.plot.rates, dz.plot.occupancy])
def test_pictures_tell_neither(result, draw):
    file = io.StringIO()
    draw(CITY, result.plan).figure.savefig(file, format="svg", metadata={"Date": None})
    # Text may be drawn as shapes, but what is drawn stands beside them as a comment.
    assert re.search("<!-- (Town 0|site, open) -->", file.getvalue())
    expect_unmarked(file.getvalue(), ["canary", "traitmark", "languagemark", *HAVEN[:6]])


def test_points_of_a_plan_leave_protected_sites_out(result):
    expect_unmarked(dz.plan_geoframe(CITY, result.plan).to_json(), [*PEOPLE[:4], *HAVEN])


def test_an_explanation_names_no_other_household_and_no_protected_site(result):
    others = [f"canary{n}" for n in (*range(1, 12), 98)]
    told = str(dz.explain(CITY, POLICY, result.plan, "canary0"))
    assert not [key for key in others if re.search(rf"{key}\b", told)]
    expect_unmarked(told, HAVEN)


def test_logs_hold_no_value(caplog):
    with caplog.at_level(logging.DEBUG):
        changed = dz.solve(CITY.replace(name="another"), POLICY)
        dz.why_unplaced(CITY, POLICY, changed.plan)
        dz.bottlenecks(CITY, POLICY, changed.plan, exact=1)
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("dezentral"))
    expect_unmarked(ours, [*PEOPLE, *HAVEN])


def test_a_fault_of_one_household_tells_nothing_of_others():
    with pytest.raises(dz.InstanceError) as caught:
        CITY.replace(households=[*HOUSEHOLDS, dz.Household(id="faulty", size=1, needs={"nowhere": 1})])
    assert "faulty" in str(caught.value)
    expect_unmarked(str(caught.value), ["canary", "traitmark", "languagemark", "4123.25", "1987"])


def test_pseudonyms_keep_nothing_of_ids_and_days():
    hidden, mapping = CITY.pseudonymise("key")
    assert sorted(mapping) == sorted(one.id for one in HOUSEHOLDS)
    assert "canary" not in hidden.model_dump_json()
    assert {one.arrival for one in hidden.households} == {dt.date(1987, 6, 1)}
    assert CITY.pseudonymise("key")[1] == mapping
    assert not set(CITY.pseudonymise("other key")[1].values()) & set(mapping.values())


def test_names_change_no_plan(result):
    # An order-preserving renaming renames the plan and does nothing else.
    renamed = {one.id: f"person-{number:03}" for number, one in enumerate(sorted(HOUSEHOLDS, key=lambda own: own.id))}
    other = CITY.replace(households=[one.model_copy(update={"id": renamed[one.id]}) for one in HOUSEHOLDS])
    again = dz.solve(other, POLICY)
    assert again.plan.unplaced == tuple(sorted(renamed[key] for key in result.plan.unplaced))
    assert {(one.household, one.site, one.unit, one.units) for one in again.plan.placements} == {
        (renamed[one.household], one.site, one.unit, one.units) for one in result.plan.placements
    }
