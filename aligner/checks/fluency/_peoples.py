"""Names of peoples and languages that the French side shows, in lower case on the English side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from aligner.checks.tokens import tokens
from aligner.lexicon.function_words import FUNCTION
from aligner.lexicon.names import exonyms, fold
from aligner.lexicon.words import lexicon
from aligner.model import Segment, Span

NAME_SHARE, FEWEST = 0.01, 5
"""Share of a word's occurrences in lower case up to which its name is meant, and how many it must have."""
STEM = 4
"""First letters that a people has in both languages where no table has its names ("catalan")."""
_ALONE = "."
_FOLLOWING = re.compile(r"\s(?P<word>[a-z]+)")
_SMALL = re.compile(
    r"(?<![\w@#/.’'_-])[a-z]{4,}(?![\w@/_]|\.\w|-(?!speaking|born|language|made|owned|led\b))"
)


def small_peoples(english: Segment, french: str) -> Iterator[Span]:
    """Yield English adjectives and languages without their capital that a French passage has too."""
    # Beside its name, the word is another one: "the Polish craftsman will polish the table".
    named = frozenset(token.text.lower() for token in tokens(english.text) if token.text[0].isupper())
    peoples = [token.text.lower() for token in tokens(french) if token.text.lower() in _peoples()]
    shown = frozenset(form for name in peoples if not _peoples()[name] & named for form in _peoples()[name])
    stems = frozenset(fold(name)[:STEM] for name in peoples)
    for match in _SMALL.finditer(english.text) if peoples else ():
        word = match.group()
        compound = english.text[match.end() : match.end() + 1] == "-" and word in named
        if (
            (word in shown or word[:STEM] in stems or compound)
            and (word not in named or compound)
            and _is_people(word)
        ):
            yield english.start + match.start(), english.start + match.end()


def is_small_name(text: str, start: int, end: int) -> bool:
    """Return whether an English word at ``start:end`` needs no capital before the next: "french fries"."""
    follows = _small_names().get(text[start:end], frozenset())
    following = _FOLLOWING.match(text, end)
    if following is None or following["word"] in FUNCTION["en"]:
        return _ALONE in follows
    return following["word"] in follows


def _is_people(word: str) -> bool:
    counts = lexicon("en")
    as_name = counts.get(word.capitalize(), 0)
    return as_name >= FEWEST and counts.get(word, 0) <= as_name * NAME_SHARE


# Saves 0.2 ms a call, one for each word in lower case that is a name.
@cache
def _small_names() -> Mapping[str, frozenset[str]]:
    table = files("aligner.checks.fluency").joinpath("data/small_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {word: frozenset(follows.split()) for word, follows in rows}


# Saves 20 ms a call, one for each bead.
@cache
def _peoples() -> Mapping[str, frozenset[str]]:
    """Map the forms of French adjectives of nations to their English counterparts, all in lower case."""
    table = files("aligner.checks.fluency").joinpath("data/demonyms.fr.tsv").read_text("utf-8")
    names: dict[str, set[str]] = {}
    for french, english in exonyms():
        names.setdefault(french, set()).add(english)
    peoples: dict[str, frozenset[str]] = {}
    for line in table.splitlines()[1:]:
        forms = [form + ending for form in line.split("\t") for ending in ("", "s")]
        english_forms = frozenset(english for form in forms for english in names.get(fold(form), ()))
        peoples.update(dict.fromkeys(forms, english_forms))
    return peoples
