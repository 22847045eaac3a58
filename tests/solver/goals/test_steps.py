"""The fractions in which unevenness counts, beside goals that weigh much more."""

import pytest

from dezentral.solver.goals import _steps


@pytest.mark.parametrize(
    ("weight", "reach", "step"),
    [
        (1.0, 0.0, 1e-6),  # as fine as asked for
        (1.0, 1e9, 1e-6),  # 10⁹ · 2⁻⁵⁶ ≈ 10⁻⁸ is finer
        (100.0, 1e9, 1e-8),  # weighed a hundred times, and counted so
        (1.0, 5e14, 1e-2),  # 2⁻⁵⁶ of it is 0.007
        (1.0, 5e16, 2.0),  # 0.7: a whole person, for which unevenness would pass as a count
        (1.0, 5e17, 1e1),
        (10.0, 5e16, 0.1),
    ],
)
def test_steps_are_as_fine_as_asked_for_and_as_64_bits_allow(weight, reach, step):
    steps = _steps(1e-6, weight, reach)
    assert steps.value == pytest.approx(step, rel=1e-12)
    assert steps.line == pytest.approx(1e-6 / weight, rel=1e-12)
