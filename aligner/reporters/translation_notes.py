"""Findings as notes for translators in the XLIFF file that was checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from aligner.checks.wording import message
from aligner.keys import file_of
from aligner.model import Finding, InputError, Language
from aligner.readers.formats import file_format
from aligner.readers.sources import MAX_PACKAGE_BYTES, check_paths, list_files, read_bytes
from aligner.readers.xliff import with_notes

FORMAT = "xliff"


def checked_file(paths: Sequence[str], ignore: Sequence[str] = ()) -> str:
    """Return the one XLIFF file behind some paths.

    Raises ``InputError`` for none, for several, and for a path that does not exist.
    """
    check_paths(paths)
    files = [path for path in list_files(paths, ignore) if file_format(path) == FORMAT]
    if len(files) != 1:
        raise InputError(f"notes go into one XLIFF file, and there are {len(files)} in {', '.join(paths)}")
    return files[0]


def render(findings: Iterable[Finding], path: str, ui: Language) -> bytes:
    """Return the XLIFF file at ``path`` with a note for every finding that counts and is not known.

    Raises ``InputError`` where it cannot be read any more.
    """
    notes: defaultdict[int, list[str]] = defaultdict(list)
    for finding in findings:
        if file_of(finding) == path and finding.counts and not finding.baselined:
            note = f"{finding.code} ({finding.language}): {message(finding, ui)}"
            if note not in notes[finding.line - 1]:
                notes[finding.line - 1].append(note)
    return with_notes(read_bytes(path, limit=MAX_PACKAGE_BYTES), notes)
