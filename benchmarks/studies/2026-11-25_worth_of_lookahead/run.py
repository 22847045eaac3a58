"""What is lookahead worth? Writes results.csv, summary.csv and gap.png beside this file.

python benchmarks/studies/2026-11-25_worth_of_lookahead/run.py
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from streams import policy_of, stream

import dezentral as dz

HERE = Path(__file__).parent
SEEDS = {  # none of those on which the sampling of futures was chosen: 0 to 23
    "judged": range(100, 112),  # known from earlier measurements
    "set aside": range(300, 312),  # not looked at before the choice
}
GOALS = {"evenness": dz.Evenness(), "proximity": dz.Proximity()}
UNITS = {"evenness": "chi-square, persons", "proximity": "ways, person-kilometres"}
PARTS = {"evenness": 1, "proximity": 1_000}  # of what a score counts, in one of these units
STRATEGIES = ("myopic", "lookahead", "hindsight")


def measure() -> pd.DataFrame:
    """Return a row per goal and stream: the last level of each strategy, and whether the levels before it are 0."""
    rows = []
    for goal, what in GOALS.items():
        for streams, seed in ((streams, seed) for streams, seeds in SEEDS.items() for seed in seeds):
            runs = {name: dz.simulate(*stream(seed), policy_of(what), name).score for name in STRATEGIES}
            before = all(value == 0 for score in runs.values() for value in score[:-1])
            rows.append(
                {"goal": goal, "streams": streams, "seed": seed, "before_all_0": before}
                | {name: runs[name][-1] for name in STRATEGIES}
            )
            print(rows[-1], flush=True)
    frame = pd.DataFrame(rows)
    gap = frame["myopic"] - frame["hindsight"]
    frame["closed"] = ((frame["myopic"] - frame["lookahead"]) / gap).where(gap > 1e-6 * frame["myopic"])
    return frame


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """Return means per goal and set of streams, and the share of the mean gap that is closed."""
    groups = frame.assign(worse=frame["lookahead"] > frame["myopic"] * (1 + 1e-9)).groupby(["goal", "streams"])
    means = groups[list(STRATEGIES)].mean()
    means["closed"] = (means["myopic"] - means["lookahead"]) / (means["myopic"] - means["hindsight"])
    means["closed_median"] = groups["closed"].median()
    means["number"] = groups.size()
    means["lookahead_worse"] = groups["worse"].sum()
    return means.reset_index()


def draw(frame: pd.DataFrame, path: Path) -> None:
    """Draw what each strategy reached, stream by stream, ordered by how far myopic is from hindsight."""
    from matplotlib.figure import Figure  # noqa: PLC0415  a picture is not needed for the figures

    figure = Figure(figsize=(9, 5), layout="constrained")
    panels = figure.subplots(1, frame["goal"].nunique())
    for axes, (goal, rows) in zip(panels, frame.groupby("goal"), strict=True):
        ordered = rows.iloc[(rows["myopic"] - rows["hindsight"]).argsort(kind="stable")]
        places = range(len(ordered))
        scores = ordered[list(STRATEGIES)] / PARTS[goal]
        axes.hlines(places, scores["hindsight"], scores["myopic"], color="lightgrey", zorder=0)
        for strategy, marker in (("hindsight", "|"), ("lookahead", "o"), ("myopic", "x")):
            axes.scatter(scores[strategy], places, marker=marker, label=strategy)
        axes.set_yticks([])
        axes.set_title(goal)
        axes.set_xlabel(UNITS[goal])
    panels[0].set_ylabel("streams")
    panels[0].legend(loc="lower right")
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure, and write what came out."""
    frame = measure()
    frame.to_csv(HERE / "results.csv", index=False, float_format="%.6f")
    table = summary(frame)
    table.to_csv(HERE / "summary.csv", index=False, float_format="%.4f")
    draw(frame, HERE / "gap.png")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
