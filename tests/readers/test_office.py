"""Documents of word processors, written by the libraries that people write them with, and by hand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aligner.model import Document, Skipped
from aligner.readers.articles import read_data
from aligner.readers.office import MAX_XML_BYTES
from tests.reading import read_articles

docx = pytest.importorskip("docx", reason="python-docx is not installed")
odfdo = pytest.importorskip("odfdo", reason="odfdo is not installed")

TITLE = "Le musée rouvre ses portes"
FIRST = "Le musée a rouvert samedi après deux ans de travaux. Des centaines de visiteurs attendaient."
SECOND = "La directrice a remercié les artisans de la région."
COMMON = (
    TITLE,
    FIRST,
    "Des travaux longs",
    "Une nouvelle aile de pierre.",
    "Un jardin ouvert à tous.",
    "Entrée du musée",
    "Neuf euros par adulte",
)
"""The paragraphs, items and cells that both documents begin with."""


def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(FIRST)
    document.add_heading("Des travaux longs", level=2)
    document.add_paragraph("Une nouvelle aile de pierre.", style="List Bullet")
    document.add_paragraph("Un jardin ouvert à tous.", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Entrée du musée"
    table.cell(0, 1).text = "Neuf euros par adulte"
    document.sections[0].header.paragraphs[0].text = "Journal du dimanche"
    document.add_paragraph(SECOND)
    path = tmp_path / "article.docx"
    document.save(str(path))
    return path


def test_a_word_document_as_its_library_writes_it(tmp_path: Path) -> None:
    (article,) = read_articles([str(word(tmp_path))])
    assert isinstance(article, Document)
    assert (article.language, article.title) == ("fr", TITLE)
    assert article.text.split("\n\n") == [
        *COMMON,
        SECOND,
    ]
    assert [s.role for s in article.segments][:2] == ["title", "body"]
    assert all(article.text[s.start : s.end] == s.text for s in article.segments)


def test_an_opendocument_text_as_its_library_writes_it(tmp_path: Path) -> None:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Paragraph(TITLE, style="Title"))
    first = odfdo.Paragraph(FIRST)
    first.insert_note(after="samedi", note_id="n1", citation="1", body="Le premier jour de mai.")
    body.append(first)
    body.append(odfdo.Header(2, "Des travaux longs"))
    body.append(odfdo.List(["Une nouvelle aile de pierre.", "Un jardin ouvert à tous."]))
    table = odfdo.Table("prices", width=2, height=1)
    table.set_value((0, 0), "Entrée du musée")
    table.set_value((1, 0), "Neuf euros par adulte")
    body.append(table)
    body.append(odfdo.Paragraph("La directrice  a remercié\tles artisans\nde la région."))
    path = tmp_path / "article.odt"
    document.save(str(path))
    (article,) = read_articles([str(path)])
    assert isinstance(article, Document)
    assert article.title == TITLE
    assert article.text.split("\n\n") == [
        *COMMON,
        "La directrice  a remercié les artisans\nde la région.",
        "Le premier jour de mai.",
    ]


W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def made_by_hand(body: str, notes: str = "") -> str:
    data = packed(
        word__document=f"<w:document {W}><w:body>{body}</w:body></w:document>",
        word__footnotes=f"<w:footnotes {W}>{notes}</w:footnotes>",
    )
    article = read_data("hand.docx", data)
    assert isinstance(article, Document), article
    return article.text


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


LEAD = f"<w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ('<w:ins w:id="1"><w:r><w:t>Il a </w:t></w:r></w:ins><w:r><w:t>plu.</w:t></w:r>', "Il a plu."),
        (f"<w:del><w:r><w:delText>Non.</w:delText></w:r></w:del>{run('Oui.')}", "Oui."),
        (f"<w:moveFrom>{run('Non.')}</w:moveFrom><w:moveTo>{run('Oui.')}</w:moveTo>", "Oui."),
        (f"<w:hyperlink>{run('Le site')}</w:hyperlink>{run(' ouvre.')}", "Le site ouvre."),
        ("<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Douze.</w:t></w:r>", "Douze."),
        ("<w:r><w:t>peut</w:t><w:noBreakHyphen/><w:t>être</w:t><w:softHyphen/></w:r>", "peut\u2011être"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Caché.</w:t></w:r><w:r><w:t>Visible.</w:t></w:r>", "Visible."),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Visible.</w:t></w:r>', "Visible."),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Un champ.')}</w:sdtContent></w:sdt>", "Un champ."),
        ("<w:r><w:t>Un vers,</w:t><w:br/><w:t>un autre.</w:t></w:r>", "Un vers,\nun autre."),
    ],
)
def test_runs_of_a_word_document(runs: str, expected: str) -> None:
    assert made_by_hand(f"{LEAD}<w:p>{runs}</w:p>").split("\n\n") == [SECOND, expected]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    drawn = f"<mc:Choice><w:drawing>{box.format('Encadré.')}</w:drawing></mc:Choice>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box.format('Encadré.')}</v:textbox></w:pict></mc:Fallback>"
    only_old = f"<mc:Choice/>{old.replace('Encadré', 'Ancien')}"
    runs = "".join(
        f"<w:r><mc:AlternateContent>{ways}</mc:AlternateContent></w:r>" for ways in (drawn + old, only_old)
    )
    text = made_by_hand(f"<w:p><w:r><w:t>Avant la boîte.</w:t></w:r>{runs}</w:p>{LEAD}")
    assert text.split("\n\n") == ["Avant la boîte.", "Encadré.", "Ancien.", SECOND]


def test_footnotes_stand_behind_the_article_in_the_order_of_their_marks() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = note.format(1, "La première note.") + note.format(2, "La seconde note.")
    notes += note.format(3, "Une note dont la marque fut effacée.")
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    gone = f"<w:del>{mark.format(3)}</w:del>"
    body = f"<w:p>{run('Le port')}{mark.format(2)}{gone}{run(' ferme.')}{mark.format(1)}</w:p>"
    assert made_by_hand(LEAD + body, notes).split("\n\n") == [
        SECOND,
        "Le port ferme.",
        "La seconde note.",
        "La première note.",
    ]


def test_a_deleted_end_of_paragraph_and_a_deleted_row() -> None:
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Le port </w:t></w:r></w:p>"
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:trPr><w:del/></w:trPr>', 'Effacé.')}{row.format('', 'Gardé.')}</w:tbl>"
    text = made_by_hand(f"{LEAD}{joined}<w:p><w:r><w:t>ferme.</w:t></w:r></w:p>{table}")
    assert text.split("\n\n") == [SECOND, "Le port ferme.", "Gardé."]


def test_the_parts_of_an_opendocument_text_that_are_no_article() -> None:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("number", "datastyle"),
        )
    )
    body = (
        "<text:tracked-changes><text:p>Effacé.</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Table.</text:p></text:table-of-content>"
        f"<text:p>{SECOND}<draw:frame><draw:text-box><text:p>Encadré.</text:p></draw:text-box></draw:frame></text:p>"
        "<text:p>Un<office:annotation><text:p>Vérifier.</text:p></office:annotation> port"
        "<text:s text:c='1'/> ferme.</text:p>"
    )
    data = packed(
        content=f"<office:document-content {names}><office:automatic-styles><number:text>x</number:text>"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    article = read_data("hand.odt", data)
    assert isinstance(article, Document), article
    assert article.text.split("\n\n") == [SECOND, "Encadré.", "Un port ferme."]


def huge(start: str, end: str) -> str:
    return start + "a" * (MAX_XML_BYTES + 1) + end


DEEP = "<a>" * 9999 + "</a>" * 9999
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 cut off", "not a document"),
        (b"Bonjour tout le monde, il fait beau.", "not a document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (packed(other="<a/>"), "no document"),
        (packed(word__document="<a>", content="<a>"), "broken XML"),
        (packed(word__document="<a/>", content="<a/>"), "no document"),
        (packed(word__document=huge("<a>", "</a>"), content=huge("<a>", "</a>")), "swells"),
        (packed(word__document=BOMB + "]><d>&j;</d>", content=BOMB + "]><d>&j;</d>"), ""),
        (packed(word__document=DEEP, content=DEEP), "broken XML"),
    ],
)
def test_a_bad_document_is_skipped_with_a_reason(suffix: str, data: bytes, reason: str) -> None:
    found = read_data(f"bad.{suffix}", data)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_a_document_with_damaged_data_is_skipped(tmp_path: Path) -> None:
    data = bytearray(word(tmp_path).read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        begin = archive.getinfo("word/document.xml").header_offset
    data[begin + 60 : begin + 400] = bytes(340)
    found = read_data("article.docx", bytes(data))
    assert isinstance(found, Skipped)
    assert "damaged" in found.reason
