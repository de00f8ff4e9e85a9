"""FLU401: a capital in mid-sentence on a word that is no name, or a name without its capital."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from aligner.checks.base import article_check
from aligner.checks.fluency._capitals import foreign_capitals, is_of_nation, stray_capitals
from aligner.checks.fluency._common_capitals import common_capitals
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._peoples import is_small_name, small_peoples
from aligner.checks.fluency._short_forms import short_forms
from aligner.checks.tokens import Sieve, vocabulary
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.function_words import FUNCTION, OPENERS, word_set
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Document, Hit, Language, Segment
from aligner.text.prose import as_read, prose_of

# Tuned on masakhanews and newstest2008-2012.
COMMON = 5
"""Occurrences in the lexicon from which a word is known well enough to say how it is written."""
NAME_SHARE = 0.01
"""Share of capitals away from sentence starts from which a word may be a name ("Reading")."""
NEVER_NAME, WELL_KNOWN = 0.002, 200
"""Share of capitals up to which a word of so many occurrences is never a name ("Lundi" in French)."""
STATE = 50
"""Occurrences of a noun without a capital, and none with one, from which it has none after "en"."""
NAME_IN_DICTIONARY = 10
"""Occurrences from which a word that the English dictionary has with a capital alone is a name ("Arabic"): in
4 million words of news, 17 such words had none, one of them rightly."""
NAME_FORM, NAME_OPENER = 2, 4
"""Capitals of one word in mid-sentence from which it is a name in the article: a participle or adverb, an
opener."""
TITLE_SHARE = 0.4
"""Share of capitalised words of a segment that is written in title case."""

_BREAK = re.compile(
    r"(?<![\w’'&/-])(?P<before>[a-zà-öø-ÿœ]+)[ \u00a0]"
    r"(?P<word>[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ]+)(?![\w’'&-])(?P<next>[ \u00a0]\S)?"
)
_CUT = re.compile(
    r"(?<![\w.@/&-])(?P<before>[a-zà-öø-ÿœ]{4,})\. (?P<word>[a-zà-öø-ÿœ]+)(?=[ ,’']|[ \u00a0]?[“«\"])"
)
"""A full stop before a word in lower case."""
_STOP_INSIDE = re.compile(r"\. [a-zà-öø-ÿœ]")
"""What no match of it can be without, quick to look for: most articles have none."""
_GOES_ON = word_set("that who which whose whom because of to by from than qui que dont où de des du")
"""Words that go on with a sentence, whatever the habits of an author who writes no capitals."""
MOST_CUTS = 3
"""Stops before a word in lower case from which an article is written so."""
_ABBREVIATED = word_set(
    "approx corp dept prof incl excl encl assoc govt intl capt dist esp resp temp elec boul chap coll "
    "édit fasc hist géog préf suiv vers trad revue illus collab environ"
)
_SMALL = re.compile(r"(?<![\w@#/.’'_-])[a-zà-ÿœ]{4,}(?![\w@/_-]|\.\w)")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŒ]")
_WORD_START = re.compile(r"(?<!\w)[^\W\d_]")
_OPENING_FORM: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(r"\w{3,}(?:[^m]ant|ement|ées?)\Z"),
    "en": re.compile(r"\w{3,}(?:ing|ly)\Z"),
}
"""Participles and adverbs, which open sentences and are seldom names."""
_IN_NAMES: Mapping[Language, frozenset[str]] = {
    "fr": word_set("De Des Du Aux Au Si Entre Deux Trois Est Tous Autre"),
    "en": word_set("An May Will Once Only Last Three Two One Us More Most You Not No Now Which Then"),
}
"""Words that begin names of works, places and bodies."""
_LEADS_TO_NAME: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "le la les l un une des du de d au aux ce cette et ou en son sa ses nord sud à dans par pour sur "
        "chez vers contre film série roman livre chanson album titre magazine journal quotidien "
        "hebdomadaire émission spectacle pièce nommé nommée intitulé intitulée appelé appelée surnommé "
        "surnommée dit dite baptisé baptisée mot ouvrage essai article œuvre recueil revue mensuel rubrique "
        "question slogan devise campagne exposition jeu projet opération association groupe "
        "programme partenariat lien plateforme application réseau site page"
    ),
    "en": word_set(
        "the a an of and or called named her his its their our my your in on at from with for to by see "
        "watch hit film movie series novel book song album single show title titled entitled magazine paper "
        "newspaper play word classic popular podcast programme program band group "
        "question rubric article section chapter button page tool app course exhibition campaign project "
        "slogan motto game essay report headline link site platform network initiative"
    ),
}
"""Words after which a capital begins a name more often than a sentence."""


_BEFORE_COMMON: Mapping[Language, frozenset[str]] = {
    "fr": word_set("un une son sa ses leur leurs mon ma mes plusieurs quelques deux trois"),
    "en": word_set("a an his her their its two three several"),
}
"""Determiners that bodies and places hardly ever have ("une Enquête", where "la Transition" may be a name):
five such capitals in 4 million words of news."""
_BEFORE_STATE: Mapping[Language, frozenset[str]] = {"fr": word_set("en"), "en": word_set("into")}
"""Prepositions that lead to a state or a manner ("en panne"), and seldom into the name of a body."""
_NAMES_FIELD = re.compile(
    r"(?:\b[A-ZÀ-ÖØ-ÞŒ][\w’'-]*|"
    r"\b(?:docteure?|doctorat|thèse|master|licenc(?:e|iée?)|maîtrise|diplôm(?:e|ée?)s?|études|"
    r"agrég(?:ation|ée?))) $"
)
"""What is before a field of study, or a state that is a part of a name."""
_MARKED = ("[", ">", "*", "_", "`")
"""Marks before the text of a link and before words that are set off."""
_OF = re.compile(r"[ \u00a0](?:de|du|des|of|for)[ \u00a0]|[ \u00a0]d['’]")
"""What goes on with the name of an event or a body ("une Semaine de la presse")."""
_TITLES = word_set(
    "Une Majesté Altesse Sainteté Excellence Honneur Éminence Majesty Highness Holiness Honour"
)
_LEADS_TO_VERB: Mapping[Language, frozenset[str]] = {
    "fr": word_set("il elle ils elles on nous vous ne se peut peuvent ont avaient sont étaient"),
    "en": word_set("will would can could should must may might do does did he she we they has have had"),
}
"""Function words that no name follows but as an object."""


def _small_in_bead(view: BeadView, context: Context) -> Iterator[Hit]:
    """Yield peoples and languages in lower case on the English side that the French side has too."""
    french = " ".join(segment.text for segment in view.bead.fr)
    for segment in view.bead.en if french else ():
        if segment.role != "body" or segment.language != "en" or segment.text.islower():
            continue
        for start, end in small_peoples(segment, french):
            word = segment.text[start - segment.start : end - segment.start]
            if is_small_name(segment.text, start - segment.start, end - segment.start):
                continue
            if word not in _names("en").passing(frozenset((word,))):
                name = word.capitalize()
                yield Hit("small", start, end, values={"word": name}, language="en", suggestion=name)


@article_check(
    "FLU401",
    "case-break",
    title={"en": "Stray capital", "fr": "Majuscule égarée"},
    category="capitalization",
    cause="translation",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "EXT102", "FLU403"),
    of_source=True,
    find_in_bead=_small_in_bead,
    messages={
        "common": {
            "en": "“{word}” is no name here and takes no capital.",
            "fr": "« {word} » n'est pas un nom propre et ne prend pas de majuscule ici.",
        },
        "capital": {
            "en": "“{word}” has a capital in the middle of the sentence; a full stop or some words may be "
            "lost.",
            "fr": "« {word} » porte une majuscule au milieu de la phrase ; un point ou des mots se sont "
            "peut-être perdus.",
        },
        "stop": {
            "en": "A full stop cuts the sentence before “{word}”.",
            "fr": "Un point coupe la phrase devant « {word} ».",
        },
        "foreign": {
            "en": "“{word}” takes no capital here in French.",
            "fr": "« {word} » ne prend pas de majuscule ici.",
        },
        "small": {
            "en": "“{word}” takes a capital in English.",
            "fr": "« {word} » prend une majuscule en français.",
        },
    },
)
def case_break(document: Document, context: Context) -> Iterator[Hit]:
    """A capital appears in mid-sentence on a word that is no name, or a name has lost its capital.

    Finds: a common word with a capital right after a word without one; a full stop before a word in lower
        case ("The minister said. that"); in English, a word written with a capital
        wherever the lexicon met it ("monday", "english" in English) that has none here; in French, months,
        languages and adjectives of nations with the capital of English ("en Janvier", "le peuple Français");
        common words with one after an auxiliary, a determiner or a preposition ("a Retardé", "to
        Journalists", "une École").
    Matters: two sentences or two versions of one were joined; something between them is often lost.
    Bad: The minister said In a statement that the plan holds.
    Good: The minister said in a statement that the plan holds.
    False positives: titles of works and bodies that begin with a function word; what is written in
        title case.
    Measured: 23 of 24 judged findings in crawled and machine-translated text were right, most of them
        headings run into the text. Of full stops taken out of masakhanews 50 % are found.
    """
    yield from _cuts(document)
    prose = prose_of(document)
    for hit in _breaks(as_read(document)):
        start, end = prose.source(hit.start, hit.end)
        is_plain = hit.key in ("foreign", "small") or end - start == hit.end - hit.start
        if is_plain and not (hit.key == "common" and document.text.endswith(_MARKED, 0, start)):
            # The text of a link may be a title.
            yield replace(hit, start=start, end=end)


def _cuts(document: Document) -> Iterator[Hit]:
    """Yield full stops in the middle of a sentence."""
    abbreviated = _ABBREVIATED | short_forms(document.language)
    cuts = _CUT.finditer(document.text) if _STOP_INSIDE.search(document.text) else ()
    stops = [stop for stop in cuts if stop["before"] not in abbreviated]
    for match in stops:
        if len(stops) <= MOST_CUTS or match["word"] in _GOES_ON:
            end = match.end("word")
            yield Hit("stop", match.start(), end, values={"word": match["word"]}, severity="major")


def _breaks(document: Document) -> Iterator[Hit]:
    """Yield hits in an article as it is read."""
    language = document.language
    foreign = list(_foreign(document)) if language == "fr" else []
    yield from foreign
    foreign_starts = {hit.start for hit in foreign}
    breaks = [
        match
        for segment in document.segments
        if segment.role == "body"
        for match in _BREAK.finditer(document.text, segment.start, segment.end)
        if match.start("word") not in foreign_starts
        and _is_break(match, language)
        and not _is_title_case(segment)
    ]
    yield from _lowercase_names(document)
    counts = Counter(match["word"] for match in breaks)
    found = {match.start("word") for match in breaks} | foreign_starts
    yield from _common(document, found)
    for match in breaks:
        if counts[match["word"]] < (NAME_OPENER if match["word"] in OPENERS[language] else NAME_FORM):
            yield Hit("capital", match.start("before"), match.end("word"), values={"word": match["word"]})


def _foreign(document: Document) -> Iterator[Hit]:
    capitals = vocabulary(document.text) & foreign_capitals()
    for segment in document.segments if capitals else ():
        if (
            segment.role == "body"
            and segment.language == "fr"
            and any(word in segment.text for word in capitals)
            and (segment.text.rstrip().endswith(".") or not _is_title_case(segment))
        ):
            for start, end in stray_capitals(document.text, segment.start, segment.end):
                word = document.text[start:end]
                yield Hit("foreign", start, end, values={"word": word}, suggestion=word.lower())


def _common(document: Document, found: Collection[int]) -> Iterator[Hit]:
    """Yield common words that have a capital where no name is, if they have it once in the article."""
    spans = [
        span
        for segment in document.segments
        if segment.role == "body" and segment.language == document.language and not _is_title_case(segment)
        for span in common_capitals(segment, document.language)
        if span[0] not in found and not _is_titled(document.text[slice(*span)])
    ]
    words = Counter(document.text[slice(*span)] for span in spans)
    for start, end in spans:
        word = document.text[start:end]
        if words[word] < NAME_FORM:
            yield Hit("common", start, end, values={"word": word}, suggestion=word.lower())


def _is_break(match: re.Match[str], language: Language) -> bool:
    word, before, following = match["word"], match["before"], match["next"] or ""
    if following[1:].isupper():
        return False
    if before in _BEFORE_COMMON[language]:
        is_named = _is_titled(word) or _OF.match(match.string, match.end("word"))
        return not is_named and _is_never_name(word, language)
    if before in _BEFORE_STATE[language] and not _NAMES_FIELD.search(match.string, 0, match.start()):
        counts = lexicon(language)
        is_common = counts.get(word.lower(), 0) >= STATE and not counts.get(word, 0)
        never_name = is_common or _is_never_name(word, language)
        return never_name and not _OF.match(match.string, match.end("word"))
    if before in _LEADS_TO_NAME[language]:
        return False
    is_small = before in FUNCTION[language] and before not in _LEADS_TO_VERB[language]
    if is_small and word not in OPENERS[language]:
        return False
    return _opens_sentences(word, language) or _is_never_name(word, language)


def _is_titled(word: str) -> bool:
    """Return whether a word has its capital as a form of address, or as a people."""
    return word in _TITLES or is_of_nation(word)


def _opens_sentences(word: str, language: Language) -> bool:
    if word in OPENERS[language]:
        return word not in _IN_NAMES[language]
    common, as_name = (lexicon(language).get(form, 0) for form in (word.lower(), word))
    is_common = common >= COMMON and as_name <= common * NAME_SHARE
    return is_common and bool(_OPENING_FORM[language].match(word))


def _is_never_name(word: str, language: Language) -> bool:
    common, as_name = (lexicon(language).get(form, 0) for form in (word.lower(), word))
    return common >= WELL_KNOWN and as_name <= common * NEVER_NAME


def _lowercase_names(document: Document) -> Iterator[Hit]:
    """Yield lower-case names in sentences that use capitals."""
    names = frozenset(_names(document.language).passing(vocabulary(document.text)))
    for segment in document.segments if names else ():
        if segment.role == "body" and not segment.text.islower():
            for match in _SMALL.finditer(document.text, segment.start, segment.end):
                word = match.group()
                if word in names and not is_small_name(document.text, *match.span()):
                    values = {"word": word.capitalize()}
                    yield Hit("small", *match.span(), values=values, suggestion=word.capitalize())


# Saves all that a sieve remembers.
@cache
def _names(language: Language) -> Sieve:
    return Sieve(lambda word: _is_name(word, language))


def _is_name(word: str, language: Language) -> bool:
    """Return whether a word in lower case is a name that should have a capital."""
    counts, name = lexicon(language), word.capitalize()
    if not word.islower() or counts.get(name, 0) < NAME_IN_DICTIONARY or _is_foreign(word, language):
        return False
    is_capital_in_dictionary = (
        language == "en"
        and in_dictionary(name, "en")
        and not any(in_dictionary(word, code) for code in LANGUAGES)
    )
    least, share = (NAME_IN_DICTIONARY, NAME_SHARE) if is_capital_in_dictionary else (WELL_KNOWN, NEVER_NAME)
    return counts[name] >= least and counts.get(word, 0) <= counts[name] * share


def _is_foreign(word: str, language: Language) -> bool:
    return lexicon(OTHER[language]).get(word, 0) >= COMMON


def _is_title_case(segment: Segment) -> bool:
    """Return whether most words after the first have a capital."""
    capitals = len(_CAPITALISED.findall(segment.text)) - 1
    return capitals > TITLE_SHARE * (len(_WORD_START.findall(segment.text)) - 1)
