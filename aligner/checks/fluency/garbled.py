"""FLU406: words that do not read like sound French or English to the detector."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.suspects import EVEN, SHORT, Passage, Thresholds, own, passages, wordings
from aligner.lexicon.corrections import correction, reformed
from aligner.lexicon.words import is_known
from aligner.model import Context, Document, Hit, Language, Segment
from aligner.text.words import WORD

THRESHOLDS = Thresholds(high=0.2, low=0.2)
TOLD_FROM = {
    "word-order": 0.2,
    "lexical": 0.2,
    "omission": 0.2,
    "auxiliary-lost": 0.2,
    "determiner": 0.2,
    "fragment": 0.2,
    "agreement": 0.25,
    "verb-form": 0.25,
    "glued": 0.3,
    "function-word": 0.4,
    "auxiliary": 0.4,
    "slip": 0.5,
    "duplication": 0.6,
    "addition": 0.65,
    "untranslated": 0.7,
    "spelling": 0.9,
    "preposition": 0.95,
    "confused": 0.99,
}
"""Probability from which a passage of a whole sentence is told, by kind."""
OTHERWISE = 0.75
"""The same of any other kind."""
TOLD_IN_SHORT, TOLD_ELSEWHERE = 0.6, 0.95
"""The least of any kind in a short sentence, and in a caption, a list or a line of verse: there sound words
stand strangely too. All tuned on 800 passages of crawled and machine-translated text that were judged blind:
of what is told, four in five are wrong."""

_HAS = {
    "il": "a",
    "elle": "a",
    "on": "a",
    "ils": "ont",
    "elles": "ont",
    "nous": "avons",
    "vous": "avez",
}
_TENS = re.compile(r"(?:vingt|trente|quarante|cinquante|soixante)[ \xa0-]et[ \xa0-]$", re.IGNORECASE)
CARDINAL = 20
"""Characters before "une" that are looked at for the rest of its numeral."""
_BEFORE = re.compile(r"(?P<who>\w+) $")
_PARTICIPLE = re.compile(r"[a-zà-ÿ]{2,}(?:é|i|u|is|it)")
_WITH_BE = re.compile(  # verbs whose auxiliary is "être", which agrees with more than we know
    r"(?:all|arriv|entr|rentr|mont|rest|tomb|n|pass|retourn|décéd)é|(?:sort|part|repart)i|"
    r"(?:(?:re|de|par|sur|inter|pro)?ven|descend|appar|mour)u"
)
_TWICE = re.compile(r"(?P<once>\b.+\b)\s+(?P=once)", re.IGNORECASE | re.DOTALL)


@article_check(
    "FLU406",
    "garbled",
    title={"en": "Garbled words", "fr": "Mots qui sonnent faux"},
    category="fluency",
    cause="translation",
    severity="major",
    explained_by=(
        "EXT",
        "ACC304",
        "ACC305",
        "ACC306",
        "ACC307",
        "ACC315",
        "FLU401",
        "FLU402",
        "FLU403",
        "FLU404",
        "FLU405",
        "FLU407",
        "LOC601",
        "TRM701",
        "TYP501",
    ),
    needs_detector=True,
    messages=wordings(
        garbled=("“{text}” does not read right.", "« {text} » ne se lit pas bien."),
        word_order=(
            "The words do not seem to stand in the right order: “{text}”.",
            "Les mots ne semblent pas être dans le bon ordre : « {text} ».",
        ),
        determiner=(
            "An article or the like seems to be missing, wrong or too many at “{text}”.",
            "Un article ou un autre déterminant semble manquer, être faux ou de trop : « {text} ».",
        ),
        preposition=(
            "A preposition seems to be missing, wrong or too many at “{text}”.",
            "Une préposition semble manquer, être fausse ou de trop : « {text} ».",
        ),
        function_word=(
            "A small word seems to be missing, wrong or too many at “{text}”.",
            "Un petit mot semble manquer, être faux ou de trop : « {text} ».",
        ),
        auxiliary=(
            "A verb seems to be missing its auxiliary, or to have the wrong one: “{text}”.",
            "Un verbe semble avoir perdu son auxiliaire, ou en avoir un mauvais : « {text} ».",
        ),
        auxiliary_lost=(
            "A verb seems to be missing its auxiliary: “{text}” stands where “{expected}” is expected.",
            "Un verbe semble avoir perdu son auxiliaire : « {text} » là où l'on attend « {expected} ».",
        ),
        agreement=(
            "“{text}” does not seem to agree with the words around it.",
            "« {text} » ne semble pas s'accorder avec les mots voisins.",
        ),
        verb_form=(
            "The verb does not seem to have the right form or tense: “{text}”.",
            "Le verbe ne semble pas être à la bonne forme ou au bon temps : « {text} ».",
        ),
        lexical=(
            "“{text}” does not seem to be the right word here; it may be a literal translation.",
            "« {text} » ne semble pas être le mot juste ici ; c'est peut-être une traduction littérale.",
        ),
        untranslated=(
            "“{text}” seems to have been left in another language.",
            "« {text} » semble être resté dans une autre langue.",
        ),
        duplication=(
            "“{text}” seems to say something twice.",
            "« {text} » semble dire deux fois la même chose.",
        ),
        fragment=(
            "The sentence seems to be broken off, or put together from pieces, at “{text}”.",
            "La phrase semble interrompue, ou faite de morceaux, à « {text} ».",
        ),
        glued=(
            "Words seem to be run together or torn apart: “{text}”.",
            "Des mots semblent collés ou coupés : « {text} ».",
        ),
        addition=("“{text}” does not seem to belong here.", "« {text} » ne semble pas avoir sa place ici."),
        omission=(
            "Something seems to be missing at “{text}”.",
            "Il semble manquer quelque chose à « {text} ».",
        ),
        spelling=("“{text}” seems to be misspelt.", "« {text} » semble mal orthographié."),
        slip=(
            "“{text}” seems to be a slip for “{expected}”.",
            "« {text} » semble mis par erreur pour « {expected} ».",
        ),
        confused=(
            "“{text}” seems to stand for another word that looks or sounds like it.",
            "« {text} » semble mis pour un autre mot qui lui ressemble ou se prononce pareil.",
        ),
    ),
)
def garbled(document: Document, context: Context) -> Iterator[Hit]:
    """Words do not read like sound French or English.

    Finds: words and passages that the detector, a small network that has read much news in both languages,
        takes for garbled when it reads the article alone: order, articles, prepositions, auxiliaries,
        agreement, forms of verbs, words that do not fit.
    Matters: it is what a reader notices first of a rough machine translation or a damaged copy, and
        rules do not catch it.
    Bad: Later he flinch judging by the comments.
    Good: Later he flinched, judging by the comments.
    False alarms: verse, wordplay, old spelling, quoted speech and rare names; headlines count as minor.
        In captions, lists and short lines only what is sure is told. `--no-detector` does without.
    Measured: `aligner bench grade` measures the detector, `aligner bench checks` this check.
    """
    segments = own(document.aligned_segments, document.language)
    titles = [s for s in segments if s.role == "title"]
    for passage in passages(document.words or (), segments, THRESHOLDS, lambda word: word.p_bad):
        text = document.text[passage.start : passage.end]
        # marks alone are for other checks
        if WORD.search(text) and not (document.language == "fr" and _sound(document.text, passage)):
            hit = _hit(document, passage, titles)
            if passage.probability >= _asked(hit, passage.sentence):
                yield hit


def _sound(text: str, passage: Passage) -> bool:
    """Whether a French passage is in the reformed spelling, or the end of "trente et une"."""
    said = text[passage.start : passage.end]
    counted = said == "une" and _TENS.search(text, max(0, passage.start - CARDINAL), passage.start)
    return bool(counted or reformed(said))


def _asked(hit: Hit, words: int) -> float:
    """Probability from which a hit is told in a sentence of so many words; 0: in what is no sentence.

    What stands there twice, word for word, is not doubtful.
    """
    if hit.key == "duplication" and hit.suggestion:
        return EVEN
    least = 0.0 if words >= SHORT else TOLD_IN_SHORT if words else TOLD_ELSEWHERE
    return max(least, TOLD_FROM.get(hit.key, OTHERWISE))


def _hit(document: Document, passage: Passage, titles: list[Segment]) -> Hit:
    start, end = passage.start, passage.end
    text = document.text[start:end]
    in_title = any(title.start <= start < title.end for title in titles)
    key, values, suggestion = passage.type, {"text": text}, None
    if key not in garbled.messages:
        key = "garbled"
    if key == "auxiliary" and (expected := _with_auxiliary(document, start, text, document.language)):
        key, values, suggestion = "auxiliary-lost", {"text": text, "expected": expected}, expected
    elif expected := correction(text, document.language):
        key, values, suggestion = "slip", {"text": text, "expected": expected}, expected
    elif key == "spelling" and all(is_known(word, document.language) for word in WORD.findall(text)):
        key = "confused"
    elif key == "duplication" and (twice := _TWICE.fullmatch(text)):
        suggestion = twice["once"]
    return Hit(
        key,
        start,
        end,
        values=values,
        severity="minor" if in_title else passage.severity,
        confidence=round(passage.probability, 2),
        suggestion=suggestion,
    )


def _with_auxiliary(document: Document, start: int, text: str, language: Language) -> str | None:
    """A bare participle with its auxiliary, where the pronoun before it tells which."""
    before = _BEFORE.search(document.text, max(0, start - 8), start)
    has = _HAS.get(before["who"].lower()) if before and language == "fr" else None
    fits = has and _PARTICIPLE.fullmatch(text) and not _WITH_BE.fullmatch(text)
    return f"{has} {text}" if fits else None
