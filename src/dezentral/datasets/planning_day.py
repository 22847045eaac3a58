"""The day on which the synthetic city plans."""

from __future__ import annotations

import datetime as dt

PLANNING_DAY = dt.date(2026, 11, 1)
