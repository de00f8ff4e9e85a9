"""The sample report of the reporters' tests, for the report's own."""

from tests.reporters.conftest import _sample_wording, report

__all__ = ["_sample_wording", "report"]
