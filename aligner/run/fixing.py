"""Applies suggestions that are certain to the files that they were found in."""

from __future__ import annotations

import difflib
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.checks.measured import measured
from aligner.checks.registry import CHECKS, select
from aligner.gate.suppressions import Suppressor
from aligner.model import Document, Finding, InputError, Skipped
from aligner.readers.articles import check_paths, list_files, read_data
from aligner.readers.decoding import MARKS
from aligner.readers.formats import file_format
from aligner.readers.sources import read_bytes
from aligner.run.containing import described, one_by_one
from aligner.run.pipeline import lint_document
from aligner.settings import Settings
from aligner.storage.whole import rewrite
from aligner.text.masks import masks
from aligner.text.structure import make_document
from aligner.text.visible import in_log, printable_path

logger = logging.getLogger(__name__)

CERTAIN = 0.98
"""Measured precision of a check from which its suggestions are applied without being asked for."""
LEAST_JUDGED = 10
"""Judged findings below which a precision says little."""
FORMATS = ("txt", "md")
"""Formats whose offsets count in the file itself; what is taken out of others cannot be put back."""
PASSES = 5
"""Times that a text is checked again after fixes; one that makes room for another is rare."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_LINE_END = re.compile(r"\r?\n\Z")
_QUOTED = re.compile(r"«[^«»\n]{0,1000}»|“[^“”\n]{0,1000}”|\"[^\"\n]{0,1000}\"")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file and what becomes of it: its text before and after, also as bytes, and the findings fixed."""

    path: str
    before: str
    after: str
    data: bytes
    findings: tuple[Finding, ...]
    original: bytes

    def __repr__(self) -> str:
        codes = Counter(finding.code for finding in self.findings)
        return f"<Fixed {self.path}: {', '.join(f'{code} {n}' for code, n in sorted(codes.items()))}>"

    def write(self) -> None:
        """Change the file. Raises InputError if it is read-only, or has changed since it was read."""
        rewrite(Path(self.path), self.original, self.data)

    def diff(self, *, printable: bool = False) -> str:
        """Return a unified diff of the text; a ``printable`` one has nothing in it that steers a terminal."""
        old, new = (_LINE.findall(text) for text in (self.before, self.after))
        name = printable_path(self.path) if printable else self.path
        lines = difflib.unified_diff(old, new, name, name)
        complete = [
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        ]
        return "".join(map(_printable, complete) if printable else complete)


def _printable(line: str) -> str:
    """Spell out what steers a terminal or a build in a line of a diff; its end stays."""
    end = _LINE_END.search(line)
    text = line[: end.start()] if end else line
    return in_log(text) + line[len(text) :]


def certain_codes() -> tuple[str, ...]:
    """Return the codes whose suggestions are certain: those of checks of one article, measured so.

    What is judged is a finding, not its repair; where the network takes part, the repair is a guess.
    """
    figures = measured()
    return tuple(
        check.code
        for check in CHECKS
        if check.scope == "article"
        and not check.needs_detector
        and (figure := figures.get(check.code)) is not None
        and figure.of().judged >= LEAST_JUDGED
        and figure.of().right / figure.of().judged >= CERTAIN
    )


def fix_files(
    paths: Sequence[str], settings: Settings, left: Counter[str] | None = None
) -> Iterator[Fixed | Skipped]:
    """Yield every file in which something is fixed, and those that cannot be fixed, with the reason.

    Nothing is written. Without ``settings.select``, only the suggestions of ``certain_codes`` are applied;
    those of other checks that need no detector are counted by code in ``left``, where it is given.
    Raises InputError for a path that does not exist and a selection that leaves no check.
    """
    check_paths(paths)
    chosen = select(settings.select or certain_codes(), settings.ignore)
    codes = tuple(check.code for check in chosen if check.scope == "article")
    if not codes:
        raise InputError("no check is left whose suggestions could be applied: those selected need a pair")
    if not any(check.needs_detector for check in chosen):
        settings = replace(settings, detector=None)
    uncertain = None if left is None or settings.select else _less_certain(settings, codes)
    settings = replace(settings, select=codes, ignore=())

    def fix(batch: Sequence[str]) -> list[Fixed | Skipped | None]:
        return [_fix_file(path, settings, uncertain, left) for path in batch]

    for path in list_files(paths, settings.read.ignore):
        (fixed,) = one_by_one(fix, [path], _not_fixed)
        if fixed is not None:
            yield fixed


def _not_fixed(path: str, error: Exception) -> Skipped:
    return Skipped(path, described("it could not be fixed", error))


def _less_certain(settings: Settings, certain: Sequence[str]) -> Settings:
    """Return settings with the other checks of one article; the detector is not loaded to count."""
    codes = tuple(
        check.code
        for check in select((), settings.ignore)
        if check.scope == "article" and not check.needs_detector and check.code not in certain
    )
    return replace(settings, select=codes, ignore=(), detector=None)


def _fix_file(
    path: str, settings: Settings, uncertain: Settings | None, left: Counter[str] | None
) -> Fixed | Skipped | None:
    if file_format(path) not in FORMATS or path.endswith(".gz") or path == "-":
        return Skipped(path, "only .txt and .md files can be fixed in place")
    try:
        data = read_bytes(path)
    except InputError as error:
        return Skipped(path, str(error))
    document = read_data(path, data)
    if isinstance(document, Skipped):
        return document
    encoding = document.metadata["encoding"]
    if _encoded(document.text, encoding, data) != data:
        return Skipped(path, f"it cannot be written back as {encoding} without other changes")
    text, findings = _fix_text(document, settings)
    if left is not None and uncertain is not None and uncertain.select:
        fixed = make_document(path, text, document.metadata, document.language)
        left.update(finding.code for finding in _applicable(fixed, uncertain, encoding))
    if text == document.text:
        return None
    return Fixed(path, document.text, text, _encoded(text, encoding, data), tuple(findings), data)


def _fix_text(document: Document, settings: Settings) -> tuple[str, list[Finding]]:
    """Return the text with all suggestions applied, and the findings; until nothing is left to apply."""
    fixed: list[Finding] = []
    encoding = document.metadata["encoding"]
    for _ in range(PASSES):
        findings = list(_applicable(document, settings, encoding))
        if not findings:
            break
        text = document.text
        for finding in reversed(findings):
            text = text[: finding.start] + (finding.suggestion or "") + text[finding.end :]
        fixed += findings
        try:
            document = make_document(document.path, text, document.metadata, document.language)
        except InputError:  # the result is no longer an article: not a fix
            return document.text, fixed[: -len(findings)]
    return document.text, fixed


def _applicable(document: Document, settings: Settings, encoding: str) -> Iterator[Finding]:
    """Yield findings with a suggestion that may be applied, in order and without overlap."""
    kept_out = [(mask.start, mask.end) for mask in masks(document.text, file_format(document.path))]
    kept_out += [match.span() for match in _QUOTED.finditer(document.text)]
    suppressor = Suppressor(settings.suppressions, (document,))
    last = 0
    for finding in sorted(
        suppressor.apply(lint_document(document, settings)), key=lambda f: (f.start, f.end)
    ):
        new = _encodable(finding.suggestion, encoding)
        if new is None or not _is_certain(finding) or finding.start < last or new == finding.excerpt:
            continue
        if finding.start == finding.end:
            continue
        if any(start < finding.end and finding.start < end for start, end in kept_out):
            continue
        last = finding.end
        yield replace(finding, suggestion=new)


def _is_certain(finding: Finding) -> bool:
    """Return whether a finding counts, or is only folded into the first of its kind in the article."""
    return not finding.suppressed and not finding.suspicion and finding.demoted_by in (None, finding.code)


def _encodable(text: str | None, encoding: str) -> str | None:
    """Return a text as the encoding can say it, with wide no-break spaces if need be; None if it cannot."""
    for spelling in () if text is None else (text, text.replace("\u202f", "\xa0")):
        if _can_encode(spelling, encoding):
            return spelling
    return None


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _encoded(text: str, encoding: str, data: bytes) -> bytes:
    """Return a text as its file had it: encoding, byte order mark, line ends."""
    try:
        encoded = text.encode(encoding, "surrogateescape")
    except (UnicodeEncodeError, LookupError):
        return b""
    return next((mark for mark, name in MARKS if name == encoding and data.startswith(mark)), b"") + encoded
