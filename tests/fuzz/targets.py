"""What is fuzzed, and what must hold whatever the bytes are."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from aligner.checks.registry import select
from aligner.checks.run import check_document
from aligner.model import Alignment, Bead, Context, Document, DocumentPair, InputError, Skipped
from aligner.readers.articles import is_bitext, read_bitext
from aligner.reporters.html import pair_page
from aligner.text.structure import make_document
from tests.fuzz import values
from tests.reading import read_articles

READERS = (
    *("txt", "md", "html", "jsonl", "csv", "tsv", "tmx", "txt.gz", "jsonl.gz", "parquet"),
    *("docx", "odt", "docx.xml", "odt.xml", "xlf", "sdlxliff", "po"),
)
"""Formats; ``docx.xml`` is the text inside a package, which bytes of a package hardly ever reach."""
TARGETS = (*READERS, "report", *values.TARGETS)

FRENCH = "La halle rouvre\n\nLa halle a rouvert jeudi, dit le maire. Elle a coûté 3,1 millions d'euros."
ENGLISH = "The hall reopens\n\nThe hall reopened on Thursday, says the mayor. It cost 3.1 million euros."
ATTACK = "<script>alert(1)</script> <b onclick=x> [a](javascript:b) «\"'&lt;\0\u202e\ud83d"
OWN_TAGS = frozenset(
    "html head meta title style body a header nav p h1 h2 div span abbr bdi svg rect path main section ol li "
    "ul mark ins script button".split()
)
"""Tags that our own templates write on the page of a pair."""
SEEDS: dict[str, list[bytes]] = {
    "md": [f"---\ntitle: a\n---\n# {FRENCH}\n\n> a\n\n```\nb\n```\n<!-- c -->\n<p>d</p>\n![e](f)".encode()],
    "html": [f"<html><title>a</title><body><article>{'<p>' + FRENCH + '</p>'}</article></body>".encode()],
    "jsonl": [b'{"id": "a", "text": "' + FRENCH.replace("\n", " ").encode() + b'"}\n[1]\n{"text": 1}\n\n'],
    "csv": [f'id,text\na,"{FRENCH}"\nb;"c\n'.encode()],
    "tsv": [b"id\ttext\na\t" + FRENCH.replace("\n", " ").encode(), b"fr\ten\nOui, monsieur.\tYes, sir.\n"],
    "tmx": [
        b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "b">]><tmx><tu><tuv xml:lang="fr"><seg>O &a;<hi>c</hi>'
        b'</seg></tuv><tuv xml:lang="en"><seg>Yes</seg></tuv></tu></tmx>'
    ],
    "docx": [values.packed("docx", values.WORD), b"PK\x03\x04"],
    "odt": [values.packed("odt", values.OPEN)],
    "docx.xml": [values.WORD],
    "odt.xml": [values.OPEN],
    "xlf": [
        b'<xliff version="1.2"><file source-language="fr" target-language="en"><body><trans-unit id="1">'
        b"<source>Oui <g id='1'>monsieur</g>.</source><target>Yes, <x id='2'/>sir.</target></trans-unit>"
        b"</body></file></xliff>",
        b'<xliff version="2.0" srcLang="fr" trgLang="en"><file id="f"><unit id="u"><segment><source>Oui.'
        b"</source><target>Yes.</target></segment></unit></file></xliff>",
    ],
    "sdlxliff": [
        b'<xliff version="1.2"><file source-language="fr-FR" target-language="en-GB"><body>'
        b'<trans-unit id="1"><seg-source><mrk mtype="seg" mid="1">Oui.</mrk></seg-source><target>'
        b'<mrk mtype="seg" mid="1">Yes.</mrk></target></trans-unit></body></file></xliff>',
    ],
    "po": [
        b'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n#, fuzzy\n'
        b'msgid "The mayor\\t is \\"happy\\"."\nmsgstr "Le maire est content."\n\nmsgid "a"\nmsgid_plural '
        b'"b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    ],
    "report": [f"{ATTACK} {FRENCH}\n\n{ENGLISH}".encode("utf-8", "surrogatepass")],
}


def seeds(name: str) -> list[bytes]:
    """Well-formed input to begin with."""
    if found := SEEDS.get(name) or values.SEEDS.get(name):
        return found
    format_, _, packed = name.partition(".")
    if format_ == "parquet":
        return [b"PAR1" + b"\x15\x04" * 40 + b"PAR1", *_tables()]
    found = SEEDS.get(format_, [FRENCH.encode(), FRENCH.encode("utf-16"), FRENCH.encode("cp1252")])
    return [gzip.compress(seed) for seed in found] if packed else found


def _tables() -> Iterator[bytes]:
    """Small Parquet files, if there is something to write them with."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        return
    for compression in ("none", "snappy"):
        sink = io.BytesIO()
        table = arrow.table({"id": ["a", "b"], "text": ["Le maire est content.", "The mayor."]})
        parquet.write_table(table, sink, compression=compression, store_schema=False)
        yield sink.getvalue()


def target(name: str, folder: Path) -> Callable[[bytes], None]:
    """The function to call with bytes; it raises where something does not hold."""
    if name == "report":
        return show
    if other := values.target(name, folder):
        return other
    if name.endswith(".xml"):
        package = name.removesuffix(".xml")
        inside = folder / f"inside.{package}"
        return lambda data: read(inside, values.packed(package, data))
    path = folder / f"input-{name.partition('.')[0]}.{name}"
    return lambda data: read(path, data)


def read(path: Path, data: bytes) -> None:
    """Every input gives articles or reasons, and every segment is a piece of its article."""
    path.write_bytes(data)
    if is_bitext(str(path)):
        try:
            bitext = read_bitext(str(path))
        except InputError:
            return
        assert len(bitext.rows) >= 1
        require_valid([bitext.fr, bitext.en])
        return
    found = list(read_articles([str(path)]))
    # A row that is left out has its number for an id, which may be that of another row.
    read_ones = [item.path for item in found if isinstance(item, Document)]
    assert len(set(read_ones)) == len(read_ones)
    assert all(item.reason for item in found if isinstance(item, Skipped))
    require_valid(item for item in found if isinstance(item, Document))


def require_valid(documents: Iterable[Document]) -> None:
    for document in documents:
        end = 0
        for segment in document.segments:
            assert end <= segment.start < segment.end <= len(document.text)
            assert segment.text == document.text[segment.start : segment.end]
            end = segment.end


def show(data: bytes) -> None:
    """A page shows two articles, whatever they hold, in the tags of our own templates and no others."""
    text = data.decode("utf-8", "surrogateescape")
    half = len(text) // 2
    try:
        fr = make_document(text[:40] or "a", text[:half], {"format": "md", "title": text[-60:]}, "fr")
        en = make_document("b", text[half:], {"format": "txt"}, "en")
    except InputError:
        return
    # A text may tell the other language than its half is to stand for.
    fr, en = replace(fr, language="fr"), replace(en, language="en")
    findings = [finding for side in (fr, en) for finding in check_document(side, CHECKS, Context())]
    page = pair_page(alignment(fr, en), findings, "fr")
    page.encode("utf-8", "xmlcharrefreplace")
    require_ours(page)


CHECKS = [check for check in select((), ()) if check.scope == "article"]


def alignment(fr: Document, en: Document) -> Alignment:
    """Segments side by side as they come; what is left over is unaligned."""
    left, right = fr.aligned_segments, en.aligned_segments
    beads = [
        Bead(left[i : i + 1], right[i : i + 1], 0.5 if i < min(len(left), len(right)) else 0.0)
        for i in range(max(len(left), len(right)))
    ]
    return Alignment(DocumentPair(fr, en, 0.9, 0.1, "translation", 0), tuple(beads))


def require_ours(page: str) -> None:
    """No tag of an article, no handler, no address that runs: what an article holds is text."""
    seen = Tags()
    seen.feed(page)
    assert set(seen.tags) <= OWN_TAGS | {
        "details",
        "input",
        "kbd",
        "label",
        "summary",
        "circle",
        "line",
        "text",
        "dl",
        "dt",
        "dd",
        "table",
    }, set(seen.tags) - OWN_TAGS
    assert seen.tags.count("script") == 1
    for name, value in seen.attributes:
        assert not name.startswith("on"), name
        assert name not in ("href", "src") or (value or "").startswith("#"), value


class Tags(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
