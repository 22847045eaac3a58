"""Records at a glance."""

from __future__ import annotations

import dezentral as dz

FLAT = dz.Unit(id="flat", beds=4, count=3)


def town(**more: object) -> dz.Instance:
    fields = {
        "districts": [dz.District(id="a", population=1200)],
        "sites": [dz.Site(id="s", district="a", units=[FLAT])],
        "households": [dz.Household(id="secret-1", size=3), dz.Household(id="secret-2", size=1)],
        "services": [dz.Service(id="k", kind="kita", x=0.0, y=0.0)],
    }
    return dz.Instance(**{**fields, **more})


def test_an_instance_is_one_line_of_counts():
    assert repr(town()) == "Instance(1 district, 1 site, 2 households of 4 persons, 1 service)"
    assert str(town(name="Old Town")).startswith("Instance('Old Town', 1 district")
    assert repr(dz.Instance(districts=(), sites=())) == (
        "Instance(0 districts, 0 sites, 0 households of 0 persons, 0 services)"
    )


def test_in_a_notebook_it_is_a_table_without_households_and_with_nothing_to_run():
    shown = town(name="<script>alert(1)</script>")._repr_html_()
    assert "secret" not in shown
    assert "<script>" not in shown
    assert '<th scope="row" style="text-align:left">Beds</th><td style="text-align:right">12</td>' in shown
    assert "1 kita" in shown


def test_a_plan_is_one_line_of_counts():
    plan = dz.Plan(placements=[dz.Placement(household="secret-1", site="s", unit="flat")], unplaced=["secret-2"])
    assert repr(plan) == str(plan) == f"Plan(1 placement, 1 unplaced, digest {plan.digest[:12]!r})"
    by_hand = dz.Override(household="secret-1", site="s", by="A", reason="B")
    assert "1 override" in repr(plan.model_copy(update={"overrides": (by_hand,)}))
