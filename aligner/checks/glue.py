"""Where a word that nobody knows falls apart into two words that everybody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from aligner.checks.function_words import FUNCTION, word_set
from aligner.model import Language
from aligner.text.lexicon import lexicon

Parts = tuple[str, str]

# Thresholds and tables were tuned on newstest2008-2012 with two words glued at random in each article,
# and on the unknown words of masakhanews and of the TransRead novels, of which none should fall apart.
SEEN = 5
"""Occurrences in the lexicon from which a part counts as a word beside a function word of three letters or
more."""
COMMON = 20
"""The same for names, and for what may begin with a capital because a sentence begins there."""
VERY_COMMON = 100
"""The same beside a function word of two letters, and for both parts where neither is a function word."""
NAMED = 5
"""The same for a part that is a name."""
SHORTEST_PART = 4
"""Letters of a part that is no function word."""
SHORTEST_GLUE = 5
LONGEST_GLUE = 60
"""Letters: two of the longest words there are. To try every cut of a word without end would take long."""
LONG_GLUE = 12
"""Letters of an unknown English word from which it is no compound: 2 of 430,000 words of masakhanews are."""

# Left out are beginnings and endings of real words: "partisans", "Johnson", "mangeront", "turnover".
LAST: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "les des une est que qui par pour dans avec entre sur sont cette nous vous mais comme après avant "
        "depuis selon contre chez était étaient aussi dont ainsi plus pas ces ses lors lorsque quand tout "
        "tous toutes leurs notre votre sous très encore toujours déjà jamais été être avoir serait sera "
        "peut aucun aucune un de du la ou"
    ),
    "en": word_set(
        "the and that with from have this which were said will what when their about into also been has was "
        "who because would could should after for to of had his are not they while where between before "
        "against without during until through both each such than more only other there many most its"
    ),
}
"""Function words that may end a glued word."""
LAST_AFTER_INFLECTION: Mapping[Language, frozenset[str]] = {
    "fr": word_set("le et en au aux ont leur ne se il elle ce on a si son sa"),
    "en": word_set("in on by as at is it or an he we be if no so her him she you all any some over but how"),
}
"""Those that end many real words too, but hardly ever after an inflected form."""
_INFLECTED: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(r".{3}(?:[^s]s|ée?|ent|ement|tion)\Z"),
    "en": re.compile(r".{3}(?:[^s]s|ed|ing|ly|ent|tion|ity)\Z"),
}
LAST_AFTER_LONG_NAME = frozenset(("by", "to", "of"))
"""The same after a name of five letters or more that the article holds, or the lexicon well knows."""
LAST_AFTER_NAME: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "par pour qui que dans avec entre sont cette nous vous mais comme après depuis selon contre chez "
        "était aussi dont ainsi"
    ),
    "en": word_set("that with from have this which were said will about also been has was who"),
}
FIRST: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "les des une dans pour avec cette leurs nous vous aux est que qui sont ses ces leur ont tout tous "
        "très plus mais comme aussi ainsi même le la un au du et ce il de ils elle notre été"
    ),
    "en": word_set(
        "the and that with from this which their have what when also would could of to is it he was has had "
        "not but are who its they been being more very most such than only other his these those will will "
        "for about we"
    ),
}
"""Function words that may begin a glued word."""
REAL_WORDS = word_set(
    "hereof thereof whereof hereto thereto whereto hereon thereon whereon hereat thereat verset parterre "
    "parterres parchemin parchemins withstood inmost whoso"
)
"""Words that look like two, and are too rare for the lexicon."""
PREFIXES = word_set(
    "anti auto micro photo super inter télé contre extra ultra demi semi multi radio vidéo cyber tele after "
    "over under down back with fore mini giga méga mega para post euro afro agro bien mal video audio hand "
    "head home self cross half high long non prison trans sub sports heads sides step counter stock south "
    "north east west work works"
)
_SUFFIXES = re.compile(
    r"(?:able|ables|ment|ments|aire|aires|ette|ettes|elle|elles|esse|ance|ence|aient|erai|erait|eront|"
    r"eurs|euse|"
    r"ités?|iste|istes|isme|sage|sages|sait|sent|taux|nets|nés|née|nées|cent|"
    r"less|ness|like|wise|ship|ships|hood|fold|most|some|free|able|ably|ible|men|man|woman|women|person|"
    r"people|"
    r"ward|wards|works?|time|times|line|lines|side|sides|ment|ments|house|land|lands|ting|ding|ring|"
    r"ling|king|ping|ports?|wear|abilit(?:y|ies)|lights?)\Z"
)


_ENDINGS: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:[ei]?r(?:a|ai|as|ez|ons|ont|ais|ait|aient)|er|[aei]nts?|[aei]ntes?|ai|as?|ais|ait|aient|"
        r"ées?|és?|es?|ez|"
        r"ons|i[st]?|irent|s|x|aux|e?ment|ités?|eurs?|euses?|ages?|ables?)\Z"
    ),
    "en": re.compile(r"(?:e?s|e?d|ing|e?rs?|ly|est|e?st|able|ment|ness|ies|ied)\Z"),
}
_OTHER_ENDINGS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("", "e", "er", "ir", "re", "s", "é", "ée", "és", "ent", "ant", "al", "el", "ait"),
    "en": ("", "e", "s", "ed", "ing", "er", "ly", "y"),
}


def split_by_lexicon(word: str, language: Language, article: frozenset[str]) -> Parts | None:
    """The two words that ``word`` is glued from, or None.

    Meant for words that ``unknown_words`` gave. ``article`` holds the words of the article as written: a name
    of its own counts as known.
    """
    if not SHORTEST_GLUE <= len(word) <= LONGEST_GLUE or word.lower() in REAL_WORDS:
        return None
    cuts = [cut for cut in range(2, len(word) - 1) if _fits(word[:cut], word[cut:], language, article)]
    if not cuts:
        return None
    if _is_inflection(word.lower(), language):
        return None
    best = max(cuts, key=lambda cut: min(_count(word[:cut], language), _count(word[cut:], language)))
    return word[:best], word[best:]


def _fits(first: str, last: str, language: Language, article: frozenset[str]) -> bool:
    if not last.islower():
        return False
    if first[0].isupper() and first.lower() not in FIRST[language]:
        return _after_name(first, last, language, article)
    lower = first.lower()
    if lower in FUNCTION[language] and last in FUNCTION[language]:
        return True
    if last in LAST[language] or last in LAST_AFTER_INFLECTION[language]:
        return _before_function_word(lower, last, language)
    if lower in FIRST[language]:
        enough = VERY_COMMON if len(lower) == 2 else SEEN
        return len(last) >= SHORTEST_PART and _count(last, language) >= enough
    return _between_words(lower, last, language)


def _after_name(first: str, last: str, language: Language, article: frozenset[str]) -> bool:
    named = lexicon(language).get(first, 0)
    if last in LAST_AFTER_LONG_NAME and last in FUNCTION[language]:
        return len(first) > SHORTEST_PART and (first in article or named >= VERY_COMMON)
    known = first in article or named >= NAMED or _count(first, language) >= COMMON
    return len(first) >= SHORTEST_PART and last in LAST_AFTER_NAME[language] and known


def _before_function_word(first: str, last: str, language: Language) -> bool:
    if len(first) < SHORTEST_PART + (len(last) == 2):
        return False
    if last in LAST_AFTER_INFLECTION[language] and not _INFLECTED[language].search(first):
        return False
    if last == "les" and first.endswith("l"):  # the feminine plural of an adjective in "-el"
        return False
    return _count(first, language) >= (VERY_COMMON if len(last) == 2 else SEEN)


def _between_words(first: str, last: str, language: Language) -> bool:
    """Two words with a meaning of their own, of which English makes short compounds."""
    if min(len(first), len(last)) < SHORTEST_PART or first in PREFIXES or _SUFFIXES.match(last):
        return False
    long = len(first) + len(last) >= LONG_GLUE
    compound = language == "en" and not long and not _INFLECTED["en"].search(first)
    enough = COMMON if long and language == "fr" else VERY_COMMON
    return not compound and min(_count(first, language), _count(last, language)) >= enough


def _is_inflection(word: str, language: Language) -> bool:
    """Whether the lexicon has another form of the word: it is only rare, and falls apart by chance."""
    ending = _ENDINGS[language].search(word)
    if ending is None or ending.start() < SHORTEST_PART:
        return False
    stem = word[: ending.start()]
    return any(_count(stem + other, language) > 0 for other in _OTHER_ENDINGS[language])


@cache
def _count(word: str, language: Language) -> int:
    return lexicon(language).get(word.lower(), 0)
