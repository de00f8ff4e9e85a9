from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Bitext, InputError
from aligner.readers.articles import is_bitext, read_bitext, read_presegmented

TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="EN-gb">
<seg>The <bpt i="1">&lt;b&gt;</bpt>bridge<ept i="1">&lt;/b&gt;</ept> opens.</seg></tuv>
<tuv xml:lang="fr"><seg>Le pont
ouvre. Il est beau.</seg></tuv></tu>
<tu><tuv lang="fr-CA"><seg>Seul.</seg></tuv><tuv lang="de"><seg>Allein.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nichts.</seg></tuv></tu>
</body></tmx>"""


def rows(bitext: Bitext) -> list[tuple[str, str]]:
    return [("|".join(s.text for s in fr), "|".join(s.text for s in en)) for fr, en in bitext.rows]


def test_tsv(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes('id\ten\tfr\n1\t"Yes.\tOui. Non.\n2\t\tSeul.\n3\tLate.\n'.replace("\n", "\r\n").encode())
    bitext = read_bitext(str(path))
    assert (bitext.fr.path, bitext.en.path) == (f"{path}#fr", f"{path}#en")
    assert (bitext.fr.text, bitext.en.text) == ("Oui. Non.\nSeul.\n", '"Yes.\n\nLate.')
    assert rows(bitext) == [("Oui. Non.", '"Yes.'), ("Seul.", ""), ("", "Late.")]
    assert [segment.paragraph for segment in bitext.en.segments] == [0, 2]
    for side in (bitext.fr, bitext.en):
        assert all(segment.text == side.text[segment.start : segment.end] for segment in side.segments)


def test_tmx_leaves_out_codes_and_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX, encoding="utf-8")
    assert rows(read_bitext(str(path))) == [
        ("Le pont ouvre. Il est beau.", "The bridge opens."),
        ("Seul.", ""),
    ]


def test_what_is_bitext(tmp_path: Path) -> None:
    for name, head, expected in (
        ("a.tsv", "fr\ten\n", True),
        ("b.tsv", "id\ttext\n", False),
        ("c.tsv", "", False),
        ("d.tmx", "", True),
        ("e.csv", "fr,en\n", False),
    ):
        (tmp_path / name).write_text(head, encoding="utf-8")
        assert is_bitext(str(tmp_path / name)) is expected
    assert not is_bitext(str(tmp_path / "nowhere.tsv"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.tmx", "<tmx><body><tu>", "broken XML"),
        ("a.tmx", "<tmx/>", "no aligned row"),
        ("a.tsv", "fr\ten\n", "no aligned row"),
        ("a.tsv", "fr\tde\n", "no columns fr and en"),
        ("a.tsv", "fr\ten\tfr\nOui.\tYes.\tNon.\n", "two columns are named fr"),
        (
            "a.tsv",
            "fr\ten\nOui.\tYes.\nLe pont\test fermé.\tThe bridge is closed.\n",
            "line 3 has 3 cells for 2",
        ),
    ],
)
def test_bad_bitext_says_why(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_bitext(str(tmp_path / name))


def test_presegmented_keeps_every_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Un. Deux.\r\n\r\nPar Anne Roux\n  IA\u2028x\n".encode())
    article = read_presegmented(str(path), "fr")
    assert [segment.text for segment in article.segments] == ["Un. Deux.", "", "Par Anne Roux", "  IA\u2028x"]
    assert {segment.role for segment in article.segments} == {"body"}
    assert all(segment.text == article.text[segment.start : segment.end] for segment in article.segments)


def test_presegmented_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert read_presegmented(str(tmp_path / "a.txt"), "en").segments == ()
    with pytest.raises(InputError, match="cannot be read"):
        read_presegmented(str(tmp_path / "nowhere.txt"), "en")


def test_tmx_with_a_default_namespace(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4" xmlns="http://www.lisa.org/tmx14"><header/><body><tu>'
        '<tuv xml:lang="FR-fr"><seg>Le <bpt i="1">b</bpt>pont</seg></tuv>'
        '<tuv xml:lang="en"><seg>The bridge</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    bitext = read_bitext(str(path))
    assert (bitext.fr.text, bitext.en.text) == ("Le pont", "The bridge")


def test_cells_that_are_missing_or_blank_are_empty_sides(tmp_path: Path) -> None:
    """Programs cut blanks at the ends of lines; a side that is not there is found by the checks."""
    (tmp_path / "a.tsv").write_text("fr\ten\nOui.\tYes.\t \t\nNon.\n\tNo.\n", encoding="utf-8")
    bitext = read_bitext(str(tmp_path / "a.tsv"))
    assert (bitext.fr.text, bitext.en.text) == ("Oui.\nNon.\n", "Yes.\n\nNo.")
