"""Applies the suggestions of findings that a person marked as right in a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.checks.registry import ALL, select
from aligner.model import InputError, Skipped
from aligner.readers.articles import check_paths, list_files
from aligner.readers.formats import file_format
from aligner.run.containing import described, one_by_one
from aligner.run.corpus import nothing_read
from aligner.run.lazy import ArticleRef
from aligner.run.names import Names
from aligner.run.rewriting import Fixed, TextFile, encodable, protected, read_text_file
from aligner.settings import Settings
from aligner.settings.passage import passage_at, passage_of
from aligner.settings.review import Record, Review
from aligner.text.structure import make_document

CHANGED = "the text has changed since it was marked as right"
OVERLAPS = "it overlaps a suggestion that is applied; correct it by hand"
PROTECTED = "it is in code, an address or a quotation; correct it by hand"


@dataclass(slots=True)
class Left:
    """Findings marked as right that are not applied for want of a suggestion, or of their article."""

    without_suggestion: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class _Edit:
    """A passage of a text, what is put there, and the mark that asks for it."""

    start: int
    end: int
    new: str
    mark: Record


def fix_marked(paths: Sequence[str], settings: Settings, left: Left) -> Iterator[Fixed | Skipped]:
    """Yield every file in which a suggestion marked as right is applied; and the reason where one is not.

    Nothing is written. What is applied already is passed over; ``left`` counts marks that have no suggestion
    and those on other articles. Raises InputError for a path that does not exist and an unknown check.
    """
    check_paths(paths)
    codes = {check.code for check in select(settings.select or (ALL,), settings.ignore)}
    files = list_files(paths, settings.read.ignore)
    if not files:
        raise nothing_read(paths, ())
    by_file = _by_file(settings.review, codes, Names(list(map(_ref, files)), paths), left)

    def fix(batch: Sequence[str]) -> list[list[Fixed | Skipped]]:
        return [_fix_file(path, by_file[path]) for path in batch]

    for path in files:
        if path in by_file:
            (results,) = one_by_one(fix, [path], _not_fixed)
            yield from results


def _not_fixed(path: str, error: Exception) -> list[Fixed | Skipped]:
    return [Skipped(path, described("it could not be fixed", error))]


def _ref(path: str) -> ArticleRef:
    return ArticleRef(path, b"", "fr", 0, file_format(path), path)


def _by_file(review: Review, codes: set[str], names: Names, left: Left) -> Mapping[str, list[Record]]:
    """Return the marks whose suggestions are to be applied, by the file that has their article."""
    by_file: dict[str, list[Record]] = {}
    applicable = {mark["fingerprint"] for mark in review.applicable}
    for mark in review.findings.values():
        if mark["verdict"] != "right" or mark["code"] not in codes:
            continue
        path = names.find(mark["path"]) or names.find(mark["path"].rpartition("#")[0])
        if path is None:
            left.elsewhere += 1
        elif mark["fingerprint"] not in applicable:
            left.without_suggestion += 1
        else:
            by_file.setdefault(path, []).append(mark)
    return by_file


def _fix_file(path: str, marks: Sequence[Record]) -> list[Fixed | Skipped]:
    file = read_text_file(path)
    if isinstance(file, Skipped):
        return [file]
    edits: list[_Edit] = []
    left: list[Fixed | Skipped] = []
    for found in _edits(file, marks):
        if isinstance(found, Skipped):
            left.append(found)
        else:
            edits.append(found)
    if not edits:
        return left
    text, applied = _edited(file.document.text, edits)
    try:
        make_document(path, text, file.document.metadata, file.document.language)
    except InputError as error:  # the result is no longer an article
        return [*left, Skipped(path, str(error))]
    return [*left, file.fixed(text, marks=applied)]


def _edits(file: TextFile, marks: Sequence[Record]) -> Iterator[_Edit | Skipped]:
    """Yield what is to be changed, in the order of the text and without overlap, and what cannot be."""
    kept_out = protected(file.document)
    last = 0
    placed = [(_place(file.document.text, mark), mark) for mark in marks]
    for start, mark in sorted(placed, key=lambda each: -1 if each[0] is None else each[0]):
        excerpt, new = mark["excerpt"], encodable(mark["suggestion"], file.encoding)
        if start is None:
            if new and _is_applied(file.document.text, mark, new):
                continue
            reason = CHANGED
        elif new is None:
            reason = f"{mark['suggestion']!r} cannot be written as {file.encoding}"
        elif start < last:
            reason = OVERLAPS
        elif any(first < start + len(excerpt) and start < end for first, end in kept_out):
            reason = PROTECTED
        else:
            last = start + len(excerpt)
            yield _Edit(start, last, new, mark)
            continue
        yield Skipped(file.document.path, f"{excerpt!r}: {reason}")


def _place(text: str, mark: Record) -> int | None:
    """Return where the passage of a mark is; None where the text was changed, or has the suggestion."""
    passage, excerpt = passage_of(mark), mark["excerpt"]
    place = passage.find(text, excerpt) if passage else None
    if passage is None or place is None:
        return None
    beside = text[:place][-1:], text[place + len(excerpt) :][:1]
    if excerpt in mark["suggestion"] and beside != (passage.before[-1:], passage.after[:1]):
        return None  # a space or a sign may have been put beside it already
    return place


def _is_applied(text: str, mark: Record, new: str) -> bool:
    passage = passage_of(mark)
    return passage is not None and passage.find(text, new) is not None


def _edited(text: str, edits: Sequence[_Edit]) -> tuple[str, list[Record]]:
    """Return a text with what is put into it, and the marks as fixed, with their places in that text."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for edit in edits:
        pieces += [text[last : edit.start], edit.new]
        starts.append(sum(map(len, pieces)) - len(edit.new))
        last = edit.end
    new_text = "".join([*pieces, text[last:]])
    marks = [
        {
            **edit.mark,
            "verdict": "fixed",
            **passage_at(new_text, start, start + len(edit.new)).record,
        }
        for edit, start in zip(edits, starts, strict=True)
    ]
    return new_text, marks
