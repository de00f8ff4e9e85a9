"""Proper names of a text, and whether a French and an English form can be the same name.

Exonyms ("Londres", "London") and acronyms come from two small tables of our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.function_words import word_set
from aligner.lexicon.lists import word_list
from aligner.lexicon.words import lexicon, without_accents
from aligner.model import Language

MIN_LETTERS = 4
"""Letters below which a name is too short to be distinguished from its neighbours by spelling."""

MAX_LETTERS = 30
"""Letters back to which the word before a name is looked for."""

STEM = 6
"""Letters from which on two words that begin alike are taken for forms of one name."""

LONGEST_TITLE = 8
"""Letters back to which the end of a sentence, or a title such as "Mr.", is looked for."""

_SEGMENTS_KEPT = 8192
"""Segments whose words and names are kept: more than the longest pair has."""

_NAMES_KEPT = 4096
"""Names whose transcription is kept."""

_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0-]$")
_WORD_AFTER = re.compile(r"[ \u00a0-]([^\W\d_]+)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…«»“”\"(\[•–—-])[^\w.!?:;…«»“”\"(\[•–—-]*$")
_TITLE_BEFORE = re.compile(r"(?<![^\W_])(?:M|MM|Mr|Mrs|Ms|Dr|Pr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|[A-Z])\. ?$")
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
# French and English spell the sounds of other alphabets each in its own way.
_TRANSCRIPTION = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|cz|tj|č", "ch"),
        ("sch", "sh"),
        ("ch", "sh"),
        ("dj|dzh|zh", "j"),
        ("gu(?=[ei])", "g"),
        ("ph", "f"),
        ("kh|gh", "h"),
        ("[yj]", "i"),
        ("oue|ou|oo", "u"),
        ("ae|ai|ei|ee|ie|ii", "e"),
        ("oe", "o"),
        ("ue", "u"),
        ("w", "v"),
        ("ck|q|c(?![hei])", "k"),
        ("ss", "s"),
        ("ff$", "v"),
        ("th", "t"),
        ("z", "s"),
        ("ine?$", "in"),
        ("[ei]+$", ""),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_FRENCH_SOUND = re.compile("tch|dj|ou|kh")
_UMLAUT = re.compile(r"(?<=[aou])e")
_ENDINGS: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "e es s ie ies ien iens ienne iennes ais aise aises ois oise ain ains aine aines ique "
        "iques an ane ans er een eens eenne iste istes isme"
    )
    | {""},
    "en": word_set("s es a ia ian ians an ans ean eans ese ic ical y ish er ers i is ist ists ism") | {""},
}


_DERIVED = word_set(
    "n ns ne nes er ers ian ians ien iens ienne ais aise ois oise ain aine ano ana an ane ish"
)


class Name(NamedTuple):
    """A capitalised word at ``start:end``; ``folded`` is lower-case without accents.

    ``before`` and ``after`` are the folded words that touch it with a space or hyphen between.
    """

    text: str
    folded: str
    start: int
    end: int
    at_start: bool
    before: str
    after: str


def fold(word: str) -> str:
    """Return ``word`` in lower case, without accents and ligatures."""
    if word.isascii():
        return word.lower()
    return without_accents(word.lower().translate(_LIGATURES))


# Saves 0.2 s of the 8 s of an audit of corpora/stories: several checks read each segment.
@lru_cache(maxsize=_SEGMENTS_KEPT)
def read_words(text: str) -> frozenset[str]:
    """Return all words of ``text``, folded."""
    return frozenset(map(fold, set(_WORD.findall(text))))


# Saves 0.07 s of the 8 s of an audit of corpora/stories.
@lru_cache(maxsize=_SEGMENTS_KEPT)
def read_names(text: str) -> tuple[Name, ...]:
    """Return the capitalised words of ``text``, acronyms left out, in order."""
    names = []
    for match in _CAPITAL.finditer(text):
        word = match.group()
        if word[:-1].isupper() or (len(word) > MIN_LETTERS and word[:2].isupper()):
            continue  # acronyms, "NRCan" and "ARNm" among them
        start, end = match.span()
        before = _WORD_BEFORE.search(text, max(0, start - MAX_LETTERS), start)
        after = _WORD_AFTER.match(text, end)
        names.append(
            Name(
                word,
                fold(word),
                start,
                end,
                _begins_sentence(text, start),
                fold(before[1]) if before else "",
                fold(after[1]) if after else "",
            )
        )
    return tuple(names)


def _begins_sentence(text: str, start: int) -> bool:
    before = max(0, start - LONGEST_TITLE), start
    return bool(_SENTENCE_START.search(text, *before)) and not _TITLE_BEFORE.search(text, *before)


def looks_like_name(name: Name, language: Language) -> bool:
    """Return whether the capital is the word's own, not that of a sentence start or a title."""
    words = lexicon(language)
    as_name, as_word = words.get(name.text, 0), words.get(name.text.lower(), 0)
    return as_name >= as_word if as_name or as_word else not name.at_start or name.after != ""


def known(name: Name, language: Language) -> bool:
    """Return whether the lexicon of ``language`` has the word, in any case."""
    words = lexicon(language)
    return name.text in words or name.text.lower() in words


def _rows(file: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = files("aligner.lexicon").joinpath(f"data/{file}").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return tuple((french, tuple(english.split("|"))) for french, english in rows)


def exonym_rows() -> frozenset[tuple[str, str]]:
    """Read pairs (French, English) of names that each language has its own form for."""
    return frozenset((french, e) for french, english in _rows("exonyms.tsv") for e in english)


class _Tables(NamedTuple):
    """Folded words that take a capital without being names, the exonyms, and their forms by language."""

    no_names: frozenset[str]
    exonyms: frozenset[tuple[str, str]]
    own_forms: Mapping[Language, Mapping[str, frozenset[str]]]


# Saves 17 ms a call, 6,100 calls in an audit of corpora/stories.
@cache
def _tables() -> _Tables:
    no_names = word_list("institutions.txt") | word_list("titles_and_bodies.txt")
    exonyms = frozenset((fold(french), fold(english)) for french, english in exonym_rows())
    forms: dict[Language, dict[str, set[str]]] = {"fr": {}, "en": {}}
    for french, english in exonyms:
        forms["fr"].setdefault(french, set()).add(english)
        forms["en"].setdefault(english, set()).add(french)
    own_forms = {
        language: {name: frozenset(counterparts) for name, counterparts in names.items()}
        for language, names in forms.items()
    }
    return _Tables(frozenset(map(fold, no_names)), exonyms, own_forms)


def no_names() -> frozenset[str]:
    """Return folded words that take a capital without being names: titles, bodies, days, months."""
    return _tables().no_names


def exonyms() -> frozenset[tuple[str, str]]:
    """Return the pairs of ``exonym_rows``, folded."""
    return _tables().exonyms


def _own_forms(language: Language) -> Mapping[str, frozenset[str]]:
    """Map folded names of one language to their folded forms in the other."""
    return _tables().own_forms[language]


def has_own_form(name: str, language: Language) -> bool:
    """Return whether the other language has its own form of a folded name, by the table of exonyms."""
    return name in _own_forms(language)


def of_one_place(french: str, english: str) -> bool:
    """Return whether two folded words are one name, or a name and its people ("allemand", "Germany")."""
    if french[:STEM] == english[:STEM] or can_be_same(french, english):
        return True
    shared = _own_forms("fr").get(french, frozenset())
    forms = _own_forms("en").get(english, frozenset())
    if any(shared & _own_forms("fr")[form] for form in forms):
        return True
    derived = [(french, form) for form in forms] + [(english, form) for form in shared]
    return any(len(form) >= STEM and word.startswith(form) for word, form in derived)  # Anversois, Antwerp


# Saves 0.5 ms a call, up to seven calls a bead that has acronyms.
@cache
def acronyms() -> Mapping[str, tuple[str, ...]]:
    """Map French acronyms to their English forms."""
    return dict(_rows("acronyms.tsv"))


def can_be_same(french: str, english: str, settled: bool = False) -> bool:
    """Return whether two folded names may be one name in the two languages.

    Equal, an exonym, in the plural, or with the ending of an inhabitant. A name that is not
    ``settled``, that is not known to be the same in both languages, may also have another ending
    ("Californie", "Californian") or be transcribed otherwise ("Gorbatchev", "Gorbachev").
    """
    if french == english or (french, english) in exonyms() or french.rstrip("s") == english.rstrip("s"):
        return True
    if settled:
        if _UMLAUT.sub("", french) == _UMLAUT.sub("", english):  # Günther, Guenther
            return True
        if _FRENCH_SOUND.search(french) and _transcribed(french) == _transcribed(english):  # Sotchi, Sochi
            return True
        short, long = sorted((french, english), key=len)
        return long.startswith(short) and long[len(short) :] in _DERIVED
    transcribed = _transcribed(french), _transcribed(english)
    return transcribed[0] == transcribed[1] or _same_stem(french, english) or _same_stem(*transcribed)


def read_alike(french: str, english: str) -> bool:
    """Return whether two folded names are pronounced alike: another transcription, or a doubled letter."""
    return _single(_transcribed(french)) == _single(_transcribed(english))


def _single(name: str) -> str:
    return _DOUBLED.sub(r"\1", name)


# Saves 0.04 s of the 8 s of an audit of corpora/stories, more where many names are compared with many.
@lru_cache(maxsize=_NAMES_KEPT)
def _transcribed(name: str) -> str:
    for pattern, sound in _TRANSCRIPTION:
        name = pattern.sub(sound, name)
    return name


def _same_stem(french: str, english: str) -> bool:
    if french[: MIN_LETTERS - 1] != english[: MIN_LETTERS - 1]:
        return False
    shared = 0
    while shared < min(len(french), len(english)) and french[shared] == english[shared]:
        shared += 1
    return any(
        french[cut:] in _ENDINGS["fr"] and english[cut:] in _ENDINGS["en"]
        for cut in range(MIN_LETTERS - 1, shared + 1)
    )
