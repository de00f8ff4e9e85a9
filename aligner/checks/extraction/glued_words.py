"""EXT101: words run together, seen by a capital or a digit inside a word or by the lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from aligner.checks.base import article_check
from aligner.checks.extraction._case_glue import SURE, case_glue
from aligner.checks.extraction._glue import small_word_pairs, split_at_day, split_by_lexicon
from aligner.checks.extraction._glued_names import glued_names
from aligner.checks.extraction._lost_marks import JOINED_SINCE_1990, lost_marks
from aligner.checks.suspects import is_doubted
from aligner.checks.tokens import runs_of, unknown_words, vocabulary
from aligner.lexicon.dictionary import is_word
from aligner.lexicon.function_words import FUNCTION, OPENERS, word_set
from aligner.lexicon.lists import brands
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import is_known, lexicon
from aligner.model import BeadView, Context, Document, Hit, Language

COMMON = 20
"""Occurrences in the lexicon from which a word that touches a number is a word of its own."""
SHORTEST_COUNTED = 4
"""Letters of a word that may follow a number: shorter ones are units ("10km", "20th")."""
SURE_BY_NUMBER = 0.95
SURE_BY_LEXICON = 0.85

LONG_NUMBER = 3
"""Signs of a number that a word with a capital may follow: shorter ones begin trade names ("3Com")."""
_AFTER_NUMBERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("ans des les aux sur par est sont ont que qui pour dans avec mais"),
    "en": word_set("of to by at on the and was has had are for from who but its now per"),
}
"""Function words that are no unit and end no ordinal."""

_GO_ON = word_set("et ou de du des le la les un une au aux que dont the a an and or of but my its their his")
"""Function words that end no clause."""
_NOTHING_FOLLOWS = re.compile(r"[ \u00a0\u202f]?(?:[.,;:!?)\]»”\"]|\Z|\n)")

_ELIDED = re.compile(
    r"(?<![^\W_])(?<!['’-])(?=[^\W\d_]{4,}+['’])(?P<first>[^\W\d_]{3,40}?)(?P<small>[nsldjmt]|qu|c(?=['’][eé]))['’](?=[aeéèêiouhyàâ][^\W\d_]*|y\b)"
)
_MINOR = frozenset(("number", "hyphen", "apostrophe"))
_BEFORE_APOSTROPHES = word_set(
    "aujourd jusqu lorsqu puisqu quoiqu presqu quelqu entr prud grand tandisqu parcequ"
)
_MONEY = "$€£"
_MAGNITUDES = frozenset(("million", "billion", "trillion"))
_INNER_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<=[a-zà-öø-ÿœ].)(?=[^\W\d_]|\b)")
_ACRONYM_END = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=[A-ZÀ-ÖØ-Þ]{2})(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]|[a-zà-öø-ÿœ]{3})")
# What no match of the patterns beside can be without: most articles hold none of it.
_DIGIT_BEHIND_LETTERS = re.compile(r"\d(?<=[^\W\d_]{2}.)")
_BEFORE_NUMBER = re.compile(r"(?<![\w.@#/-])[^\W\d_]{2,}(?=(?P<year>(?:19|20)\d\d(?!\w))?\d)")
_LETTERS_BEHIND_DIGIT = re.compile(r"\d[^\W\d_]{2}")
_NUMBER = re.compile(r"(?<![\w.,@#/-])[$€£]?\d+(?:[.,]\d+)*(?=[^\W\d_]{2})")
_AGE = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]{2,}(?=\d{1,3} ?(?:ans|years|yrs|mois|months)\b)")
_KEPT = 512
"""Articles whose glued words are kept: the pairs are checked after all articles."""
_LONGEST_WORD = 40
_WORD_BEFORE = re.compile(r"[^\W_]*\Z")
_WORD_AFTER = re.compile(rf"[^\W_]{{0,{_LONGEST_WORD}}}")
_WORD = re.compile(r"[^\W_]+")
_LOOK_BACK = 20
_INITIAL = re.compile(r"(?<![^\W_])[A-Z]\.\Z")
_NO_PROSE = re.compile(r"://|www\.|[@#_/\\=<>]|\.(?:com|fr|org|net|io|co)\b")


class _Glue(NamedTuple):
    """The words at ``start:cut`` and ``cut:end``, what gave them away, what is right if a mark was lost."""

    start: int
    cut: int
    end: int
    key: str
    confidence: float
    right: str = ""


def _in_bead(view: BeadView, context: Context) -> Iterator[Hit]:
    for name in glued_names(view):
        document = view.alignment.pair.fr if name.language == "fr" else view.alignment.pair.en
        glues = (glue for glue in _in_article(view, document) if glue.confidence >= SURE_BY_LEXICON)
        if any(glue.start < name.end and name.start < glue.end for glue in glues):
            continue  # the article alone gave it away
        text = document.text
        first, last = text[name.start : name.cut], text[name.cut : name.end]
        if first + last not in context.allow:
            yield Hit(
                "name",
                name.start,
                name.end,
                values={"word": first + last, "first": first, "last": last},
                language=name.language,
                confidence=SURE,
                suggestion=f"{first} {last}",
            )


@article_check(
    "EXT101",
    "glued-words",
    title={"en": "Words run together", "fr": "Mots collés"},
    category="whitespace",
    cause="extraction",
    severity="major",
    explained_by=("ACC304", "ACC305"),
    messages={
        "capital": {
            "en": "Two words are run together in “{word}”: a space, or the end of a sentence, was lost.",
            "fr": "Deux mots sont collés dans « {word} » : une espace, ou une fin de phrase, s'est perdue.",
        },
        "number": {
            "en": "A number and a word are run together in “{word}”.",
            "fr": "Un nombre et un mot sont collés dans « {word} ».",
        },
        "lexicon": {
            "en": "“{word}” is not a known word; it looks like “{first}” and “{last}” run together.",
            "fr": "« {word} » n'est pas un mot connu ; ce sont sans doute « {first} » et « {last} » collés.",
        },
        "elided": {
            "en": "Two words are run together in “{word}”.",
            "fr": "Deux mots sont collés dans « {word} ».",
        },
        "hyphen": {
            "en": "“{word}” has lost its hyphen: “{right}”.",
            "fr": "« {word} » a perdu son trait d'union : « {right} ».",
        },
        "apostrophe": {
            "en": "“{word}” has lost its apostrophe: “{right}”.",
            "fr": "« {word} » a perdu son apostrophe : « {right} ».",
        },
        "name": {
            "en": "The name “{first}” and the word “{last}” are run together in “{word}”.",
            "fr": "Le nom « {first} » et le mot « {last} » sont collés dans « {word} ».",
        },
    },
    find_in_bead=_in_bead,
)
def glued_words(document: Document, context: Context) -> Iterator[Hit]:
    """Two words are run together, mostly where a link or a line break was lost.

    Finds: a capital inside a word after a word of its own ("reportAs"), a number that touches a word, an
        unknown word that falls apart into two that are known ("Brookspar", "marketopened"), and one that is
        known with its hyphen or apostrophe ("audelà", "laccord").
    Matters: the sentence border, or one of the words, is lost to the reader and to every later tool.
    Bad: The mayor quoted the reportAs of last year, the bridge is shut.
    Good: The mayor quoted the report. As of last year, the bridge is shut.
    False positives: trade names with a capital inside (YouTube, BlackRock) are left alone unless what follows
        the capital is a word that opens sentences; a rare name may look like two words.
    Measured: 26 of 27 judged findings in crawled and machine-translated text were right. Of two neighbouring
        words of newsdiscuss, ntrex and wce-lig glued at random, real words left out, 98 % of two function
        words are found, 93 % in French and 84 to 87 % in English of one beside another word, 87 and 73 % of
        two other words, 56 and 62 % of a name and a word: as many names are known to nobody.
    """
    text = document.text
    for glue in _glues(document.text, document.language):
        word = text[glue.start : glue.end]
        if word not in context.allow:
            first, last = text[glue.start : glue.cut], text[glue.cut : glue.end]
            yield Hit(
                glue.key,
                glue.start,
                glue.end,
                values={"word": word, "first": first, "last": last, "right": glue.right},
                confidence=glue.confidence,
                severity="minor" if _is_minor(glue, document) else None,
                suggestion=glue.right or (f"{first} {last}" if glue.key != "capital" else None),
            )


def _is_minor(glue: _Glue, document: Document) -> bool:
    """Return whether little is lost, or only the lexicon speaks for two words: "schoolfriends" may be one."""
    doubted = is_doubted(document.words, glue.start, glue.end)
    return glue.key in _MINOR or (glue.key == "lexicon" and not doubted)


# Saves 7 % of the checks of 80 articles: those of an article alone, and of its pair.
@lru_cache(maxsize=_KEPT)
def _glues(text: str, language: Language) -> tuple[_Glue, ...]:
    """Find words of a text that are run together, from the text alone."""
    words = vocabulary(text)
    glues = [*_capitals(text, language, words), *_numbers(text, language)]
    glues += (_Glue(*mark[:4], SURE_BY_LEXICON, mark.right) for mark in lost_marks(text, language))
    starts = {glue.start for glue in glues}
    glues += (glue for glue in _unknown_words(text, language, words) if glue.start not in starts)
    if language == "fr":
        starts |= {glue.start for glue in glues}
        glues += (glue for glue in _elided_glues(text) if glue.start not in starts)
    return tuple(glue for glue in glues if _is_prose(text, glue) and not _ends_on_small(text, glue))


def _in_article(view: BeadView, document: Document) -> tuple[_Glue, ...]:
    """Return what is found in one article of a pair without the other side, once for all its beads."""
    key = f"glues-{document.language}"
    if key not in view.of_pair:
        view.of_pair[key] = _glues(document.text, document.language)
    glues: tuple[_Glue, ...] = view.of_pair[key]
    return glues


def _elided_glues(text: str) -> Iterator[_Glue]:
    """Yield words that an elided one was glued to: "accordn'a" for "accord n'a"."""
    for match in _ELIDED.finditer(text):
        word = match["first"] + match["small"]
        if is_word(word, "fr") or word.lower() in _BEFORE_APOSTROPHES:
            continue
        is_frequent = lexicon("fr").get(match["first"].lower(), 0) >= COMMON
        if is_frequent or match["first"].istitle():
            yield _Glue(match.start(), match.end("first"), match.end("small"), "elided", SURE_BY_LEXICON)


def _capitals(text: str, language: Language, words: frozenset[str]) -> Iterator[_Glue]:
    boundaries = [match.start() for match in _INNER_CAPITAL.finditer(text)]
    boundaries += (match.end() for match in _ACRONYM_END.finditer(text))
    all_words = _WORD.findall(text) if boundaries else []
    counts, neighbours = Counter(all_words), set(pairwise(all_words))
    glues = [_glue_at(text, boundary, "capital") for boundary in boundaries]
    parts = [(text[glue.start : glue.cut], text[glue.cut : glue.end]) for glue in glues]
    family = Counter(first for first, _ in set(parts) if first.istitle() and not is_known(first, language))
    for glue, (first, last) in zip(glues, parts, strict=True):
        if family[first] > 1:
            continue  # "AudaPlus" and "AudaPad": products of one firm
        is_apart = (first, last) in neighbours and first + last not in brands() and not first.isupper()
        confidence = SURE if is_apart else case_glue(first, last, language, words)
        if confidence and counts[first + last] == 1:
            yield glue._replace(confidence=confidence)


def _numbers(text: str, language: Language) -> Iterator[_Glue]:
    touched = _DIGIT_BEHIND_LETTERS.search(text) is not None
    for match in _BEFORE_NUMBER.finditer(text) if touched else ():
        word = match.group()
        # A capital may begin a name ("La7") where no year follows.
        if word.lower() in FUNCTION[language] and (match["year"] or word.islower()):
            yield _glue_at(text, match.end(), "number")
    for match in _AGE.finditer(text) if touched else ():
        yield _glue_at(text, match.end(), "number")
    for match in _NUMBER.finditer(text) if _LETTERS_BEHIND_DIGIT.search(text) else ():
        glue = _glue_at(text, match.end(), "number")._replace(start=match.start())
        last = text[glue.cut : glue.end]
        counted = (
            len(last) >= SHORTEST_COUNTED and last.islower() and lexicon(language).get(last, 0) >= COMMON
        )
        opens = (
            len(match.group()) >= LONG_NUMBER and len(last) >= SHORTEST_COUNTED and _is_opener(last, language)
        )
        if match.group()[0] in _MONEY and last in _MAGNITUDES:
            continue  # "£11million" is the style of some newspapers
        if counted or opens or last in OPENERS[language] or last in _AFTER_NUMBERS[language]:
            yield glue


def _is_opener(word: str, language: Language) -> bool:
    """Return whether a word with a capital is a common one, as at the start of a sentence."""
    return word.istitle() and lexicon(language).get(word.lower(), 0) >= COMMON


def _unknown_words(text: str, language: Language, words: frozenset[str]) -> Iterator[_Glue]:
    unknown = unknown_words(text, language) | (words & small_word_pairs(language))
    suspects = runs_of(text).tokens_of(unknown)
    counts = Counter(token.text for token in suspects)
    for token in suspects:
        if not (token.text.istitle() and counts[token.text] > 1):
            opens = token.text.istitle() and _opens_sentence(text, token.start)
            parts = split_by_lexicon(token.text, language, words, opens=opens) or split_at_day(
                token.text, language
            )
            if parts and not (language == "fr" and _is_joined_compound(*parts)):
                yield _Glue(token.start, token.start + len(parts[0]), token.end, "lexicon", SURE_BY_LEXICON)


def _is_joined_compound(first: str, last: str) -> bool:
    """Return whether French joins a compound since 1990, as many of a verb and a noun ("tirebouchon")."""
    compound = f"{first}-{last}".lower()
    is_verb = any({"verb", "3", "sing"} <= reading.tags for reading in readings(first.lower(), "fr"))
    return compound in JOINED_SINCE_1990 or (is_verb and bool(readings(compound, "fr")))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(' \u00a0\u202f"“«')
    if _INITIAL.search(before):
        return False
    return before[-1:] in ("", "\n", ".", "!", "?", ":")


def _ends_on_small(text: str, glue: _Glue) -> bool:
    """Return whether the second word is one that something must follow, and nothing does ("Institutet.")."""
    return text[glue.cut : glue.end].lower() in _GO_ON and bool(_NOTHING_FOLLOWS.match(text, glue.end))


def _glue_at(text: str, cut: int, key: str) -> _Glue:
    before = _WORD_BEFORE.search(text, max(0, cut - _LONGEST_WORD), cut)
    after = _WORD_AFTER.match(text, cut)
    assert before is not None
    assert after is not None
    return _Glue(before.start(), cut, after.end(), key, SURE_BY_NUMBER)


def _is_prose(text: str, glue: _Glue) -> bool:
    """Return whether the word is in no link, address, handle or markup."""
    start = max(text.rfind(" ", 0, glue.start), text.rfind("\n", 0, glue.start)) + 1
    end = min(i for i in (text.find(" ", glue.end), text.find("\n", glue.end), len(text)) if i >= 0)
    return not _NO_PROSE.search(text, start, end)
