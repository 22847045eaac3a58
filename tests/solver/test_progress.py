"""What the bar of a running solve says."""

import pytest

import dezentral as dz
from dezentral.solver.progress import Progress, level_at_work, reporting, standing
from dezentral.solver.watch import Watch

POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(goals=[dz.Evenness(), dz.Stability()])])


@pytest.mark.parametrize(
    ("news", "left", "said"),
    [
        (None, 60.0, "no bound yet, 60 s left"),
        (Progress(0, 200.0, None, 1.0), 59.0, "no bound yet, 59 s left"),
        # (200 - 150) / 200, and (0.5 - 0) / max(1, 0.5): the gap of the result's levels
        (Progress(0, 200.0, 150.0, 1.0), 59.0, "gap 25.00%, 59 s left"),
        (Progress(0, 0.5, 0.0, 1.0), 59.0, "gap 50.00%, 59 s left"),
        (Progress(0, 3.0, 3.0, 61.0), -1.0, "gap 0.00%, 0 s left"),
    ],
)
def test_gap_and_time_left(news, left, said):
    assert standing(news, left) == said


def test_a_level_is_named_by_all_of_its_goals():
    assert level_at_work(POLICY, Progress(1, 0.0, None, 0.0)) == "level 2 of 2: Evenness + Stability"


@pytest.mark.parametrize("bar", [True, False])
def test_only_who_asks_sees_a_bar(bar, capsys):
    watch = Watch(600.0)
    with reporting(POLICY, None, watch, bar=bar) as reporter:
        reporter.tell(0, 200.0, 150.0)
        watch.glance()
    shown = capsys.readouterr()
    assert ("level 1 of 2: Placed" in shown.err) is bar
    assert ("gap 25.00%" in shown.err) is bar
    assert shown.out == ""
    assert bar or shown.err == ""
