"""Places where a pattern of the user's begins a new part of a text, sought within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.engine.apart import DiedError, apart
from aligner.model import InputError, Segment

SECONDS = 10
"""CPU time of the search in both texts: novels of 100,000 words take a tenth of a second, patterns that take
longer try more ways to match than there are places in a text."""
MEMORY = 2**31
LONGEST_SHOWN = 80
"""Characters of the pattern in a message."""


def break_places(pattern: str, sides: Sequence[Sequence[Segment]]) -> list[list[int]]:
    """Return, for each side, the numbers of the segments in which the pattern is found.

    Raises InputError for a pattern that is none, or searches for too long.
    """
    texts = [[segment.text for segment in side] for side in sides]
    try:
        return list(apart(_matching_places, pattern, texts, seconds=SECONDS, memory=MEMORY))
    except (re.error, OverflowError, RecursionError) as error:
        raise InputError(f"--break: {error}") from None
    except (DiedError, MemoryError) as error:
        lacking = f"{SECONDS} s" if isinstance(error, DiedError) and error.out_of_time else "2 GiB of memory"
        excerpt = pattern if len(pattern) <= LONGEST_SHOWN else pattern[: LONGEST_SHOWN - 1] + "…"
        raise InputError(
            f"--break: the pattern {excerpt} needs more than {lacking} for these texts; "
            'does it repeat what repeats already, as "(a+)+" does? write "a+"'
        ) from None


def _matching_places(pattern: str, sides: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    compiled = re.compile(pattern)
    for texts in sides:
        yield [place for place, text in enumerate(texts) if compiled.search(text)]
