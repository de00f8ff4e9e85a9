"""Masks: what is no prose is recognised once, and prose is traced to its source."""

import itertools
import time
import unicodedata

import pytest

from aligner.model import Alignment, Bead, Document, DocumentPair, Evidence
from aligner.text.addresses import addresses
from aligner.text.masks import OPAQUE, masks
from aligner.text.prose import Prose, alignment_as_read, as_read, plain, read
from aligner.text.structure import make_document
from tests.rows import each_row

O = OPAQUE  # noqa: E741

READ = {
    # addresses
    "Voir https://exemple.org/fr/aide?page=64&x=1#haut.": f"Voir {O}.",
    "Voir (https://fr.wikipedia.org/wiki/Lyon_(ville)).": f"Voir ({O}).",
    "Voir www.exemple.org, puis exemple.fr/aide.": f"Voir {O}, puis {O}.",
    "Archive : https://web.archive.org/web/20220817202013/https://exemple.fr/": f"Archive : {O}",
    "Écrivez à jean.dupont@exemple.fr.": f"Écrivez à {O}.",
    "Le site lemonde.fr a publié rapport-2018.pdf hier.": f"Le site {O} a publié {O} hier.",
    "Suivez @Mairie2024 et #Paris2024 sur X.": f"Suivez {O} et {O} sur X.",
    "Il vit à demain.de plus en plus": "Il vit à demain.de plus en plus",
    "Le prix est de 5 @ 3 et le n° #1.": "Le prix est de 5 @ 3 et le n° #1.",
    # entities
    "&#8220;Non&#8221;, dit-il&nbsp;: &laquo;&nbsp;Si&nbsp;&raquo;": "“Non”, dit-il\u00a0: «\u00a0Si\u00a0»",
    "Le th&eacute;&acirc;tre &amp; l&#x2019;op&eacute;ra": "Le théâtre & l’opéra",
    "Johnson &amp;amp; Johnson": "Johnson & Johnson",
    "AT&T et R&D; fin": "AT&T et R&D; fin",
    # tags
    'Un <a href="https://exemple.fr/2018" title="Non. 12">lien</a> <b>fort</b>.': "Un lien fort.",
    "Un<br/>deux": "Un\ndeux",
    "12<sup>3</sup> % et 1<sup>er</sup> mai": "12 3 % et 1er mai",
    "a < b et c > d": "a < b et c > d",
    "Voir <https://exemple.fr/12>.": f"Voir {O}.",
    # Markdown
    'Voir [le *rapport* 2018](https://exemple.fr/a_(b)?n=12 "Titre 13").': "Voir le rapport 2018.",
    "Une ![photo 12](https://exemple.fr/12.jpg) ici": f"Une {O} ici",
    "[![alt](a/b.png)](https://exemple.fr)": O,
    "Il a dit [sic] (très fort).": "Il a dit [sic] (très fort).",
    "Reste](https://exemple.fr/12) de lien": "Reste de lien",
    "**Gras**, _italique_, ***les deux***, ~~barré~~, __fort__": "Gras, italique, les deux, barré, fort",
    "2 * 3 * 4, snake_case_name, 5*": "2 * 3 * 4, snake_case_name, 5*",
    "5*3 et 2*4": "5*3 et 2*4",
    "Le code `x = 12` est court": f"Le code {O} est court",
    "L`école et d`accord": "L`école et d`accord",
    # templates
    "Bonjour {{ nom }}, {% if x %}voici{% endif %} ${prix} euros": f"Bonjour {O}, voici {O} euros",
    '[caption id="12"]La photo[/caption]': "La photo",
    # comments
    "Avant <!-- 12 morts --> après": "Avant  après",
    # characters
    "E\u0301tats unis d’Ame\u0301rique": "États unis d’Amérique",
    "coopé\u00adration\u200b": "coopération",
}

MARKDOWN = {
    "---\ntitle: Douze 12\n---\n# Titre\n\nTexte": "Titre\n\nTexte",
    '+++\ntitle = "Douze"\n+++\nTexte': "Texte",
    "Un\n\n    code = 12\n    autre = 13\n\nDeux": f"Un\n\n    {O}\n\nDeux",
    "- Un\n\n    Suite du point 12\n\nDeux": "- Un\n\n    Suite du point 12\n\nDeux",
    "Un\n\n```\ncode = 12\n```\n\nDeux": f"Un\n\n{O}\n\nDeux",
    "Voir [ici][1] et[^2].\n\n[1]: https://exemple.fr/12": "Voir ici et.\n\n",
    r"Cinq \* six": "Cinq * six",
}


@each_row("text", list(READ), ascii)
def test_reads_prose(text: str) -> None:
    assert read(text).text == READ[text]


@each_row("text", list(MARKDOWN), ascii)
def test_reads_markdown(text: str) -> None:
    assert read(text, "md").text == MARKDOWN[text]


@pytest.mark.parametrize("file_format", ["md", "txt", "tsv"])
@each_row("text", [*READ, *MARKDOWN], ascii)
def test_offsets_go_there_and_back(text: str, file_format: str) -> None:
    prose = read(text, file_format)
    for i, char in enumerate(prose.text):
        start, end = prose.source(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert prose.place(start) <= i < prose.place(end)
        original = text[start:end]
        assert (
            char in (original, OPAQUE, " ", "\n", unicodedata.normalize("NFC", original)) or "&" in original
        )
    assert prose.place(len(text)) == len(prose.text)


def test_masks_are_in_order_and_apart() -> None:
    text = "<p>[a](b/c) **d** `e` {{ f }} https://g.fr/h?i=&amp; @jkl</p>"
    found = masks(text, "md")
    assert [mask.kind for mask in found] == [
        "tag",
        "link",
        "link",
        "emphasis",
        "emphasis",
        "code span",
        "template",
        "url",
        "handle",
        "tag",
    ]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_plain_text_is_itself() -> None:
    text = "Le maire a dit non. Le pont est fermé."
    document = make_document("a.txt", text, {})
    assert read(text) == Prose(text)
    assert as_read(document) is document


def test_sentences_are_split_in_prose() -> None:
    text = (
        'Voir [le site. Il est neuf](https://exemple.fr/a.Bcd "Un. Deux."). **Le pont est fermé.** '
        "_Personne ne sait pourquoi._ Le maire se tait."
    )
    document = make_document("a.md", text, {"format": "md"})
    assert [segment.text for segment in document.segments] == [
        "Voir [le site.",
        'Il est neuf](https://exemple.fr/a.Bcd "Un. Deux.").',
        "**Le pont est fermé.**",
        "_Personne ne sait pourquoi._",
        "Le maire se tait.",
    ]
    assert [segment.text for segment in as_read(document).segments] == [
        "Voir le site.",
        "Il est neuf.",
        "Le pont est fermé.",
        "Personne ne sait pourquoi.",
        "Le maire se tait.",
    ]


def test_evidence_is_read_too() -> None:
    fr = make_document("fr.md", "Le **pont** est fermé, dit le maire.", {"format": "md"})
    en = make_document("en.md", "The bridge is shut.", {"format": "md"})
    clause = fr.text.index("dit"), len(fr.text)
    bead = Bead(fr.segments, en.segments, 0.9, Evidence(uncovered_fr=(clause,)))
    read_pair = alignment_as_read(Alignment(DocumentPair(fr, en, 1.0, 1.0, "translation", 0), (bead,)))
    (span,) = read_pair.beads[0].evidence.uncovered_fr
    assert read_pair.pair.fr.text[slice(*span)] == "dit le maire."
    assert read_pair.beads[0].fr[0].text == "Le pont est fermé, dit le maire."
    assert read_pair.beads[0].en is en.segments or read_pair.beads[0].en == en.segments


def test_front_matter_of_a_document() -> None:
    text = '+++\ntitle = "Le pont"\ndate = 2018-02-03\n+++\n\nLe pont est fermé depuis lundi matin.\n'
    document = make_document("a.md", text, {"format": "md"})
    assert [segment.text for segment in document.segments] == ["Le pont est fermé depuis lundi matin."]


def test_plain_drops_signs() -> None:
    assert plain("Voir https://exemple.fr ici").split() == ["Voir", "ici"]


def test_words_are_a_document() -> None:
    document = Document("a", "fr", "e\u0301te\u0301", (), {})
    assert as_read(document).text == "été"


@pytest.mark.parametrize(
    "number",
    [
        "03 81 00 00 00",
        "03.81.00.00.00",
        "0381000000",
        "+33 3 81 00 00 00",
        "+33 (0)3 81 00 00 00",
        "0 800 12 34 56",
        "(613) 555-0123",
        "1-800-555-0123",
        "514 555-0199",
        "1 800 555-0123",
        "020 7946 0018",
        "+1 613 555 0123",
    ],
)
def test_telephone_numbers(number: str) -> None:
    assert read(f"Appelez le {number}.").text == f"Appelez le {O}."
    assert read(f"Call {number} today").text == f"Call {O} today"


@pytest.mark.parametrize(
    "number", ["1 234 567 890", "2018-2019", "12.50", "10:30", "2020-05-13", "+12,5", "0,94"]
)
def test_other_numbers_are_read(number: str) -> None:
    assert read(f"En tout {number} fois").text == f"En tout {number} fois"


def test_escaped_bytes_are_read() -> None:
    assert read("Le th=E9=E2tre et l=E2=80=99op%C3%A9ra à 20 %").text == "Le théâtre et l’opéra à 20 %"


@pytest.mark.parametrize(
    "text", ["a" * 60_000 + "@", "a." * 30_000 + "@", "-" * 60_000 + "@a", "x@" * 30_000]
)
def test_long_runs_that_are_no_mail_address_are_read_once(text: str) -> None:
    start = time.process_time()
    assert [kind for _, _, kind in addresses(text) if kind == "mail"] == []
    assert time.process_time() - start < 5  # minutes where each letter of a run begins a search of its own


def test_mail_addresses_begin_where_their_name_does() -> None:
    text = "Écrire à jean.dupont+presse@journal.fr, …x@y.org, (a-b@c.d.ca) ou mailto:a@b.co."
    found = [text[start:end] for start, end, kind in addresses(text) if kind == "mail"]
    assert found == ["jean.dupont+presse@journal.fr", "x@y.org", "a-b@c.d.ca", "mailto:a@b.co"]
