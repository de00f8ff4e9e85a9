"""Sentences as a machine translates them, with the words told that a person put otherwise.

A small translator of our own learns from one part of the corpora and translates another, of which there is
a translation by people. Learning from that in place of post-edits: Negri et al. 2018, "eSCAPE: a large-scale
synthetic corpus for automatic post-editing" (arXiv 1803.07274).
"""

from __future__ import annotations

import json
import logging
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from aligner.lab.datasets.corpora import Pair
from aligner.lab.train.detector.examples import REAL, RIVALS, Corpora, Example, Side, shared
from aligner.lab.train.detector.resources import folded
from aligner.lab.train.detector.tokens import UNSURE, Token, faulty, render, tokenise
from aligner.lab.train.detector.translator import Translator
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, Language

logger = logging.getLogger(__name__)

TAUGHT = {"europarl": 70_000, "tatoeba": 80_000, "news": 5_000}
"""Pairs that the translator learns from, at most half of what there is: what it has learned it would only
repeat."""
READ = 100_000
"""More sentences of parliament from which it learns what is said in its language, beside all articles."""
TRANSLATED = {"europarl": 8_000, "tatoeba": 8_000}
"""Pairs that it translates, in each language; of news it has all that it did not learn from."""
LONG_ENOUGH = 45
"""Characters of an everyday sentence that is worth translating."""
MOST_WORDS = 45
"""Words of a sentence that it learns from."""
LONGEST_SOURCE = 400
"""Characters of a sentence that it translates."""
FAR = 0.5
"""Share of words that a person put otherwise from which nothing can be told of any one of them."""
UNEDITED = 0.3
"""Weight of a word for the head that hears edits, where nobody edited."""
CLOSING, OPENING = frozenset(",.)]}%…"), frozenset("([{$£€")
CLOSING_ENGLISH = CLOSING | frozenset(";:!?")


class Translated(NamedTuple):
    """A pair of which the side in ``language`` is a machine's, in tokens, and what a person wrote there."""

    source: str
    number: int
    fr: str
    en: str
    language: Language
    words: Sequence[str]


def translated(held: Corpora, seed: int, kept: Path) -> list[Translated]:
    """What the translator makes of the corpora, read from the file ``kept`` or written to it.

    ``number`` is the place of a post-edited source among them; for other sources it says nothing.
    """
    if not kept.is_file():
        unfinished = kept.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as out:
            for language in LANGUAGES:
                for each in _translate(held, language, random.Random(seed)):
                    out.write(json.dumps(each) + "\n")
        unfinished.replace(kept)
    with kept.open(encoding="utf-8") as lines:
        return [Translated(*json.loads(line)) for line in lines]


def _translate(held: Corpora, language: Language, rng: random.Random) -> Iterator[Translated]:
    learned: list[Pair] = []
    others: list[tuple[str, int, Pair]] = [
        ("wce", i, (row["fr"], row["postedit"])) for i, row in enumerate(held.wce)
    ]
    read: list[str] = [*held.articles[language]]
    place = LANGUAGES.index(language)
    for name, most in TAUGHT.items():
        pairs = list(getattr(held, name))
        rng.shuffle(pairs)
        count = min(most, len(pairs) // 2)
        learned += pairs[:count]
        rest = [pair for pair in pairs[count:] if name != "tatoeba" or len(pair[0]) > LONG_ENOUGH]
        others += [(name, i, pair) for i, pair in enumerate(rest[: TRANSLATED.get(name, len(rest))])]
        if name == "europarl":
            read += [pair[place] for pair in rest[TRANSLATED[name] :][:READ]]
    other = OTHER[language]
    taught = [(_words(pair[1 - place], other), _words(pair[place], language)) for pair in learned]
    taught = [pair for pair in taught if all(0 < len(words) <= MOST_WORDS for words in pair)]
    texts = [words for _, words in taught] + [_words(text, language) for text in read]
    translator = Translator(taught, texts)
    logger.info("a translator into %s learned %d phrases", language, len(translator.phrases))
    for name, number, pair in others:
        source = pair[1 - place]
        made = len(source) <= LONGEST_SOURCE and translator.translate(_words(source, other), rng)
        if made:
            yield Translated(name, number, *pair, language, made)


def _words(text: str, language: Language) -> list[str]:
    """Tokens, the first in small letters if it is a common word."""
    words = [token.text.replace("’", "'") for token in tokenise(text, language)]
    if words and words[0] != "I" and words[0].lower() in lexicon(language):
        words[0] = words[0].lower()
    return words


def beside(made: Sequence[Translated], held: Corpora) -> Iterator[Example]:
    """The pairs, with the words that a person put otherwise; unsure, if other machines have them too.

    One side a machine's, then both where both were translated, then neither: were it always one, a bad side
    would tell that the other is the source, and sound.
    """
    sides: dict[Pair, dict[Language, Side]] = defaultdict(dict)
    for each in made:
        side = _judged(each, held)
        if side:
            sides[each.fr, each.en][each.language] = side
    for (fr, en), by_machine in sides.items():
        people = Side(fr, edited=0.0), Side(en, edited=0.0)
        if "fr" in by_machine:
            yield Example(by_machine["fr"], people[1], "machine")
        if "en" in by_machine:
            yield Example(people[0], by_machine["en"], "machine")
        if len(by_machine) == len(LANGUAGES):
            yield Example(by_machine["fr"], by_machine["en"], "machine")
            yield Example(Side(fr, edited=UNEDITED), Side(en, edited=UNEDITED), "machine")


def _judged(each: Translated, held: Corpora) -> Side | None:
    """What the machine wrote, with the words that a person put otherwise; None if that is most."""
    tokens = written(each.words, each.language)
    words = [folded(token.text) for token in tokens]
    right = shared(words, _folded(each.fr if each.language == "fr" else each.en, each.language))
    of_words = [same for same, token in zip(right, tokens, strict=True) if token.is_word]
    if not of_words or of_words.count(False) > FAR * len(of_words):
        return None
    also = [False] * len(tokens)
    if each.source == "wce" and each.language == "en":
        row = held.wce[each.number]
        rivals = [shared(words, _folded(row[name], "en")) for name in ("en", *RIVALS)]
        also = [any(found) for found in zip(*rivals, strict=True)]
    tokens = [
        token if same else faulty(token, UNSURE if known else "machine")
        for token, same, known in zip(tokens, right, also, strict=True)
    ]
    return Side(*render(tokens), REAL / 2, 0.5 if each.source == "wce" else UNEDITED)


def _folded(text: str, language: Language) -> list[str]:
    return [folded(token.text) for token in tokenise(text, language)]


def written(words: Sequence[str], language: Language) -> list[Token]:
    """Words and signs as they are written one behind the other, the first with a capital."""
    closing = CLOSING_ENGLISH if language == "en" else CLOSING
    tokens: list[Token] = []
    quoted = False
    for word in words:
        before = tokens[-1].text if tokens else ""
        apart = bool(tokens) and word not in closing and before not in OPENING
        if (before == '"' and quoted) or (word == '"' and quoted):
            apart = False
        if language == "fr" and before.endswith(("'", "’")):
            apart = False
        if word == '"':
            quoted = not quoted
        tokens.append(Token(word, apart))
    if tokens:
        first = tokens[0]
        tokens[0] = replace(first, text=first.text[:1].upper() + first.text[1:])
    return tokens
