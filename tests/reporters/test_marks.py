from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Segment
from aligner.report.records import ArticleText
from aligner.reporters.marks import Note, mark
from aligner.reporters.view import article_view
from tests.reporters import samples

TEXT = "The mayor promised promised bread."
ARTICLE = samples.document("en/mayor.txt", "en", [("Mayor", "title"), TEXT])
BODY = ARTICLE.segments[1]


def note(excerpt: str, **change: Any) -> Note:
    return Note(samples.finding(ARTICLE, excerpt, **change), f"About {excerpt}.")


def shown(*notes: Note, segment: Segment = BODY) -> list[tuple[str, list[str]]]:
    pieces = mark(segment, "en", notes).pieces
    return [(piece.text, [n.finding.excerpt for n in piece.notes]) for piece in pieces]


def test_a_segment_without_findings_is_one_piece() -> None:
    assert shown() == [(TEXT, [])]


def test_overlapping_findings_split_the_text_where_each_begins_and_ends() -> None:
    assert shown(note("mayor promised"), note("promised promised")) == [
        ("The ", []),
        ("mayor ", ["mayor promised"]),
        ("promised", ["mayor promised", "promised promised"]),
        (" promised", ["promised promised"]),
        (" bread.", []),
    ]


def test_a_finding_inside_another_is_marked_in_it_gravest_first() -> None:
    outer, inner = note("promised promised bread", severity="minor"), note("bread", severity="critical")
    assert shown(outer, inner)[1:3] == [
        ("promised promised ", ["promised promised bread"]),
        ("bread", ["bread", "promised promised bread"]),
    ]


def test_a_finding_over_two_segments_is_marked_in_both_and_begins_in_the_first() -> None:
    across = note(ARTICLE.text.strip())
    title, body = (mark(segment, "en", [across]).pieces for segment in ARTICLE.segments)
    assert [piece.text for piece in (*title, *body)] == ["Mayor", TEXT]
    assert [bool(piece.begins) for piece in (*title, *body)] == [True, True]


def test_a_finding_without_width_is_an_empty_piece_in_its_place() -> None:
    point = note("", at=BODY.start + len("The mayor"))
    assert shown(point) == [("The mayor", []), ("", [""]), (" promised promised bread.", [])]


def test_findings_elsewhere_are_passed_over() -> None:
    assert shown(note("Mayor")) == [(TEXT, [])]


SPANS = st.tuples(st.integers(0, len(ARTICLE.text)), st.integers(0, len(ARTICLE.text))).map(sorted)


@given(st.lists(SPANS, max_size=6))
def test_pieces_make_up_the_segment_and_every_letter_carries_its_findings(spans: list[list[int]]) -> None:
    notes = [note(ARTICLE.text[start:end], at=start, severity="minor") for start, end in spans]
    at = BODY.start
    for piece in mark(BODY, "en", notes).pieces:
        for offset in range(at, at + len(piece.text)):
            over = {id(n) for n in notes if n.finding.start <= offset < n.finding.end}
            assert {id(n) for n in piece.notes} == over
        at += len(piece.text)
    assert at == BODY.end
    assert "".join(piece.text for piece in mark(BODY, "en", notes).pieces) == BODY.text


def test_what_is_about_an_article_as_a_whole_does_not_mark_its_title() -> None:
    text = ArticleText(ARTICLE.path, "en", "Mayor", ARTICLE.text, ARTICLE.segments)
    alone = replace(samples.finding(ARTICLE, "Mayor"), code="ALN201")
    glued = samples.finding(ARTICLE, "bread")
    view = article_view(text, [alone, glued], lambda f: f.code)
    assert [n.finding for n in view.general] == [alone]
    assert [[n.finding for n in passage.notes] for passage in view.passages] == [[], [glued]]
    assert [id for _, _, id in view.strips["en"]] == [glued.fingerprint]
