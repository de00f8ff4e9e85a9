"""Tells two words run together at a capital from names that are spelled so.

Trade names ("YouTube", "SolarWinds") look like two words too: a full name ("PierreMartin") is recognised by
its given name, the name of a body ("SecurityCouncil") by a word that trade names leave to the state.
"""

from __future__ import annotations

from aligner.checks.extraction._glue import PREFIXES
from aligner.lexicon.function_words import FUNCTION, ONLY, OPENERS, word_set
from aligner.lexicon.lists import brands, given_names, of_state
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import is_known, lexicon
from aligner.model import LANGUAGES, Language

COMMON = 20
"""Occurrences in the lexicon from which the word before an inner capital is a word of its own
(tuned on masakhanews and newstest2008-2012; judged on paracrawl and on the English of wmt20-mqm)."""
MIN_OCCURRENCES = 5
"""Least occurrences where the capital begins a word of four letters or more, or a known one."""
VERY_COMMON = 100
"""Least occurrences of a word of three letters."""
SHORTEST_NAME = 3
"""Letters of each half of a word that may be two names."""
SHORTEST_UNKNOWN = 4
"""Letters of a half that nobody knows."""
LONG = 5
"""Letters of each half where neither is a common word, and of a misspelled word before a name."""
SHORTEST_FULL_NAME = 9
"""Letters of a given name and a family name."""

_BEGINS_BRANDS = PREFIXES["fr"] | PREFIXES["en"] - word_set("good life time after with under how she he were")
_BEGINS_BRANDS |= word_set(
    "mac dot net pod jet air easy smart sun sky top fun max mix box map app car one pay tri"
)
PARTICLES = frozenset(("des", "les", "del", "den"))
"""Function words that may touch a family name."""
PAGE_WORDS = word_set(
    "Read Lire Voir Regarder Abonnez Partager Partagez Subscribe Advertisement Publicité "
    "Publicite Credit Crédit"
)
"""Words that open what is around an article on a page, and end no trade name."""
SURE, PERHAPS = 0.95, 0.5
_OPENS_NO_BRAND = word_set(
    "Since Both When Where Although However While Because Before During Between According Despite Most Many "
    "Some These Those This That But He She They Its Their His Her From With What "
    "Selon Après Avant Depuis Pendant Mais Donc Dans Entre Lors Lorsque Quand Comme Ce Cette Ces Il Elle Ils "
    "Elles Leur Leurs Qui Que Aux Des Du Avec Sans Chez Contre Et"
)
"""Words that open sentences and, unlike "The" or "One", no trade names."""
_OF_TRADE = word_set(
    "Air Mart Net Vet Tech Bank Soft Web Card Box Book Plus Shop Media Group Sport Sports Games Labs "
    "Works Tube Info "
    "Pay Cloud Point Office Link Space Ware Gear Watch Chat Hub Spot Flix Fit Pod Pad Store Trade Gram Coin"
)
"""Words that end trade names."""


def case_glue(first: str, last: str, language: Language, article: frozenset[str]) -> float:
    """Return how sure it is that ``first`` and ``last``, parted by an inner capital, are two words; 0 if not.

    ``article`` holds the words of the article as written.
    """
    if first + last in brands():
        return 0.0
    if language == "fr" and _is_hyphenated(first, last):
        return SURE
    if last in PAGE_WORDS and len(first) >= SHORTEST_UNKNOWN:
        return SURE
    if first.islower():
        return SURE * _after_small_letters(first, last, language, article)
    if first.isupper():
        return SURE * (last in ONLY[language] or (last in OPENERS[language] and len(last) >= SHORTEST_NAME))
    if min(len(first), len(last)) < SHORTEST_NAME - (last in OPENERS[language]):
        return 0.0
    if last in OPENERS[language]:
        return SURE * (first in article or is_known(first, language))
    if not last.istitle() or not first.istitle():
        return 0.0
    if _are_two_names(first, last, language):
        return SURE
    if _may_be_two_names(first, last, language, article):
        return SURE if {first, last} <= article else PERHAPS
    return 0.0


def _is_hyphenated(first: str, last: str) -> bool:
    """Return whether French joins two words with a capital by a hyphen ("GrandeBretagne", "EtatsUnis")."""
    if not (first.istitle() and last.istitle()):
        return False
    spellings = {first, first.replace("E", "É", 1)}
    return any(readings(f"{spelling}-{last}", "fr") for spelling in spellings)


def _after_small_letters(first: str, last: str, language: Language, article: frozenset[str]) -> bool:
    is_function_word = first in FUNCTION[language]
    if is_function_word and first not in PARTICLES and last.istitle() and len(first) > 2 < len(last):
        return True
    count = lexicon(language).get(first, 0)
    if count < MIN_OCCURRENCES or first in _BEGINS_BRANDS:
        return len(first) >= LONG and first not in _BEGINS_BRANDS and _is_name(last, language, article)
    if len(first) <= SHORTEST_NAME and not (is_function_word and (len(first) > 1 or first == "à")):
        return count >= VERY_COMMON and len(first) == SHORTEST_NAME and _is_title(last)
    if last.isupper() and len(last) > LONG and is_known(last.capitalize(), language):
        return False  # "contactSCOTLAND": a brand, where an acronym would be none
    return last.isupper() or is_known(last, language) or last in article or _is_title(last)


def _are_two_names(first: str, last: str, language: Language) -> bool:
    if first in given_names() and len(first + last) >= SHORTEST_FULL_NAME and last not in _OF_TRADE:
        return True
    if (first in of_state() and last not in _OF_TRADE) or last in of_state():
        return True
    if first in _OPENS_NO_BRAND and _is_title(last):
        return True
    return language == "fr" and _is_french_only(last) and is_known(first, "fr")


def _may_be_two_names(first: str, last: str, language: Language, article: frozenset[str]) -> bool:
    """Return whether both may be names that were run together; merged firms are spelled so too."""
    if all(len(part) >= LONG and _is_no_word(part) for part in (first, last)):
        return True
    return all(_is_name(part, language, article) for part in (first, last))


def _is_no_word(word: str) -> bool:
    return not any(word.lower() in lexicon(language) for language in LANGUAGES)


def _is_title(word: str) -> bool:
    return word.istitle() and len(word) >= SHORTEST_UNKNOWN


def _is_french_only(word: str) -> bool:
    return lexicon("fr").get(word.lower(), 0) >= COMMON and not is_known(word, "en")


def _is_name(word: str, language: Language, article: frozenset[str]) -> bool:
    as_name, common = (lexicon(language).get(form, 0) for form in (word, word.lower()))
    return as_name > max(COMMON, common) or (word in article and not common)
