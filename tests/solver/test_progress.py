"""What the bar of a running solve says."""

import re

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


@pytest.mark.parametrize(
    ("told", "stopped", "said"),
    [
        # The bar of two levels is full, half full, empty.
        ([(0, 9.0, 9.0), (1, 200.0, 150.0)], False, r"2 of 2 levels \|█+\| .*gap 25.00%"),
        ([(0, 9.0, 9.0), (1, 200.0, None)], True, r"ended at level 2 of 2: .*Stability \|█+▌? +\| .*no bound yet"),
        ([(0, 9.0, 8.0)], False, r"ended at level 1 of 2: Placed \| +\| .*gap 11.11%"),
        ([], False, r"ended \| +\| .*no plan"),
    ],
)
def test_the_last_that_a_bar_says_is_how_it_ended(told, stopped, said, capsys):
    watch = Watch(600.0)
    with reporting(POLICY, None, watch, bar=True) as reporter:
        for news in told:
            reporter.tell(*news)
            watch.glance()
        watch.stopped = stopped
    last = capsys.readouterr().err.rstrip("\n").rpartition("\r")[2]
    assert re.fullmatch(said, last.rstrip())


def test_a_bar_counts_down_while_there_is_no_news(capsys, monkeypatch):
    watch = Watch(600.0)
    with reporting(POLICY, None, watch, bar=True) as reporter:
        monkeypatch.setattr(Watch, "elapsed", 100.0)
        watch.glance()
        assert "no bound yet, 500 s left" in capsys.readouterr().err
        reporter.tell(0, 200.0, 150.0)
        monkeypatch.setattr(Watch, "elapsed", 200.0)
        watch.glance()
        assert "gap 25.00%, 400 s left" in capsys.readouterr().err


def test_who_listens_hears_the_same_again_after_a_while_and_nothing_after_a_stop():
    heard, watch = [], Watch(600.0)
    with reporting(POLICY, heard.append, watch, bar=False) as reporter:
        watch.glance()  # nothing to tell yet
        reporter.tell(0, 9.0, 8.0)
        watch.glance()
        watch.glance()  # nothing new
        assert [(news.value, news.bound) for news in heard] == [(9.0, 8.0)]
        watch.start -= 1.0  # a second goes by
        watch.glance()
        watch.glance()
        assert [(news.value, news.bound) for news in heard] == [(9.0, 8.0)] * 2
        assert heard[1].seconds >= heard[0].seconds + 1.0
        reporter.tell(1, 7.0, None)
        watch.glance()
        assert [news.level for news in heard] == [0, 0, 1]
        watch.stop()
        watch.start -= 1.0
        watch.glance()
    assert len(heard) == 3


def test_news_that_no_look_at_the_clock_passed_on_are_known_at_the_end(capsys):
    with reporting(POLICY, None, Watch(600.0), bar=True) as reporter:
        reporter.tell(1, 3.0, 3.0)
    assert "2 of 2 levels" in capsys.readouterr().err


def test_what_goes_wrong_ends_the_bar_without_a_word(capsys):
    with pytest.raises(ZeroDivisionError), reporting(POLICY, None, Watch(600.0), bar=True):
        raise ZeroDivisionError
    assert "ended" not in capsys.readouterr().err


def test_a_notebook_shows_a_bar_and_no_warning():
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    lines = "import dezentral as dz\ndz.solve(dz.datasets.stuttgart(40), progress=True)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(lines)])
    client.NotebookClient(notebook, timeout=120).execute()
    streams = [one["text"] for one in notebook.cells[0].outputs if one["output_type"] == "stream"]
    assert "Warning" not in "".join(streams)
    assert re.search(r"6 of 6 levels \|█+\|", "".join(streams))  # as wide as the bar of this tqdm is


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
