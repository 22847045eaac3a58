"""Frames and files in and out: what an office keeps in tables, as an instance or a plan."""

from dezentral.tables.files import read_tables, write_tables
from dezentral.tables.plan_points import plan_geoframe
from dezentral.tables.plans import plan_frame, read_plan, write_plan
from dezentral.tables.templates import write_templates

__all__ = [
    "plan_frame",
    "plan_geoframe",
    "read_plan",
    "read_tables",
    "write_plan",
    "write_tables",
    "write_templates",
]
