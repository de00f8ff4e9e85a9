"""The fault of an article in every form that articles come in: the gate sees it, or says that it cannot."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests.cli.articles import GLUED
from tests.torture.further import FR, RULES, Further, writes
from tests.torture.offices import archive, opened, word

CHECK = ("check", "articles", *RULES)
FAULT = "Elle était fermée depuis la découverte de fissures dans troisde ses piles, dit la mairie."
"""A sentence with the fault."""
HEAD, _, REST = GLUED.partition("\n\n")
SEEN, UNREAD, EITHER = (1,), (2,), (1, 2)


def everything() -> Iterator[Further]:
    """All of them."""
    for family in (encodings, tables, lines, pages, documents, memories, translations, catalogues, parquet):
        for name, content, codes in family():
            yield Further(f"form: {name}", CHECK, alone(name.split(" ")[0].rstrip(","), content), codes)


def alone(name: str, content: str | bytes) -> Callable[[Path], object]:
    """Write the faulty article in another form, in place of the file that it was in."""

    def make(folder: Path) -> None:
        (folder / FR).unlink()
        writes(f"articles/{name}", content)(folder)

    return make


Forms = Iterator[tuple[str, str | bytes, tuple[int, ...]]]


def encodings() -> Forms:
    """Encodings, line ends, names and packings of plain text."""
    for name in ("utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1", "iso8859-15"):
        yield f"a.txt in {name}", GLUED.replace("’", "'").encode(name, "replace"), SEEN
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "mac-roman", "cp850", "utf-7", "cp500"):
        yield f"a.txt in {name}, no mark", GLUED.encode(name, "replace"), EITHER
    ends = {"CR": "\r", "CRLF": "\r\n", "VT": "\v", "FF": "\f", "NEL": "\x85", "LS": "\u2028", "PS": "\u2029"}
    for name, end in ends.items():
        yield f"a.txt with {name}", GLUED.replace("\n", end).encode(), SEEN
    yield "a.txt in one line", GLUED.replace("\n", " "), SEEN
    yield "a.txt with zero bytes", GLUED.replace("\n\n", "\n\0\n"), EITHER
    yield "a.txt behind blanks", " " * 100_000 + GLUED, SEEN
    yield "a.txt behind marks", "\ufeff" * 3 + GLUED, SEEN
    yield "a.txt with soft hyphens", GLUED.replace("troisde", "trois\u00adde"), (*EITHER, 0)
    for name in (
        "A.TXT",
        "a.text",
        "a.fr.txt",
        "a.MarkDown",
        "a.md",
        "été.txt",
        "e\u0301te\u0301.txt",
        "🐻.txt",
    ):
        yield name, GLUED, SEEN
    packed = gzip.compress(GLUED.encode())
    yield "a.txt.gz", packed, SEEN
    yield "a.TXT.GZ in capitals", packed, SEEN
    yield (
        "a.txt.gz of two parts",
        gzip.compress(GLUED[:300].encode()) + gzip.compress(GLUED[300:].encode()),
        SEEN,
    )
    yield "a.txt.gz with zero bytes behind", packed + b"\0" * 64, SEEN


def rows(*texts: str) -> list[dict[str, str]]:
    """Rows with ids."""
    return [{"id": f"n{number}", "text": text} for number, text in enumerate(texts)]


def lines() -> Forms:
    """JSON lines, as programs write them and as people do."""

    def dumped(records: list[dict[str, str]], **options: bool) -> str:
        return "".join(f"{json.dumps(record, **options)}\n" for record in records)  # type: ignore[arg-type]

    good = GLUED.replace("troisde", "trois de")
    faulty = rows(GLUED)
    yield "a.jsonl", dumped(faulty), SEEN
    yield "a.ndjson", dumped(faulty, ensure_ascii=False), SEEN
    yield "a.jsonl with a mark", "\ufeff" + dumped(faulty), SEEN
    yield "a.jsonl in UTF-16", dumped(faulty).encode("utf-16"), EITHER
    yield "a.jsonl with CRLF", dumped(faulty).replace("\n", "\r\n"), SEEN
    yield "a.jsonl without end", dumped(faulty).rstrip("\n"), SEEN
    yield "a.jsonl behind empty lines", "\n \n\t\n" + dumped(faulty), SEEN
    yield "a.jsonl.gz", gzip.compress(dumped(faulty).encode()), SEEN
    yield "a.jsonl with an id twice", dumped([*rows(good), *rows(GLUED)]), UNREAD
    yield (
        "a.jsonl with an id as number and text",
        f'{{"id": 1, "text": {json.dumps(good)}}}\n{{"id": "1", "text": {json.dumps(GLUED)}}}\n',
        UNREAD,
    )
    yield (
        "a.jsonl with an id of a row",
        f'{{"id": "2", "text": {json.dumps(good)}}}\n{{"text": {json.dumps(GLUED)}}}\n',
        UNREAD,
    )
    yield "a.jsonl with text twice", f'{{"text": {json.dumps(good)}, "text": {json.dumps(GLUED)}}}', EITHER
    yield (
        "a.jsonl with text twice, the fault first",
        (f'{{"text": {json.dumps(GLUED)}, "text": {json.dumps(good)}}}'),
        (1, 2, 0),
    )
    yield "a.jsonl with TEXT", f'{{"TEXT": {json.dumps(GLUED)}}}', EITHER
    yield "a.jsonl over lines", json.dumps(faulty[0], indent=1), UNREAD
    yield "a.jsonl as a list", json.dumps(faulty), UNREAD
    yield "a.jsonl side by side", json.dumps(rows(good)[0]) + json.dumps({"text": GLUED}), UNREAD
    yield "a.jsonl with a comma", dumped(faulty).replace("}\n", "},\n"), UNREAD
    yield "a.jsonl in a list", json.dumps({"text": [GLUED]}), UNREAD
    yield "a.jsonl with a body", json.dumps({"body": GLUED}), UNREAD
    yield "a.jsonl with a sequence mark", "\x1e" + dumped(faulty), EITHER
    yield "a.jsonl with LS", dumped(faulty, ensure_ascii=False).replace("\\n", "\u2028"), SEEN
    yield "a.jsonl with half a surrogate", dumped(faulty).replace("troisde", "troisde \\ud83d"), SEEN
    yield "a.jsonl with a zero", dumped(faulty).replace("troisde", "troisde \\u0000"), EITHER
    yield "a.jsonl said to be English", json.dumps({"text": GLUED, "lang": "en"}), SEEN
    yield "a.jsonl said to be German", json.dumps({"text": GLUED, "lang": "de"}), SEEN


def tables() -> Forms:
    """Comma and tab separated tables in their dialects."""
    text = " ".join(GLUED.split()).replace('"', "")
    good = text.replace("troisde", "trois de")
    yield "a.csv", f'id,text\n1,"{text}"\n', SEEN
    yield "a.csv with semicolons", f'id;text\n1;"{text}"\n', SEEN
    yield "a.csv with a mark and semicolons", f'\ufeffid;text\n1;"{text}"\n', SEEN
    yield "a.csv with tabs", f"id\ttext\n1\t{text}\n", EITHER
    yield "a.csv with bars", f"id|text\n1|{text}\n", EITHER
    yield "a.csv with a line for Excel", f'sep=;\nid;text\n1;"{text}"\n', EITHER
    yield "a.csv with CR", f'id,text\r1,"{text}"\r', EITHER
    yield "a.csv with CRLF", f'id,text\r\n1,"{text}"\r\n', SEEN
    yield "a.csv in UTF-16", f'id,text\n1,"{text}"\n'.encode("utf-16"), EITHER
    yield "a.csv in cp1252", f'id,text\n1,"{text}"\n'.encode("cp1252"), SEEN
    yield "a.csv in apostrophes", f"id,text\n1,'{text}'\n", EITHER
    yield "a.csv with backslashes", f'id,text\n1,"\\"{text}\\""\n', EITHER
    yield "a.csv without names", f'1,"{text}"\n', UNREAD
    yield "a.csv behind a title", f'Articles of May\n\nid,text\n1,"{text}"\n', UNREAD
    yield "a.csv with text twice", f'text,text\n"{good}","{text}"\n', UNREAD
    yield "a.csv with an id twice", f'id,text\n1,"{good}"\n1,"{text}"\n', UNREAD
    yield "a.csv with ids that blanks tell apart", f'id,text\n1,"{good}"\n 1 ,"{text}"\n', EITHER
    yield "a.csv with names in quotes", f'"id","Text "\n1,"{text}"\n', SEEN
    yield "a.csv with a quote open", f'id,text\n1,"{good}"\n2,"{text}\n', UNREAD
    yield "a.csv with an unquoted comma", f"id,text\n1,{text}\n", UNREAD
    yield "a.csv with a wide row", f'id,text\n1,"{text}",x,y,z\n', UNREAD
    yield "a.csv with a row of empty cells", f'id,text\n1,"{text}",,,\n', SEEN
    yield "a.csv with a short row", f'id,text\n1,"{good}"\n"{text}"\n', UNREAD
    yield "a.csv with zero bytes", f'id,text\n1,"{good}"\n2,"\0{text}"\n', EITHER
    yield "a.csv of one column", f'text\n"{text}"\n', SEEN
    yield "a.tsv", f"id\ttext\n1\t{text}\n", SEEN
    yield "a.tsv in quotes", f'id\ttext\n1\t"{text}"\n', SEEN
    yield "a.tsv with commas", f'id,text\n1,"{text}"\n', UNREAD
    yield "a.tab", f"id\ttext\n1\t{text}\n", EITHER
    row = f"{FAULT}\tIt had been closed since cracks were found in three of its piers, says the town hall.\n"
    yield "a.tsv of rows", f"fr\ten\n{row}", SEEN
    yield "a.tsv of rows, a mark", f"\ufefffr\ten\n{row}", SEEN
    yield "a.tsv of rows, CRLF", f"fr\ten\r\n{row}".replace("\n", "\r\n"), SEEN
    yield "a.tsv of rows, capitals", f"FR\tEN\n{row}", EITHER
    yield "a.tsv of rows, more columns", f"n\tfr\ten\tscore\n1\t{row.strip()}\t.9\n", EITHER
    yield "a.tsv of rows, names of languages", f"fr-FR\ten-GB\n{row}", EITHER
    yield "a.tsv of rows, no names", row, EITHER
    yield "a.tsv of rows, the other way", "en\tfr\n" + "\t".join(reversed(row.strip().split("\t"))), EITHER
    yield "a.tsv of rows, a quote", f'fr\ten\n"{row}', SEEN
    yield "a.tsv.gz", gzip.compress(f"fr\ten\n{row}".encode()), SEEN


def pages() -> Forms:
    """Web pages in which the fault is in each place that a reader sees, and in some that nobody does."""

    def page(inside: str, head: str = "") -> str:
        return (
            f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(HEAD)}</title>{head}'
            f"</head><body><article><h1>{escape(HEAD)}</h1>{inside}</article></body></html>"
        )

    good = "".join(f"<p>{escape(part)}</p>" for part in REST.replace("troisde", "trois de").split("\n\n"))
    seen = {
        "in a paragraph": f"<p>{FAULT}</p>",
        "in a block": f"<div>{FAULT}</div>",
        "in a section": f"<section><div><p>{FAULT}</p></div></section>",
        "in a quotation": f"<blockquote><p>{FAULT}</p></blockquote>",
        "in a list": f"<ul><li>{FAULT}</li><li>La gare est ouverte.</li></ul>",
        "in a subtitle": f"<h2>{FAULT}</h2><p>La gare est ouverte depuis samedi.</p>",
        "in letters of others": f"<p>{FAULT.replace('troisde', '&#116;rois<!-- -->de')}</p>",
        "in emphasis": f"<p>{FAULT.replace('troisde', '<b>trois</b><i>de</i>')}</p>",
        "in a link": f"<p>{FAULT.replace('troisde', '<a href=x>troisde</a>')}</p>",
        "behind breaks": f"La gare est ouverte.<br><br>{FAULT}<br>",
        "in a paragraph that nothing closes": f"<p>{FAULT}",
        "in capitals": f"<P>{FAULT}</P>",
        "in XHTML": f'<p xmlns="http://www.w3.org/1999/xhtml">{FAULT}</p>',
    }
    for name, inside in seen.items():
        yield f"a.html, {name}", page(good + inside), SEEN
    either = {
        "in a table": f"<table><tr><td>{FAULT}</td></tr></table>",
        "below a picture": f"<figure><img src=x><figcaption>{FAULT}</figcaption></figure>",
        "in an aside": f"<aside><p>{FAULT}</p></aside>",
        "in details": f"<details><summary>Voir</summary><p>{FAULT}</p></details>",
        "without a script": f"<noscript><p>{FAULT}</p></noscript>",
        "hidden": f'<p style="display:none">{FAULT}</p>',
        "in a template": f"<template><p>{FAULT}</p></template>",
        "in a comment": f"<!-- <p>{FAULT}</p> -->",
    }
    for name, inside in either.items():
        yield f"a.html, {name}", page(good + inside), (0, 1, 2)
    whole = page(good + seen["in a paragraph"])
    yield "a.htm", whole, SEEN
    yield "a.html in UTF-16", whole.encode("utf-16"), SEEN
    yield (
        "a.html in latin-1, said",
        (whole.replace("utf-8", "iso-8859-1").encode("latin-1", "xmlcharrefreplace")),
        SEEN,
    )
    yield "a.html in latin-1, said to be UTF-8", whole.encode("latin-1", "xmlcharrefreplace"), SEEN
    yield "a.html behind a declaration", f'<?xml version="1.0" encoding="utf-8"?>\n{whole}', SEEN
    yield "a.html of frames", page("<iframe srcdoc='<p>Rien.</p>'></iframe>" + good + f"<p>{FAULT}</p>"), SEEN
    for depth in (200, 260, 3_000):
        deep = "<div>" * depth + f"<p>{FAULT}</p>" + "</div>" * depth
        yield f"a.html, {depth} deep", page(good + deep), SEEN if depth == 200 else UNREAD
    for tag in ("b", "span", "ul><li", "blockquote"):
        deep = f"<{tag}>" * 400 + FAULT
        yield f"a.html, deep in {tag}", page(good + deep), EITHER
    ours = "<!-- aligner: ignore EXT101 it is quoted -->"
    yield "a.html, waived", page(good + seen["in a paragraph"] + ours), (0,)
    yield "a.html, waived in an attribute", page(good + f'<p title="{ours}">{FAULT}</p>'), SEEN
    yield "a.html, waived in a script", page(good + f"<script>'{ours}'</script><p>{FAULT}</p>"), SEEN
    yield "a.html, waived in letters", page(good + f"<p>{FAULT} {escape(ours)}</p>"), SEEN
    yield "a.html, waived in raw text", page(good + f"<textarea>{ours}</textarea><p>{FAULT}</p>"), SEEN
    yield "a.md, waived", f"{GLUED}\n\n{ours}\n", (0,)
    yield "a.md, waived in code", f"{GLUED}\n\n```html\n{ours}\n```\n", SEEN
    yield "a.md, waived in a line of code", f"{GLUED}\n\nWrite `{ours}` there.\n", SEEN
    yield "a.md, waived for another", f"{GLUED}\n\n<!-- aligner: ignore EXT102 no -->\n", SEEN
    yield "a.md, waived without reason", f"{GLUED}\n\n<!-- aligner: ignore EXT101 -->\n", SEEN
    yield "a.txt, waived", f"{GLUED}\n\n{ours}\n", SEEN


def paragraph(text: str) -> str:
    """Write a paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def documents() -> Forms:
    """Documents of word processors in which the fault is in each place."""
    good = "".join(map(paragraph, f"{HEAD}\n{REST}".replace("troisde", "trois de").split("\n")))
    run = f"<w:r><w:t>{FAULT}</w:t></w:r>"
    split = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (FAULT[:66], FAULT[66:70], FAULT[70:]))
    seen = {
        "in a paragraph": paragraph(FAULT),
        "in runs": f"<w:p>{split}</w:p>",
        "in a table": f"<w:tbl><w:tr><w:tc>{paragraph(FAULT)}</w:tc></w:tr></w:tbl>",
        "in a table in a table": "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>"
        f"{paragraph(FAULT)}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "inserted": f"<w:p><w:ins w:id='1'>{run}</w:ins></w:p>",
        "moved here": f"<w:p><w:moveTo w:id='1'>{run}</w:moveTo></w:p>",
        "in a field": f"<w:p><w:fldSimple w:instr='x'>{run}</w:fldSimple></w:p>",
        "in a link": f"<w:p><w:hyperlink>{run}</w:hyperlink></w:p>",
        "in a control": f"<w:sdt><w:sdtContent>{paragraph(FAULT)}</w:sdtContent></w:sdt>",
        "in a control of a line": f"<w:p><w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt></w:p>",
        "in a smart tag": f"<w:p><w:smartTag>{run}</w:smartTag></w:p>",
        "in custom XML": f"<w:p><w:customXml>{run}</w:customXml></w:p>",
        "in custom XML of a block": f"<w:customXml>{paragraph(FAULT)}</w:customXml>",
        "behind a direction": f"<w:p><w:bdo w:val='ltr'>{run}</w:bdo></w:p>",
    }
    for name, inside in seen.items():
        yield f"a.docx, {name}", word(good + inside), SEEN
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(FAULT)}</w:txbxContent></w:pict></w:r></w:p>"
    yield "a.docx, in a box", word(good + box), (0, 1, 2)
    yield (
        "a.docx, deleted",
        word(good + f"<w:p><w:del w:id='1'><w:r><w:delText>{FAULT}</w:delText></w:r></w:del></w:p>"),
        (0,),
    )
    yield "a.docx, moved away", word(good + f"<w:p><w:moveFrom w:id='1'>{run}</w:moveFrom></w:p>"), (0,)
    yield (
        "a.docx, in a note",
        word(
            good + "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
            footnotes=f"<w:footnote w:id='2'>{paragraph(FAULT)}</w:footnote>",
        ),
        (0, 1),
    )
    yield "a.docm", word(good + paragraph(FAULT)), SEEN
    yield "a.DOCX", word(good + paragraph(FAULT)), SEEN
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    yield (
        "a.docx of ISO",
        archive(
            {
                "word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{good}{paragraph(FAULT)}'
                "</w:body></w:document>"
            }
        ),
        EITHER,
    )
    moved = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document2.xml"/></Relationships>',
        "word/document2.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        f'main"><w:body>{good}{paragraph(FAULT)}</w:body></w:document>',
    }
    yield "a.docx whose text has another name", archive(moved), EITHER
    text = "".join(f"<t:p>{escape(line)}</t:p>" for line in f"{HEAD}\n{REST}".split("\n"))
    clean = text.replace("troisde", "trois de")
    inside = f"<t:p>{FAULT}</t:p>"
    for name, held in {
        "in a paragraph": inside,
        "in a section": f"<t:section>{inside}</t:section>",
        "in a list": f"<t:list><t:list-item>{inside}</t:list-item></t:list>",
        "in spans": f"<t:p>{FAULT[:66]}<t:span>{FAULT[66:70]}</t:span><t:span>{FAULT[70:]}</t:span></t:p>",
        "in a heading": f"<t:h>{FAULT}</t:h>",
        "in a link": f"<t:p><t:a>{FAULT}</t:a></t:p>",
        "in an index": f"<t:table-of-content><t:index-body>{inside}</t:index-body></t:table-of-content>",
    }.items():
        yield f"a.odt, {name}", opened(clean + held), SEEN if "index" not in name else (0, 1, 2)


def unit(text: str = FAULT, other: str = "It had been closed since cracks were found.") -> str:
    """A unit of a translation memory."""
    return f'<tu><tuv xml:lang="fr"><seg>{text}</seg></tuv><tuv xml:lang="en"><seg>{other}</seg></tuv></tu>'


def memories() -> Forms:
    """Translation memories as other programs write them."""

    def memory(body: str, head: str = "") -> str:
        return f'{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'

    yield "a.tmx", memory(unit()), SEEN
    yield "a.tmx in UTF-16", memory(unit(), '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"), SEEN
    yield (
        "a.tmx in latin-1",
        memory(unit(), '<?xml version="1.0" encoding="ISO-8859-1"?>').encode("latin-1"),
        SEEN,
    )
    for name, codes in {
        "countries": ("fr-FR", "en-GB"),
        "lines": ("fr_FR", "en_US"),
        "capitals": ("FR", "EN"),
        "three letters": ("fra", "eng"),
        "words": ("French", "English"),
    }.items():
        body = unit().replace('"fr"', f'"{codes[0]}"').replace('"en"', f'"{codes[1]}"')
        yield f"a.tmx with {name}", memory(body), SEEN if name in ("countries", "capitals") else EITHER
    yield "a.tmx of old", memory(unit().replace("xml:lang", "lang")), EITHER
    prefixed = memory(unit()).replace("<", "<t:").replace("<t:/", "</t:")
    yield (
        "a.tmx with a prefix",
        prefixed.replace("<t:tmx", '<t:tmx xmlns:t="http://www.lisa.org/tmx14"'),
        EITHER,
    )
    yield (
        "a.tmx in a namespace",
        memory(unit()).replace("<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"'),
        SEEN,
    )
    yield "a.tmx with CDATA", memory(unit(f"<![CDATA[{FAULT}]]>")), SEEN
    yield (
        "a.tmx with marks inside",
        memory(
            unit(FAULT.replace("troisde", "<bpt i='1'>&lt;b&gt;</bpt>troisde<ept i='1'>&lt;/b&gt;</ept>"))
        ),
        SEEN,
    )
    yield "a.tmx with a part inside", memory(unit(FAULT.replace("troisde", "<hi>troisde</hi>"))), SEEN
    yield (
        "a.tmx with a doctype",
        memory(unit(), '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
        SEEN,
    )
    three = unit().replace("</tu>", '<tuv xml:lang="de"><seg>Sie war geschlossen.</seg></tuv></tu>')
    yield "a.tmx with a third language", memory(three), SEEN
    twice = unit("Elle est ouverte.").replace("</tu>", f'<tuv xml:lang="fr"><seg>{FAULT}</seg></tuv></tu>')
    yield "a.tmx with French twice", memory(twice), EITHER
    yield "a.tmx of one side", memory(f'<tu><tuv xml:lang="fr"><seg>{FAULT}</seg></tuv></tu>'), EITHER
    yield "a.tmx.gz", gzip.compress(memory(unit()).encode()), SEEN
    yield (
        "a.tmx with properties",
        memory(unit().replace("<tuv", "<prop type='x'>y</prop><note>z</note><tuv", 1)),
        SEEN,
    )


def translations() -> Forms:
    """XLIFF of all kinds."""
    english = "It had been closed since cracks were found."

    def one(units: str, file: str = 'source-language="en" target-language="fr"') -> str:
        return (
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
            f"<file {file}><body>{units}</body></file></xliff>"
        )

    plain = f"<trans-unit id='1'><source>{english}</source><target>{FAULT}</target></trans-unit>"
    good = FAULT.replace("troisde", "trois de")
    yield "a.xlf", one(plain), SEEN
    yield "a.xliff in groups", one(f"<group><group>{plain}</group></group>"), SEEN
    yield (
        "a.xlf the other way",
        one(
            plain.replace("source", "x").replace("target", "source").replace("x>", "target>"),
            'source-language="fr" target-language="en"',
        ),
        SEEN,
    )
    yield "a.xlf with countries", one(plain, 'source-language="en-US" target-language="fr-CA"'), SEEN
    yield "a.xlf without a language", one(plain, 'source-language="en"'), EITHER
    yield (
        "a.xlf with a prefix",
        one(plain).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        SEEN,
    )
    yield (
        "a.xlf without a namespace",
        one(plain).replace(' xmlns="urn:oasis:names:tc:xliff:document:1.2"', ""),
        SEEN,
    )
    marked = f"<target><mrk mtype='seg' mid='1'>{FAULT}</mrk></target>"
    segmented = (
        f"<trans-unit id='1'><source>{english}</source><seg-source><mrk mtype='seg' mid='1'>{english}"
        f"</mrk></seg-source>{marked}</trans-unit>"
    )
    yield (
        "a.xlf with segments",
        one(segmented),
        SEEN,
    )
    yield "a.xlf with tags", one(plain.replace("troisde", "<g id='1'>trois</g><g id='2'>de</g>")), SEEN
    yield (
        "a.xlf with a comment of a reviewer",
        one(plain.replace("troisde", "<mrk mtype='x-c'>troisde</mrk>")),
        SEEN,
    )
    yield (
        "a.xlf with another translation",
        one(
            plain.replace(FAULT, good).replace(
                "</trans-unit>", f"<alt-trans><target>{FAULT}</target></alt-trans></trans-unit>"
            )
        ),
        (0,),
    )
    yield "a.xlf not to be translated", one(plain.replace("id='1'", "id='1' translate='no'")), (0, 1, 2)
    yield (
        "a.xlf in two files",
        one(plain.replace(FAULT, good)).replace(
            "</xliff>", f'<file source-language="en" target-language="fr"><body>{plain}</body></file></xliff>'
        ),
        SEEN,
    )
    yield (
        "a.xlf in a file of another language",
        one(plain.replace(FAULT, good)).replace(
            "</xliff>", f'<file source-language="en" target-language="de"><body>{plain}</body></file></xliff>'
        ),
        (*EITHER, 0),
    )
    two = (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="fr">'
        '<file id="f">{}</file></xliff>'
    )
    segment = f"<segment><source>{english}</source><target>{FAULT}</target></segment>"
    yield "b.xlf 2.0", two.format(f"<unit id='u'>{segment}</unit>"), SEEN
    yield "b.xlf 2.1", two.format(f"<unit id='u'>{segment}</unit>").replace("2.0", "2.1", 1), EITHER
    yield "b.xlf 2.0 in groups", two.format(f"<group id='g'><unit id='u'>{segment}</unit></group>"), SEEN
    yield (
        "b.xlf 2.0 with tags",
        two.format(
            "<unit id='u'>"
            + segment.replace("troisde", "<pc id='1'>trois</pc><pc id='2'>de</pc>")
            + "</unit>"
        ),
        SEEN,
    )
    yield (
        "b.xlf 2.0 with what is left out",
        two.format(
            f"<unit id='u'><ignorable><source> </source><target>{FAULT}</target></ignorable>{segment}</unit>"
        ),
        EITHER,
    )
    yield (
        "a.sdlxliff",
        one(segmented),
        SEEN,
    )
    yield "a.mqxliff", one(plain), SEEN


def catalogues() -> Forms:
    """Message catalogues."""
    head = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = f'msgid "It had been closed since cracks were found in three of its piers."\nmsgstr "{FAULT}"\n'
    yield "fr.po", head + entry, SEEN
    yield "fr.po with a mark", "\ufeff" + head + entry, SEEN
    yield "fr.po with CRLF", (head + entry).replace("\n", "\r\n"), SEEN
    yield "fr.po in latin-1", (head.replace("UTF-8", "ISO-8859-1") + entry).encode("latin-1"), SEEN
    yield "fr.po over lines", head + entry.replace("trois", 'tro"\n"is'), SEEN
    yield "fr.po with a context", head + 'msgctxt "a"\n' + entry, SEEN
    yield "fr.po, not sure", head + "#, fuzzy\n" + entry, (0, 1, 2)
    yield "fr.po, given up", head + "".join(f"#~ {line}\n" for line in entry.splitlines()), (*EITHER, 0)
    yield (
        "fr.po of plurals",
        head
        + entry.replace("msgstr", 'msgid_plural "They had been closed."\nmsgstr[0]')
        + f'msgstr[1] "{FAULT}"\n',
        SEEN,
    )
    yield "fr.po without a head", entry, EITHER
    yield "fr.po without blank lines", head + 'msgid "Yes."\nmsgstr "Oui."\n' + entry, EITHER
    yield "messages.pot", head + entry, EITHER


def parquet() -> Forms:
    """Parquet tables of all types and packings."""
    import pyarrow as arrow
    from pyarrow import parquet as format_

    def table(column: object, **options: str) -> bytes:
        sink = io.BytesIO()
        format_.write_table(arrow.table({"text": column}), sink, **options)
        return sink.getvalue()

    yield "a.parquet", table([GLUED]), SEEN
    yield "a.parquet, large", table(arrow.array([GLUED], arrow.large_string())), SEEN
    yield "a.parquet of bytes", table([GLUED.encode()]), EITHER
    yield "a.parquet of a dictionary", table(arrow.array([GLUED] * 2).dictionary_encode()), SEEN
    yield "a.parquet in a view", table(arrow.array([GLUED], arrow.string_view())), EITHER
    yield "a.parquet in a struct", table([{"text": GLUED}]), UNREAD
    yield "a.parquet in a list", table([[GLUED]]), UNREAD
    for name in ("gzip", "brotli", "lz4", "zstd", "none"):
        yield f"a.parquet packed, {name}", table([GLUED], compression=name), SEEN
    yield "a.PARQUET", table([GLUED]), SEEN
    yield "a.parquet behind nothing", table([None, GLUED]), UNREAD
