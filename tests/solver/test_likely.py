"""What one program has found is handed on to another: its rows, in their order."""

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.curves import Curve
from dezentral.solver.likely import hand_on
from dezentral.solver.program import Program
from dezentral.solver.variants import copied
from tests.checks.small import city, household, site


def test_lines_are_handed_on_in_the_order_in_which_they_came_and_not_twice():
    giver = Program(compile_instance(city([site()], [household("h")]), dz.Policy()))
    load, value = giver.variable(0.0, 99.0), giver.variable(0.0, 1e6, grain=1e-9)
    giver.curves += [Curve(load, value, target, 0, 99, 1e-9) for target in (4.0, 9.0)]
    first, second = giver.curves
    giver.line(first, 7)
    taker = copied(giver)
    for curve, at in ((second, 8), (first, 2), (second, 1)):
        giver.line(curve, at)
    for _ in range(2):
        hand_on(giver, taker)
        assert taker.lower == giver.lower
        assert taker.auxiliary_cells == giver.auxiliary_cells
        assert [curve.lines for curve in taker.curves] == [curve.lines for curve in giver.curves]
