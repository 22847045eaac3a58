"""What does evenness cost in distance? Writes results.csv, summary.csv and price.png beside this file.

python benchmarks/studies/2026-11-25_price_of_evenness/run.py
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import dezentral as dz

HERE = Path(__file__).parent
SEEDS = range(5)
PERSONS = 1_000
STEPS = 6
EVEN = dz.Evenness()
POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(EVEN), dz.Level(dz.Proximity())])
PARAMS = dz.SolveParams(time_limit=300.0, gap=5e-3)


def measure() -> pd.DataFrame:
    """Return the trade-off of every city: a row per limit on the unevenness."""
    frames = []
    for seed in SEEDS:
        city = dz.datasets.stuttgart(PERSONS, seed=seed)
        needing = sum(sum(household.needs.values()) for household in city.households)
        frame = dz.frontier(city, POLICY, EVEN, STEPS, params=PARAMS)
        rows = pd.DataFrame(
            {
                "seed": seed,
                "unplaced": frame["value_1"],
                "uneven": frame["value_2"],
                "person_metres": frame["value_3"],
                "person_metres_bound": frame["bound_3"],
                "metres_per_need": frame["value_3"] / needing,
                "status": frame["status"],
            }
        )
        rows["longer"] = rows["person_metres"] / rows["person_metres"].min() - 1
        print(rows.to_string(index=False), flush=True)
        frames.append(rows)
    return pd.concat(frames, ignore_index=True)


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """Return, per city, what the most even plan and the plan with the shortest ways come to."""
    rows = []
    for seed, city in frame.groupby("seed"):
        even, near = city.iloc[0], city.iloc[-1]
        halfway = city[city["uneven"] <= (even["uneven"] + near["uneven"]) / 2].iloc[-1]
        rows.append(
            {
                "seed": seed,
                "uneven_even": even["uneven"],
                "uneven_near": near["uneven"],
                "metres_even": even["metres_per_need"],
                "metres_near": near["metres_per_need"],
                "longer": even["longer"],
                "longer_halfway": halfway["longer"],
            }
        )
    return pd.DataFrame(rows)


def draw(frame: pd.DataFrame, path: Path) -> None:
    """Draw how much longer the ways are, against how uneven the city is."""
    from matplotlib.figure import Figure  # noqa: PLC0415  a picture is not needed for the figures

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for seed, city in frame.groupby("seed"):
        axes.plot(city["uneven"], 100 * city["longer"], marker="o", label=f"city {seed}")
    axes.set_xlabel("unevenness (chi-square distance from the target spread, persons)")
    axes.set_ylabel("ways longer than if evenness did not count, %")
    axes.legend()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure, and write what came out."""
    frame = measure()
    frame.to_csv(HERE / "results.csv", index=False, float_format="%.6f")
    table = summary(frame)
    table.to_csv(HERE / "summary.csv", index=False, float_format="%.4f")
    draw(frame, HERE / "price.png")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
