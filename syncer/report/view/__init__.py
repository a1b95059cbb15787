"""The prepared view: what every format shows, phrased once."""

from syncer.report.view.build import build_view
from syncer.report.view.front.front_records import View

__all__ = ["View", "build_view"]
