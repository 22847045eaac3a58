"""The whole input: districts, sites, households, services and how they relate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from dezentral.domain.displays import instance_html, instance_line
from dezentral.domain.district import District
from dezentral.domain.faults import faults_of
from dezentral.domain.fields import AsTuple, Date, SchemaVersion
from dezentral.domain.household import Household
from dezentral.domain.record import Record
from dezentral.domain.references import reference_faults
from dezentral.domain.relation import Relation
from dezentral.domain.salvage import salvaged
from dezentral.domain.service import Service
from dezentral.domain.site import Site
from dezentral.domain.table import Table, contents
from dezentral.errors import DezentralError, Fault, InstanceError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from dezentral.domain.plan import Plan


def _projected(crs: str) -> str:
    if crs == "EPSG:25832":  # the default, known to be in metres: no need to wake PROJ
        return crs
    from pyproj import CRS  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    msg = "a projected coordinate reference system in metres, e.g. 'EPSG:25832'"
    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        raise ValueError(msg) from None
    if not known.is_projected or any(axis.unit_conversion_factor != 1 for axis in known.axis_info):
        raise ValueError(msg)
    return crs


class Instance(Record):
    """Everything that a plan is made from.

    Attributes
    ----------
    districts, sites, households, services, relations
        The records; ids are unique within each.
    crs
        Projected coordinate reference system of all points, in metres.
    detour
        Metres to walk per metre of straight line.
    date
        The planning day; None = dates are ignored.
    distances
        Site id × service id → metres instead of straight line × `detour`; a missing cell = unreachable.
    utilities
        Household id × site id → predicted benefit; a missing cell = 0.
    name
        Of the instance.

    Raises
    ------
    InstanceError
        With every fault: bad fields, dangling references, duplicate ids, missing coordinates.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> dz.Instance.model_validate_json(city.model_dump_json()) == city
    True
    """

    error: ClassVar[type[DezentralError]] = InstanceError

    schema_version: SchemaVersion = 1
    districts: Annotated[tuple[District, ...], AsTuple]
    sites: Annotated[tuple[Site, ...], AsTuple]
    households: Annotated[tuple[Household, ...], AsTuple] = ()
    services: Annotated[tuple[Service, ...], AsTuple] = ()
    relations: Annotated[tuple[Relation, ...], AsTuple] = ()
    crs: Annotated[str, AfterValidator(_projected)] = "EPSG:25832"
    detour: Annotated[float, Field(gt=0, le=1000)] = 1.3
    date: Date | None = None
    distances: Table | None = None
    utilities: Table | None = None
    name: str = ""

    @model_validator(mode="after")
    def _refers_to_what_exists(self) -> Self:
        faults = reference_faults(self)
        if faults:
            raise _DanglingError(faults)
        return self

    @classmethod
    def refusal(cls, error: ValidationError, data: object) -> DezentralError:
        """List what is wrong with single fields together with what is wrong between records."""
        for entry in error.errors(include_url=False):
            cause = entry.get("ctx", {}).get("error")
            if isinstance(cause, _DanglingError):
                return cls.error.of(cause.faults)
        faults = faults_of(cls, error, data)
        if isinstance(data, Mapping):
            readable, clashes = salvaged(cls, data, error)
            faults += [*clashes, *reference_faults(readable)]
        return cls.error.of(faults)

    def with_distances(self, frame: pd.DataFrame) -> Self:
        """Return the instance with metres from site (index) to service (columns); NaN = unreachable.

        Examples
        --------
        >>> import dezentral as dz, pandas as pd
        >>> city = dz.Instance(
        ...     districts=[dz.District(id="a", population=1000)],
        ...     sites=[dz.Site(id="s", district="a", units=())],
        ...     services=[dz.Service(id="k", kind="kita")],
        ... )
        >>> city.with_distances(pd.DataFrame({"k": [420.0]}, index=["s"])).distances.data
        ((420.0,),)
        """
        return self.replace(distances=contents(frame))

    def with_utilities(self, frame: pd.DataFrame) -> Self:
        """Return the instance with predicted benefits: household (index) × site (columns), NaN = 0.

        Examples
        --------
        >>> import dezentral as dz, pandas as pd
        >>> city = dz.Instance(
        ...     districts=[dz.District(id="a", population=1000)],
        ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
        ...     households=[dz.Household(id="h", size=3)],
        ... )
        >>> city.with_utilities(pd.DataFrame({"s": [0.25]}, index=["h"])).utilities.data
        ((0.25,),)
        """
        return self.replace(utilities=contents(frame))

    def with_plan(self, plan: Plan, fix_overrides: bool = False) -> Self:
        """Return the plan as the new present: where a household is placed is where it lives.

        Parameters
        ----------
        plan
            A plan of this instance. Who is unplaced lives nowhere listed.
        fix_overrides
            Whether households placed by hand must stay where they were put.

        Raises
        ------
        PlanError
            If the plan does not belong to the instance.

        Examples
        --------
        >>> import dezentral as dz
        >>> city = dz.Instance(
        ...     districts=[dz.District(id="a", population=1000)],
        ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
        ...     households=[dz.Household(id="h", size=3)],
        ... )
        >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
        >>> city.with_plan(plan).households[0].current_site
        's'
        """
        from dezentral.domain.present import households_after  # noqa: PLC0415

        return self.replace(households=households_after(self, plan, fix_overrides=fix_overrides))

    def pseudonymise(self, secret: str | bytes) -> tuple[Self, dict[str, str]]:
        """Return the instance under keyed ids, and the mapping from old ids to new.

        Household ids are replaced, arrivals cut to the month. Sites and services keep theirs: they are places,
        not people.

        Parameters
        ----------
        secret
            The key; who does not know it cannot recompute an id.

        Examples
        --------
        >>> import dezentral as dz
        >>> city = dz.Instance(districts=(), sites=(), households=[dz.Household(id="h", size=3)])
        >>> hidden, mapping = city.pseudonymise("a secret")
        >>> hidden.households[0].id == mapping["h"]
        True
        """
        from dezentral.domain.pseudonyms import pseudonymised  # noqa: PLC0415

        changes, mapping = pseudonymised(self, secret)
        return self.replace(**changes), mapping

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, checked like any other instance.

        Examples
        --------
        >>> import dezentral as dz
        >>> dz.Instance(districts=[dz.District(id="a", population=9)], sites=()).replace(name="b").name
        'b'
        """
        return self.model_copy(update=changes)

    @classmethod
    def from_frames(cls, **frames: Any) -> Instance:
        """Build an instance from (Geo)DataFrames; see `dezentral.tables`.

        Parameters
        ----------
        **frames
            ``districts``, ``sites``, ``units``, ``households``, ``services``, ``relations``, ``distances``,
            ``utilities`` as frames; ``crs``, ``date``, ``detour``, ``name`` as values.

        Raises
        ------
        TableError
            With every fault of every frame.

        Examples
        --------
        >>> import dezentral as dz, pandas as pd
        >>> districts = pd.DataFrame({"id": ["01"], "population": [22850]})
        >>> sites = pd.DataFrame({"id": ["s"], "district": ["01"], "beds": [40]})
        >>> dz.Instance.from_frames(districts=districts, sites=sites).sites[0].units[0].sharing
        'dormitory'
        """
        from dezentral.tables.frames import instance_from_frames  # noqa: PLC0415

        return instance_from_frames(**frames)

    def to_frames(self) -> dict[str, pd.DataFrame | gpd.GeoDataFrame]:
        """Return the instance as frames by table name, as `from_frames` takes them.

        Examples
        --------
        >>> import dezentral as dz
        >>> city = dz.datasets.stuttgart(persons=100)
        >>> frames = city.to_frames()
        >>> dz.Instance.from_frames(**frames).districts == city.districts
        True
        """
        from dezentral.tables.frames import frames_from_instance  # noqa: PLC0415

        return frames_from_instance(self)

    def __repr__(self) -> str:
        return instance_line(self)

    def __str__(self) -> str:
        return instance_line(self)

    def _repr_html_(self) -> str:
        return instance_html(self)


class _DanglingError(ValueError):
    """Carries faults between records through pydantic."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("references between records")
        self.faults = faults

