"""EXT104: the same words twice in a row, or a clause begun twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from aligner.checks.base import article_check
from aligner.checks.tokens import Token, runs_of, tokens
from aligner.lexicon.function_words import FUNCTION, word_set
from aligner.lexicon.lists import interjections, phrasal_verbs
from aligner.lexicon.morphology import readings
from aligner.model import Context, Document, Hit, Language, Severity

LONGEST_NGRAM = 8
"""Words of the longest repeated run that is looked for."""
SHORTEST_APART = 3
"""Words of a repeated run that an article may part from its repetition."""
SAID_REACH = 45
"""Characters between two attributions that say the same (tuned on masakhanews and newstest2008-2012)."""

_PLACES_KEPT = 3
"""Earlier places of a word that are compared: "the owner of the shop" holds one word twice."""

_SPACE = re.compile(r"[ \t\u00a0\u202f]+")
_GAP = re.compile(r"[ \t\u00a0\u202f]+|[’'-]")
_END_OF_SPEECH = re.compile(r"[.,!?]?[”\"]")
_NEXT_LINE = re.compile(r"[ \t]*\r?\n[ \t]*")
_RIGHTLY_TWICE: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "nous vous très non oui si bien jamais bon vite long petit faire merci allez tout tant fort "
        "doucement encore loin mieux dur bling bof"
    ),
    "en": word_set(
        "had that very no yes so long many really never is far more much hear now there well again back "
        "please big old poor go come la same why how whatever nous vous little too quite always way bling bof"
    ),
}
"""Words that are rightly said twice, interjections left out."""
_SUNG = word_set("la là ta")
"""Function words that are syllables of a song too: three in a row, or behind an interjection ("oh la la")."""
CLAUSE = 3
"""Words of a relative clause before its verb ("those who stayed", "ceux qui sont partis")."""
_RELATIVES = word_set("who what whatever whoever qui")
_THAT = _RELATIVES | {"that", "which"}
_VERBS = word_set("is was are were has had does did est était sont")
_LINKS: Mapping[Language, frozenset[str]] = {
    "fr": word_set("en à par après"),
    "en": word_set("and after by to"),
}
_RISING: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "plus moins peu jour petit face côte fur pas cas goutte mot coup main un deux tour mieux pire porte "
        "temps"
    ),
    "en": word_set(
        "more less over again on round through up down day year face side hand step bit little one two back "
        "time mouth man door higher lower worse better faster"
    ),
}
"""Words that are linked to themselves more than once ("more and more and more")."""
_AND: Mapping[Language, str] = {"fr": "et", "en": "and"}
_ARTICLES = word_set("the a an this le la les l un une ce cette")
_CONJUNCTIONS = word_set("que qu qui")
"""What begins both halves where "ce" joins them: "qu'ils disent ce qu'ils disent"."""
_DETERMINERS = word_set(
    "le la les l un une des ce cet cette ces son sa ses leur leurs notre votre mon ma ton ta"
)
_FEMININE = frozenset(("adj", "fem", "sing"))
_INDEFINITE, _OF = word_set("a an un une"), word_set("of de d")
_MAKES = word_set("keep make call let")
"""Verbs that have an object and what it is to be."""
_ONE, _TWO = word_set("un une one"), word_set("deux two")
_PARTICLES = word_set("de la le du van von al el di da del")
_ALL_FUNCTION = FUNCTION["fr"] | FUNCTION["en"]
_SAID: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"\b(?P<who>it|he|she|they)(?: (?:is|was|has|had|have|also|then))? (?P<said>said|says|added|"
        rf"told|stated|"
        rf"announced|explained|declared|noted)\b(?P<between>[^.?!:,“”\"\n]{{1,{SAID_REACH}}}?), (?P=who) "
        rf"(?P=said)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"\b(?P<who>il|elle|on|ils|elles) (?:a|ont|avait) (?P<said>dit|déclaré|annoncé|ajouté|expliqué|"
        rf"indiqué|affirmé|"
        rf"précisé)\b(?P<between>[^.?!:,«»“”\"\n]{{1,{SAID_REACH}}}?)(?:, (?P=who) (?:a|ont|avait) |,? "
        rf"(?:a-t-|ont-|avait-)(?P=who) )"
        rf"(?P=said)\b",
        re.IGNORECASE,
    ),
}
_SAYS_WHAT = re.compile(
    r"\b(?:that|what|when|as|because|if|and|but|or|who|que|qu|quand|et|mais|ou|comme|ce|si|où)\b", re.I
)


@article_check(
    "EXT104",
    "duplicate-ngram",
    title={"en": "Words repeated", "fr": "Mots répétés"},
    category="duplication",
    cause="extraction",
    severity="major",
    explained_by=("EXT105",),
    messages={
        "word": {
            "en": "The word “{text}” is repeated.",
            "fr": "Le mot « {text} » est écrit deux fois de suite.",
        },
        "words": {
            "en": "The words “{text}” are repeated.",
            "fr": "Les mots « {text} » sont écrits deux fois de suite.",
        },
        "said": {
            "en": "The speaker is named twice in one sentence: “{text}”.",
            "fr": "La phrase dit deux fois qui parle : « {text} ».",
        },
    },
)
def duplicate_ngram(document: Document, context: Context) -> Iterator[Hit]:
    """A word or several words are repeated.

    Finds: a run of one to eight words that is repeated at once, in any case, and a sentence that says twice
        who speaks.
    Matters: a link or a cut text was read twice, or a machine stuttered; the reader stumbles.
    Bad: The plant will close in in May, the owner the owner said.
    Good: The plant will close in May, the owner said.
    False positives: repetitions that are meant ("very very", "nous nous", "had had") and doubled names
        (Boutros Boutros-Ghali) are left alone; a slogan or a song may still fire.
    Measured: 23 of 26 judged findings in crawled and machine-translated text were right. Of runs of two or
        three words of newstest doubled at random 97 % are found.
    """
    for first, size, distance in _repeats(document.text):
        all_tokens = tokens(document.text)
        run, repetition = (
            all_tokens[first : first + size],
            all_tokens[first + distance : first + distance + size],
        )
        start, end = run[0].start, repetition[-1].end
        if size == 1 and _in_compound(document.text, start, end):
            continue
        if not _is_meant(all_tokens, first, size, distance, document.language):
            repeated = document.text[start : run[-1].end]
            key = "word" if size == 1 else "words"
            severity: Severity | None = "minor" if size == 1 and _is_stressed(document, run[0], end) else None
            yield Hit(key, start, end, values={"text": repeated}, severity=severity, suggestion=repeated)
    for match in _SAID[document.language].finditer(document.text):
        if not _SAYS_WHAT.search(match["between"]):
            yield Hit("said", *match.span(), values={"text": match.group()}, confidence=0.9)


def _is_stressed(document: Document, word: Token, end: int) -> bool:
    """Return whether speech ends with a noun said twice for the real thing: "of elite elite."."""
    is_function = word.text.lower() in _ALL_FUNCTION
    return document.language == "en" and not is_function and bool(_END_OF_SPEECH.match(document.text, end))


def _repeats(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield first token, number of tokens and distance of every run repeated at once, or after "the"."""
    words = runs_of(text).lower
    last_places: dict[str, int] = {}
    ends = [-1] * (LONGEST_NGRAM + 1)
    lengths = [0] * (LONGEST_NGRAM + 1)
    for index, word in enumerate(words):
        is_near = word in last_places and index - last_places[word] <= LONGEST_NGRAM
        for distance in _distances(words, index) if is_near else ():
            lengths[distance] = lengths[distance] + 1 if ends[distance] == index - 1 else 1
            ends[distance] = index
            size = lengths[distance]
            if size == distance or (size == distance - 1 and _begins_again(words, index, size)):
                first = index - distance - size + 1
                if _is_unbroken(text, tokens(text)[first : index + 1], distance):
                    yield first, size, distance
        last_places[word] = index


def _distances(words: Sequence[str], index: int) -> Sequence[int]:
    """Return how far before a word the same one is, the farthest first, of those near it."""
    farthest = min(LONGEST_NGRAM, index)
    return [back for back in range(farthest, 0, -1) if words[index - back] == words[index]][-_PLACES_KEPT:]


def _begins_again(words: Sequence[str], index: int, size: int) -> bool:
    """Return whether only an article separates the two runs: "growth is slow the growth is slow"."""
    separator = words[index - size]
    goes_on = index + 1 < len(words) and words[index + 1] == separator
    concedes = separator == "ce" and words[index - size + 1] in _CONJUNCTIONS
    return size >= SHORTEST_APART and separator in _ARTICLES and not goes_on and not concedes


def _in_compound(text: str, start: int, end: int) -> bool:
    """Return whether one of the two words belongs to a compound: "on peut peut-être", "a buy-in in Lille"."""
    return text[start - 1 : start] == "-" or text.startswith("-", end)


def _is_unbroken(text: str, run: Sequence[Token], size: int) -> bool:
    """Return whether only spaces separate the two halves, and they hold only words and spaces."""
    gaps = [(a.end, b.start) for a, b in pairwise(run)]
    middle = gaps.pop(size - 1)
    # A capital on the next line is a paragraph that begins as its heading ends.
    wrapped = run[0].text in _ALL_FUNCTION and bool(_NEXT_LINE.fullmatch(text, *middle))
    wrapped = wrapped and not (run[size].text[0].isupper() and run[0].text[0].islower())
    return (wrapped or bool(_SPACE.fullmatch(text, *middle))) and all(
        _GAP.fullmatch(text, *gap) for gap in gaps
    )


def _is_meant(all_tokens: Sequence[Token], first: int, size: int, distance: int, language: Language) -> bool:
    """Return whether the repetition is idiomatic ("more and more and"), a doubled name, or letters."""
    run, repetition = all_tokens[first : first + size], all_tokens[first + distance : first + distance + size]
    words = {token.text.lower() for token in run}
    before = all_tokens[first - 1].text.lower() if first else ""
    after = all_tokens[first + distance + size].text if first + distance + size < len(all_tokens) else ""
    if _is_said_twice(words, before, after.lower(), language) or max(map(len, words)) == 1:
        return True
    if all(token.text[0].isupper() for token in (*run, *repetition)) and not _is_in_prose(
        all_tokens, first, size
    ):
        return True
    if words <= _ONE and after.lower() in _TWO:  # "obtenir un un-deux"
        return True
    if (
        size == 1 and repetition[0].text.isupper() and not run[0].text.isupper()
    ):  # "the first FIRST competition"
        return True
    if words == {"of"} and after == "course":  # "on the side of of course"
        return True
    if language == "fr" and size == 1 and _is_french(before, run[0].text.lower(), after.lower()):
        return True
    if size == 2 and run[0].text.lower() not in _ALL_FUNCTION and _ends_clause(all_tokens, first, _THAT):
        return True
    if size == 1 and (_is_phrasal(before, run[0].text.lower(), language) or _ends_clause(all_tokens, first)):
        return True
    if (
        size == 1 and not words <= _ALL_FUNCTION and words & {before, after.lower()}
    ):  # three times: "evil evil evil"
        return True
    if size == 2 and run[0].text.islower() and run[-1].text == _AND[language]:  # "to grow and grow and"
        return True
    if run[0].text.lower() in _ARTICLES and _is_turn_of_phrase(before, run):
        return True
    particle = run[0].text in _PARTICLES and (repetition[0].text.istitle() or (size == 1 and after.istitle()))
    return particle or (len(run) == 2 and bool(words & _LINKS[language]) and bool(words & _RISING[language]))


def _is_said_twice(words: set[str], before: str, after: str, language: Language) -> bool:
    """Return whether words are rightly said twice, or are sung there ("oh la la", "la la la")."""
    if words <= _RIGHTLY_TWICE[language] | interjections():
        return True
    return words <= _SUNG and not (words | interjections()).isdisjoint((before, after))


def _is_french(before: str, word: str, after: str) -> bool:
    """Return whether a French word is rightly said twice: "en en souriant", "le garde garde la porte".

    Behind a front page ("une une percutante") is an adjective that can be no noun itself.
    """
    if word == "en" and after.endswith("ant"):
        return True
    if word == "une":
        shapes = [reading.tags for reading in readings(after, "fr")]
        return any(shape >= _FEMININE for shape in shapes) and not any("noun" in shape for shape in shapes)
    tags = [reading.tags for reading in readings(word, "fr")]
    verb = any({"verb", "fin", "3", "sing"} <= tag_set for tag_set in tags)
    noun = any({"noun", "sing"} <= tag_set for tag_set in tags)
    return verb and noun and before in _DETERMINERS and after in _DETERMINERS


def _is_turn_of_phrase(before: str, run: Sequence[Token]) -> bool:
    """Return whether a phrase is a part of itself ("a fraction of a fraction of") or what it is made."""
    part = run[0].text.lower() in _INDEFINITE and run[-1].text in _OF
    return part or any(reading.lemma in _MAKES for reading in readings(before, "en"))


def _is_phrasal(verb: str, particle: str, language: Language) -> bool:
    """Return whether a particle of the verb before it is repeated as a preposition: "came in in May"."""
    verbs = phrasal_verbs().get(particle, ()) if language == "en" else ()
    return any(reading.lemma in verbs for reading in readings(verb, "en"))


def _ends_clause(all_tokens: Sequence[Token], first: int, openers: frozenset[str] = _RELATIVES) -> bool:
    """Return whether a clause ends and its sentence goes on with the same verb: "those who stayed stayed"."""
    before = [token.text.lower() for token in all_tokens[max(0, first - CLAUSE) : first]]
    opens = not openers.isdisjoint(before)
    return opens and all_tokens[first].text.lower() not in _ALL_FUNCTION - _VERBS


def _is_in_prose(all_tokens: Sequence[Token], first: int, size: int) -> bool:
    """Return whether a doubled run of capitalised words follows a word without a capital: no heading."""
    return size > 1 and first > 0 and all_tokens[first - 1].text.islower()
