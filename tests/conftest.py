"""A run that nothing disturbs, and a browser, each made once for all tests."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from tests import rows
from tests.reporters.browser import Driver, browser
from tests.runs import Undisturbed


def pytest_addoption(parser: pytest.Parser) -> None:
    rows.add_option(parser)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.made_in(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with browser(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Escape lone surrogates in captured output: processes of pytest-xdist can only send each other UTF-8."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report
