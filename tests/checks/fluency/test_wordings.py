"""Every row of the tables of wordings matches its wrong example and not its right one."""

from __future__ import annotations

import re

import pytest

from aligner.checks.fluency._wordings import ANY, _candidates, _matches_of, find_wordings, wordings
from aligner.checks.fluency.calque import calque
from aligner.lexicon.inflection import forms
from aligner.lexicon.morphology import forms as inflected
from aligner.model import LANGUAGES, Context, Document, Language
from aligner.text.structure import make_document

RARE = {"costed", "instals", "staid", "staves", "flied", "teared", "payed", "forbad"}


def hits(text: str, language: Language) -> list[str]:
    document: Document = make_document("a", text, {}, hint=language)
    return [document.text[hit.start : hit.end] for hit in calque.find(document, Context())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_matches_its_wrong_example_alone(language: Language) -> None:
    rows = wordings(language)
    # By each row's own pattern: a longer match of another may hide it.
    silent = [
        row.pattern
        for row in rows
        if not (row.regex.search(row.wrong) and find_wordings(row.wrong, language))
    ]
    assert silent == []
    loud = [row.pattern for row in rows if row.right and row.regex.search(row.right)]
    assert loud == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_whole_and_unique(language: Language) -> None:
    rows = wordings(language)
    assert len({row.pattern for row in rows}) == len(rows)
    assert all(row.better and row.origin and row.wrong for row in rows)
    assert {row.needs for row in rows} <= {"", "minor", "doubt", "source"}
    unproved = [row.pattern for row in rows if row.needs == "source" and not row.is_source(row.original)]
    assert unproved == []


def test_inflection_adverbs_and_possessives_vary() -> None:
    assert hits("The minister clearly had other cats to whip.", "en") == ["other cats to whip"]
    assert hits("They lost completely the pedals in such games.", "en") == ["lost completely the pedals"]
    assert hits("Les négociateurs brûlaient encore de l’huile de minuit.", "fr") == [
        "brûlaient encore de l’huile de minuit"
    ]


def test_a_wording_that_may_be_right_needs_more() -> None:
    assert hits("The rebels make the law in this valley.", "en") == []
    assert hits("Le chanteur a donné naissance à un style.", "fr") == []


def test_forms_cover_irregular_verbs_and_their_compounds() -> None:
    assert {"threw", "thrown", "throws"} <= forms("throw", "en")
    assert {"stopped", "stopping"} <= forms("stop", "en")
    assert {"comprises", "comprend", "comprenait"} <= forms("comprendre", "fr")
    assert {"mangeait", "lançons", "lèvent", "jette"} <= {
        *forms("manger", "fr"),
        *forms("lancer", "fr"),
        *forms("lever", "fr"),
        *forms("jeter", "fr"),
    }
    assert {"atteint", "nuisait", "rompt"} <= {
        w for v in ("atteindre", "nuire", "rompre") for w in forms(v, "fr")
    }
    assert {"critères", "signaux", "actrices"} <= {
        w for v in ("critère", "signal", "acteur") for w in forms(v, "fr")
    }


def test_forms_of_english_lemmas_are_those_of_the_dictionary() -> None:
    """The forms of verbs that the morphology knows, for the verbs that the table of wordings inflects."""
    elements = (
        each for row in wordings("en") for element in row.pattern.split() for each in element.split("|")
    )
    lemmas = {each[1:] for each in elements if re.fullmatch(r"=[a-z]+", each)}
    lost = {
        lemma: missing
        for lemma in lemmas
        if (missing := {*inflected(lemma, frozenset(("verb",)), "en")} - forms(lemma, "en") - RARE)
    }
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_found_at_their_openings_as_anywhere(language: Language) -> None:
    rows = wordings(language)
    for first in range(0, len(rows), 100):
        text = "\n".join(row.wrong for row in rows[first : first + 25])
        everywhere = {(row.pattern, found.span()) for row in rows for found in row.regex.finditer(text)}
        assert everywhere == {
            (row.pattern, found.span())
            for row, starts in _candidates(text, language, ANY)
            for found in _matches_of(text, row, starts)
        }
