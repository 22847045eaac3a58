"""Many scenarios on any executor, with what is finished kept in a file."""

from dezentral.strategy.running.run import run_scenarios

__all__ = ["run_scenarios"]
