"""Bad documents of word processors and files of translation tools: cut, locked, swelling, sly."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from tests.torture.cases import FRENCH, Case, Fate, file, packed

MIB = 2**20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
LAUGHS = '<!DOCTYPE t [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
OUTSIDE = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
NETWORK = '<!DOCTYPE t SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'
ENDLESS = '<!DOCTYPE t [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'
WIDE = " ".join(f"a{i}='1'" for i in range(20_000))
PROSE = "".join(f"{line}\n" for line in FRENCH.splitlines() if line)


def archive(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack the parts of a document."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name), data, method)
    return sink.getvalue()


def word(inside: str, head: str = "", **parts: str) -> bytes:
    """Make a .docx of what is inside its body; ``parts`` are styles and notes."""
    document = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{inside}</w:body></w:document>'
    )
    others = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{WORD}">{text}</w:{name}>' for name, text in parts.items()
    }
    return archive({"word/document.xml": document} | others)


def paragraphs(text: str = PROSE) -> str:
    """Write paragraphs of a .docx."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def opened(inside: str, head: str = "") -> bytes:
    """Make an .odt of what is inside its text."""
    return archive(
        {
            "content.xml": f'<?xml version="1.0"?>{head}<o:document-content xmlns:o="{OPEN}:office:1.0" '
            f'xmlns:t="{OPEN}:text:1.0"><o:body><o:text>{inside}</o:text></o:body></o:document-content>'
        }
    )


def lines(text: str = PROSE) -> str:
    """Write paragraphs of an .odt."""
    return "".join(f"<t:p>{line}</t:p>" for line in text.splitlines())


def bomb(part: str) -> bytes:
    """Make a document that is small only while it is packed."""
    return archive({part: b" " * (90 * MIB)})


def locked(data: bytes) -> bytes:
    """Set the mark of encryption on every part."""
    made = bytearray(data)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def method(data: bytes, number: int) -> bytes:
    """Say of every part that it is packed by another method."""
    made = bytearray(data)
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        at = made.find(mark)
        while at >= 0:
            made[at + place : at + place + 2] = struct.pack("<H", number)
            at = made.find(mark, at + 4)
    return bytes(made)


def wrong_sum(data: bytes) -> bytes:
    """Give every part another checksum."""
    made = bytearray(data)
    for mark, place in ((b"PK\3\4", 14), (b"PK\1\2", 16)):
        at = made.find(mark)
        while at >= 0:
            made[at + place] ^= 0xFF
            at = made.find(mark, at + 4)
    return bytes(made)


def doubled(name: str, data: bytes | str) -> bytes:
    """Pack a part twice under one name."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo(name), data)
        made.filelist[0].filename = "other"
        made.NameToInfo.clear()
        made.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


def nested(tag: str, depth: int, inside: str) -> str:
    """Put something into an element that is in itself."""
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


def documents() -> list[Case]:
    """Documents of word processors."""
    itself = '<w:footnoteReference w:id="1"/>'
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>Voir.</w:t>{itself}</w:r></w:p></w:footnote>'
    told = f"{paragraphs()}<w:p><w:r>{itself}</w:r></w:p>"
    kinds: dict[str, tuple[bytes, Callable[[str, str], bytes], str]] = {
        "docx": (word(paragraphs()), lambda inside, head: word(inside, head), paragraphs()),
        "odt": (opened(lines()), lambda inside, head: opened(inside, head), lines()),
    }
    cases: list[Case] = []
    for kind, (whole, make, text) in kinds.items():
        part = "word/document.xml" if kind == "docx" else "content.xml"
        refused: dict[str, bytes] = {
            **{f"cut-{n}": whole[: len(whole) * n // 9] for n in range(9)},
            "no-parts": archive({}),
            "other-parts": archive({"word/other.xml": "<a/>", "../../taken.xml": "<a/>"}),
            "locked": locked(whole),
            "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            **{f"method-{n}": method(whole, n) for n in (1, 9, 12, 14, 93, 99, 65535)},
            "wrong-sum": wrong_sum(whole),
            "text": PROSE.encode(),
            "gzip": b"\x1f\x8b\x08\0",
            "rar": b"Rar!\x1a\x07\0" + b"\0" * 90,
            "zeros": b"\0" * 5_000,
            "only-the-end": b"PK\5\6" + b"\0" * 18,
            "sly-end": b"PK\5\6" + b"\xff" * 18,
            "empty-part": archive({part: ""}),
            "no-xml": archive({part: PROSE}),
            "broken-xml": archive({part: "<w:document><w:body>"}),
            "nul-xml": archive({part: "<a>\0</a>"}),
            "html": archive({part: "<!doctype html><p>Le maire"}),
            "other-root": archive({part: '<?xml version="1.0"?><svg/>'}),
            "unknown-encoding": archive({part: b'<?xml version="1.0" encoding="klingon"?><a/>'}),
            "folder": archive({f"{part}/": ""}),
            "no-paragraph": make("", ""),
            "laughs": make("&a11;", LAUGHS + "]>"),
            "endless": make("&a;", ENDLESS),
            "outside-only": make("&x;", OUTSIDE),
        }
        cases += [file(f"{kind}/{name}.{kind}", data, "skipped") for name, data in refused.items()]
        whole_cases: dict[str, tuple[bytes, Fate]] = {
            "outside": (make(text + "&x;", OUTSIDE), "either"),
            "network": (make(text, NETWORK), "either"),
            "doubled": (doubled(part, make_part(whole, part)), "either"),
            "stored": (archive({part: make_part(whole, part)}, zipfile.ZIP_STORED), "read"),
            "sly-names": (
                archive(
                    {part: make_part(whole, part), "../../taken": "x", "/etc/taken": "x", "a\\..\\b": "x"}
                ),
                "read",
            ),
            "comments": (make(text + "<!-- a -->" * 5_000, ""), "read"),
            "instructions": (make(text + "<?a b?>" * 5_000, ""), "read"),
            "in-front": (b"MZ" + b"\0" * 200 + whole, "either"),
            "comment-to-nowhere": (whole[:-2] + b"\xff\xff", "either"),
            "behind": (whole + b"\0" * 50, "either"),
        }
        cases += [file(f"{kind}/{name}.{kind}", data, fate) for name, (data, fate) in whole_cases.items()]
        cases += [
            file(f"{kind}/bomb.{kind}", partial(bomb, part), "skipped"),
            file(
                f"{kind}/bomb-of-text.{kind}",
                partial(make, "<w:p>" + "a " * 10**5 + "</w:p>", "<!--" + " " * (40 * MIB) + "-->"),
                "skipped",
            ),
            packed(f"{kind}/packed.{kind}.gz", whole, "read"),
            packed(f"{kind}/packed-cut.{kind}.gz", whole[:50], "skipped"),
        ]
    deep = nested("w:sdt", 20_000, paragraphs("Le maire."))
    cases += [
        file("docx/itself.docx", word(told, footnotes=note), "either"),
        file("docx/notes-without-end.docx", word(told, footnotes="<w:footnote"), "either"),
        file("docx/styles-of-another.docx", word(paragraphs(), styles="<w:style/><x/>"), "either"),
        file("docx/deep.docx", word(paragraphs() + deep), "either"),
        file("docx/deep-below.docx", word(paragraphs() + nested("w:sdt", 200, paragraphs("a"))), "either"),
        file("docx/boxes.docx", word(paragraphs() + nested("w:txbxContent", 120, paragraphs("a"))), "either"),
        file("docx/cells.docx", word("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 20_000 + "</w:tbl>"), "skipped"),
        file("odt/deep.odt", opened(lines() + nested("t:section", 20_000, lines("a"))), "either"),
        file("odt/notes.odt", opened(lines() + nested("t:note", 120, "<t:note-body/>")), "either"),
        file("odt/blanks.odt", opened(lines() + '<t:p><t:s t:c="999999999999"/>a</t:p>'), "read"),
        file(
            "odt/blanks-of-words.odt", opened(lines() + '<t:p><t:s t:c="٣"/><t:s t:c="-1"/>a</t:p>'), "read"
        ),
        file("book.xlsx", archive({"xl/workbook.xml": "<workbook/>"}), "skipped"),
        file("slides.pptx", b"PK\3\4", "skipped"),
        file("template.dotx", word(paragraphs()), "skipped"),
    ]
    return cases


def make_part(whole: bytes, part: str) -> bytes:
    """Return a part of a package."""
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        return held.read(part)


def xliff(body: str, source: str = "fr", target: str = "en", head: str = "") -> str:
    """Write an XLIFF file of version 1.2."""
    return (
        f'<?xml version="1.0"?>{head}<xliff version="1.2"><file source-language="{source}" '
        f'target-language="{target}"><body>{body}</body></file></xliff>'
    )


def unit(fr: str, en: str = "The mayor is happy with it.") -> str:
    """Write one unit of it."""
    return f'<trans-unit id="1"><source>{fr}</source><target>{en}</target></trans-unit>'


def translations() -> list[Case]:
    """Files of translation tools: an error takes the file, not the run."""
    good = unit("Le maire en est content.")
    refused: dict[str, str | bytes] = {
        "empty.xlf": "",
        "cut.xlf": xliff(good)[:-30],
        "other-root.xlf": "<tmx/>",
        "no-file.xlf": '<xliff version="1.2"/>',
        "german.xlf": xliff(good, "de", "fr"),
        "same-language.xlf": xliff(good, "fr", "fr"),
        "no-language.xlf": xliff(good, "", ""),
        "laughs.xlf": xliff(unit("&a11;"), head=LAUGHS + "]>"),
        "endless.xlf": xliff(unit("&a;"), head=ENDLESS),
        "deep.xlf": xliff(nested("g", 100_000, "a")),
        "nul.xlf": xliff(unit("a\0b")),
        "text.xlf": PROSE,
        "binary.xlf": bytes(range(256)) * 9,
        "unknown-encoding.xlf": b'<?xml version="1.0" encoding="klingon"?><xliff/>',
        "empty-units.xlf": xliff(unit("", "") * 9),
        "untranslatable.xlf": xliff(good.replace('id="1"', 'id="1" translate="no"')),
        "no-marks.sdlxliff": xliff("<trans-unit><seg-source><mrk/></seg-source></trans-unit>"),
        "version-3.xliff": '<xliff version="3.0" srcLang="fr" trgLang="en"><file/></xliff>',
        "empty.po": "",
        "no-entry.po": "# only a comment\n",
        "open-string.po": 'msgid "a\nmsgstr "b"\n',
        "no-field.po": '"a"\n',
        "spanish.po": 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "The mayor."\nmsgstr "El alcalde."\n',
        "text.po": PROSE,
        "binary.po": b"\0\1\2" * 900,
        "picture.po": b"\x89PNG\r\n\x1a\n" + b"\0" * 90,
        "huge-number.po": 'msgid "a"\nmsgstr[99999999999999999999] "b"\n',
    }
    entry = 'msgid "The mayor is happy with it."\nmsgstr "Le maire en est content."\n\n'
    whole: dict[str, str | bytes] = {
        "outside.xlf": xliff(unit("Le maire &x; en est content."), head=OUTSIDE),
        "network.xlf": xliff(good, head=NETWORK),
        "include.xlf": xliff(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>' + good
        ),
        "deep-below.xlf": xliff(unit(nested("g", 200, "Le maire en est content."))),
        "characters.xlf": xliff(
            unit(
                "Le maire "
                + "".join(f'<cp hex="{c}"/>' for c in ("0", "d800", "dfff", "110000", "-1", "x", ""))
                + "est là."
            )
        ),
        "same-marks.sdlxliff": xliff(
            '<trans-unit id="1"><seg-source>'
            + '<mrk mtype="seg" mid="1">Le maire en est content.</mrk>' * 9
            + '</seg-source><target><mrk mtype="seg" mid="2">The mayor is happy.</mrk></target></trans-unit>'
        ),
        "no-target.xlf": xliff(
            "<trans-unit id='1'><source>Le maire en est content.</source></trans-unit>" * 3
        ),
        "two-files.xlf": xliff(good).replace("</file>", '</file><file source-language="de"/>'),
        "utf-16.xlf": xliff(good).replace('"1.0"', '"1.0" encoding="utf-16"', 1).encode("utf-16"),
        "attributes.xlf": xliff(good + f"<x {WIDE}/>"),
        "steering.xlf": xliff(unit("::error::x &#x202e; ##[error]y Le maire en est content.")),
        "same-ids.xlf": xliff(good * 300),
        "octal.po": entry + 'msgid "The \\777\\x00\\0 mayor is here."\nmsgstr "Le \\8 maire est là\\q."\n',
        "doubled.po": entry * 300,
        "no-translation.po": 'msgid "The mayor is happy with it."\nmsgstr ""\n\n' * 3,
        "plural.po": 'msgid "The mayor."\nmsgid_plural "The mayors."\nmsgstr[7] "Les maires."\n',
        "obsolete.po": entry + '#~ msgid "a\n#~ msgstr b\n',
        "returns.po": entry.replace("\n", "\r\n"),
        "marked.po": b"\xef\xbb\xbf" + entry.encode(),
        "utf-16.po": entry.encode("utf-16"),
        "said-latin-1.po": (
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=klingon\\n"\n\n' + entry
        ).encode(),
    }
    cases = [file(f"translated/{name}", data, "skipped") for name, data in refused.items()]
    cases += [file(f"translated/{name}", data, "either", None) for name, data in whole.items()]
    cases += [
        file("translated/long.xlf", lambda: xliff(unit("a " * (5 * MIB))), "skipped"),
        file("translated/long.po", lambda: f'msgid "{"a " * (5 * MIB)}"\nmsgstr "b"\n', "skipped"),
        file("translated/many.po", lambda: entry * 20_000, "either", None),
        packed("translated/bomb.xlf.gz", lambda: b"<xliff>" + b" " * (100 * MIB), "skipped"),
        packed("translated/packed.po.gz", entry.encode(), "either", None),
    ]
    return cases
