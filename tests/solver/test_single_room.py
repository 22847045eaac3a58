"""single_room is handed out writeable (all other compiled arrays are read-only)."""

import dezentral as dz
from dezentral.compiled import compile_instance
from tests.checks.small import city, household, site


def test_the_room_for_persons_living_alone_is_read_only():
    policy = dz.Policy(rules=dz.Rules(max_single_share=0.5))
    assert not compile_instance(city([site()], [household("h")]), policy).single_room.flags.writeable
