"""The marks of an earlier review on the findings of a report: found again where articles were edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from aligner.checks.run import fingerprinted
from aligner.model import Finding
from aligner.settings.passage import passage_at, passage_of
from aligner.settings.review import MAX_CHARACTERS

GONE = "-gone"
"""Ends the fingerprint of a mark whose finding is gone while another one has its fingerprint."""

Json = dict[str, Any]
TextOf = Callable[[str], str]


class _Match(NamedTuple):
    """A mark and the finding that it is on: on how many sides the words around it are the same."""

    mark: Json
    finding: Finding | None
    sides: int


class Renewing:
    """Finds the findings of a report that marks are on, by fingerprint and by the words around them.

    A fingerprint counts findings with the same words in an article: where one of them was fixed, it means
    the next. Earlier versions made fingerprints by the paths as given.
    """

    def __init__(self, findings: Iterable[Finding], text_of: TextOf, path_of: TextOf) -> None:
        """Take all findings of a report; ``path_of`` returns the path that an older one has in it."""
        ordered = sorted(findings, key=lambda f: (f.path, f.start, f.end, f.code, f.key))
        self._text_of, self._path_of = text_of, path_of
        self._former = {f.fingerprint: f.former for f in fingerprinted(ordered)}
        self._by_fingerprint = {f.fingerprint: f for f in ordered}
        self._alike: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in ordered:
            self._alike.setdefault((finding.path, finding.code, finding.excerpt), []).append(finding)

    def __call__(self, marks: Mapping[str, Json]) -> dict[str, Json]:
        """Return the marks with the fingerprints and places of today, in their order.

        A mark by a fingerprint of today holds over one by an older one. One whose finding is gone is kept:
        it counts for the precision.
        """
        names = {old: self._former.get(old) or old for old in marks}
        matches = {old: self._match(mark, names[old]) for old, mark in marks.items()}
        keys: dict[str, str] = {}
        for old in sorted(matches, key=lambda old: -matches[old].sides):
            if names[old] != old and names[old] in marks:
                continue
            finding = matches[old].finding
            key = names[old] if finding is None else finding.fingerprint
            if key in keys.values() or (finding is None and key in self._by_fingerprint):
                key += GONE
            keys[old] = key
        return {keys[old]: self._renewed(match, keys[old]) for old, match in matches.items() if old in keys}

    def _match(self, mark: Json, fingerprint: str) -> _Match:
        passage, known = passage_of(mark), self._by_fingerprint.get(fingerprint)
        if passage is None:
            return _Match(mark, known, 0)
        alike = self._alike.get((self._path_of(mark["path"]), mark["code"], mark["excerpt"]), [])
        best = _Match(mark, None, 0)
        for finding in (*([known] if known else []), *alike):
            sides = passage.sides(self._text_of(finding.path), finding.start, finding.end)
            if sides > best.sides and (finding is known or sides > 1):
                best = _Match(mark, finding, sides)
        return best

    def _renewed(self, match: _Match, key: str) -> Json:
        mark = {**match.mark, "fingerprint": key}
        if match.finding is None or key != match.finding.fingerprint:
            return mark
        return placed(mark, match.finding, self._text_of(match.finding.path))


def placed(mark: Json, finding: Finding, text: str) -> Json:
    """Return a mark with what finds its finding again, and what `aligner fix` puts there."""
    if finding.end - finding.start > MAX_CHARACTERS:
        return mark
    suggestion = {} if finding.suggestion is None else {"suggestion": finding.suggestion}
    own = {name: value for name, value in mark.items() if name != "suggestion"}
    place = passage_at(text, finding.start, finding.end).record
    return {**own, "path": finding.path, "excerpt": text[finding.start : finding.end], **place, **suggestion}
