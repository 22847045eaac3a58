"""The report: one page about a plan for councils, to read, print and sign."""

from dezentral.report.writing import write

__all__ = ["write"]
