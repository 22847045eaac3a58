"""Plan on a map of your own: district polygons, schools and stops as an office has them.

    python examples/plan_on_a_map.py DISTRICTS.geojson DISTRICTS.csv SCHOOLS.csv STOPS.csv

DISTRICTS.geojson has a property `code`, DISTRICTS.csv the columns `code`, `name` and `population`, the others `id`,
`lat` and `lon`. Sites and households are synthetic here; put your own tables in their place. Without arguments the
example draws a map itself, from the embedded city.
"""

from __future__ import annotations

import sys

import geopandas as gpd
import pandas as pd

import dezentral as dz

PERSONS = 1_000


def read_map(polygons: str, facts: str) -> gpd.GeoDataFrame:
    """Read polygons and figures, and join them by code."""
    shapes = gpd.read_file(polygons)[["code", "geometry"]]
    figures = pd.read_csv(facts, dtype={"code": str})[["code", "name", "population"]]
    return shapes.merge(figures, on="code").rename(columns={"code": "id"})


def read_points(path: str, kind: str) -> gpd.GeoDataFrame:
    """Read services of one kind with their points in WGS84."""
    rows = pd.read_csv(path, dtype={"id": str}).drop_duplicates("id")
    points = gpd.points_from_xy(rows["lon"], rows["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame({"id": kind + " " + rows["id"], "kind": kind}, geometry=points)


def draw_map(city: dz.Instance) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Take the embedded city's schematic polygons and schools for a map."""
    frames = city.to_frames()
    districts = frames["districts"][["id", "name", "population", "geometry"]]
    services = frames["services"]
    schools = services[services["kind"] == "school"]
    points = gpd.points_from_xy(schools["x"].astype(float), schools["y"].astype(float), crs=city.crs)
    return districts, gpd.GeoDataFrame({"id": schools["id"], "kind": "school"}, geometry=points)


def inside(districts: gpd.GeoDataFrame, sites: pd.DataFrame, crs: str) -> pd.DataFrame:
    """Keep the sites that lie in some district: synthetic ones may miss the real map, your own should not."""
    points = gpd.GeoSeries(gpd.points_from_xy(sites["x"].astype(float), sites["y"].astype(float)), crs=crs)
    within = points.within(districts.to_crs(crs).union_all()).to_numpy()
    print(f"{(~within).sum()} of {len(sites)} synthetic sites lie outside the map")
    return sites[within]


def plan_on(districts: gpd.GeoDataFrame, services: gpd.GeoDataFrame, city: dz.Instance) -> None:
    """Locate the city's sites in the districts, plan, and say how even it is."""
    frames = city.to_frames()
    sites = inside(districts, frames["sites"], city.crs).drop(columns=["district"])  # each is located by its point
    units = frames["units"][frames["units"]["site"].isin(sites["id"])]
    kinds = set(services["kind"])
    households = frames["households"].assign(wishes=None, excluded_districts=None)
    households["needs"] = [{k: n for k, n in h.needs.items() if k in kinds} for h in city.households]
    instance = dz.Instance.from_frames(
        districts=districts, sites=sites, units=units, households=households, services=services
    )
    result = dz.solve(instance, dz.Policy.stuttgarter_weg())
    print(f"{len(instance.districts)} districts, {len(instance.services)} services: {result.status}")
    print(dz.evenness(instance, result.plan))


def main(paths: list[str]) -> None:
    city = dz.datasets.stuttgart(PERSONS)
    if paths:
        polygons, facts, schools, stops = paths
        districts = read_map(polygons, facts)
        services = pd.concat([read_points(schools, "school"), read_points(stops, "stop")], ignore_index=True)
    else:
        districts, services = draw_map(city)
    plan_on(districts, services, city)


if __name__ == "__main__":
    main(sys.argv[1:])
