"""Splits an unknown word into two well-known words.

Two words fit if, by their counts in the lexicon, they are likelier by a margin to have lost their space
than the whole is to be spelled like that as one word. English compounds and the prefixes of both languages
("storyteller", "surestimer") look the same: they are short, or kept out by tables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from aligner.lexicon.dictionary import in_dictionary, is_word
from aligner.lexicon.function_words import FUNCTION, marked, word_set
from aligner.lexicon.lists import after_names, brands, name_endings
from aligner.lexicon.morphology import readings
from aligner.lexicon.spelling import spelling
from aligner.lexicon.words import lexicon, never_together
from aligner.model import LANGUAGES, Language
from aligner.quantities.words import UNITS

Parts = tuple[str, str]

# Margins are natural logarithms: by how much two words must be likelier than one. They and the tables were
# tuned on newsdiscuss, ntrex and wce-lig with neighbouring words glued at random, and on the unknown words
# of these, masakhanews and newstest2008-2012, hardly any of which should fall apart.
SURE = 1.0
"""Margin where a part is a function word of two letters or more."""
CAREFUL = 2.5
"""Margin beside a function word that many real words begin or end with, and between two French words."""
STRICT = 5.5
"""Margin beside a content word of three letters, and for a long name and a word."""
SHORTEST_PART = 4
"""Letters of a part that is no function word; with one letter less the margin is STRICT."""
SHORTEST_GLUE = 4
SHORTEST_PAIRS = word_set("àla ily àun àce àsa ofa toa ina isa asa bya ifa")
"""Words that two function words make with a letter less; most others are names or abbreviations ("iso")."""
LONGEST_GLUE = 60
"""Letters: two of the longest words there are. To try every cut of a word without end would take long."""
MIN_OCCURRENCES = 5
"""Occurrences below which a lower-case word made of two function words is a slip of the pen ("dela")."""
IN_ARTICLE = 2
"""Occurrences that a word of the article counts for where the lexicon lacks it."""
MIN_NAME_OCCURRENCES = 5
"""Occurrences in the lexicon from which the part before a small letter is a name."""
KNOWN_NAME = 100
"""Such occurrences beside a function word that no name ends in."""
COMMON = 20
"""Occurrences in the lexicon, without a capital, from which the part behind a name is a word."""
DERIVED = 9.0
"""Margin where a part is one that real words begin or end with, or both are no function word and one has
three letters."""
COMPOUND = 7.0
"""Margin where two long English words could make a compound."""
LONG = 13
"""Letters from which hardly any real word looks like two."""
SHORTER = 1.25
"""Added to a margin for each letter less, beside a name or between two content words."""

PREFIXES: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "anti auto micro photo super inter télé contre extra ultra demi semi multi radio vidéo cyber "
        "giga méga médico socio info "
        "para post euro afro agro bien mal audio non trans sub mini macro hyper hydro neuro crypto hémi sur "
        "sous entre avant pseudo proto moto porte pare passe garde mono poly open web bio géo éco "
        "néo pré pro dis ex co ré re dé vice aéro psycho socio homo hétéro intra infra rétro turbo "
        "thermo tri bi arrière outre quasi alpha kilo centi milli économico"
    ),
    "en": word_set(
        "anti auto micro photo super inter tele contra extra ultra demi semi multi radio video cyber after "
        "over under down back with fore mini giga mega para post euro afro agro audio hand head home self "
        "cross half high long non prison trans sub sports heads sides step counter stock south north "
        "east west "
        "work works hyper hydro neuro crypto macro through out up off any some every where "
        "pseudo proto mono poly eco bio geo neo pre pro mis dis re un co ex hands pull news sales alpha "
        "inside outside upper lower fire water life time good well ill full under how she he were like guest"
    ),
}
"""Words that begin compounds and derived words."""
_BEGINNINGS = frozenset(("in", "en", "an", "de", "i"))
"""Function words that begin many real words."""
_PLURALS = frozenset(("is",))
"""Function words like the end of a plural ("jihadis")."""
_FEMININES = word_set("le les ne te tes se ses")
"""Words like the end of a feminine that doubles its consonant ("parisienne", "largesses")."""
_ENDING_COMPOUNDS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("on en tes"),
    "en": word_set("up in out off over on by all more or an me us if as has i"),
}
"""Function words that end words too ("startup", "plugin"): not after a word without an ending."""
_INFLECTED: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(r".{3}(?:[^s]s|ée?|ent|ement|tion)\Z"),
    "en": re.compile(r".{3}(?:[^s]s|ed|ing|ly|ent|tion|ity|ies)\Z"),
}
_ADJECTIVE = re.compile(r".{3}(?:al|ic|ive|ous|able|ible|ary|ful|less|ent|ant|ac|ish)\Z")
"""Words that an English compound does not begin with."""
_ENDS_NO_COMPOUND = re.compile(r".{3}(?:[^e]ed|ly|tion|tions|ies|ity|ment|ments|able|ous|ive|al|ic)\Z")
"""Words that an English compound does not end in; few end in a participle."""
_INSTITUTIONS = word_set(
    "ministry ministries minister ministers council councils committee committees government governments "
    "president presidents parliament university universities company companies agency agencies officer "
    "officers official officials election elections candidate candidates"
)
"""Words of public life that no English compound ends in ("defenceministry" is two words)."""
_AGENT = re.compile(r".{3}ers?\Z")
"""Endings of many compounds ("housekeepers")."""
SMALL_WORDS: Mapping[Language, frozenset[str]] = {
    language: FUNCTION[language] | marked(language, "splits") for language in LANGUAGES
}
"""Function words, and others as frequent and as short that end or begin few words."""
_DAY = re.compile(
    r"(?<=[^\W\d_]{4})(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\Z"
)
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february november december"
)
"""Names, in lower case, that no other name begins with."""
_ENDING_NAMES = word_set(
    "ton i a y an as us no on en is or al ou was him ville ball card fields son sons bank com hill more "
    "worth felt lake haven craft"
)
"""Words that names end in."""
_NEVER_IN_NAMES = word_set("by to of and the et de du au aux des sur")
"""Words of two or three letters that long names hardly ever end in."""
_COINED = re.compile(
    r"(?P<stem>[a-zà-ÿ]{5,}?)(?:is(?:e|es|er|é|ée|és|ées|ent|ant|ait|ation|ations)|esques?|ien|iens|iennes?|oises?|aises?)"
)
"""Endings that French puts to nouns and names."""
_SUFFIXES = re.compile(
    r"(?:able|ables|ment|ments|aire|aires|ette|ettes|elle|elles|esse|ance|ence|aient|erai|erait|eront|"
    r"spheres?|mania|eurs|euse|mètres?|centriste|virus|"
    r"ités?|iste|istes|isme|siens?|siennes?|sage|sages|sait|sent|taux|nets|nés|née|nées|cent|"
    r"less|ness|like|wise|ship|ships|hood|fold|most|some|free|able|ably|ible|men|man|woman|women|person|"
    r"people|handed|handedly|hearted|minded|long|back|backs|masters?|goers?|makers?|making|holders?|wide|proof|friendly|based|related|"
    r"ward|wards|works?|time|times|line|lines|side|sides|ment|ments|house|land|lands|ting|ding|ring|"
    r"ling|king|ping|ports?|wear|abilit(?:y|ies)|lights?)\Z"
)


def split_by_lexicon(
    word: str, language: Language, article: frozenset[str], *, opens: bool = False
) -> Parts | None:
    """Return the two words that ``word`` is glued from, or None.

    Meant for words that ``unknown_words`` gave. ``article`` holds the words of the article as written: a name
    of its own counts as known. ``opens`` says that a sentence begins there: the capital says nothing then.
    """
    lower = word.lower()
    if (
        word in brands()
        or not (SHORTEST_GLUE <= len(word) <= LONGEST_GLUE or lower in SHORTEST_PAIRS)
        or not (word.islower() or word.istitle())
    ):
        return None
    best_gain, parts = 0.0, None
    for cut in range(1, len(word)):
        first, last = lower[:cut], lower[cut:]
        with_names = word.istitle() and not opens
        log_share = _log_share(last, language, article, with_names)
        if log_share == -math.inf:
            continue
        log_share += _log_share(first, language, article, with_names)
        if log_share == -math.inf:
            continue
        margin = None
        after_i = first == "i" and any("verb" in reading.tags for reading in readings(last, "en"))
        if word.islower() or (opens and _may_open(first, last, language)) or after_i:
            margin = _margin(first, last, language)
        if margin is None and word.istitle():
            margin = _margin_after_name(word[:cut], last, language, article)
        if margin is None:
            continue
        gain = log_share - spelling(lower, language) - margin
        if gain > best_gain:
            best_gain, parts = gain, (word[:cut], word[cut:])
    return None if parts and (_exists(parts, language) or _is_coined(lower, language, article)) else parts


def split_at_day(word: str, language: Language) -> Parts | None:
    """Return a capitalised word and the day that was glued to it ("Advancesjeudi"), or None."""
    day = _DAY.search(word) if word.istitle() else None
    if not day or not is_word(word[: day.start()], language):
        return None
    return word[: day.start()], day.group()


def _exists(parts: Parts, language: Language) -> bool:
    """Return True if what falls apart into two words is a word all the same.

    The lexicon has slips like "dela", so that two function words are looked up in the dictionaries alone.
    """
    lower = "".join(parts).lower()
    if lower in small_word_pairs(language):
        return any(in_dictionary(lower, code) for code in LANGUAGES)
    return is_word(lower, language) or (language == "fr" and _is_english_compound(parts))


def _is_coined(word: str, language: Language, article: frozenset[str]) -> bool:
    """Return whether French may have made a word of a noun or a name ("archipelliser", "mulhousienne")."""
    coined = _COINED.fullmatch(word) if language == "fr" else None
    if coined is None:
        return False
    stem = coined["stem"]
    stems = {stem, stem[:-1] if stem[-1:] == stem[-2:-1] else stem, stem + "e"}
    names = {stem.capitalize() for stem in stems}
    return any(in_dictionary(stem, "fr") for stem in stems) or not names.isdisjoint(article)


def _is_english_compound(parts: Parts) -> bool:
    """Return whether both parts are English words, so that French may have the compound ("stablecoin")."""
    return all(len(part) >= SHORTEST_PART and _count(part.lower(), "en") >= MIN_OCCURRENCES for part in parts)


def _margin(first: str, last: str, language: Language) -> float | None:
    """Return by how much the two words must be likelier than one; None where they are never split."""
    function_flags = first in SMALL_WORDS[language], last in SMALL_WORDS[language]
    if all(function_flags):
        if last in never_together(language).get(first, ()):
            return None
        return CAREFUL if len(first) + len(last) <= SHORTEST_GLUE or len(last) == 1 else SURE
    shortest = min(
        len(part) for part, is_small in zip((first, last), function_flags, strict=True) if not is_small
    )
    if shortest < SHORTEST_PART - 1:
        return None
    if first in PREFIXES[language] or _SUFFIXES.match(last):
        return None
    letters = len(first) + len(last)
    if last in _ENDING_COMPOUNDS[language] and not _INFLECTED[language].search(first):
        return _by_length(DERIVED, letters)
    if shortest < SHORTEST_PART:
        return STRICT if any(function_flags) else _by_length(DERIVED, letters)
    if any(function_flags):
        if first[-1] == last[0] and last in _FEMININES:
            return DERIVED
        if first in _BEGINNINGS or last in _PLURALS:
            return STRICT
        return CAREFUL if min(len(first), len(last)) < 3 - function_flags[1] else SURE
    if language == "fr" or _is_no_compound(first, last):
        return CAREFUL
    return _by_length(DERIVED if _AGENT.search(last) else COMPOUND, letters)


def _is_no_compound(first: str, last: str) -> bool:
    """Return whether the forms of two English words rule out a compound."""
    return (
        last in _INSTITUTIONS
        or (first in UNITS["en"] and last.endswith("s"))  # "elevendays"
        or bool(_INFLECTED["en"].search(first) or _ADJECTIVE.search(first))
        or bool(_ENDS_NO_COMPOUND.search(last))
    )


def _by_length(margin: float, letters: int) -> float:
    """Return ``margin``, increased for a short word: more real words look like two."""
    return margin + SHORTER * max(0, LONG - letters)


def _margin_after_name(first: str, last: str, language: Language, article: frozenset[str]) -> float | None:
    """Return the margin of a name and the word after it ("Brookspar", "Norwaysaid")."""
    if last in _ENDING_NAMES or _SUFFIXES.match(last):
        return None
    is_function_word = last in SMALL_WORDS[language]
    known_end = last in after_names() or first.lower() in _DAYS
    if (
        not is_function_word
        and first not in article
        and not known_end
        and not _is_great_name(first, last, language)
    ):
        return None  # "Charlottetown", "Powerpoint": names are made of words as well
    as_name, as_word = _count(first, language), _count(first.lower(), language)
    if len(first) < SHORTEST_PART - is_function_word or (
        first not in article and max(as_name, as_word) < MIN_NAME_OCCURRENCES
    ):
        return None
    no_name = first.lower() in SMALL_WORDS[language] or (len(last) < SHORTEST_PART - 1 and as_word > as_name)
    if is_function_word and no_name:
        return None  # "Quique", "Institutet": names
    if is_function_word and last in _NEVER_IN_NAMES and as_name >= KNOWN_NAME:
        return CAREFUL
    if is_function_word:
        return _by_length(SURE if len(last) > 2 else STRICT, len(first) + len(last))
    if len(last) < SHORTEST_PART - 1 or _count(last, language) < COMMON:
        return None
    return _by_length(STRICT if as_name > as_word else DERIVED, len(first) + len(last))


def _log_share(word: str, language: Language, article: frozenset[str], with_names: bool) -> float:
    """Return the log of the share of a lower-cased ``word`` in the lexicon, with names if ``with_names``."""
    count = max(_count(word, language), _count(word.capitalize(), language) if with_names else 0)
    if not count and (word in article or word.capitalize() in article) and len(word) >= SHORTEST_PART:
        count = IN_ARTICLE
    return math.log(count / _total(language)) if count else -math.inf


def _is_common(word: str, language: Language) -> bool:
    """Return whether a word with a capital is a common one that opens a sentence, not a name."""
    return len(word) > 1 and _count(word, language) > _count(word.capitalize(), language)


def _may_open(first: str, last: str, language: Language) -> bool:
    """Return whether two words can open a sentence; of two function words, the second must be able to follow.

    "Inthe" is "In the", but "Butare" and "Beto" are names.
    """
    if first in SMALL_WORDS[language] and last in SMALL_WORDS[language]:
        return first in marked(language, "leads") and last in marked(language, "follows")
    return _is_common(first, language)


def _is_great_name(first: str, last: str, language: Language) -> bool:
    """Return whether a well-known name precedes a word that ends no names ("Francerefuse")."""
    as_name = _count(first, language)
    long = len(first) > SHORTEST_PART < len(last)
    return (
        long
        and as_name >= KNOWN_NAME
        and as_name > _count(first.lower(), language)
        and last not in name_endings()
    )


# Saves 12 ms a call, one call an article.
@cache
def small_word_pairs(language: Language) -> frozenset[str]:
    """Return what two function words form that is no word itself, though it may be a name ("dela")."""
    pairs = {
        first + last
        for first in FUNCTION[language]
        for last in FUNCTION[language] - never_together(language).get(first, frozenset())
        if len(first) + len(last) >= SHORTEST_GLUE
    } | SHORTEST_PAIRS
    fr, en = (lexicon(code) for code in LANGUAGES)
    return frozenset(
        pair for pair in pairs if fr.get(pair, 0) < MIN_OCCURRENCES and en.get(pair, 0) < MIN_OCCURRENCES
    )


def _count(word: str, language: Language) -> int:
    return lexicon(language).get(word, 0)


# Saves 0.3 ms a call, 1,900 calls in an audit of corpora/stories.
@cache
def _total(language: Language) -> int:
    return sum(lexicon(language).values())
