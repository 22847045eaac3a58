from __future__ import annotations

import math

import numpy as np
import pytest

import dezentral as dz
from dezentral.geo.distance import anchor_metres, kind_metres, service_metres, whole_metres

INF = math.inf


def city(sites, services, **fields):
    """Build a city from points; None = a site or service without one."""
    return dz.Instance(
        districts=[dz.District(id="d", population=1)],
        sites=[_record(dz.Site, f"s{i}", point, district="d", units=[]) for i, point in enumerate(sites)],
        services=[_record(dz.Service, f"k{i}", point, **given) for i, (point, given) in enumerate(services)],
        **fields,
    )


def _record(cls, key, point, **given):
    x, y = point or (None, None)
    return cls(id=key, x=x, y=y, **given)


def kita(point, **given):
    return point, {"kind": "kita", **given}


def table(rows, columns, *data):
    return dz.Table(rows=rows, columns=columns, data=data)


@pytest.mark.parametrize(
    ("metres", "whole"),
    [(0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (2.4999, 2), (-0.5, 0), (-1.5, -1), (INF, INF)],
)
def test_metres_are_rounded_halves_up(metres, whole):
    assert whole_metres(np.array([metres])).tolist() == [whole]


def test_what_is_missing_stays_missing():
    assert np.isnan(whole_metres(np.array([np.nan]))).all()


def test_straight_line_times_detour():
    # 3-4-5 triangles: 500 m × 1.3 = 650 m; 5 m × 1.3 = 6.5 m, rounded up to 7; the same point = 0
    instance = city([(0, 0)], [kita((300, 400)), kita((-3, 4)), kita((0, 0))])
    assert service_metres(instance).tolist() == [[650, 7, 0]]


def test_the_detour_is_the_instances():
    # 5 m × 1.0, 5 m × 2.1 = 10.5 m
    services = [kita((3, 4))]
    assert service_metres(city([(0, 0)], services, detour=1.0)).tolist() == [[5]]
    assert service_metres(city([(0, 0)], services, detour=2.1)).tolist() == [[11]]


def test_rows_are_sites_and_columns_are_services():
    instance = city([(0, 0), (0, 100)], [kita((0, 10)), kita((0, 20)), kita((0, 130))], detour=1.0)
    assert service_metres(instance).tolist() == [[10, 20, 130], [90, 80, 30]]


def test_reach_cuts_off_what_is_farther_and_keeps_what_is_as_far():
    # 5 m × 1.3 = 6.5 m counts as 7 m: out of a reach of 6.9 m, within 7 m
    services = [kita((3, 4), reach=6.9), kita((3, 4), reach=7), kita((0, 0), reach=0), kita((0, 1), reach=0)]
    assert service_metres(city([(0, 0)], services)).tolist() == [[INF, 7, 0, INF]]


def test_a_table_replaces_the_straight_line_and_is_rounded_without_detour():
    instance = city([(0, 0)], [kita((0, 100))], distances=table(["s0"], ["k0"], (250.5,)))
    assert service_metres(instance).tolist() == [[251]]


def test_a_hole_in_the_table_is_unreachable_though_both_have_points():
    distances = table(["s0", "s1"], ["k0"], (None,), (40,))
    instance = city([(0, 0), (0, 10)], [kita((0, 100))], distances=distances)
    assert service_metres(instance).tolist() == [[INF], [40]]


def test_reach_holds_for_the_table_too():
    services = [kita(None, reach=250), kita(None, reach=251)]
    instance = city([None], services, distances=table(["s0"], ["k0", "k1"], (250.5, 250.5)))
    assert service_metres(instance).tolist() == [[INF, 251]]


def test_pairs_that_the_table_leaves_out_go_by_straight_line():
    # The table knows (s0, k1) alone: 7 m. s0–k0 = 10 m, s1–k0 = 100 − 10 m, s1–k1 = 100 − 20 m by straight line.
    instance = city([(0, 0), (0, 100)], [kita((0, 10)), kita((0, 20))], detour=1, distances=table(["s0"], ["k1"], (7,)))
    assert service_metres(instance).tolist() == [[10, 7], [90, 80]]


def test_the_table_is_read_by_id_not_by_position():
    distances = table(["s1", "s0"], ["k1", "k0"], (11, 10), (1, None))
    instance = city([None, None], [kita(None), kita(None)], distances=distances)
    assert service_metres(instance).tolist() == [[INF, 1], [10, 11]]


def test_without_a_point_nothing_is_reachable():
    instance = city([None, (0, 0)], [kita(None), kita((0, 10))], detour=1)
    assert service_metres(instance).tolist() == [[INF, INF], [INF, 10]]


@pytest.mark.parametrize(("sites", "services"), [([], []), ([(0, 0)], []), ([], [kita((0, 0))])])
def test_without_sites_or_services_the_shape_is_right(sites, services):
    assert service_metres(city(sites, services)).shape == (len(sites), len(services))


def test_the_nearest_of_a_kind_full_or_not():
    services = [
        kita((0, 50)),
        kita((0, 20), capacity=0),
        ((0, 70), {"kind": "school"}),
        ((0, 5), {"kind": "clinic", "reach": 1}),
    ]
    nearest = kind_metres(city([(0, 0), (0, 60)], services, detour=1))
    assert list(nearest) == ["clinic", "kita", "school"]
    assert {kind: metres.tolist() for kind, metres in nearest.items()} == {
        "clinic": [INF, INF],
        "kita": [20, 10],
        "school": [70, 10],
    }


def test_one_that_is_farther_may_be_the_nearest_that_is_reachable():
    services = [kita((0, 20), reach=10), kita((0, 50))]
    assert kind_metres(city([(0, 0)], services, detour=1))["kita"].tolist() == [50]


def test_anchors_are_measured_like_services_without_reach():
    sites = city([(0, 0), (300, 400), None], []).sites
    anchors = [dz.Anchor(x=0, y=0, weight=9.0), dz.Anchor(x=3, y=4)]
    # (300, 400) to (3, 4): 495 m × 1.3 = 643.5 m, up to 644 m; weights do not change the way
    assert anchor_metres(sites, anchors, 1.3).tolist() == [[0, 7], [650, 644], [INF, INF]]


def test_no_anchors_no_columns():
    assert anchor_metres(city([(0, 0)], []).sites, (), 1.3).shape == (1, 0)


def test_the_answer_is_the_callers_own():
    instance = city([(0, 0)], [kita((0, 10))], detour=1)
    service_metres(instance)[0, 0] = 99.0
    assert service_metres(instance).tolist() == [[10]]
