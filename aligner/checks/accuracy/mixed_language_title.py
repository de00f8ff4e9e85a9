"""ACC306: a title that is translated in part only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.accuracy._languages import NAMES_OF_LANGUAGES, is_borrowed, language_of, unquoted
from aligner.checks.base import article_check
from aligner.lexicon.function_words import FUNCTION
from aligner.model import OTHER, Context, Document, Hit, Language, Segment, Span

# Tuned on the titles of masakhanews, and on titles of newstest2008-2012 that end as the other side does.
FEWEST_WORDS = 2
"""Words of the other language alone that a mixed title holds; more, if no function word is among them."""
FEWEST_IN_CAPITALS = 3
"""Words of its own language that show where a title in title case is in its own language."""
RUN_SHARE = 0.5
"""Share of the words of a run that must belong to the other language alone."""

_WORD = re.compile(r"[^\W\d_]+")


@article_check(
    "ACC306",
    "mixed-language-title",
    title={"en": "Title half translated", "fr": "Titre traduit à moitié"},
    category="untranslated",
    cause="translation",
    severity="major",
    explained_by=("ACC304",),
    explained_in_bead_by=("ALN204",),
    messages={
        "mixed": {
            "en": "Part of the title is in the other language: “{text}”.",
            "fr": "Une partie du titre est restée dans l'autre langue : « {text} ».",
        },
    },
)
def mixed_language_title(document: Document, context: Context) -> Iterator[Hit]:
    """A title is translated in part only.

    Finds: a run of two words or more of the other language in a title that also has words of its own.
    Matters: the title is the first and often the only thing that is read.
    Bad: Grève au port de Brest: what comes next
    Good: Grève au port de Brest : ce qui va suivre
    False positives: names of works, firms and bodies are left alone by their capitals or quotation marks.
    Measured: no finding on the titles of masakhanews, ntrex and newstest. Of titles of newstest that end as
        the other side does 82 % are found.
    """
    for segment in document.segments:
        if segment.role == "title":
            span = _foreign_run(segment, document.language)
            if span:
                text = document.text[slice(*span)]
                yield Hit("mixed", *span, values={"text": text})


def _foreign_run(title: Segment, language: Language) -> Span | None:
    """Return the passage of the title in the other language, if the rest is in the article's own."""
    other_language = OTHER[language]
    quoted = unquoted(title.text)
    words = [match for match in _WORD.finditer(title.text) if match.group() in quoted]
    sides = [_side(match, title.text) for match in words]
    foreign = [index for index, side in enumerate(sides) if side == other_language]
    if len(foreign) < FEWEST_WORDS:
        return None
    first, last = foreign[0], foreign[-1]
    run = words[first : last + 1]
    remainder = (*words[:first], *words[last + 1 :])
    in_capitals = sum(match.group().istitle() and _is_of(match.group(), language) for match in remainder)
    if language not in sides and min(in_capitals, len(foreign)) < FEWEST_IN_CAPITALS:
        return None
    if first > 0 and last + 1 < len(words) and all(words[i].group().istitle() for i in (first - 1, last + 1)):
        return None  # the middle of a name
    is_enough = len(foreign) > FEWEST_WORDS or any(match.group() in FUNCTION[other_language] for match in run)
    if any(match.group().lower() in NAMES_OF_LANGUAGES for match in run):
        return None  # "Open source en français" is meant
    excerpt = title.text[run[0].start() : run[-1].end()]
    if " " not in excerpt or is_borrowed(excerpt, other_language):
        return None  # "Une start-up de Leeds lève 18 millions", "The return of joie de vivre"
    if not is_enough or language in sides[first : last + 1] or len(foreign) < RUN_SHARE * len(run):
        return None
    return title.start + run[0].start(), title.start + run[-1].end()


def _is_of(word: str, language: Language) -> bool:
    return language_of(word.lower()) == language


def _side(match: re.Match[str], title: str) -> Language | None:
    """Return the language of a word; a capital makes it a name, unless the title begins with it."""
    opens = match.start() == len(title) - len(title.lstrip())
    return language_of(match.group().lower()) if match.group().islower() or opens else None
