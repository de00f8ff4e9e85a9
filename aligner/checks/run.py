"""Runs checks on articles, pairs and corpora, and stamps what they yield into findings."""

from __future__ import annotations

import hashlib
import logging
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from aligner.checks.causes import demote
from aligner.checks.measured import bounds, is_measured, is_trusted
from aligner.checks.text_kind import kind_of_article, kind_of_pair
from aligner.keys import pair_key
from aligner.model import (
    OTHER,
    Alignment,
    BeadView,
    Check,
    Context,
    CorpusView,
    Document,
    Finding,
    Hit,
    Language,
    Segment,
    Severity,
    Span,
    TextKind,
)
from aligner.text.masks import OPAQUE
from aligner.text.prose import Prose, alignment_as_read, as_read, prose_of

FINGERPRINT_LENGTH = 16
NO_NAMES: Mapping[str, str] = {}
ELLIPSIS = "[…]"
"""Shown in messages in the place of a link or a piece of code."""
MOST_HITS = 5_000
"""Hits of one check in one article or pair that are kept: a novel stays below, and more help nobody."""

logger = logging.getLogger(__name__)

Item = TypeVar("Item")

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SPACE = re.compile(r"\s+")


def check_document(
    document: Document, checks: Sequence[Check], context: Context, *, min_confidence: float = 0.0
) -> list[Finding]:
    """Run the article checks among ``checks`` on one article, findings in the order of the text."""
    place = _Place(document, context.text_kind or kind_of_article(document))
    prose = as_read(document)
    findings = [
        place.stamp(check, hit)
        for check in checks
        if check.scope == "article"
        for hit in _at_most(check, check.find(document if check.of_source else prose, context), document.path)
    ]
    return _finish(findings, context, min_confidence)


def check_alignment(
    alignment: Alignment, checks: Sequence[Check], context: Context, *, min_confidence: float = 0.0
) -> list[Finding]:
    """Run the bead and pair checks among ``checks`` on one pair, findings of both sides together."""
    kind = context.text_kind or kind_of_pair(alignment)
    places: _Places = {"fr": _Place(alignment.pair.fr, kind), "en": _Place(alignment.pair.en, kind)}
    key = pair_key(alignment.pair.fr.path, alignment.pair.en.path)
    source, prose = _views(alignment), _views(alignment_as_read(alignment))
    findings = [
        replace(_stamp_in_bead(places, check, hit, alignment, bead), pair=key)
        for check in checks
        for hit, bead in _at_most(
            check, _bilingual_hits(source if check.of_source else prose, check, context), key
        )
    ]
    return _finish(findings, context, min_confidence)


def check_corpus(
    view: CorpusView, checks: Sequence[Check], context: Context, *, min_confidence: float = 0.0
) -> list[Finding]:
    """Run the corpus checks among ``checks`` on a whole run, findings in the order of the paths."""
    hits: defaultdict[str, list[tuple[Check, Hit]]] = defaultdict(list)
    for check in checks:
        if check.scope == "corpus":
            for hit in check.find(view, context):
                hits[hit.path or ""].append((check, hit))
    # The articles come one after the other from wherever they are kept: all of them may be too many.
    findings = [
        place.stamp(check, hit)
        for place in (_Place(document, context.text_kind) for document in (view.documents if hits else ()))
        for check, hit in hits.get(place.document.path, ())
    ]
    return _finish(findings, context, min_confidence)


@dataclass(frozen=True, slots=True)
class _Views:
    """An alignment and its beads, as checks see them: in the source, or in prose."""

    alignment: Alignment
    beads: Sequence[BeadView]


def _views(alignment: Alignment) -> _Views:
    of_pair: dict[str, Any] = {}
    indices = range(len(alignment.beads))
    return _Views(alignment, [BeadView(alignment, index, of_pair=of_pair) for index in indices])


def _bilingual_hits(views: _Views, check: Check, context: Context) -> Iterator[tuple[Hit, int | None]]:
    in_bead = check.find if check.scope == "bead" else check.find_in_bead
    if in_bead is not None:
        for view in views.beads:
            for hit in in_bead(view, context):
                yield hit, view.index
    if check.scope == "pair":
        for hit in check.find(views.alignment, context):
            yield hit, _bead_at(views.alignment, hit)


def _at_most(check: Check, hits: Iterable[Item], key: str) -> Iterator[Item]:
    """Yield the first hits of a check, and one that says that there are more."""
    for number, hit in enumerate(hits):
        if number == MOST_HITS:
            logger.warning("%s: only the first %d findings of %s are kept", key, MOST_HITS, check.code)
            return
        yield hit


def _bead_at(alignment: Alignment, hit: Hit) -> int | None:
    """Index of the bead in which the hit begins, if any."""
    for index, bead in enumerate(alignment.beads):
        side = bead.side(_side_of(hit))
        if side and side[0].start <= hit.start < side[-1].end:
            return index
    return None


def _side_of(hit: Hit) -> Language:
    if hit.language is None:
        raise ValueError(f"hit {hit.key!r} of a bead or pair check does not say on which side it is")
    return hit.language


def _stamp_in_bead(
    places: _Places, check: Check, hit: Hit, alignment: Alignment, bead: int | None
) -> Finding:
    language = _side_of(hit)
    other_language = OTHER[language]
    other_span = hit.other and places[other_language].in_source(check, hit.other)
    if other_span is None and bead is not None:
        other_span = _extent(alignment.beads[bead].side(other_language))
    finding = replace(places[language].stamp(check, hit), bead=bead)
    if other_span is None:
        return finding
    line, column = places[other_language].line_and_column(other_span[0])
    return replace(
        finding,
        other_excerpt=places[other_language].excerpt(other_span),
        other_path=places[other_language].document.path,
        other_start=other_span[0],
        other_end=other_span[1],
        other_row=places[other_language].document.row,
        other_line=line,
        other_column=column,
    )


def _extent(segments: Sequence[Segment]) -> Span | None:
    return (segments[0].start, segments[-1].end) if segments else None


@dataclass(slots=True)
class _Place:
    """One article, its kind of text and where its lines start, to turn offsets into what a person sees."""

    document: Document
    kind: TextKind | None = None
    line_starts: list[int] | None = None
    prose: Prose | None = None

    def excerpt(self, span: Span) -> str:
        return self.document.text[slice(*span)]

    def in_source(self, check: Check, span: Span) -> Span:
        """Map a span of the check's subject to its span in the file."""
        if check.of_source or check.scope == "corpus" or not self._prose().edits:
            return span
        return self._prose().source(*span)

    def stamp(self, check: Check, hit: Hit) -> Finding:
        start, end = self.in_source(check, (hit.start, hit.end))
        if not 0 <= start <= end <= len(self.document.text):
            raise ValueError(f"{check.code} hit at {start}:{end}, outside {self.document.path}")
        line, column = self.line_and_column(start)
        return Finding(
            code=check.code,
            name=check.name,
            category=check.category,
            cause=hit.cause or check.cause,
            severity=_severity(check, hit, self.kind),
            confidence=_confidence(check, hit, self.kind),
            path=self.document.path,
            language=self.document.language,
            start=start,
            end=end,
            line=line,
            column=column,
            excerpt=self.excerpt((start, end)),
            key=hit.key,
            values={name: _with_ellipsis(value) for name, value in hit.values.items()},
            suggestion=hit.suggestion if self._is_whole(check, hit) else None,
            row=self.document.row,
        )

    def _prose(self) -> Prose:
        if self.prose is None:
            self.prose = prose_of(self.document)
        return self.prose

    def _is_whole(self, check: Check, hit: Hit) -> bool:
        """Return whether replacing a hit by its suggestion in the file leaves the marks intact."""
        if hit.suggestion is None or check.of_source or check.scope == "corpus":
            return True
        return not self._prose().is_edited(hit.start, hit.end)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        if self.line_starts is None:
            self.line_starts = [0, *(m.end() for m in _LINE_BREAK.finditer(self.document.text))]
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


def _severity(check: Check, hit: Hit, kind: TextKind | None) -> Severity:
    """Return how bad a finding is: minor where its check is wrong too often on such text."""
    severity = hit.severity or check.severity
    return severity if check.needs_detector or is_trusted(check.code, kind) else "minor"


def _confidence(check: Check, hit: Hit, kind: TextKind | None) -> float:
    """Return the measured probability of a finding.

    A hit that says nothing is as sure as its check is at least; one that does is no surer than its check can
    be. What the detector says is a probability already, unless enough findings were judged on this kind of
    text.
    """
    low, high = bounds(check.code, kind, major=_severity(check, hit, kind) != "minor")
    if hit.confidence is None:
        return round(low, 2)
    if check.needs_detector and not is_measured(check.code, kind):
        return hit.confidence
    return round(min(hit.confidence, high), 2)


_Places = dict[Language, _Place]


def _with_ellipsis(value: str | int | float) -> str | int | float:
    return value.replace(OPAQUE, ELLIPSIS) if isinstance(value, str) and OPAQUE in value else value


def _finish(findings: Iterable[Finding], context: Context, min_confidence: float) -> list[Finding]:
    allowed = {word.casefold() for word in context.allow}
    remaining = (finding for finding in findings if _normal(finding.excerpt) not in allowed)
    ordered = sorted(remaining, key=lambda f: (f.path, f.start, f.end, f.code, f.key))
    least = dict(context.confidence)
    return demote(
        replace(finding, suspicion=finding.confidence < context.suspicion)
        for finding in fingerprinted(ordered)
        if finding.confidence >= _least_confidence(finding.code, least, min_confidence)
    )


def _least_confidence(code: str, least: Mapping[str, float], default: float) -> float:
    """Return the confidence required of a check's findings, by its code or the longest prefix given."""
    beginnings = (code[:length] for length in range(len(code), 0, -1))
    return next((least[beginning] for beginning in beginnings if beginning in least), default)


def fingerprinted(findings: Iterable[Finding], names: Mapping[str, str] = NO_NAMES) -> Iterator[Finding]:
    """Give each finding a fingerprint that survives moved lines: the n-th such passage of its article.

    ``names`` are names for articles and pairs that go into it in the place of their keys.
    """
    occurrences: Counter[tuple[str, str, str, str]] = Counter()
    for finding in findings:
        path, pair = (names.get(key, key) for key in (finding.path, finding.pair or ""))
        key = (finding.code, _normal(finding.excerpt), path, pair)
        material = "\0".join((*key, str(occurrences[key])))
        occurrences[key] += 1
        digest = hashlib.sha256(material.encode("utf-8", "surrogatepass")).hexdigest()
        yield replace(finding, fingerprint=digest[:FINGERPRINT_LENGTH], former=finding.fingerprint or None)


def _normal(excerpt: str) -> str:
    return _SPACE.sub(" ", excerpt).strip().casefold()
