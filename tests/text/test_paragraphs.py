from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aligner.text.paragraphs import paragraph_spans


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraph_spans(text)]


def test_blank_lines_end_paragraphs_whatever_the_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert paragraphs(f"Un.{end}{end}Deux.{end} {end}Trois.") == ["Un.", "Deux.", "Trois."]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = (
        "La ville ouvre un nouveau pont sur la rivière, après trois ans de travaux et de débats.\n"
        "Les habitants du quartier sont venus nombreux.\n"
        "Toujours un manque de bancs\n"
        "La mairie promet d’en ajouter avant l’été prochain."
    )
    assert len(paragraphs(text)) == 4


def test_hard_wrapped_text_is_joined() -> None:
    text = (
        "The city opens a new bridge over the river after three years\n"
        "of work and debate. Many of those who live nearby came to see\n"
        "the mayor cut the ribbon, and some brought their dogs.\n"
        "\n"
        "The old bridge will be taken down in spring."
    )
    first, second = paragraphs(text)
    assert first.startswith("The city")
    assert first.endswith("their dogs.")
    assert second == "The old bridge will be taken down in spring."


def test_short_title_above_wrapped_text_stays_apart() -> None:
    text = (
        "A bridge opens\n"
        "The city opens a new bridge over the river after three years\n"
        "of work and debate. Many of those who live nearby came to see\n"
        "the mayor cut the ribbon, and some brought their dogs."
    )
    assert paragraphs(text)[0] == "A bridge opens"
    assert len(paragraphs(text)) == 2


def test_lists_are_not_joined() -> None:
    assert len(paragraphs("Paris\nLondon\nBerlin")) == 3
    items = "- the first thing that anybody should ever do on a Monday\n- the second thing that people do"
    assert len(paragraphs(items)) == 2


@given(st.text(alphabet="ab .\n\r\u2028\u200b", max_size=80))
def test_all_that_is_not_space_is_in_a_paragraph(text: str) -> None:
    spans = paragraph_spans(text)
    assert sum(len(text[a:b].split()) for a, b in spans) == len(text.split())
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
