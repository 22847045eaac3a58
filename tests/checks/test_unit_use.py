"""How many persons units hold, and how many units a household takes."""

from hypothesis import given
from hypothesis import strategies as st

import dezentral as dz
from dezentral.checks.unit_use import persons_that_fit, units_needed

UNITS = st.builds(
    dz.Unit,
    id=st.just("u"),
    beds=st.integers(1, 8),
    area_m2=st.none() | st.floats(0.5, 80.0),
)


@given(UNITS, st.integers(1, 12), st.integers(1, 8), st.none() | st.floats(0.5, 12.0))
def test_the_least_units_are_those_of_a_search_one_by_one(unit, size, most, area):
    def capacity(units: int) -> int:
        return persons_that_fit(unit, units, area)

    fitting = [units for units in range(1, most + 1) if size <= capacity(units)]
    assert units_needed(size, capacity, most) == (fitting[0] if fitting else None)


def test_extreme_areas_do_not_overflow():
    tiny, huge = (dz.Unit(id="u", beds=2, area_m2=area) for area in (1e-300, 1e9))
    assert persons_that_fit(tiny, 10**6, 1e6) == 0
    assert persons_that_fit(huge, 3, 1e-300) == 6
