"""The instance as read-only arrays: pools, types, and which type fits which pool."""

from dezentral.compiled.index import Compiled, compile_instance
from dezentral.compiled.pools import DORMITORY, HOUSEHOLD, SAME_SEX, Pools
from dezentral.compiled.reads import Reads
from dezentral.compiled.types import Types

__all__ = ["DORMITORY", "HOUSEHOLD", "SAME_SEX", "Compiled", "Pools", "Reads", "Types", "compile_instance"]
