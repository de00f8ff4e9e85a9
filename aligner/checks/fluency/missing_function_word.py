"""FLU403: a function word is missing or superfluous."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from aligner.checks.base import article_check
from aligner.checks.evidence import surest
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._government import government_claims
from aligner.checks.fluency._grammar import first_of_each, grammar_hits
from aligner.checks.tables import search
from aligner.checks.tokens import Token, runs_of, tokens
from aligner.lexicon.function_words import FUNCTION, word_set
from aligner.lexicon.words import never_together
from aligner.model import Context, Document, Hit, Language, WordTag

_SPACES = frozenset(" \u00a0")
_APOSTROPHES = frozenset("’'")
_OPEN, _CLOSED = frozenset('([“"‘'), frozenset(')]”"’')
_AND = word_set("and or et ou")
_LATIN = word_set("vitro vivo situ utero silico absentia camera extremis memoriam")
_OWNERS = word_set("the a an our my your his her its their le la les notre votre son sa ses leur leurs")
_JOINTS = frozenset("’'-·&")
_DETERMINERS_TOO = word_set("son ton")
"""Nouns that are determiners too."""
_EACH, _ONE = word_set("à par"), word_set("un une")
"""The beginning of "un à un les invités"."""
_BEFORE_FRONT_PAGE = word_set("la en cette chaque sa leur notre votre ma ta une première")
"""The beginning of "la une du journal", which is its front page."""
_COMPASS = ("est", "en")
"""The continuation of "d'est en ouest"."""
_WINDS = word_set("vent vents secteur alizé alizés brise façade flanc")
"""What may be "d'est"."""
_ONE_MORE, _LITTLE = ("un",), word_set("peu brin tantinet chouïa")
"""The beginning of "une un peu particulière"."""
_DETERMINERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "le la les l un une des du au aux ce cette ces cet son sa ses leurs notre nos votre vos mon ma mes d"
    ),
    "en": word_set("the a an our their my your its every"),
}
"""Words that call for a noun: what never follows them is known best."""
_NOUNS_TOO: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "pas si plus très moi dit être faire fait avoir peu autre autres même y elle nous vous mais et"
    ),
    "en": word_set("i all how why who what which when where here many more most very say says said do"),
}
"""Function words that may be where a noun does ("the how and why", "la si fière équipe")."""


@article_check(
    "FLU403",
    "missing-function-word",
    title={"en": "Function word missing or superfluous", "fr": "Mot-outil manquant ou en trop"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=BROKEN_TEXT,
    needs_detector=True,
    messages={
        "apart": {
            "en": "“{text}” cannot be used like this: a word is missing or superfluous.",
            "fr": "« {text} » ne peut pas s'écrire ainsi : il manque un mot, ou il y en a un de trop.",
        },
        "better": {
            "en": "“{text}” should be “{better}”.",
            "fr": "Au lieu de « {text} », il faut « {better} ».",
        },
        "missing": {
            "en": "A function word is missing in “{text}”: “{better}”.",
            "fr": "Il manque un mot-outil dans « {text} » : « {better} ».",
        },
        "elision": {
            "en": "The function word in “{text}” is elided before a vowel in French.",
            "fr": "Le mot-outil s'élide devant une voyelle : « {text} ».",
        },
        "full": {
            "en": "The function word in “{text}” is not elided: the h is aspirated.",
            "fr": "Le mot-outil ne s'élide pas devant un h aspiré : « {text} ».",
        },
        "repeated": {
            "en": "The same word occurs twice: “{text}”.",
            "fr": "Le même mot est écrit deux fois : « {text} ».",
        },
        "accent": {
            "en": "“{text}” should be written “{better}”.",
            "fr": "« {text} » s'écrit « {better} » : c'est le participe du verbe devoir.",
        },
        "comma": {
            "en": "No comma separates what belongs together: “{text}”.",
            "fr": "La virgule est de trop : « {text} ».",
        },
        "stop": {
            "en": "A full stop cuts the clause: “{text}”.",
            "fr": "Le point coupe la phrase : « {text} ».",
        },
    },
)
def missing_function_word(document: Document, context: Context) -> Iterator[Hit]:
    """A preposition, a determiner or an auxiliary is missing, or one too many.

    Finds: function words next to each other that ten million words of French or English never put together,
        after a determiner ("the of", "des les"), and fixed phrases that lost their preposition ("afin
        investir", "according the report") or have it twice ("afin de d'investir"); by the rules in
        `data/grammar.*.toml`, "de le", "si il", "ce homme", "la attente", a word written twice ("demain
        demain"), "the his", "the 3 May", a comma or a full stop inside a clause ("a déclaré, que"); a
        preposition that never follows its verb or adjective in 20 million words ("renoncer de partir"), or
        none where there always is one ("capable lire", "depends the weather").
    Matters: a word was dropped or left over by a machine translation or a hasty cut; the reader must guess.
    Bad: The firm hires in order improve its service, according the report.
    Good: The firm hires in order to improve its service, according to the report.
    False positives: function words used as nouns ("le pour et le contre"); quotations of careless speech.
    Measured: 26 of 28 judged findings in crawled and machine-translated text were right.
    """
    governed = surest(government_claims(document), document.language)
    return first_of_each((*_by_words(document), *governed, *grammar_hits(document, "FLU403")))


def _by_words(document: Document) -> Iterator[Hit]:
    """Yield function words that never meet, and fixed phrases with a word too few or too many."""
    text, language = document.text, document.language
    tag_of = {tag.start: tag for tag in document.tags or ()}
    determiners, apart = _DETERMINERS[language], never_together(language)
    for number, (word, following) in enumerate(pairwise(runs_of(text).spelled), 2):
        if word not in determiners or following not in apart.get(word, ()):
            continue
        all_tokens = tokens(text)
        first, second = all_tokens[number - 2 : number]
        after = all_tokens[number].text if number < len(all_tokens) else ""
        shared = second.text in _AND and after in _OWNERS  # "your and the public's needs"
        latin = second.text == "in" and after in _LATIN  # "the in vitro effects"
        is_quantity = second.text in _ONE_MORE and after in _LITTLE
        if shared or latin or is_quantity:
            continue
        cited = _is_cited(text, first.start, second.end)
        tag = tag_of.get(first.start)
        noun = (first.text in _DETERMINERS_TOO and _is(tag, "NOUN")) or (
            first.text in _ONE and _is(tag, "PRON")
        )
        before = all_tokens[number - 3].text if number > 2 else ""
        noun = noun or _is_east(before, second.text, after) or (before in _EACH and first.text in _ONE)
        noun = noun or (first.text == "une" and before.lower() in _BEFORE_FRONT_PAGE)
        if not cited and not noun and _is_impossible(text, first, second, language):
            yield _hit(text, first.start, second.end)
    for match, _ in search("fluency/lost_words", text, language):
        yield _hit(text, *match.span())


def _is_east(before: str, word: str, after: str) -> bool:
    """Return whether "est" is the east: "d'est en ouest", "un vent d'est"."""
    return (word, after) == _COMPASS or (word == _COMPASS[0] and before in _WINDS)


def _is(tag: WordTag | None, pos: str) -> bool:
    """Return whether the detector takes a word for this: a pronoun in "prêter une"."""
    return tag is not None and tag.pos == pos


def _is_cited(text: str, start: int, end: int) -> bool:
    """Return whether brackets or quotation marks hold two words alone: "a before (the before)"."""
    return text[start - 1 : start] in _OPEN and text[end : end + 1] in _CLOSED


def _is_impossible(text: str, first: Token, second: Token, language: Language) -> bool:
    """Return whether words that never meet are two function words, and no parts of longer ones ("by-law")."""
    if second.text not in FUNCTION[language] or second.text in _NOUNS_TOO[language]:
        return False
    gap, before, after = (
        text[first.end : second.start],
        text[first.start - 1 : first.start],
        text[second.end :][:1],
    )
    elided = gap in _APOSTROPHES
    complete = elided if len(first.text) == 1 and first.text != "a" else gap in _SPACES
    return complete and before not in _JOINTS and after not in _JOINTS


def _hit(text: str, start: int, end: int) -> Hit:
    excerpt = text[start:end]
    if excerpt in ("du à", "du au", "du aux"):
        better = excerpt.replace("du", "dû")
        return Hit(
            "accent",
            start,
            end,
            values={"text": excerpt, "better": better},
            suggestion=better,
            severity="minor",
        )
    return Hit("apart", start, end, values={"text": excerpt})
