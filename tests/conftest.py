"""A run that nothing disturbs, and a browser, each made once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reporters.browser import Driver, browser
from tests.runs import Undisturbed


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.made_in(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with browser(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome
