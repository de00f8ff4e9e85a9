"""FLU407: a verb in a form that its place does not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.lexicon.words import lexicon
from aligner.model import Context, Document, Hit

COMMON = 20
"""Occurrences in the lexicon from which the other form of a French verb is known
(tuned on newstest2008-2012, masakhanews and the labelled lines of grammar-fr)."""

_BASE = (
    r"(?:accept|add|agree|allow|announce|argue|arrive|ask|believe|call|claim|come|consider|continue|"
    r"create|decide|declare|"
    r"describe|explain|fall|feel|find|flinch|follow|get|give|go|happen|hope|include|insist|keep|know|"
    r"leave|like|live|lose|"
    r"make|mean|need|offer|own|pay|plan|play|prefer|promise|receive|refuse|remain|reply|report|require|"
    r"say|see|seem|sell|"
    r"send|speak|start|stay|suggest|take|talk|tell|think|try|turn|understand|use|want|warn|win|wish|"
    r"work|write)"
)
_SAY = r"(?:add|argue|believe|claim|declare|deny|explain|insist|note|reply|suggest|tell|think|warn|write)"
_CLAUSE = (
    r"(?:(?<=^)|(?<=[.!?;:,“\"] )|(?<=\band )|(?<=\bbut )|(?<=\bthat )|(?<=\bbecause )|(?<=\blater )|"
    r"(?<=\bthen )|(?<=\bwhile ))"
)
_PRONOUN = re.compile(
    rf"(?:{_CLAUSE}|(?<=[.!?]))(?P<who>[Hh]e|[Ss]he|[Ii]t) (?P<verb>{_BASE})(?![\w’'-])(?! (?:is|was|"
    rf"were|are|not)\b)"
)
_NAMED = re.compile(
    rf"(?P<who>[A-Z][a-z]+(?<!s)(?: [A-Z][a-z]+(?<!s)){{0,2}}) (?P<verb>{_SAY}) (?=that\b|the\b|a\b|"
    rf"in\b|his\b|her\b|[A-Z][a-zA-Z]+ (?:will|would|is|was|has)\b)"
)
_QUOTED = re.compile(
    r"(?<=[”\"»] )(?P<verb>explain|add|reply|insist|declare|warn|announce|conclude) "
    r"(?P<who>[A-ZÀ-Ý][\wÀ-ÿ’'.-]+(?: [A-ZÀ-Ý][\wÀ-ÿ’'.-]+){0,2})(?! (?:and|&) )(?=[,. ;])"
)
_SUBJUNCTIVE = re.compile(
    r"\b(?:do|does|did|don|doesn|didn|will|would|shall|should|can|could|may|might|must|let|lets|make|"
    r"makes|made|help|helps|"
    r"helped|see|saw|seen|hear|heard|watch|watched|have|has|had|if|lest|suggest\w*|recommend\w*|"
    r"demand\w*|insist\w*|"
    r"propos\w*|requir\w*|request\w*|ask\w*|urg\w*|order\w*|essential|important|vital|crucial|necessary|"
    r"imperative|"
    r"better|than|nor|neither|and|or|to|why|how|not|rather)\b",
    re.IGNORECASE,
)
_THIRD_PERSON = frozenset(("he", "she", "it", "He", "She", "It"))
_LOOK_BACK = 60

_PAST = (
    r"went|came|took|wrote|gave|began|spoke|knew|chose|drove|broke|rose|grew|flew|wore|stole|shook|froze|drew|fell|"
    r"ate|saw|became"
)
_AFTER_HAVE = re.compile(
    rf"(?<![\w’'-])(?P<who>[Hh]as|[Hh]ave|[Hh]ad|[Hh]aving)(?: not| also| already| never| just|n[’']t)? "
    rf"(?P<verb>{_PAST})(?![\w’'-])"
)
_AFTER_DID = re.compile(
    rf"(?<![\w’'-])(?:(?P<who>(?:did|does|do)(?: not|n[’']t))"
    rf"|(?:(?<=^)|(?<=[.!?] )|(?<=\band )|(?<=\bbut ))(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e) did) "
    rf"(?P<verb>{_PAST}|made|told|said|had|got|left|found)(?![\w’'-])"
)
_AFTER_TO = re.compile(
    r"(?<![\w’'-])(?P<who>(?:wants?|wanted|planned|plans|decided|refused|hopes|hoped|intends|"
    r"intended|in order|tries|tried|"
    rf"trying|managed|promised|forced|allowed|about|unable|able|began|started) to) "
    rf"(?P<verb>{_PAST.replace('|saw', '')}|bought|brought|[a-z]{{3,}}ed)(?![\w’'-])"
)
_AFTER_SHOULD = re.compile(
    rf"(?<![\w’'-])(?P<who>would|could|should|cannot|(?:wo|would|could|should|ca)n[’']t|"
    rf"(?:he|she|it|they|we|you|who|which) (?:will|may|might|must|can))(?: not| also)? "
    rf"(?P<verb>{_PAST.replace('|saw', '')}|[a-z]{{3,}}ed)(?![\w’'-])",
    re.IGNORECASE,
)
_AFTER_BE = re.compile(
    r"(?<![\w’'-])(?P<who>is|are|was|were) (?P<verb>decide|explain|announce|arrive|receive|believe|"
    r"describe|agree|"
    r"become|consider|continue|create|include|insist|require|allow)(?![\w’'-])"
)
_ALL_THAT = re.compile(
    r"\b(?:all|everything|what|whatever|that|which|who|those|little|few|best|do|does|did|whose)\b|\bto\b.*\bto\b",
    re.I,
)
_INFINITIVE_TO_PARTICIPLE = {
    "vendre": "vendu",
    "rendre": "rendu",
    "perdre": "perdu",
    "prendre": "pris",
    "mettre": "mis",
    "construire": "construit",
    "détruire": "détruit",
    "produire": "produit",
    "conduire": "conduit",
    "ouvrir": "ouvert",
    "offrir": "offert",
    "découvrir": "découvert",
    "réduire": "réduit",
    "interdire": "interdit",
    "suspendre": "suspendu",
    "défendre": "défendu",
    "remettre": "remis",
    "promettre": "promis",
    "transmettre": "transmis",
    "reprendre": "repris",
    "apprendre": "appris",
    "choisir": "choisi",
    "finir": "fini",
    "élire": "élu",
    "obtenir": "obtenu",
}
_INFINITIVE_AFTER = re.compile(
    r"(?<![\w’'-])(?:a été|ont été|avait été|aurait été|sera|seront|serait|seraient|[Ii]l a|[Ee]lle "
    r"a|[Oo]n a|ont) "
    rf"(?P<verb>{'|'.join(_INFINITIVE_TO_PARTICIPLE)})(?![\w’'-])"
)
_AFTER_ETRE = re.compile(
    r"(?<![\w’'-])(?<!\b[Cc]e )(?<!\b[Cc]ela )(?<!\b[Çç]a )"
    r"(?:a été|ont été|avait été|avaient été|aurait été|sera|seront|serait|seraient|est|"
    r"sont|était|étaient)"
    r" (?P<verb>(?!reporter|manager|aller)[a-zà-ÿ]{3,}er)(?![\w’'-])"
)
_AFTER_POUR = re.compile(
    r"(?<![\w’'-])pour (?P<verb>(?!marché|côté|député|été|arrêté|traité|congé)[a-zà-ÿ]{3,}é)"
    r"(?= (?:le|la|les|un|une|des|son|sa|ses|leur|leurs|que)\b| l[’'])"
)

_AFTER_AVOIR = re.compile(
    r"(?<![\w’'-])(?:(?:[Ii]l|[Ee]lle|[Oo]n|qui|y) (?:n[’'])?a|j[’']ai|l[’']a|a|(?:n[’'])?(?:ont|"
    r"avait|avaient|"
    r"avons|avez|aurait|auraient))"
    r" (?P<verb>[a-zà-ÿ]{2,}er)(?![\w’'-])"
)
_AFTER_MODAL = re.compile(
    r"(?<![\w’'-])(?:peut|peuvent|doit|doivent|veut|veulent|pourrait|pourraient|devrait|devraient|"
    r"pouvait|pouvaient|devait|"
    r"devaient|voulait|va|vont|afin de|avant de|en train de|pour (?:se|nous|vous|y|en)) "
    r"(?P<verb>[a-zà-ÿ]{3,}é)(?![\w’'-])"
)

_SWAPPED = (
    (_AFTER_AVOIR, "er", "é"),
    (_AFTER_MODAL, "é", "er"),
    (_AFTER_ETRE, "er", "é"),
    (_AFTER_POUR, "é", "er"),
)
"""Patterns of a French verb in "-er" and its participle, the ending found and the one that goes there."""


@article_check(
    "FLU407",
    "wrong-verb-form",
    title={"en": "Wrong verb form", "fr": "Mauvaise forme verbale"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=(*BROKEN_TEXT, "FLU402", "FLU403"),
    messages={
        "person": {
            "en": "The verb does not agree with “{who}”: “{verb}” is not the form that goes with it.",
            "fr": "Le verbe « {verb} » n'est pas à la forme qui convient au sujet « {who} ».",
        },
        "tense": {
            "en": "“{verb}” is not the form of the verb that goes after “{who}”.",
            "fr": "« {verb} » n'est pas la forme du verbe qui va après « {who} ».",
        },
        "form": {
            "en": "“{verb}” is not the form of the verb that goes here: “{mended}”.",
            "fr": "« {verb} » n'est pas la forme qui convient ici : il faut « {mended} ».",
        },
    },
)
def wrong_verb_form(document: Document, context: Context) -> Iterator[Hit]:
    """A verb has a form that its place does not allow.

    Finds: in English, a bare verb after a third person ("he flinch", "Altman explain the plan") and a past
        form after "have", "did", "to" or a modal verb ("has went", "decided to opened"); in French, an
        infinitive after "avoir" or "être" and a participle after a modal verb ("il a annoncer", "serait
        vendre", "elle peut décidé").
    Matters: the sentence reads as a machine's; sometimes the tense or the subject is lost with it.
    Bad: Later he flinch, and Smith explain that it was late.
    Good: Later he flinched, and Smith explained that it was late.
    False positives: the subjunctive ("they ask that he go") and inverted questions are left alone; so are
        plural names.
    Measured: 14 of 14 judged findings in machine translations and masakhanews were right.
    """
    text = document.text
    if document.language == "en":
        for segment in document.segments:
            if segment.role == "body":
                yield from _in_english(text, segment.start, segment.end)
                yield from _after_auxiliary(text, segment.start, segment.end)
        return
    for found in _INFINITIVE_AFTER.finditer(text):
        yield _mended(found, text, _INFINITIVE_TO_PARTICIPLE[found["verb"]])
    for pattern, ending, other in _SWAPPED:
        for found in pattern.finditer(text):
            verb = found["verb"]
            mended = verb.removesuffix(ending) + other
            if _is_verb(verb, mended):
                yield _mended(found, text, mended)


def _mended(found: re.Match[str], text: str, mended: str) -> Hit:
    start, end = found.span()
    phrase = text[start : found.start("verb")] + mended
    return Hit("form", start, end, values={"verb": found["verb"], "mended": mended}, suggestion=phrase)


def _in_english(text: str, start: int, end: int) -> Iterator[Hit]:
    opening = _NAMED.match(text, start, end)
    named = [opening] if opening else []
    named += [found for found in _NAMED.finditer(text, start, end) if text.endswith(", ", 0, found.start())]
    for found in _QUOTED.finditer(text, start, end):
        if not _is_plural(found["who"]):
            values = {"who": found["who"], "verb": found["verb"]}
            yield Hit("person", *found.span(), values=values)
    for found in (*named, *_PRONOUN.finditer(text, start, end)):
        before = text[max(start, found.start() - _LOOK_BACK) : found.start()].rpartition(". ")[2]
        if not _is_plural(found["who"]) and not _SUBJUNCTIVE.search(before):
            values = {"who": found["who"], "verb": found["verb"]}
            yield Hit("person", found.start("who"), found.end("verb"), values=values)


def _after_auxiliary(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield English past forms after "have", "did", "to" and modal verbs, and bare verbs after "be"."""
    for pattern in (_AFTER_HAVE, _AFTER_DID, _AFTER_TO, _AFTER_SHOULD, _AFTER_BE):
        for found in pattern.finditer(text, start, end):
            before = text[max(start, found.start() - _LOOK_BACK) : found.start()].rpartition(". ")[2]
            governed = pattern in (_AFTER_TO, _AFTER_SHOULD)
            if _is_past(found["verb"]) if governed else not _ALL_THAT.search(before):
                values = {"who": found["who"] or "did", "verb": found["verb"]}
                yield Hit("tense", *found.span(), values=values)


def _is_past(verb: str) -> bool:
    """Return whether a word is a past form; one in "-ed" is if the verb is known ("hundred" is none)."""
    if not verb.endswith("ed"):
        return True
    known = lexicon("en")
    bases = (verb[:-1], verb[:-2], verb[:-3] if verb[-3] == verb[-4:-3] else "")
    return not verb.endswith("eed") and any(len(b) > 2 and known.get(b, 0) >= COMMON for b in bases)


def _is_plural(who: str) -> bool:
    """Return whether the subject may be plural ("Some argue", "Labour insist"): a name is no known word."""
    word = who.rpartition(" ")[2]
    return who not in _THIRD_PERSON and lexicon("en").get(word.lower(), 0) > 0


def _is_verb(verb: str, mended: str) -> bool:
    known = lexicon("fr")
    return known.get(verb, 0) >= COMMON and known.get(mended, 0) >= COMMON
