"""Lines of a page that are not its story: credits, dates, bylines, share buttons, tags, embedded posts.

Made for precision: a line is marked only when the whole of it is of a known kind, never for a word in it.
The kinds are data, in ``data/boilerplate.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

_MAX_LENGTH = 300  # characters; longer lines are prose even when they begin like furniture
_TAG_WORDS = 2  # longest tag in a line of its own
_LAST_TAGS = 4  # most tags that end a page
_PARAGRAPH = 60  # characters of a line that is surely a paragraph
_SIGNATURE_REACH = 150  # characters at the end of a post that its signature may take
_NUMERAL = re.compile(r"\b[IVXLC]+\b")  # "Chapter III" is a heading
_LINK_AT_END = re.compile(r"(?:https?://)?(?:t\.co|pic\.twitter\.com|pic\.x\.com)/\w+\s*\Z")
_PART = re.compile(r"<([A-Z]+)>")


def is_boilerplate(line: str) -> bool:
    """Return whether a whole paragraph is page furniture and no sentence of the story."""
    return len(line) <= _MAX_LENGTH and any(pattern.match(line) for pattern in _patterns().values())


def is_widget(line: str) -> bool:
    """Return whether a line is what is left of a video or a story of another page, shown in this one."""
    return len(line) <= _MAX_LENGTH and bool(_patterns()["widget"].match(line))


def boilerplate_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each paragraph of an article whether it is boilerplate, seen in its place.

    An embedded post is marked from its text to its signature ("— Name (@handle) date"); lone tags are
    marked where pages have them.
    """
    marked = [is_boilerplate(line) for line in lines]
    for i, line in enumerate(lines):
        tail = max(0, len(line) - _SIGNATURE_REACH)
        signature = _patterns()["signature"].search(line, tail) if "(@" in line[tail:] else None
        if signature:
            marked[i] = True
            if signature.start() == 0 and i and _LINK_AT_END.search(lines[i - 1]):
                marked[i - 1] = True
    for i in _tags(lines):
        marked[i] = True
    return marked


def _tags(lines: Sequence[str]) -> list[int]:
    """Find lone tags: a section between the title and the first paragraph, or the last lines of the page."""
    places = []
    if len(lines) > 3 and _is_lone_tag(lines[1]) and len(lines[2]) >= _PARAGRAPH:
        places.append(1)
    for i in range(len(lines) - 1, max(1, len(lines) - 1 - _LAST_TAGS), -1):
        if not _is_lone_tag(lines[i]):
            break
        places.append(i)
    return places


def _is_lone_tag(line: str) -> bool:
    is_worded = line[:1].isalnum() and line[-1:].isalpha()
    return is_worded and len(line.split()) <= _TAG_WORDS and not _NUMERAL.search(line)


# Saves 50 ms a call, 350 calls in an audit of corpora/stories.
@functools.cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    source = resources.files("aligner.text") / "data" / "boilerplate.toml"
    kinds = tomllib.loads(source.read_text(encoding="utf-8"))
    parts = kinds.pop("parts")
    return {name: _compiled(kind["pattern"], parts, kind.get("cased", False)) for name, kind in kinds.items()}


def _compiled(pattern: str, parts: Mapping[str, str], cased: bool) -> re.Pattern[str]:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda part: parts[part.group(1)], pattern)
    return re.compile(rf"[\W_]*(?:{pattern})[\W_]*\Z", re.VERBOSE | (re.NOFLAG if cased else re.IGNORECASE))
