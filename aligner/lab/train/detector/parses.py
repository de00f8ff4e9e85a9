"""What the faults that need a parse work with: tokens and their tags side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aligner.lab.train.detector.context import TRIES, Context, Tokens
from aligner.lab.train.detector.tagger import Tag
from aligner.lab.train.detector.tokens import faulty, like

Tags = Sequence[Tag]
SyntaxKind = Callable[[Tokens, Tags, Context], Tokens | None]

SHORT_PHRASE = 4
"""Tokens of a phrase that is moved, at most: long ones may have another place."""


def candidates(tokens: Tokens, tags: Tags, context: Context, accepts: Callable[[Tag], bool]) -> list[int]:
    """Return a few places to try, at random, among the words with a certain tag that ``accepts`` allows."""
    indices = [i for i, tag in enumerate(tags) if i and tag.upos and accepts(tag) and tokens[i].is_word]
    context.rng.shuffle(indices)
    return indices[:TRIES]


def children(tags: Tags, head: int, *relations: str) -> list[int]:
    """Return the tokens that depend on ``head`` by one of the relations."""
    return [i for i, tag in enumerate(tags) if tag.head == head and tag.relation in relations]


def phrase(tags: Tags, head: int) -> tuple[int, int] | None:
    """Return the run of tokens under ``head``; None if they are not next to each other."""
    members = {head}
    for _ in range(SHORT_PHRASE + 2):
        extended = {i for i, tag in enumerate(tags) if tag.head in members} | members
        if extended == members or len(extended) > SHORT_PHRASE + 2:
            break
        members = extended
    start, end = min(members), max(members) + 1
    return (start, end) if end - start == len(members) <= SHORT_PHRASE else None


def put(tokens: Tokens, i: int, text: str, fault: str) -> Tokens | None:
    """Return the tokens with another text at ``i``; None if it is the same."""
    new = like(text, tokens[i].text)
    if new == tokens[i].text:
        return None
    return [*tokens[:i], faulty(tokens[i], fault, new), *tokens[i + 1 :]]


def swapped(tokens: Tokens, start: int, middle: int, end: int) -> Tokens | None:
    """Exchange two runs of tokens that follow each other; the shorter is marked."""
    first, second = tokens[start:middle], tokens[middle:end]
    if not all(t.space for t in (first[0], second[0])) or any(t.text in '«»“”"(),' for t in first + second):
        return None
    if first[-1].text.endswith(("'", "’")) or second[-1].text.endswith(("'", "’")):
        return None
    if len(first) <= len(second):
        first = [faulty(t, "word-order") for t in first]
    else:
        second = [faulty(t, "word-order") for t in second]
    return [*tokens[:start], *second, *first, *tokens[end:]]
