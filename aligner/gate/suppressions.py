"""Suppressions of findings, in the settings or in an article, and which of them are unused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from aligner.keys import file_of
from aligner.model import Document, Finding, InputError, Span
from aligner.readers.decoding import decode
from aligner.readers.formats import BY_NAME, COMMENT_FORMATS
from aligner.readers.sources import read_bytes
from aligner.report.outcome import Stale
from aligner.settings import Suppression
from aligner.settings.passage import BOTH
from aligner.settings.repository import from_top, repository
from aligner.settings.review import ORIGIN as REVIEW
from aligner.text.masks import masks

_COMMENT = re.compile(r"<!--\s*aligner:\s*ignore\b(.{0,1000}?)-->", re.DOTALL | re.IGNORECASE)
_CODES_AND_REASON = re.compile(
    r"\s*([A-Z]{3}\d{0,3}(?:\s*,\s*[A-Z]{3}\d{0,3})*)(?:\s+(.*\S))?\s*\Z", re.DOTALL
)


Text = Callable[[], str]


def normal(excerpt: str) -> str:
    """Return words as they are compared: without regard to case and white space."""
    return " ".join(excerpt.split()).casefold()


@dataclass(slots=True)
class _Rule:
    """A suppression at work; ``article`` is the one that it is in, None for a rule of the settings.

    ``top`` is that of the git repository.
    """

    suppression: Suppression
    article: str | None = None
    top: Path | None = None
    used: bool = False

    def matches(self, finding: Finding, text: Text) -> bool:
        suppression = self.suppression
        if not finding.code.startswith(suppression.code):
            return False
        if suppression.passage is not None:
            return self._is_on(finding, text)
        return (
            (self.article is None or finding.path == self.article)
            and (not suppression.fingerprint or self._has_fingerprint(finding))
            and self._fits(finding)
        )

    def _is_on(self, finding: Finding, text: Text) -> bool:
        """Return whether a finding is the one marked in a review.

        A fingerprint counts findings with the same words: where one before it was fixed, it means the next.
        So the words around it decide, and the fingerprint where those of one side were edited.
        """
        known, passage = self._has_fingerprint(finding), self.suppression.passage
        if passage is None or not (known or self._fits(finding)):
            return False
        sides = passage.sides(text(), finding.start, finding.end)
        return sides == BOTH or (known and sides > 0)

    def _has_fingerprint(self, finding: Finding) -> bool:
        return self.suppression.fingerprint in (finding.fingerprint, finding.former)

    def _fits(self, finding: Finding) -> bool:
        excerpt, path = self.suppression.excerpt, self.suppression.path
        return (not excerpt or normal(finding.excerpt) == normal(excerpt)) and (
            not path or _fits(finding.path, path, self.top)
        )


class Suppressor:
    """Marks suppressed findings, and remembers which suppressions were used."""

    def __init__(self, suppressions: Iterable[Suppression], documents: Iterable[Document]) -> None:
        top = repository(Path())
        self._rules: list[_Rule] = []
        self._marked: dict[tuple[str, str], list[_Rule]] = {}
        for suppression in suppressions:
            rule = _Rule(suppression, top=top)
            if suppression.passage is None:
                self._rules.append(rule)
            else:
                self._marked.setdefault((suppression.code, normal(suppression.excerpt)), []).append(rule)
        self._by_article: dict[str, list[_Rule]] = {}
        self._comments: dict[str, list[Span]] = {}
        self._broken: list[Stale] = []
        for document in documents:
            if document.metadata.get("format") in COMMENT_FORMATS:
                self._read_comments(document)

    def apply(self, findings: Iterable[Finding], text: str | Text) -> Iterator[Finding]:
        """Yield the findings of an article, marked where suppressed; every rule that matches counts as used.

        ``text`` is that of the article, or what gives it where the words around a finding are asked for.
        """
        article_text = text if callable(text) else lambda: text
        for finding in findings:
            rules = self._rules + self._by_article.get(finding.path, [])
            if self._marked:
                rules += self._marked.get((finding.code, normal(finding.excerpt)), ())
            matching = [rule for rule in rules if rule.matches(finding, article_text)]
            for rule in matching:
                rule.used = True
            if matching or self._is_in_comment(finding):
                finding = replace(finding, suppressed=True)
            yield finding

    def stale(
        self, codes: Collection[str], checked: Collection[str], *, whole_corpus: bool
    ) -> tuple[Stale, ...]:
        """Return the unused suppressions, and the comments that cannot be read.

        Only those that the run could have used are judged: ``codes`` are the checks that ran, ``checked``
        the articles looked at; the rules of the settings are judged when these are the ``whole_corpus``.
        """
        comments = [rule for path in sorted(checked) for rule in self._by_article.get(path, ())]
        unused = [
            Stale(
                suppression.origin,
                suppression.code,
                suppression.path or rule.article or "",
                suppression.reason,
            )
            for rule in (self._rules if whole_corpus else []) + comments
            if not rule.used
            and rule.suppression.origin != REVIEW
            and any(code.startswith((suppression := rule.suppression).code) for code in codes)
        ]
        return (*unused, *(broken for broken in self._broken if broken.path in checked))

    def _is_in_comment(self, finding: Finding) -> bool:
        """Return whether a finding is in one of our comments, which are no part of the article."""
        spans = self._comments.get(finding.path, ())
        return any(start <= finding.start and finding.end <= end for start, end in spans)

    def _read_comments(self, document: Document) -> None:
        for comment in _comments(document):
            origin = document.path
            if BY_NAME[document.metadata["format"]].own_lines:
                self._comments.setdefault(document.path, []).append(comment.span())
            match = _CODES_AND_REASON.match(comment[1])
            if match is None or match[2] is None:
                text = " ".join(comment[1].split())
                self._broken.append(Stale(origin, text, document.path, "", problem="incomplete"))
                continue
            for code in re.split(r"\s*,\s*", match[1]):
                suppression = Suppression(" ".join(match[2].split()), code=code, origin=origin)
                self._by_article.setdefault(document.path, []).append(_Rule(suppression, document.path))


def _comments(document: Document) -> Iterator[re.Match[str]]:
    """Yield our comments in an article; those only shown, in code or a script, do not count."""
    if BY_NAME[document.metadata["format"]].own_lines:
        comments = list(_COMMENT.finditer(document.text))
        # With words in their places: a comment would not be taken for code, whatever is around it.
        words = _COMMENT.sub(lambda comment: re.sub(r"\S", "x", comment[0]), document.text)
        code = [m for m in masks(words, "md") if m.kind in ("code", "code span")] if comments else []
        yield from (
            comment
            for comment in comments
            if not any(mask.start <= comment.start() and comment.end() <= mask.end for mask in code)
        )
        return
    try:
        page = decode(read_bytes(file_of(document)))[0]
    except InputError:  # standard input, read once already
        return
    if _COMMENT.search(page):
        yield from (match for text in _page_comments(page) if (match := _COMMENT.fullmatch(text)))


def _page_comments(page: str) -> Iterator[str]:
    """Yield the comments of a web page, as its parser tells them from attributes and scripts."""
    from lxml import etree

    tree = etree.fromstring(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    for comment in () if tree is None else tree.xpath("//comment()"):
        yield f"<!--{comment.text}-->"


def _fits(key: str, pattern: str, top: Path | None) -> bool:
    """Return whether a glob matches an article's key, or the end of it after some folder.

    The folders that count are those of the repository, from whichever of them the run was started.
    """
    globs = (pattern, f"*/{pattern}")
    return any(fnmatchcase(key, glob) for glob in globs) or any(
        fnmatchcase(from_top(key, top), glob) for glob in globs
    )
