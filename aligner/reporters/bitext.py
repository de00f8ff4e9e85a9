"""Aligned text for other tools: translation units as TMX 1.4, TSV or a Moses pair of files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from aligner.model import Alignment
from aligner.report.reader import Report
from aligner.report.records import BeadRow, bead_rows
from aligner.text.visible import flat
from aligner.version import version

# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


class Unit(NamedTuple):
    """Two texts that match, one line each; ``similarity`` is 0..1, ``pair`` their articles."""

    fr: str
    en: str
    similarity: float
    pair: str


def units(alignment: Alignment) -> Iterator[Unit]:
    """Yield the beads of one alignment that have both sides, in order."""
    return _units(bead_rows(alignment))


def kept_units(
    report: Report,
    *,
    min_score: float = 0.0,
    exclude: Collection[str] = (),
    kinds: Collection[str] = (),
) -> Iterator[Unit]:
    """Yield the beads of a whole report that are good enough to keep, pair by pair, in order.

    A bead goes when its similarity is below ``min_score``, or when a finding that counts is in it
    whose code begins with an entry of ``exclude``. ``kinds`` keeps only pairs of these kinds.
    """
    for pair in report.pairs():
        if kinds and pair.kind not in kinds:
            continue
        marked: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for path, side in ((pair.fr_path, "fr"), (pair.en_path, "en")) if exclude else ():
            for f in report.findings(path):
                if f.counts and f.pair in (None, pair.key) and f.code.startswith(tuple(exclude)):
                    marked[side].append((f.start, f.end))
        for bead in report.beads(pair.key):
            if bead.similarity >= min_score and not _is_marked(bead, marked):
                yield from _units([bead])


def _is_marked(bead: BeadRow, marked: dict[str, list[tuple[int, int]]]) -> bool:
    sides = (("fr", bead.fr_start, bead.fr_end), ("en", bead.en_start, bead.en_end))
    return any(
        start < (high or 0) and max(end, start + 1) > (low or 0)
        for side, low, high in sides
        for start, end in marked.get(side, ())
    )


def _units(beads: Iterable[BeadRow]) -> Iterator[Unit]:
    for bead in beads:
        if bead.fr and bead.en:
            yield Unit(flat(bead.fr_text), flat(bead.en_text), bead.similarity, bead.pair)


def moses(parallel: Iterable[Unit]) -> tuple[str, str]:
    """Return the French and the English file, line by line the same units."""
    units = list(parallel)
    return "".join(f"{unit.fr}\n" for unit in units), "".join(f"{unit.en}\n" for unit in units)


def tsv(parallel: Iterable[Unit]) -> Iterator[str]:
    """Yield lines ``fr TAB en TAB similarity TAB pair`` after a header; nothing is ever quoted."""
    yield "fr\ten\tsimilarity\tpair\n"
    for unit in parallel:
        yield f"{unit.fr}\t{unit.en}\t{unit.similarity:.4f}\t{flat(unit.pair)}\n"


def tmx(parallel: Iterable[Unit]) -> Iterator[str]:
    """Yield a TMX 1.4 document in UTF-8, part by part.

    ``srclang`` is ``*all*``: nobody says which side was translated from which. Characters that XML
    cannot hold are left out.
    """
    header = ElementTree.Element(
        "header",
        {
            "creationtool": "aligner",
            "creationtoolversion": version(),
            "segtype": "block",
            "o-tmf": "aligner",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
        },
    )
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n{_xml(header)}\n<body>\n'
    for unit in parallel:
        yield _xml(_tmx_unit(unit)) + "\n"
    yield "</body>\n</tmx>\n"


def _tmx_unit(unit: Unit) -> ElementTree.Element:
    element = ElementTree.Element("tu")
    for kind, value in (("x-pair", unit.pair), ("x-similarity", f"{unit.similarity:.4f}")):
        ElementTree.SubElement(element, "prop", {"type": kind}).text = xml_text(value)
    for language, text in (("fr", unit.fr), ("en", unit.en)):
        variant = ElementTree.SubElement(element, "tuv", {"xml:lang": language})
        ElementTree.SubElement(variant, "seg").text = xml_text(text)
    return element


def _xml(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")
