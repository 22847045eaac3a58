"""Balanced nurse-patient assignment: patients are households of their acuity, nurses are districts."""

from __future__ import annotations

import numpy as np

from dezentral import District, Household, Instance, Site, Unit

_MOST_PATIENTS = 3  # of one nurse


def planted_ward(zones: int = 3, nurses: int = 4, seed: int = 0) -> Instance:
    """Return zones of a ward, each with `nurses` nurses who have equal workloads in the planted assignment.

    A nurse takes at most three patients, all of her own zone. Acuities are drawn so that the nurses of a zone can
    share its total equally: by convexity no assignment has a smaller chi-square.
    """
    rng = np.random.default_rng(seed)
    districts, sites, patients = [], [], []
    for zone in range(zones):
        workload = int(rng.integers(40, 81))
        for nurse in range(nurses):
            key = f"z{zone}n{nurse:02d}"
            districts.append(District(id=key, population=1))
            unit = Unit(id="patient", beds=workload, count=_MOST_PATIENTS, features=frozenset({f"zone {zone}"}))
            sites.append(Site(id=key, district=key, units=(unit,)))
            cuts = np.sort(rng.choice(np.arange(5, workload - 5), size=_MOST_PATIENTS - 1, replace=False))
            acuities = np.diff(np.concatenate([[0], cuts, [workload]])).tolist()
            patients += [(acuity, f"zone {zone}") for acuity in acuities]
    order = rng.permutation(len(patients)).tolist()
    households = tuple(
        Household(id=f"p{p:03d}", size=int(patients[q][0]), requires=frozenset({patients[q][1]}))
        for p, q in enumerate(order)
    )
    return Instance(
        districts=tuple(districts), sites=tuple(sites), households=households, name=f"planted ward, seed {seed}"
    )


def ward_optimum(ward: Instance) -> float:
    """Return Σ_z nurses_z × (C_z − T)² / T: every zone's acuity shared equally by its nurses."""
    total = sum(patient.size for patient in ward.households)
    target = total / len(ward.districts)
    zones = sorted({feature for patient in ward.households for feature in patient.requires})
    value = 0.0
    for zone in zones:
        nurses = sum(zone in site.units[0].features for site in ward.sites)
        acuity = sum(patient.size for patient in ward.households if zone in patient.requires)
        value += nurses * (acuity / nurses - target) ** 2 / target
    return value
