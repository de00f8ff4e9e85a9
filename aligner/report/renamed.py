"""Articles that a newer report has under another path, known again by what they say."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from aligner.model import InputError
from aligner.report.reader import Report
from aligner.report.records import ArticleRow

LEAST_SHARED = 0.5
"""Share of the words that both articles must have in the same passages, as git asks of a renamed file."""
FEWEST_WORDS = 4
"""Words of a passage that can tell one article from another."""
MOST_ARTICLES = 5
"""Articles that may share a passage; one that more of them have is furniture of their pages."""


def renamed(old: Report, new: Report) -> dict[str, str]:
    """Return the new path of each article that was renamed in the newer report, by its old path.

    An article with the same bytes wins over one that is alike, the same name in another folder over others.
    """
    before = {row.path: row for row in old.documents()}
    after = {row.path: row for row in new.documents()}
    removed = [row for path, row in before.items() if path not in after]
    added = [row for path, row in after.items() if path not in before]
    if not removed or not added:
        return {}
    new_paths = dict(_with_same_bytes(removed, added))
    matched = set(new_paths.values())
    removed = [row for row in removed if row.path not in new_paths]
    added = [row for row in added if row.path not in matched]
    try:
        return new_paths | _alike(old, new, removed, added)
    except (InputError, KeyError):  # texts that cannot be read: all else of a report can be compared
        return new_paths


def _with_same_bytes(removed: Iterable[ArticleRow], added: Iterable[ArticleRow]) -> Iterator[tuple[str, str]]:
    """Yield the paths, old and new, of articles whose bytes are the same."""
    paths_by_digest: defaultdict[str, list[str]] = defaultdict(list)
    for row in added:
        paths_by_digest[row.sha256].append(row.path)
    for row in removed:
        if paths := paths_by_digest[row.sha256]:
            new = next((path for path in paths if _name(path) == _name(row.path)), paths[0])
            paths.remove(new)
            yield row.path, new


def _alike(
    old: Report, new: Report, removed: Sequence[ArticleRow], added: Sequence[ArticleRow]
) -> dict[str, str]:
    """Return the new paths of articles most of whose words are in the same passages, by the old ones."""
    if not removed or not added:
        return {}
    holders: defaultdict[bytes, list[ArticleRow]] = defaultdict(list)
    for row in added:
        for passage in _passages(new, row.path):
            holders[passage].append(row)
    shares = []
    for row in removed:
        shared: Counter[str] = Counter()
        words: dict[str, int] = {}
        for passage, size in _passages(old, row.path).items():
            sharing = holders.get(passage, ())
            for candidate in sharing if len(sharing) <= MOST_ARTICLES else ():
                if candidate.language == row.language:
                    shared[candidate.path] += size
                    words[candidate.path] = max(candidate.words, row.words)
        shares += [
            (-size / max(words[path], 1), _name(path) != _name(row.path), row.path, path)
            for path, size in shared.items()
        ]
    new_paths: dict[str, str] = {}
    matched: set[str] = set()
    for share, _, path, new_path in sorted(shares):
        if -share >= LEAST_SHARED and path not in new_paths and new_path not in matched:
            new_paths[path] = new_path
            matched.add(new_path)
    return new_paths


def _passages(report: Report, path: str) -> dict[bytes, int]:
    """Return the words of each passage of an article, by a digest of it."""
    passages: Counter[bytes] = Counter()
    for segment in report.article(path).segments:
        words = segment.text.casefold().split()
        if len(words) >= FEWEST_WORDS:
            digest = hashlib.blake2b(
                " ".join(words).encode("utf-8", "surrogatepass"), digest_size=12
            ).digest()
            passages[digest] += len(words)
    return passages


def _name(path: str) -> str:
    return path.rpartition("/")[2]
