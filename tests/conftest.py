"""A run that nothing disturbs, made once for all tests."""

from __future__ import annotations

import pytest

from tests.runs import Undisturbed


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.made_in(tmp_path_factory.mktemp("undisturbed"))
