"""Fuzzing of what is not an article: quantities in a text, settings, baselines, marks, lists of files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from aligner.gate.baseline import baseline_text, read_baseline
from aligner.gate.selection import listed
from aligner.model import InputError, Language
from aligner.quantities.compare import compare
from aligner.quantities.reader import read_quantities
from aligner.settings import load_settings
from aligner.settings.beads import read_beads
from aligner.settings.load import read_rows
from aligner.settings.review import read_review

QUANTITIES = [
    b"Le 14 juillet 1789, 3,1 millions d'euros pour 24 de ses 28 salles, +3,5 % ou 1 000 km/h.\n"
    b"On 14 July 1789, 3.1 million euros for 24 of its 28 rooms, +3.5% or 1,000 km/h.",
    "quatre-vingt-dix-neuf milliards, ½ à 20 h 30, −12 °C, XXIe siècle, 1er, n° 5, 10⁻³ m²\n"
    "ninety-nine billion, ½ at 8:30 p.m., -12 °C, 21st century, no. 5, twenty-odd, 5'10\"".encode(),
    b"12/03/04 2024-02-30 99:99 1e999 1.2.3.4 1 000 000,00 EUR 5-6 XIV VII 4x4 20k \xe2\x82\xac5bn\n"
    b"the 1990s, half a dozen, two thirds, 1.5m, $3 a day, three hundred thousand million",
]
SETTINGS = [
    b'select = ["EXT", "FLU4"]\nmin-confidence = 0.5\njobs = 2\nui = "fr"\nallow = ["a"]\ncache = false\n'
    b'[gate]\nfail-on = "minor"\ncauses = ["translation"]\nmax = {EXT101 = 0}\n[gate.max-per-1000-words]\n'
    b'FLU = 0.5\n[confidence]\nEXT101 = 0.5\n[read]\nignore = ["*.pdf"]\n[[suppress]]\npath = "a/*"\n'
    b'code = "EXT101"\nreason = "b"\n',
    b'encoder = "./x"\ndetector = "y"\nscheduler = "tcp://a:1"\npairs = "p.csv"\nterms = "t.csv"\n'
    b'beads = "b.jsonl"\nreview = "r.jsonl"\ntext-kind = "published"\nsuspicion = 0.6\ntitle = "x"\n',
]
KNOWN = {"path": "a.txt", "code": "EXT101", "excerpt": "troisde", "row": "1"}
BASELINES = [
    json.dumps({"schema": 2, "findings": [KNOWN, KNOWN | {"path": "b/../é.txt"}]}).encode(),
    json.dumps({"schema": 1, "findings": [{k: KNOWN[k] for k in ("path", "code", "excerpt")}]}).encode(),
]
REVIEWS = [
    b'{"kind": "finding", "fingerprint": "a", "verdict": "false", "code": "EXT101", "excerpt": "b"}\n'
    b'{"kind": "pair", "fr": "a", "en": "b", "verdict": "wrong"}\n'
    b'{"kind": "beads", "fr": "a", "en": "b", "beads": [{"fr": [0, 1], "en": [0]}, {"fr": [], "en": [1]}]}\n',
    b'{"pair": ["a", "b"], "fr": [0], "en": [0, 1]}\n{"pair": "a | b", "fr": [], "en": [2]}\n',
]
TABLES = [b"fr,en\na,b\n\xc3\xa9;c\n", "fr\ten\n«a»\tb\n".encode("utf-16"), b'\xef\xbb\xbffr;en\n"a;b";c\n']
LISTS = [
    b'a.txt\n"\\303\\251t\\303\\251.txt"\r\n./b/../c.txt  \n',
    b"a\0b.txt\0c",
    "é.txt\r\n".encode("utf-16"),
]
WORD = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr>'
    b'<w:pStyle w:val="Title"/></w:pPr><w:r><w:t>La halle rouvre</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p>'
    b"<w:r><w:t>Le maire</w:t><w:br/><w:tab/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    b"</w:tc></w:tr></w:tbl></w:body></w:document>"
)
OPEN = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h>La halle'
    b'</text:h><text:p>Le maire<text:s text:c="3"/>dit<text:note><text:note-body><text:p>oui</text:p>'
    b"</text:note-body></text:note></text:p></office:text></office:body></office:document-content>"
)
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
"""Where the text is in the packages of word processors."""


def packed(name: str, data: bytes) -> bytes:
    """A package of a word processor whose text is ``data``."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(PARTS[name]), data)
    return sink.getvalue()


def quantities(data: bytes) -> None:
    """Quantities are pieces of their text, in both languages, and two texts can be compared."""
    text = data.decode("utf-8", "surrogateescape")
    sides: tuple[Language, ...] = ("fr", "en")
    for language in sides:
        for month_first in (False, True):
            for quantity in read_quantities(text, language, month_first, month_first):
                assert 0 <= quantity.start < quantity.end <= len(text)
    half, _, rest = text.partition("\n")
    for found in compare(read_quantities(half, "fr"), read_quantities(rest, "en")):
        assert found.fr or found.en


def refused_or_read(path: Path, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """A file is read, or refused as bad input."""

    def run(data: bytes) -> None:
        path.write_bytes(data)
        try:
            read(path)
        except InputError:
            return

    return run


def _settings(path: Path) -> None:
    load_settings(str(path), {})


def _baseline(path: Path) -> None:
    baseline = read_baseline(path)
    baseline_text((), path)
    assert all(isinstance(entry.path, str) for entry in baseline.entries)


def target(name: str, folder: Path) -> Callable[[bytes], None] | None:
    """The function to call with bytes; None for a target that is not one of these."""
    if name == "quantities":
        return quantities
    readers: dict[str, tuple[str, Callable[[Path], object]]] = {
        "settings": ("aligner.toml", _settings),
        "baseline": ("known.json", _baseline),
        "review": ("review.jsonl", read_review),
        "beads": ("beads.jsonl", read_beads),
        "rows": ("pairs.csv", read_rows),
    }
    if name in readers:
        file, read = readers[name]
        return refused_or_read(folder / file, read)
    if name == "list":
        return refused_or_read(folder / "list", lambda path: listed(path.read_bytes()))
    return None


SEEDS: dict[str, list[bytes]] = {
    "quantities": QUANTITIES,
    "settings": SETTINGS,
    "baseline": BASELINES,
    "review": REVIEWS,
    "beads": REVIEWS,
    "rows": TABLES,
    "list": LISTS,
}
TARGETS = tuple(SEEDS)
