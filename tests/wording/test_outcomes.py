"""The outcome of a solve at a glance."""

from __future__ import annotations

import dezentral as dz
from dezentral.wording.outcomes import outcome_html, outcome_line


def result(**more: object) -> dz.Result:
    level = dz.LevelOutcome(
        goals=(dz.Placed(),), value=1234.5, bound=None, gap=None, status=dz.Status.FEASIBLE, final=1234.5, seconds=1.0
    )
    fields = {
        "status": dz.Status.FEASIBLE, "plan": dz.Plan(), "levels": (level,), "seconds": 2.04, "reproducible": True,
        "version": {},
    }  # fmt: skip
    return dz.Result(**{**fields, **more})


def test_one_line_tells_status_time_and_proof():
    line = outcome_line(result())
    assert line.startswith("Result(FEASIBLE after 2.0 s, 0 of 1 levels proven, plan=Plan(0 placements")
    nothing = result(status=dz.Status.INFEASIBLE, plan=None, levels=())
    assert outcome_line(nothing) == "Result(INFEASIBLE after 2.0 s, plan=None)"


def test_the_table_has_a_row_per_level_in_either_language():
    assert "not proven to the end" in outcome_html(result())
    shown = outcome_html(result(), "de")
    assert "Menschen unterbringen" in shown
    assert "1.234" in shown
    assert "kein Plan möglich" in outcome_html(result(status=dz.Status.INFEASIBLE, plan=None, levels=()), "de")
