"""How probable a finding of a rule is: by its record, by the doubt, by the rest of the article."""

from __future__ import annotations

import math

import pytest

import aligner.checks.evidence
from aligner.checks.evidence import Circumstances, Claim, Evidence, Finder, evidence, read_evidence, surest
from aligner.model import LANGUAGES, Hit, Language

EVIDENCE = read_evidence(
    {
        "seen": {"rule:good": [99, 0], "rule:bad": [10, 10]},
        "kinds": {"rule": [9, 1], "wording": [9, 1], "tree": [9, 1]},
        "doubt": [0.5, 0.5],
        "share": 0.25,
        "authors": 0.5,
    }
)
GOOD, BAD, NEW = Finder("rule", "good"), Finder("rule", "bad"), Finder("rule", "new", 0.7)
DOUBTED = Circumstances(0.6, 0.25)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligner.checks.evidence, "evidence", lambda _: EVIDENCE)


def test_a_finder_is_as_sure_as_it_was_seen_to_be() -> None:
    assert EVIDENCE.of_finder(GOOD) == pytest.approx(108 / 109)
    assert EVIDENCE.of_finder(BAD) == pytest.approx(19 / 30)


def test_one_that_was_never_seen_is_as_sure_as_its_kind_or_as_its_author_thought_and_more() -> None:
    assert EVIDENCE.of_finder(NEW) == pytest.approx(1 / (1 + 3 / 7 * math.exp(-0.5)))
    assert EVIDENCE.of_finder(Finder("rule", "sure", 0.95)) == pytest.approx(0.9)
    assert EVIDENCE.of_finder(Finder("wording", "new")) == pytest.approx(0.9)


def test_doubt_and_garbled_sentences_around_make_a_finding_likelier() -> None:
    def probability(doubt: float, share: float) -> float:
        return EVIDENCE.probability(BAD, Circumstances(doubt, share))

    assert probability(0.01, 0.25) < probability(0.3, 0.25) < probability(0.9, 0.25)
    assert probability(0.3, 0.03) < probability(0.3, 0.25) < probability(0.3, 0.5)


def test_without_a_detector_the_finder_alone_counts() -> None:
    assert EVIDENCE.probability(BAD, None) == pytest.approx(19 / 30)


def hits(*claims: tuple[Finder, Hit, Circumstances | None]) -> list[tuple[str, str | None]]:
    return [(hit.key, hit.severity) for hit in surest([Claim(*claim) for claim in claims], "fr")]


@pytest.mark.usefixtures("measured")
def test_the_surest_is_first_and_what_is_probable_is_major() -> None:
    bad, good = Hit("bad", 0, 1), Hit("good", 0, 1)
    assert hits((BAD, bad, DOUBTED), (GOOD, good, DOUBTED)) == [("good", "major"), ("bad", "minor")]


@pytest.mark.usefixtures("measured")
def test_what_is_minor_by_its_kind_remains_minor_however_probable() -> None:
    assert hits((GOOD, Hit("style", 0, 1, severity="minor"), DOUBTED)) == [("style", "minor")]


@pytest.mark.usefixtures("measured")
def test_what_is_improbable_is_not_shown() -> None:
    assert hits((BAD, Hit("bad", 0, 1), Circumstances(0.005, 0.02))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_that_come_with_the_package_can_be_read(language: Language) -> None:
    shipped: Evidence = evidence(language)
    assert set(shipped.kinds) == {"rule", "wording", "tree"}
    assert shipped.doubt[1] > 0
    assert all(0.5 < kind.right / (kind.right + kind.wrong) < 1 for kind in shipped.kinds.values())
