"""Documents, alignments and findings as bytes: how they are kept in the store and travel to workers.

JSON inside: a store that came with a corpus must not be able to run anything.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

from aligner.model import (
    LANGUAGES,
    Alignment,
    Bead,
    Document,
    DocumentPair,
    Evidence,
    Finding,
    InputError,
    Language,
    Segment,
    WordScore,
    WordTag,
)

LEVEL = 1  # of zlib: text halves, at a twentieth of the time that checking it takes
_SIZES = "<II"  # bytes of the beads and of the French findings; the English ones take the rest
EVIDENCE_KEPT = ("uncovered_fr", "uncovered_en")  # whatever else there is, the checks have seen by then
SCORE_FIELDS = tuple(field.name for field in fields(WordScore))
TAG_FIELDS = tuple(field.name for field in fields(WordTag))
FINDING_FIELDS = tuple(field.name for field in fields(Finding))


def pack(value: Any) -> bytes:
    """Pack any JSON value as bytes."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), LEVEL)


def unpack(data: bytes) -> Any:
    """Unpack bytes of ``pack``. Raises InputError for any other bytes."""
    with damage_reported():
        return json.loads(zlib.decompress(data))
    raise AssertionError  # not reached: the block returns or raises


@contextmanager
def damage_reported() -> Iterator[None]:
    """Turn errors about corrupt bytes into InputError with a remedy."""
    try:
        yield
    except (
        zlib.error,
        struct.error,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        raise InputError(f"what was kept is damaged ({error}); delete the cache folder") from error


def pack_document(document: Document) -> bytes:
    """Pack one article."""
    segments = [[s.start, s.end, s.paragraph, s.role, s.language] for s in document.segments]
    words = document.words and [[getattr(word, name) for name in SCORE_FIELDS] for word in document.words]
    tags = document.tags and [[getattr(tag, name) for name in TAG_FIELDS] for tag in document.tags]
    metadata = dict(document.metadata)
    return pack([document.path, document.language, document.text, segments, metadata, words, tags])


def unpack_document(data: bytes) -> Document:
    """Unpack the article of ``pack_document``."""
    with damage_reported():
        path, language, text, segments, metadata, words, tags = unpack(data)
        unpacked = tuple(Segment(text[start:end], start, end, *fields) for start, end, *fields in segments)
        scores = None if words is None else tuple(WordScore(*word) for word in words)
        tagged = None if tags is None else tuple(WordTag(*tag) for tag in tags)
        return Document(path, language, text, unpacked, metadata, scores, tagged)


def pack_findings(findings: Iterable[Finding]) -> bytes:
    """Pack findings, in order."""
    rows = [[getattr(finding, name) for name in FINDING_FIELDS] for finding in findings]
    return pack([FINDING_FIELDS, rows])


def unpack_findings(data: bytes) -> list[Finding]:
    """Unpack the findings of ``pack_findings``."""
    with damage_reported():
        names, rows = unpack(data)
        return [Finding(**dict(zip(names, row, strict=True))) for row in rows]


@dataclass(frozen=True, slots=True)
class PackedPair:
    """An alignment without its articles, and what was found in either of them by comparing them.

    Packed apart, since they are wanted apart.
    """

    beads: bytes
    findings: Mapping[Language, bytes]

    def to_bytes(self) -> bytes:
        """Return all of it, to be kept."""
        parts = [self.beads, *(self.findings[language] for language in LANGUAGES)]
        return struct.pack(_SIZES, *map(len, parts[:2])) + b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> PackedPair:
        """Take apart what was kept."""
        first = struct.calcsize(_SIZES)
        with damage_reported():
            beads, fr = struct.unpack_from(_SIZES, data)
        packed = data[first:]
        return cls(packed[:beads], {"fr": packed[beads : beads + fr], "en": packed[beads + fr :]})

    def alignment(self, pair: DocumentPair) -> Alignment:
        """Return the alignment of these articles; its kind is kept here, their score is not."""
        fr, en = pair.fr.aligned_segments, pair.en.aligned_segments
        beads, i, j = [], 0, 0
        with damage_reported():
            kind, rows, moved = unpack(self.beads)
            for n_fr, n_en, similarity, evidence in rows:
                stored_evidence = Evidence(**dict(zip(EVIDENCE_KEPT, _tuples(evidence), strict=True)))
                beads.append(Bead(fr[i : i + n_fr], en[j : j + n_en], similarity, stored_evidence))
                i, j = i + n_fr, j + n_en
        return Alignment(replace(pair, kind=kind), tuple(beads), _tuples(moved))


def pack_pair(alignment: Alignment, findings: Sequence[Finding]) -> PackedPair:
    """Pack an alignment, and what was found by comparing its sides."""
    rows = [
        [
            len(bead.fr),
            len(bead.en),
            bead.similarity,
            [getattr(bead.evidence, name) for name in EVIDENCE_KEPT],
        ]
        for bead in alignment.beads
    ]
    by_side = {side: pack_findings(f for f in findings if f.language == side) for side in LANGUAGES}
    return PackedPair(pack([alignment.pair.kind, rows, alignment.moved]), by_side)


def _tuples(value: Any) -> Any:
    """Convert lists, nested ones included, to tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
