"""Findings that a person lets go, and suppressions that are of no use any more."""

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.gate.suppressions import Suppressor
from aligner.model import Document
from aligner.settings import Suppression
from aligner.settings.gate import read_suppressions
from tests.reporters import samples

ARTICLE = samples.document("site/en/harbour.txt", "en", ["The port reopenedon Monday."])
FOUND = samples.finding(ARTICLE, "reopenedon")


def suppressed(**given: str) -> bool:
    table = {"reason": "Agreed with the desk.", **given}
    (suppression,) = read_suppressions([table])
    suppressor = Suppressor([suppression], [ARTICLE])
    (finding,) = suppressor.apply([FOUND], ARTICLE.text)
    assert (
        bool(suppressor.stale(["EXT101", "EXT102"], [ARTICLE.path], whole_corpus=True))
        is not finding.suppressed
    )
    return finding.suppressed


@pytest.mark.parametrize(
    "given",
    [
        {"code": "EXT101"},
        {"code": "EXT"},
        {"path": "site/en/harbour.txt"},
        {"path": "harbour.txt"},
        {"path": "en/*.txt"},
        {"path": "site/**"},
        {"excerpt": " REOPENEDON"},
        {"fingerprint": FOUND.fingerprint},
        {"code": "EXT101", "path": "*/en/*", "excerpt": "reopenedon"},
    ],
)
def test_let_go(given: dict[str, str]) -> None:
    assert suppressed(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"code": "EXT102"},
        {"path": "fr/*"},
        {"path": "arbour.txt"},
        {"excerpt": "reopened"},
        {"fingerprint": "0" * 16},
        {"code": "EXT101", "path": "site/fr/*"},
    ],
)
def test_not_let_go(given: dict[str, str]) -> None:
    assert not suppressed(**given)


def test_only_what_could_have_been_used_is_called_stale() -> None:
    suppressor = Suppressor([Suppression("Long gone.", code="EXT104", origin="suppress, table 1")], [ARTICLE])
    (stale,) = suppressor.stale(["EXT104"], [ARTICLE.path], whole_corpus=True)
    assert (stale.origin, stale.code, stale.reason) == ("suppress, table 1", "EXT104", "Long gone.")
    assert suppressor.stale(["EXT101"], [ARTICLE.path], whole_corpus=True) == ()
    assert suppressor.stale(["EXT104"], [ARTICLE.path], whole_corpus=False) == ()


def markdown(comment: str) -> Document:
    return samples.document("en/harbour.md", "en", ["The port reopenedon Monday.", comment], format="md")


@pytest.mark.parametrize(
    ("comment", "works"),
    [
        ("<!-- aligner: ignore EXT101 the name of a firm -->", True),
        ("<!--aligner:ignore EXT104, EXT101 two\nreasons-->", True),
        ("<!-- aligner: ignore EXT all of it is old -->", True),
        ("<!-- aligner: ignore EXT104 something else -->", False),
        ("<!-- aligner: ignore EXT101 -->", False),
        ("<!-- aligner: ignore because -->", False),
        ("<!-- ignore EXT101 not for us -->", False),
    ],
)
def test_comments_hold_for_their_article(comment: str, works: bool) -> None:
    article = markdown(comment)
    suppressor = Suppressor([], [article, ARTICLE])
    own, other = suppressor.apply([replace(FOUND, path=article.path), FOUND], ARTICLE.text)
    assert own.suppressed is works
    assert not other.suppressed


def test_comments_of_no_use_are_told() -> None:
    text = "<!-- aligner: ignore EXT104 gone -->\n<!-- aligner: ignore EXT101 -->"
    article = markdown(text)
    suppressor = Suppressor([], [article])
    unused, incomplete = suppressor.stale(["EXT101", "EXT104"], [article.path], whole_corpus=False)
    assert (unused.code, unused.problem) == ("EXT104", "unused")
    assert (incomplete.code, incomplete.problem) == ("EXT101", "incomplete")
    assert suppressor.stale(["EXT101", "EXT104"], [], whole_corpus=False) == ()


def test_comments_of_a_web_page_stand_in_its_source(tmp_path: Path) -> None:
    page = tmp_path / "harbour.html"
    page.write_text(
        "<!-- aligner: ignore EXT101 a firm --><p>The port reopenedon Monday.</p>", encoding="utf-8"
    )
    article = replace(ARTICLE, path=str(page), metadata={"format": "html"})
    (finding,) = Suppressor([], [article]).apply([replace(FOUND, path=str(page))], "")
    assert finding.suppressed
    away = replace(article, path="-")
    assert list(Suppressor([], [away]).apply([FOUND], "")) == [FOUND]
