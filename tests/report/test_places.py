"""Findings as a code host sees them: what concerns a pair is shown on the side that was changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.keys import pair_key
from aligner.model import Finding
from aligner.report.outcome import Checked
from aligner.report.places import Place, Region, View
from tests.reporters import samples

FR, EN = "fr/a|b.txt", "en/a|b.txt"


def across(pair: str | None = pair_key(FR, EN)) -> Finding:
    """A finding on the English side, its counterpart on the French one."""
    return replace(
        samples.HARBOUR_FINDINGS[0],
        path=EN,
        pair=pair,
        other_path=FR,
        other_excerpt="14 navires",
        other_start=9,
        other_end=19,
        other_line=2,
        other_column=5,
    )


def shown(finding: Finding, *changed: str) -> tuple[Place, str | None]:
    view = View.of([Checked(path, 40, path.partition("#")[0]) for path in changed])
    here, there = view.sides(finding)
    return view.place(here), there and there.path


OWN = Place(EN, None, Region(3, 41, 3, 52))
OTHER = Place(FR, None, Region(2, 5, 2, 15))


@pytest.mark.parametrize(
    ("changed", "at"), [((EN,), OWN), ((FR,), OTHER), ((FR, EN), OWN), (("fr/else.txt",), OWN)]
)
def test_the_changed_side_of_a_pair(changed: tuple[str, ...], at: Place) -> None:
    assert shown(across(), *changed) == (at, FR if at is OWN else EN)


def test_what_is_found_in_one_article_stays_there() -> None:
    assert shown(across(pair=None), FR) == (OWN, FR)


def test_all_articles_are_shown_where_none_was_chosen() -> None:
    view = View.of()
    assert view.place(view.sides(across())[0]) == OWN


@pytest.mark.parametrize("path", [FR, "fr|x.txt", "fr\\|", "\\", "fr/all.csv#7"])
def test_what_has_no_counterpart_is_shown_at_the_changed_article(path: str) -> None:
    alone = replace(across(pair=pair_key(path, EN)), other_path=None)
    row = "7" if "#" in path else None
    assert shown(alone, path) == (Place(path.partition("#")[0], row, None), EN)
    english = replace(alone, path=path, pair=pair_key(path, EN))
    assert shown(english, EN) == (Place(EN, None, None), path)


def test_paths_count_from_the_root() -> None:
    view = View(Path.cwd().parent)
    assert view.place(view.sides(across())[0]).file == f"{Path.cwd().name}/{EN}"
