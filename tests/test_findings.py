"""How hits become findings: places, fingerprints, causes, repeats and words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.accuracy._facts import discrepancies
from aligner.checks.base import article_check, bead_check, corpus_check, pair_check
from aligner.checks.causes import SAME_REASON_SHOWN, SAME_TEXT_SHOWN, demote
from aligner.checks.registry import CHECKS
from aligner.checks.run import MOST_HITS, check_alignment, check_corpus, check_document
from aligner.checks.wording import message
from aligner.model import (
    Alignment,
    BeadView,
    Check,
    Context,
    CorpusView,
    Document,
    Finding,
    Hit,
    Language,
    Severity,
)
from tests.checks import build

TITLE: dict[Language, str] = {"en": "A check", "fr": "Un contrôle"}


def finder(word: str, code: str = "EXT101", severity: Severity = "major", **hit: Any) -> Check:
    """A check that finds a word wherever it is in the article."""

    @article_check(
        code,
        "word",
        title=TITLE,
        category="whitespace",
        cause="extraction",
        severity=severity,
        messages={"capital": {"en": "“{word}” is here.", "fr": "« {word} » est ici : là !"}},
    )
    def find(document: Document, context: Context) -> Iterator[Hit]:
        start = document.text.find(word)
        while start >= 0:
            yield Hit("capital", start, start + len(word), values={"word": word}, **hit)
            start = document.text.find(word, start + 1)

    return find


def in_article(text: str, *checks: Check, **options: Any) -> list[Finding]:
    return check_document(build.article(text, "en"), checks, Context(), **options)


def test_a_finding_says_where_it_is() -> None:
    (finding,) = in_article("One.\r\nTwo here.\n", finder("here"))
    assert (finding.line, finding.column) == (2, 5)
    assert finding.excerpt == "here"
    assert (finding.start, finding.end) == (10, 14)
    assert (finding.path, finding.language) == ("article.txt", "en")


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = in_article("b a b a", finder("a", "EXT102"), finder("b"))
    assert [finding.excerpt for finding in found] == ["b", "a", "b", "a"]


def test_a_fingerprint_survives_moved_lines() -> None:
    before = in_article("A fault here. Another  fault here.", finder("fault"))
    after = in_article("New lines.\n\nA fault here.\nAnother fault here.", finder("fault"))
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after]
    assert len({f.fingerprint for f in before}) == 2


LINES = st.lists(st.text("ab fault.\u00e9", max_size=12), max_size=8)


@given(LINES, LINES, LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_fingerprints_survive_all_that_adds_no_such_passage(
    before: list[str], kept: list[str], after: list[str], end: str
) -> None:
    text = "\n".join(kept)
    scope = ["\n".join(lines).replace("fault", "fau lt") for lines in (before, after)]
    alone = in_article(text, finder("fault"))
    moved = in_article(f"{scope[0]}\n{text}\n{scope[1]}".replace("\n", end), finder("fault"))
    assert [f.fingerprint for f in alone] == [f.fingerprint for f in moved]
    assert len({f.fingerprint for f in alone}) == len(alone) == text.count("fault")


def test_a_check_that_finds_too_much_is_stopped_and_said(caplog: pytest.LogCaptureFixture) -> None:
    found = in_article("x " * (MOST_HITS + 10), finder("x"))
    assert len(found) == MOST_HITS
    assert "only the first" in caplog.text


RUNS_WITHOUT_END = [
    "1 ",
    "l'",
    "a-",
    "a",
    "Ab",
    "aB",
    "troisde ",
    "reportAs ",
    "Deschamps ",
    "a,b ",
    "(",
    '"',
    "« ",
]


@pytest.mark.parametrize("piece", RUNS_WITHOUT_END)
def test_runs_without_end_are_read_in_linear_time(piece: str) -> None:
    text = "Le maire de la ville est content. " + piece * (60_000 // len(piece))
    start = time.process_time()
    check_document(
        build.article(text, "fr"), [check for check in CHECKS if check.scope == "article"], Context()
    )
    assert time.process_time() - start < 10  # a minute and more where each part of a run is read to its end


def test_fingerprints_do_not_depend_on_the_least_confidence() -> None:
    doubtful, sure = finder("x", confidence=0.2), finder("x", "EXT102")
    everything = in_article("x x", doubtful, sure)
    some = in_article("x x", doubtful, sure, min_confidence=0.5)
    assert {f.fingerprint for f in some} < {f.fingerprint for f in everything}
    assert {f.code for f in some} == {"EXT102"}


@pytest.mark.parametrize(
    ("least", "kept"),
    [
        ((), ["EXT101", "EXT102"]),
        ((("EXT101", 0.9),), ["EXT102"]),
        ((("EXT", 0.9),), []),
        ((("EXT", 0.9), ("EXT102", 0.1)), ["EXT102"]),
        ((("E", 0.0),), ["EXT101", "EXT102"]),
    ],
)
def test_the_least_confidence_of_a_check_is_that_of_the_longest_code_that_fits(
    least: tuple[tuple[str, float], ...], kept: list[str]
) -> None:
    checks = finder("x", "EXT101", confidence=0.6), finder("y", "EXT102", confidence=0.6)
    found = check_document(build.article("x y", "en"), checks, Context(confidence=least), min_confidence=0.5)
    assert [finding.code for finding in found] == kept


def test_an_allowed_excerpt_is_no_finding() -> None:
    document = build.article("The BlueBridge is shut.", "en")
    allowed = Context(allow=frozenset({"bluebridge"}))
    assert check_document(document, (finder("BlueBridge"),), allowed) == []


def test_a_hit_outside_the_text_is_a_fault_of_the_check() -> None:
    @article_check(
        "EXT101",
        "outside",
        title=TITLE,
        category="whitespace",
        cause="extraction",
        severity="major",
        messages={"capital": {"en": "No.", "fr": "Non."}},
    )
    def outside(document: Document, context: Context) -> Iterator[Hit]:
        yield Hit("capital", 0, len(document.text) + 1)

    with pytest.raises(ValueError, match="outside"):
        in_article("Short.", outside)


def bilingual(code: str, side: Language, scope: str = "bead") -> Check:
    def find(subject: BeadView | Alignment, context: Context) -> Iterator[Hit]:
        alignment = subject.alignment if isinstance(subject, BeadView) else subject
        beads = [subject.bead] if isinstance(subject, BeadView) else alignment.beads
        for bead in beads:
            for segment in bead.side(side):
                yield Hit("capital", segment.start, segment.end, language=side)

    decorator = bead_check if scope == "bead" else pair_check
    return decorator(
        code,
        code.lower(),
        title=TITLE,
        category="x",
        cause="translation",
        severity="major",
        messages={"capital": {"en": "No.", "fr": "Non."}},
    )(find)


PAIR = build.alignment({"fr": ["Un.", "Deux.", ""], "en": ["One.", "Two.", "Three."]})


@pytest.mark.parametrize("scope", ["bead", "pair"])
def test_a_finding_of_a_pair_knows_its_bead_and_the_other_side(scope: str) -> None:
    found = check_alignment(PAIR, (bilingual("ACC308", "en", scope),), Context())
    assert [(f.bead, f.excerpt, f.other_excerpt) for f in found] == [
        (0, "One.", "Un."),
        (1, "Two.", "Deux."),
        (2, "Three.", None),
    ]
    assert {f.pair for f in found} == {"fr.txt|en.txt"}
    assert {f.path for f in found} == {"en.txt"}


def test_a_hit_of_a_pair_must_name_its_side() -> None:
    @bead_check(
        "ACC308",
        "sideless",
        title=TITLE,
        category="x",
        cause="translation",
        severity="major",
        messages={"capital": {"en": "No.", "fr": "Non."}},
    )
    def sideless(view: BeadView, context: Context) -> Iterator[Hit]:
        yield Hit("capital", 0, 1)

    with pytest.raises(ValueError, match="side"):
        check_alignment(PAIR, (sideless,), Context())


def test_an_article_check_may_tell_more_of_a_bead() -> None:
    both = replace(finder("Un."), find_in_bead=bilingual("EXT101", "fr").find)
    assert [f.bead for f in check_document(PAIR.pair.fr, (both,), Context())] == [None]
    assert [f.bead for f in check_alignment(PAIR, (both,), Context())] == [0, 1]


def test_a_corpus_check_names_its_article() -> None:
    @corpus_check(
        "ALN207",
        "corpus",
        title=TITLE,
        category="x",
        cause="editorial",
        severity="minor",
        messages={"capital": {"en": "No.", "fr": "Non."}},
    )
    def twice(view: CorpusView, context: Context) -> Iterator[Hit]:
        for document in view.documents:
            yield Hit("capital", 0, 3, path=document.path)

    rows = [{"path": path, "language": "en", "text": "One more."} for path in ("b.txt", "a.txt")]
    found = check_corpus(build.corpus({"articles": rows}), (twice,), Context())
    assert [(f.path, f.excerpt) for f in found] == [("a.txt", "One"), ("b.txt", "One")]


def test_a_cause_explains_what_overlaps_it() -> None:
    found = in_article("A ReportAs of it. Then As.", finder("ReportAs"), finder("As", "FLU401", "minor"))
    assert [(f.code, f.demoted_by) for f in found] == [
        ("EXT101", None),
        ("FLU401", "EXT101"),
        ("FLU401", None),
    ]
    assert [f.counts for f in found] == [True, False, True]


def test_a_doubtful_bead_explains_its_differences_and_no_others() -> None:
    checks = (bilingual("ALN204", "fr"), bilingual("ACC308", "en"), bilingual("FLU404", "en"))
    found = check_alignment(PAIR, checks, Context())
    assert {(f.code, f.bead, f.demoted_by) for f in found if f.language == "en"} == {
        ("ACC308", 0, "ALN204"),
        ("ACC308", 1, "ALN204"),
        ("ACC308", 2, None),
        ("FLU404", 0, None),
        ("FLU404", 1, None),
        ("FLU404", 2, None),
    }


def test_what_is_explained_explains_nothing() -> None:
    found = in_article(
        "prÃ©As", finder("prÃ©As", "EXT106"), finder("prÃ©As", "EXT101"), finder("As", "TYP501")
    )
    assert {f.code: f.demoted_by for f in found} == {"EXT106": None, "EXT101": "EXT106", "TYP501": "EXT106"}


def test_demoting_twice_changes_nothing() -> None:
    found = in_article("As As As As As ReportAs", finder("ReportAs"), finder("As", "FLU401", "minor"))
    assert demote(found) == found


def test_many_alike_findings_fold_into_one() -> None:
    few = in_article("ab " * SAME_TEXT_SHOWN, finder("ab"))
    many = in_article("ab " * 20, finder("ab"))
    assert [f.counts for f in few] == [True] * SAME_TEXT_SHOWN
    assert [f.counts for f in many] == [True] + [False] * 19
    assert many[0].values["count"] == 20
    assert message(many[0], "en").endswith("The same thing is found 20 times in this article.")


def test_many_minor_findings_of_one_reason_fold_into_one() -> None:
    letters = "abcdefgh"
    checks = tuple(finder(f"{letter}!", severity="minor") for letter in letters)
    found = in_article(" ".join(f"{letter}!" for letter in letters), *checks)
    assert len(letters) > SAME_REASON_SHOWN
    assert sum(f.counts for f in found) == 1
    majors = tuple(finder(f"{letter}!") for letter in letters)
    assert all(f.counts for f in in_article(" ".join(f"{letter}!" for letter in letters), *majors))


def test_what_explains_a_check_is_a_check() -> None:
    for check in CHECKS:
        for code in (*check.explained_by, *check.explained_in_bead_by, *check.explained_in_pair_by):
            assert any(other.code.startswith(code) and other is not check for other in CHECKS), (
                f"{check.code} is explained by {code}, which is no check"
            )


def test_what_is_less_probable_than_the_threshold_is_a_suspicion() -> None:
    sure, unsure = finder("sure", confidence=0.6), finder("maybe", "EXT102", confidence=0.59)
    found = in_article("It is sure, and it is maybe.", sure, unsure)
    assert [(f.excerpt, f.suspicion, f.counts) for f in found] == [
        ("sure", False, True),
        ("maybe", True, False),
    ]
    context = Context(suspicion=0.5)
    assert all(f.counts for f in check_document(build.article("It is maybe.", "en"), (unsure,), context))


def test_a_suspicion_explains_nothing() -> None:
    cause, effect = finder("word", "EXT101", confidence=0.3), finder("word", "EXT102")
    found = in_article("A word.", cause, effect)
    assert [(f.code, f.demoted_by) for f in found] == [("EXT101", None), ("EXT102", None)]


def test_a_finding_knows_its_place_on_the_other_side() -> None:
    found = check_alignment(PAIR, (bilingual("ACC308", "en"),), Context())
    assert [(f.other_path, f.other_start, f.other_end) for f in found] == [
        ("fr.txt", 0, 3),
        ("fr.txt", 4, 9),
        (None, None, None),
    ]


def test_what_an_editor_left_out_is_told_once_and_costs_nothing() -> None:
    case = {
        "kind": "abridged",
        "fr": ["Le maire est parti.", "Il n'a donné aucune explication à toute la presse locale."],
        "en": ["The mayor left.", ""],
    }
    found = {f.code: f for f in check_alignment(build.alignment(case), CHECKS, Context())}
    assert found["ALN203"].counts
    assert (found["ACC301"].cause, found["ACC301"].demoted_by) == ("editorial", "ALN203")


def test_what_checks_share_of_a_bead_is_worked_out_once() -> None:
    pair = build.alignment({"fr": ["Il en a vu 12."], "en": ["He saw 13."]})
    view = BeadView(pair, 0)
    assert len(discrepancies(view)) == 1
    assert discrepancies(view) is discrepancies(view)
    assert discrepancies(BeadView(pair, 0)) is not discrepancies(view)
