from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.reporters.listing import EXCERPT, _on_its_line, entries, most_serious, shortened
from aligner.reporters.overview import is_gate_set
from tests.reporters import samples

FOUND = [*samples.HARBOUR_FINDINGS, *samples.HARBOUR_PAIR_FINDINGS, *samples.MARKET_FINDINGS]
PAGES = {finding.path: f"articles/{finding.language}.html" for finding in FOUND}


def test_what_costs_most_comes_first_and_suspicions_last() -> None:
    doubtful = replace(FOUND[3], suspicion=True, fingerprint="doubt")
    listed = entries([doubtful, *FOUND], PAGES, "en")
    assert listed[0].finding.severity == "critical"
    assert listed[-1].finding is doubtful
    assert all(entry.finding.demoted_by is None for entry in listed)
    assert doubtful not in [entry.finding for entry in most_serious(listed)]


def test_the_order_does_not_depend_on_that_of_the_file() -> None:
    assert entries(FOUND, PAGES, "en") == entries(FOUND[::-1], PAGES, "en")
    assert entries(FOUND, PAGES, "en", limit=2) == entries(FOUND, PAGES, "en")[:2]


def test_a_finding_of_a_pair_is_shown_on_the_page_of_the_pair() -> None:
    finding = samples.HARBOUR_PAIR_FINDINGS[0]
    (entry,) = entries([finding], PAGES | {str(finding.pair): "pairs/p.html"}, "en")
    assert entry.href == f"pairs/p.html#m-{finding.fingerprint}"


def test_both_sides_are_excerpted_in_one_line() -> None:
    finding = replace(samples.HARBOUR_PAIR_FINDINGS[0], other_excerpt="14\n navires")
    (entry,) = entries([finding], PAGES, "en")
    assert (entry.excerpt("fr"), entry.excerpt("en")) == ("14 navires", "40")
    assert len(shortened("mot " * 999)) <= EXCERPT


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (None, False),
        ({"fail_on": "major", "failures": [{"limit": "fail-on"}]}, False),
        ({"fail_on": "major", "failures": [{"limit": "max"}], "given": False}, False),
        ({"fail_on": "major", "failures": [], "given": True}, True),
    ],
)
def test_a_gate_that_nobody_set_is_not_spoken_of(gate: dict[str, object] | None, *, expected: bool) -> None:
    assert is_gate_set(gate) is expected


@pytest.mark.parametrize(
    ("text", "passage", "shown"),
    [
        ("One line\nThe mayor left.\nMore", "mayor", ("The ", " left.")),
        ("The mayor left.", "The mayor left.", ("", "")),
        (f"{'word ' * 20}mayor{' word' * 20}", "mayor", ("…" + "word " * 9, " word" * 9 + "…")),
    ],
)
def test_what_is_around_an_excerpt_on_its_line(text: str, passage: str, shown: tuple[str, str]) -> None:
    start = text.index(passage)
    assert _on_its_line(text, start, start + len(passage)) == shown
