"""A run that nothing disturbs, and a browser, each made once for all tests."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from tests import rows
from tests.reporters.browser import Driver, browser
from tests.runs import Undisturbed

SLOW = (
    "tests/torture/",
    "tests/engine/test_cluster.py",
    "tests/run/",
    "tests/checks/fluency/test_grammar.py",
    "tests/cli/",
    "tests/fuzz/",
    "tests/lab/train/test_fit.py",
)
"""Files that take longest, 20 to 60 s of CPU time each: begun last, one worker would wait for the other."""


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False  # of pytest-xdist: the files of most tests are not the slowest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, the order by chance kept within both parts."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


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
