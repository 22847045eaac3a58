"""Distances that a household needs must be measurable, whatever the policy."""

from __future__ import annotations

import pytest

from tests.domain.city import city, content, refusal

FROM_SITE = "x, y: None; allowed: coordinates: needs or anchors are measured from here"
TO_SERVICE = "x, y: None; allowed: coordinates: a household needs this kind"
NEEDY = {"id": "h", "size": 2, "needs": {"kita": 1}}
PLAIN = {"id": "h", "size": 2}


def site(key="s", **fields):
    return {"id": key, "district": "a", "units": [{"id": "u", "beds": 2}], **fields}


def table(rows, columns):
    return {"rows": rows, "columns": columns, "data": [[None] * len(columns)] * len(rows)}


def test_a_need_for_a_kind_that_nobody_offers_is_a_fault():
    household = {"id": "h", "size": 2, "needs": {"school": 1, "clinic": 2, "kita": 1}}
    assert refusal(households=[household]) == [
        "household 'h', needs: 'clinic'; allowed: a kind that some service offers",
        "household 'h', needs: 'school'; allowed: a kind that some service offers",
    ]


def test_no_need_no_coordinates():
    assert city(sites=[site()], households=[PLAIN], services=[{"id": "k", "kind": "kita"}]).sites[0].x is None


def test_sites_and_services_of_a_needed_kind_have_coordinates():
    services = [{"id": "k", "kind": "kita"}, {"id": "c", "kind": "clinic"}]
    assert refusal(sites=[site(), site("t", x=0.0, y=0.0)], households=[NEEDY], services=services) == [
        f"site 's', {FROM_SITE}",
        f"service 'k', {TO_SERVICE}",
    ]


def test_anchors_are_measured_from_every_site():
    household = {"id": "h", "size": 1, "anchors": [{"x": 0, "y": 0}]}
    services = [{"id": "k", "kind": "kita"}]
    assert refusal(sites=[site()], households=[household], services=services) == [f"site 's', {FROM_SITE}"]


def test_distances_do_not_cover_anchors():
    household = {"id": "h", "size": 1, "anchors": [{"x": 0, "y": 0}]}
    found = refusal(sites=[site()], households=[household], distances=table(["s"], ["k"]))
    assert found == [f"site 's', {FROM_SITE}"]


def test_distances_stand_in_for_coordinates_their_empty_cells_included():
    services = [{"id": "k", "kind": "kita"}]
    instance = city(sites=[site()], households=[NEEDY], services=services, distances=table(["s"], ["k"]))
    assert instance.services[0].x is None


def test_distances_that_leave_out_a_service_do_not_cover_it():
    services = [{"id": "k", "kind": "kita"}, {"id": "l", "kind": "kita", "x": 0.0, "y": 0.0}]
    found = refusal(sites=[site()], households=[NEEDY], services=services, distances=table(["s"], ["k"]))
    assert found == [f"site 's', {FROM_SITE}"]


def test_distances_that_leave_out_a_site_do_not_cover_it():
    services = [{"id": "k", "kind": "kita"}]
    sites = [site(), site("t", x=0.0, y=0.0)]
    found = refusal(sites=sites, households=[NEEDY], services=services, distances=table(["s"], ["k"]))
    assert found == [f"service 'k', {TO_SERVICE}"]


def test_a_site_without_units_is_never_measured_from():
    sites = [site(units=[]), site("t", x=0.0, y=0.0)]
    assert city(sites=sites, households=[NEEDY]).sites[0].x is None


@pytest.mark.parametrize("closed", [{"opening_cost": 5.0}, {"open_until": "2020-01-01"}, {"admits": []}])
def test_a_site_that_is_closed_today_needs_coordinates_like_any_other(closed):
    found = refusal(sites=[site(**closed)], households=[NEEDY], date="2026-01-01")
    assert found == [f"site 's', {FROM_SITE}"]


def test_a_refused_coordinate_is_not_missing_as_well():
    sites = [site(x="q", y=0.0)]
    assert refusal(sites=sites, households=[NEEDY]) == ["site 's', x: 'q'; allowed: a number"]


def test_a_refused_kind_might_have_been_the_one_that_is_needed():
    services = [{**content()["services"][0], "kind": 7}]
    assert refusal(households=[NEEDY], services=services) == ["service 'k', kind: 7; allowed: a string"]
