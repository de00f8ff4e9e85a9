"""What the attacks share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.articles import aligner
from tests.torture.further import RULES, write_articles


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of an audit of both articles."""
    folder = tmp_path_factory.mktemp("reported")
    write_articles(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert aligner("audit", "articles", "--out", "report", *RULES).exit_code == 0
    return folder / "report"
