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
    "set aside": range(300, 312),  # measured once, after every choice
}
GOALS = {"evenness": dz.Evenness(), "proximity": dz.Proximity()}
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
    """Draw the share of the gap closed, stream by stream."""
    from matplotlib.figure import Figure  # noqa: PLC0415  a picture is not needed for the figures

    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    for place, (goal, rows) in enumerate(frame.groupby("goal")):
        axes.scatter(100 * rows["closed"], [place] * len(rows), alpha=0.6, label=goal)
    axes.set_yticks(range(frame["goal"].nunique()), sorted(frame["goal"].unique()))
    axes.set_ylim(-0.5, frame["goal"].nunique() - 0.5)
    axes.axvline(0, color="grey", linewidth=0.8)
    axes.axvline(100, color="grey", linewidth=0.8)
    axes.set_xlabel("share of the gap between myopic (0) and hindsight (100) that lookahead closes, %")
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
