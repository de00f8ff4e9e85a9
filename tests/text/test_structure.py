from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aligner.model import Document, InputError
from aligner.text.structure import make_document


def document(text: str, kind: str = "txt") -> Document:
    return make_document("a.txt", text, {"format": kind})


def outline(text: str, kind: str = "txt") -> list[tuple[str, str]]:
    return [(segment.role, segment.text) for segment in document(text, kind).segments]


def test_title_paragraphs_and_sentences() -> None:
    article = document(
        "Un pont pour la ville\n\nLe pont ouvre lundi. Il a coûté cher.\n\nLa mairie est contente."
    )
    assert article.language == "fr"
    assert [(s.role, s.paragraph, s.text) for s in article.segments] == [
        ("title", 0, "Un pont pour la ville"),
        ("body", 1, "Le pont ouvre lundi."),
        ("body", 1, "Il a coûté cher."),
        ("body", 2, "La mairie est contente."),
    ]


def test_doubled_title_is_title_twice() -> None:
    roles = [
        role for role, _ in outline("Un pont pour la ville\n\nUn pont pour la ville\n\nLe pont ouvre lundi.")
    ]
    assert roles == ["title", "title", "body"]


def test_first_paragraph_that_is_a_sentence_is_no_title() -> None:
    assert outline("The bridge opens on Monday.\n\nIt was dear.")[0][0] == "body"


def test_furniture_is_kept_and_is_no_title() -> None:
    text = "March 4, 2024\n\nThe bridge opens on Monday. It was dear.\n\nLeave a comment"
    assert [role for role, _ in outline(text)] == ["boilerplate", "body", "body", "boilerplate"]


def test_embedded_post() -> None:
    text = (
        "Le pont ouvre lundi matin.\nQuelle foule sur le pont ! https://t.co/Ab1\n"
        "— Anne Bell (@annebell) March 3, 2024\nLa mairie est contente."
    )
    assert [role for role, _ in outline(text)] == ["body", "boilerplate", "boilerplate", "body"]


MARKDOWN = """---
title: "Un pont"
date: 2024-03-04
---
# Un pont pour la ville

Le pont ouvre **lundi**. Il a coûté [3 millions](https://example.org/a.b) d’euros.

<!-- aligner: ignore EXT101 nom propre -->

## Les travaux ##

- Le béton arrive.
- La peinture sèche. Le vent aide.

> « C’est beau. » dit-elle.

```python
pont = True
```

1. Premier point.

Texte souligné
--------------

<p>Un mot <b>gras</b>.</p><p>Un autre mot.</p>

![le pont](pont.jpg)

***

| a | b |
|---|---|
"""


def test_markdown_marks_stay_outside_the_segments() -> None:
    assert outline(MARKDOWN, "md") == [
        ("title", "Un pont pour la ville"),
        ("body", "Le pont ouvre **lundi**."),
        ("body", "Il a coûté [3 millions](https://example.org/a.b) d’euros."),
        ("body", "Les travaux"),
        ("body", "Le béton arrive."),
        ("body", "La peinture sèche."),
        ("body", "Le vent aide."),
        ("body", "« C’est beau. » dit-elle."),
        ("boilerplate", "```python\npont = True\n```"),
        ("body", "Premier point."),
        ("body", "Texte souligné"),
        ("body", "Un mot <b>gras</b>."),
        ("body", "Un autre mot."),
        ("boilerplate", "![le pont](pont.jpg)"),
        ("body", "a | b"),
    ]


def test_text_file_with_markdown_marks_is_read_as_markdown() -> None:
    assert ("body", "How it was built") in outline(
        "A bridge\n\nIt opens today.\n\n## How it was built\n\nSlowly."
    )


def test_heading_that_reads_like_a_widget_is_part_of_the_story() -> None:
    assert ("body", "Partager") in outline(
        "# Le guide\n\nIl faut parler.\n\n## Partager\n\nIl faut donner.", "md"
    )


def test_new_lines_inside_an_html_paragraph_are_spaces() -> None:
    text = '<h2>Le pont</h2><p>La mairie\nouvre <a\nhref="https://example.org">un pont</a>\ndemain.</p>'
    assert [segment for _, segment in outline(text, "md")] == [
        "Le pont",
        'La mairie\nouvre <a\nhref="https://example.org">un pont</a>\ndemain.',
    ]


def test_fence_that_nothing_closes_hides_nothing() -> None:
    assert outline("Un pont\n\n```\n\nIl ouvre lundi.", "md")[-1] == ("body", "Il ouvre lundi.")


def test_language_of_each_segment() -> None:
    article = document(
        "La ville ouvre un pont.\n\nThe mayor said that nobody had been told about it.\n\nElle est ravie."
    )
    assert [segment.language for segment in article.segments] == ["fr", "en", "fr"]


def test_other_language_is_refused_with_its_name() -> None:
    with pytest.raises(InputError, match="looks like Japanese"):
        document("市は今日、川に新しい橋を開通させた。")


def test_hint_counts_only_where_the_text_does_not_tell() -> None:
    assert make_document("a", "Nelson Mandela 1918", {}, "fr").language == "fr"
    assert make_document("a", "2018 : 3-1", {}, "en").language == "en"
    assert make_document("a", "The bridge opens today.", {}, "fr").language == "en"
    with pytest.raises(InputError, match="no words"):
        document("2018 : 3-1")


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_no_text(text: str) -> None:
    with pytest.raises(InputError, match="no text"):
        document(text)


SENTENCE = st.sampled_from(
    ["Le pont ouvre.", "« Oui ! »", "M. Roux part", "IA", "Par Anne Roux", "\r\n", "\n\n", "  "]
)


@settings(max_examples=100, deadline=None)
@example("` \r `")
@given(st.lists(st.one_of(SENTENCE, st.text(max_size=6)), max_size=25).map(" ".join))
def test_segments_are_exact_ordered_disjoint_and_lose_nothing(noise: str) -> None:
    lead = "Elle dit que nous avons ouvert le pont sans vous, mais pour vous.\n\n"
    text = lead + re.sub(r"[#<\]]", "", noise)  # what would make it look like Markdown
    article = document(text)
    assert all(segment.text == text[segment.start : segment.end] for segment in article.segments)
    ends = [(s.start, s.end) for s in article.segments]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))
    paragraphs = [segment.paragraph for segment in article.segments]
    assert paragraphs == sorted(paragraphs)
    covered = {i for start, end in ends for i in range(start, end)}
    assert all(char.isspace() for i, char in enumerate(text) if i not in covered)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["# Un", "\n", "\n\n", "- ", "> ", "```", "<p>", "</p>", "<!--", "-->", "Le mot. ", "|", "[a](b)"]
        ),
        max_size=30,
    )
)
def test_markdown_segments_are_exact_and_ordered(pieces: list[str]) -> None:
    text = "La ville ouvre un nouveau pont.\n\n" + "".join(pieces)
    article = document(text, "md")
    assert all(segment.text == text[segment.start : segment.end] != "" for segment in article.segments)
    assert all(a.end <= b.start for a, b in pairwise(article.segments))
