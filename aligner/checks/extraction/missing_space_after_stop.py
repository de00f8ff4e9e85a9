"""EXT102: no space between a sentence and the next, or after a comma or a closing bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.lexicon.function_words import word_set
from aligner.lexicon.lists import brands
from aligner.lexicon.words import lexicon
from aligner.model import Context, Document, Hit, Language

COMMON = 100
"""Occurrences in the lexicon from which a lower-case word after a stop is a word and no file name
(tuned on newstest2008-2012 and masakhanews)."""

_ABBREVIATION = (
    r"(?:M|Mr|Mrs|Ms|Dr|Drs|St|Ste|Jr|Sr|Mme|Mlle|MM|Me|Pr|Prof|Gen|Gén|Col|Lt|Sgt|Rev|Sen|Gov|Hon|No|Vol|"
    r"Art|Inc|Ltd|Co|Corp|etc|vs|al|cf|ex|env|av|bd|Fr|Arch|Sra)"
)
# Counted, as are the digits below: a word or a number without end would be read again from each of its parts.
_WORD = r"[^\W\d_]{1,40}(?:[’'-][^\W\d_]{1,40}){0,6}"
_GLUED_STOP = re.compile(
    rf"(?<![\w@/.:&?=#-])(?P<before>(?!{_ABBREVIATION}\.){_WORD}|\d[\d ,]{{0,20}}%?|[»”])"
    r"(?P<stop>[)»”\"’]?(?:\.|…|[ \u00a0\u202f]?[!?])[)»”\"]?)"
    rf"(?P<after>{_WORD})(?![\w@/’'-]|(?<=\W\w)\.|\.\w|\()"
)
_GLUED_COMMA = re.compile(
    rf"(?<![\w@/.#&=(])(?P<before>{_WORD})(?P<stop>[,;][»”\"]?|[)”]|[ \u00a0\u202f]?»)"
    rf"(?P<after>{_WORD})(?![@/=])"
)
_GLUED_QUOTE = re.compile(
    rf"(?<![\w@/.#&=(])(?P<before>{_WORD})(?P<stop>)(?P<after>[«“][ \u00a0\u202f]?{_WORD})(?![@/=])"
)
_GLUED_BRACKET = re.compile(
    rf"(?<![\w@/.#&=(])(?P<before>{_WORD})(?P<stop>)"
    r"(?P<after>\((?=[^\W\d_]{2,40}[ \u00a0][^()]{1,80}\))[^\W\d_]+)"
)
"""Two words or more in brackets: one may be an ending ("élu(e)s") or an argument ("sum(x)")."""
# What every match of the patterns above holds: they are tried only in lines that hold it.
_STOP_TOUCHES = re.compile(r"[.!?…][)»”\"]?[^\W\d_]")
_QUOTE_TOUCHES = re.compile(r"[«“](?<=[^\W\d_].)")
_BRACKET_TOUCHES = re.compile(r"\((?<=[^\W\d_].)")
_COMMA_TOUCHES = re.compile(r"(?:[,;][»”\"]?|[)»”])[^\W\d_]")
_SITES = frozenset(("com", "org", "net", "js", "info"))
_BRAND_ENDS = frozenset(("AI", "IO", "TV", "ME", "FM", "GG"))
_DOMAINS = word_set(
    "com org net edu gov info biz fr uk us eu ca be ch de it es nl ru cn jp au ie lu io ai tv me co ly app "
    "dev php html htm asp aspx js py pdf doc docx jpg png gif exe zip csv txt mp xml paris africa news "
    "online"
)


@article_check(
    "EXT102",
    "missing-space-after-stop",
    title={"en": "Space missing after punctuation", "fr": "Espace manquante après la ponctuation"},
    category="whitespace",
    cause="extraction",
    severity="minor",
    explained_by=("EXT101",),
    messages={
        "stop": {
            "en": "The space between two sentences is missing in “{text}”.",
            "fr": "Il manque une espace entre deux phrases dans « {text} ».",
        },
        "quote": {
            "en": "The space before the quotation mark is missing in “{text}”.",
            "fr": "Il manque une espace devant le guillemet dans « {text} ».",
        },
        "bracket": {
            "en": "The space before the bracket is missing in “{text}”.",
            "fr": "Il manque une espace devant la parenthèse dans « {text} ».",
        },
        "comma": {
            "en": "The space after the punctuation mark is missing in “{text}”.",
            "fr": "Il manque une espace après le signe de ponctuation dans « {text} ».",
        },
    },
)
def missing_space_after_stop(document: Document, context: Context) -> Iterator[Hit]:
    """The space after a full stop, a comma or a closing bracket is missing.

    Finds: a word that begins right after the mark that ends the one before, as when two lines of a page are
        joined without a space.
    Matters: the two sentences are read, aligned and translated as one.
    Bad: The shop closed in May.Its owner moved to Lille.
    Good: The shop closed in May. Its owner moved to Lille.
    False positives: names of products and sites with a stop in them; abbreviations written close to a name
        (St.Malo) are left alone.
    Measured: 28 of 30 findings were right on masakhanews, newstest, ntrex and paracrawl, and the two others
        are fixed. Of spaces taken out of masakhanews 99 % are found after a full stop, 90 % after a comma.
    """
    for match in _in_lines(_GLUED_STOP, _STOP_TOUCHES, document.text):
        parts = match["before"], match["stop"], match["after"]
        is_name = _is_brand(match, document.text) or _is_identifier(match, document.text)
        if not is_name and _begins_sentence(*parts, document.language):
            yield _hit("stop", match)
    for match in _in_lines(_GLUED_QUOTE, _QUOTE_TOUCHES, document.text):
        if len(match["before"]) > 1 and not match["before"].endswith(("’", "'")):
            yield _hit("quote", match)
    for match in _in_lines(_GLUED_BRACKET, _BRACKET_TOUCHES, document.text):
        if match["before"].islower() and _is_common(match["before"], document.language):
            yield _hit("bracket", match)
    for match in _in_lines(_GLUED_COMMA, _COMMA_TOUCHES, document.text):
        first = match["after"].partition("-")[0]  # "ont-ils"
        if len(match["before"]) == len(match["after"]) == 1:
            continue  # letters that are listed: "a,b,c,d"
        if match["before"][-1].islower() and _is_common(first, document.language):
            yield _hit("comma", match)


def _in_lines(pattern: re.Pattern[str], needed: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that crosses no line break, from lines with the required sign."""
    end = 0
    while spot := needed.search(text, end):
        start = text.rfind("\n", 0, spot.start()) + 1
        end = text.find("\n", spot.end())
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)


def _hit(key: str, match: re.Match[str]) -> Hit:
    text = match.group()
    corrected = f"{match['before']}{match['stop']} {match['after']}"
    return Hit(key, *match.span(), values={"text": text}, suggestion=corrected)


def _begins_sentence(before: str, stop: str, after: str, language: Language) -> bool:
    first = after.split("'")[0].split("’")[0]
    if first in _DOMAINS or first.lower() in _SITES:
        return False
    if before[0].isdigit():
        return len(before) > 1 and first.istitle() and _is_common(first, language)
    if first[0].isupper():
        return not before[-1].isupper() and (len(before) > 1 or not before.isalpha())
    return (
        stop == "."
        and len(before) > 2
        and len(first) > 2
        and all(_is_common(word, language) for word in (re.split("[’'-]", before)[-1], first))
    )


def _is_identifier(match: re.Match[str], text: str) -> bool:
    """Return whether two small words with a stop between are all that is quoted: the name of a field."""
    marks = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return match.group().islower() and marks in ("“”", '""', "‘’", "``")


def _is_brand(match: re.Match[str], text: str) -> bool:
    """Return whether a name is spelled with a stop inside: "Character.AI", or one that occurs again."""
    if match.group() in brands():
        return True
    before, after = match["before"], match["after"]
    if match["stop"] != "." or not before[0].isupper():
        return False
    return after in _BRAND_ENDS or (after[0].isupper() and text.count(match.group()) > 1)


def _is_common(word: str, language: Language) -> bool:
    return lexicon(language).get(word.lower(), 0) >= COMMON
