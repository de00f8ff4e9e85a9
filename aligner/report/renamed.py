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
    """Return the new path of each article that has another one in the newer report, by its old path.

    An article with the same bytes wins over one that is alike, the same name in another folder over others.
    """
    before = {row.path: row for row in old.documents()}
    after = {row.path: row for row in new.documents()}
    gone = [row for path, row in before.items() if path not in after]
    come = [row for path, row in after.items() if path not in before]
    if not gone or not come:
        return {}
    found = dict(_with_same_bytes(gone, come))
    taken = set(found.values())
    gone = [row for row in gone if row.path not in found]
    come = [row for row in come if row.path not in taken]
    try:
        return found | _alike(old, new, gone, come)
    except (InputError, KeyError):  # texts that cannot be read: all else of a report can be compared
        return found


def _with_same_bytes(gone: Iterable[ArticleRow], come: Iterable[ArticleRow]) -> Iterator[tuple[str, str]]:
    """Yield the paths, old and new, of articles whose bytes are the same."""
    at: defaultdict[str, list[str]] = defaultdict(list)
    for row in come:
        at[row.sha256].append(row.path)
    for row in gone:
        if paths := at[row.sha256]:
            new = next((path for path in paths if _name(path) == _name(row.path)), paths[0])
            paths.remove(new)
            yield row.path, new


def _alike(
    old: Report, new: Report, gone: Sequence[ArticleRow], come: Sequence[ArticleRow]
) -> dict[str, str]:
    """Return the new paths of articles most of whose words are in the same passages, by the old ones."""
    if not gone or not come:
        return {}
    holders: defaultdict[bytes, list[ArticleRow]] = defaultdict(list)
    for row in come:
        for passage in _passages(new, row.path):
            holders[passage].append(row)
    shares = []
    for row in gone:
        shared: Counter[str] = Counter()
        words: dict[str, int] = {}
        for passage, size in _passages(old, row.path).items():
            near = holders.get(passage, ())
            for each in near if len(near) <= MOST_ARTICLES else ():
                if each.language == row.language:
                    shared[each.path] += size
                    words[each.path] = max(each.words, row.words)
        shares += [
            (-size / max(words[path], 1), _name(path) != _name(row.path), row.path, path)
            for path, size in shared.items()
        ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for share, _, path, other in sorted(shares):
        if -share >= LEAST_SHARED and path not in found and other not in taken:
            found[path] = other
            taken.add(other)
    return found


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
