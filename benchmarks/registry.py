"""What is measured: the targets' rows, sizes at which peers still answer, classics of known optimum."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import dezentral as dz
from benchmarks.case import Build, Case
from benchmarks.instances.country import country
from benchmarks.instances.identical_machines import planted_schedule
from benchmarks.instances.nurses import planted_ward, ward_optimum
from benchmarks.instances.unique import unique_households
from dezentral.datasets import stuttgart
from dezentral.domain import Instance

STORED = Path(__file__).parent / "stored"
GROWTH = (5_000, 10_000, 20_000, 40_000)  # persons
REPLANNED = {"replan": 0, **{f"replan_{seed}": seed for seed in range(1, 5)}}  # draws of the city

_DEFAULT, _WEG = dz.Policy.default(), dz.Policy.stuttgarter_weg()
_NEAR_AND_EVEN = dz.Policy(levels=(dz.Level(dz.Placed()), dz.Level(dz.Evenness(weight=10_000.0), dz.Proximity())))
_RATIO = dz.Policy(levels=(dz.Level(dz.Placed()), dz.Level(dz.Evenness(measure="max_ratio"))))
_CHI_SQUARE = dz.Policy(levels=(dz.Level(dz.Placed()), dz.Level(dz.Evenness())))
_MINUTES = dz.SolveParams(time_limit=300.0)
_EXACT = dz.SolveParams(time_limit=60.0, gap=0.0)
_ALL = ("highs", "cpsat", "scip", "greedy")


def stored(name: str) -> Instance:
    """Read an instance that lies beside this file as JSON."""
    return Instance.model_validate_json((STORED / f"{name}.json").read_text(encoding="utf-8"))


def _city(name: str, title: str, build: Build, *, peers: tuple[str, ...] = (), policy: dz.Policy = _DEFAULT) -> Case:
    return Case(name, title, build, policy, _MINUTES, peers=peers, peer_seconds=900.0 if "lp" in peers else 120.0)


_WARD = "nurses_small"
_CLASSICS = (
    Case("cmax_graham", "P||Cmax, Graham's worst case for longest-first", partial(stored, "cmax_graham"), _RATIO,
         _EXACT, peers=_ALL, peer_seconds=20.0, optimum=(0.0, 1.0)),
    Case("cmax_planted", "P||Cmax, 20 machines, 100 jobs, planted", planted_schedule, _RATIO, _EXACT,
         peers=_ALL, peer_seconds=60.0, optimum=(0.0, 1.0)),
    Case("nurses_small", "nurse–patient assignment, 3 zones × 4 nurses", partial(stored, _WARD), _CHI_SQUARE, _EXACT,
         peers=_ALL, peer_seconds=20.0, optimum=(0.0, ward_optimum(stored(_WARD)))),
    Case("nurses", "nurse–patient assignment, 6 zones × 11 nurses", partial(planted_ward, 6, 11), _CHI_SQUARE, _EXACT,
         peers=_ALL, peer_seconds=60.0, optimum=(0.0, ward_optimum(planted_ward(6, 11)))),
)  # fmt: skip
_UNIQUE = (
    Case("unique_tiny", "30 unique households × 8 sites", partial(stored, "unique_tiny"), _NEAR_AND_EVEN,
         dz.SolveParams(time_limit=30.0), peers=("lp", *_ALL), peer_seconds=5.0),
    Case("unique_small", "200 unique households × 60 sites", partial(unique_households, 200, 60, 10), _NEAR_AND_EVEN,
         _MINUTES, peers=("lp", *_ALL), peer_seconds=60.0),
    Case("unique", "1,000 unique households × 100 sites", unique_households, _NEAR_AND_EVEN,
         _MINUTES, peers=("lp", *_ALL), peer_seconds=200.0),
)  # fmt: skip
_CITIES = (
    Case("city_tiny", "100 persons, Stuttgart", partial(stuttgart, 100), _DEFAULT, dz.SolveParams(time_limit=30.0),
         peers=("lp", *_ALL), peer_seconds=5.0),
    _city("city_small", "500 persons, Stuttgart", partial(stuttgart, 500), peers=("lp", *_ALL)),
    _city("city", "10,000 persons, Stuttgart", partial(stuttgart, 10_000), peers=("lp", "greedy")),
    _city("city_weg", "10,000 persons, Stuttgart, its own standards", partial(stuttgart, 10_000),
          policy=_WEG, peers=("lp", "greedy")),
    _city("city_anchors", "10,000 persons, nearly all unique", partial(stuttgart, 10_000, anchors=True),
          peers=("lp", "greedy")),
    _city("city_occupied", "10,000 persons, 90 % placed already", partial(stuttgart, 10_000, occupied=0.9),
          peers=("greedy",)),
    *(_city(f"growth_{n}", f"{n:,} persons, Stuttgart", partial(stuttgart, n)) for n in GROWTH),
)  # fmt: skip
_COUNTRY = (
    Case("country", "100,000 persons, 2,000 sites, 400 districts", country, _DEFAULT,
         dz.SolveParams(time_limit=235.0), work="regions", peers=("greedy",)),
    Case("country_small", "4,000 persons, 80 sites, 16 districts", partial(country, 4_000, 80, 16, 4), _DEFAULT,
         dz.SolveParams(time_limit=60.0), work="regions", peers=("greedy",)),
)  # fmt: skip
_OTHERS = (
    Case("alternatives", "one more household into a planned city", partial(stuttgart, 10_000), _DEFAULT, _MINUTES,
         work="alternatives"),
    *(Case(name, f"a planned city (draw {seed}), ten more households, one site closed",
           partial(stuttgart, 10_000, seed=seed), _DEFAULT, _MINUTES, work="replan")
      for name, seed in REPLANNED.items()),
    Case("imports", "import dezentral", partial(stuttgart, 0), _DEFAULT, _MINUTES, work="imports"),
)  # fmt: skip

CASES = {case.name: case for case in (*_CLASSICS, *_UNIQUE, *_CITIES, *_COUNTRY, *_OTHERS)}
SMOKE = {  # every peer once
    "cmax_graham": ("cpsat",),
    "nurses_small": ("scip",),
    "unique_tiny": ("highs",),
    "city_tiny": ("lp", "greedy"),
}
GENERATED = ("cmax_planted", "nurses", "unique_small", "unique", "city", "city_anchors", "city_occupied", "country")
