"""Bad texts: encodings, characters that steer or weigh, words and lines without end, no article at all."""

from __future__ import annotations

import codecs
import struct
import zlib

from tests.torture.cases import ENGLISH, FRENCH, Case, file, story

MIB = 2**20
PIECES = {
    "letters": "a",
    "two-cases": "Ab",
    "digits": "1",
    "scores": "1 ",
    "amounts": "1,234.5 ",
    "percent": "1 % ",
    "euros": "€ 1 ",
    "hours": "12h30 ",
    "numerals": "deux cent ",
    "millions": "millions de ",
    "years": "2020-",
    "guillemets": "« ",
    "quotes": '"',
    "apostrophes": "l'",
    "brackets": "(",
    "closers": ")",
    "stops": ". ",
    "dots": ".",
    "dashes": "— ",
    "hyphens": "a-",
    "initials": "A. ",
    "capitals": "ABC ",
    "commas": "a,b ",
    "accents": "e\u0301",
    "marks": "\u0301",
    "zero-width": "\u200b",
    "joiners": "👩\u200d",
    "overrides": "\u202e",
    "no-break": "\u00a0",
    "emoji": "🦊",
    "mathematical": "\U0001d400",
    "replacement": "\ufffd",
    "mojibake": "Ã©",
    "marks-of-order": "\ufeff",
    "separators": "\u2028",
    "form-feeds": "\x0c a",
    "tabs": "\t",
    "returns": "\r",
    "hashes": "# ",
    "stars": "*",
    "underlines": "_",
    "less-than": "<",
    "open-tags": "<a ",
    "paragraphs": "<p",
    "ampersands": "&",
    "entities": "&nbsp;",
    "fences": "```\n",
    "tildes": "~~~\n",
    "links": "[a](",
    "pictures": "![",
    "addresses": "http://",
    "handles": "@a ",
    "comments": "<!-- -->",
    "pipes": "|",
    "matter": "---\n",
    "glued": "troisde ",
    "capital-glue": "reportAs ",
    "same-word": "le le ",
    "same-sentence": "Le maire est là. ",
    "widgets": "Partager\n",
    "see-also": "Lire aussi : a\n",
    "lines": "a\n",
    "backslashes": "\\",
    "ellipses": "… ",
}
"""What is repeated to 40 kB inside an article, each a run that some pattern might read again and again."""
RUN = 40_000


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def encodings() -> list[Case]:
    """The article in every encoding that a newsroom may send, whole, cut and mixed."""
    cases: list[Case] = []
    for name in (
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "cp1252",
        "iso8859-15",
    ):
        cases.append(file(f"{name}.txt", FRENCH.encode(name), "read"))
    for name in ("utf-32-le", "utf-32-be", "mac-roman", "cp850", "utf-7", "cp037", "cp1140"):
        cases.append(file(f"{name}.txt", FRENCH.replace("€", "E").encode(name, "replace")))
    japanese = "駅前の新しい図書館が土曜日に開館した。市長は子どもたちに来てほしいと話した。\n" * 8
    for name in ("shift-jis", "euc-jp", "iso2022-jp", "utf-16", "utf-8"):
        cases.append(file(f"japanese-{name}.txt", japanese.encode(name), "skipped"))
    for name, mark in (
        ("8", codecs.BOM_UTF8),
        ("16-le", codecs.BOM_UTF16_LE),
        ("16-be", codecs.BOM_UTF16_BE),
        ("32-le", codecs.BOM_UTF32_LE),
        ("32-be", codecs.BOM_UTF32_BE),
    ):
        cases.append(file(f"only-the-mark-{name}.txt", mark, "skipped"))
        cases.append(file(f"mark-and-half-a-letter-{name}.txt", mark + b"\xd8", "skipped"))
    whole = FRENCH.encode()
    return [
        *cases,
        file("two-marks.txt", codecs.BOM_UTF8 * 2 + whole, "read"),
        file("wrong-mark.txt", codecs.BOM_UTF16_LE + whole, "skipped"),
        file("mark-in-the-middle.txt", whole[:100] + codecs.BOM_UTF8 + whole[100:]),
        file("odd-utf-16.txt", FRENCH.encode("utf-16")[:-1], "read"),
        file("cut-letter.txt", whole.rstrip() + b"\xc3", "read"),
        file("cut-emoji.txt", whole + b"\xf0\x9f\xa6", "read"),
        file("mixed.txt", whole + ENGLISH.encode("utf-16-le")),
        file("mixed-8-bit.txt", whole + FRENCH.encode("cp1252")),
        file("twice-encoded.txt", whole.decode("cp1252", "replace").encode(), "read"),
        file("overlong.txt", b"\xc0\xaf\xe0\x80\xaf " + whole),
        file("coded-surrogates.txt", b"\xed\xa0\xbd\xed\xb8\x80 " + whole),
        file("beyond-unicode.txt", b"\xf5\x80\x80\x80 \xff\xfe\xff " + whole),
        file(
            "utf-16-lone-surrogate.txt",
            codecs.BOM_UTF16_LE + b"\x3d\xd8" + FRENCH.encode("utf-16-le"),
            "read",
        ),
        file("utf-32-too-high.txt", codecs.BOM_UTF32_LE + b"\xff\xff\xff\x7f" + FRENCH.encode("utf-32-le")),
    ]


def no_articles() -> list[Case]:
    """Files named like articles that hold none."""
    german = (
        "Die Stadt eröffnet heute eine neue Brücke über den Fluss. Der Bürgermeister ist sehr zufrieden.\n"
        * 5
    )
    russian = "Сегодня в городе открылся новый мост через реку. Мэр очень доволен этим событием.\n" * 5
    arabic = "افتتحت المدينة اليوم جسرا جديدا فوق النهر، وقال رئيس البلدية إنه سعيد جدا.\n" * 5
    cases: list[tuple[str, bytes | str]] = [
        ("empty", b""),
        ("space", b" \n\t\r\n "),
        ("one-line-end", b"\n"),
        ("no-break-space", "\u00a0\n" * 50),
        ("zero-width-only", "\u200b\u200d\ufeff" * 50),
        ("nul", b"\0"),
        ("nuls", b"\0" * 5000),
        ("png", png()),
        ("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256))),
        ("gif", b"GIF89a" + b"\1\0" * 90),
        ("exe", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + bytes(range(256)) * 20),
        ("elf", b"\x7fELF\2\1\1" + b"\0" * 99),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
        ("zip", b"PK\3\4\x14\0\0\0" + b"\0" * 90),
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99),
        ("sqlite", b"SQLite format 3\0" + b"\x10\0" * 90),
        ("every-byte", bytes(range(256)) * 40),
        ("controls", bytes(range(1, 9)) * 200),
        ("escape-sequences", b"\x1b[2J\x1b]0;taken\x07" * 200),
        ("german", german),
        ("russian", russian),
        ("arabic", arabic),
        ("numbers", "12 34 56,7\n" * 90),
        ("punctuation", "… — « » ! ? ; : ,\n" * 90),
        ("emoji", "🦊👩🏽\u200d🚒\n" * 90),
    ]
    made = [file(f"{name}.txt", content) for name, content in cases]
    return [
        *made,
        file("only-widgets.txt", "Partager\nFacebook\nTwitter\nLire aussi : La halle\nPhoto : AFP\n" * 9),
        file("only-front-matter.md", "---\ntitle: La halle\n---\n"),
        file("front-matter-without-end.md", "---\ntitle: La halle rouvre ses portes\n" * 2000),
        file("only-code.md", "```\nLe maire a dit que la halle est là.\n```\n"),
        file("only-a-comment.md", "<!-- Le maire a dit que la halle est là. -->"),
        file("one-word.txt", "Halle"),
        file("one-letter.txt", "a"),
        file("title-only.txt", "La halle de Brévigny rouvre après l'incendie"),
    ]


def characters() -> list[Case]:
    """An article with what steers a terminal, a page or a table, and runs of every kind."""
    hostile = {
        "script": '<script>document.title="taken"</script><img src=x onerror="document.title=1">',
        "style": "<style>*{display:none}</style></style></script><!--",
        "template": "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} %s %(a)s {0} {a.__class__}",
        "formula": '=HYPERLINK("http://example.invalid";"a") +1 -1 @SUM(A1)',
        "terminal": "\x1b[2J\x1b]0;taken\x07\x1b[31m",
        "workflow": "::error::taken\n##[error]taken\n::set-output name=a::b",
        "direction": "\u202e\u2066\u2067\u2069 שלום العالم \u202c",
        "surrogate": "\ud83d",
        "nul": "a\0b",
        "zalgo": "e" + "\u0301\u0302\u0303" * 3000,
        "json": '"}],"a":[{"\\u0000',
        "ignore-comment": "<!-- aligner: ignore ALL -->",
    }
    cases = [file(f"hostile-{name}.md", story(text)) for name, text in hostile.items()]
    for name, piece in PIECES.items():
        run = piece * (RUN // len(piece.encode()))
        cases.append(file(f"run-{name}.txt", story(run)))
    return cases


def sizes() -> list[Case]:
    """Texts that are too long, each just above a limit or far above it."""
    prose = "Le maire de la ville a dit que la halle du marché est belle et que tous sont contents. "
    return [
        file("word-of-10-mb.txt", lambda: FRENCH.encode() + b"a" * (10 * MIB), "skipped"),
        file("word-of-4-mb.txt", lambda: FRENCH.encode() + b"a" * (4 * MIB)),
        file("line-of-40-mb.txt", lambda: b"mot " * (10 * MIB), "skipped"),
        file("lines-of-one-letter.txt", lambda: b"a\n" * (2 * MIB), "skipped"),
        file("sentences-without-end.txt", lambda: b"Il a dit non. " * 60_000, "skipped"),
        file("title-of-200-kb.md", lambda: b"# " + prose.encode() * 2000 + b"\n\n" + FRENCH.encode()),
        file("paragraph-of-100-kb.txt", lambda: FRENCH.encode() + prose.encode() * 1000, "read"),
        file("quoted-without-end.md", lambda: b"> " * 200_000 + FRENCH.encode()),
    ]
