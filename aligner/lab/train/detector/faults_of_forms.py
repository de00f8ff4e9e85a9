"""Faults of form: a word in another number, gender, person or tense, or written as it sounds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from aligner.lab.train.detector.context import Context, Tokens, at, places
from aligner.lab.train.detector.faults_of_words import swap
from aligner.lab.train.detector.word_statistics import folded
from aligner.lab.train.detector.wordlists import AUXILIARIES, DETERMINERS, NUMBERED, PREPOSITIONS, SMALL
from aligner.model import Language

FORM_WRONG: Mapping[Language, Mapping[str, float]] = {
    "fr": {"agreement": 0.9, "verb-form": 0.4},
    "en": {"agreement": 0.5, "verb-form": 0.5},
}
"""How often another form of a word is wrong whatever its neighbours: a plural where a singular was
nearly always, another tense less often."""
BEING = frozenset(
    """
    est sont été était étaient fut furent sera seront serait seraient être soit soient semble semblent
    semblait semblaient paraît paraissent paraissait paraissaient reste restent restait restaient rester
    devient deviennent devenait devenaient devenu devenue devenus devenues devenir demeure demeurent
    """.split()
)
EITHER = frozenset("je j' tu nous vous on me m' te t'".split())
"""Who may be a man or a woman, one or, politely, several: what agrees with them may end in any way."""
NO_ATTRIBUTE = DETERMINERS["fr"] | PREPOSITIONS["fr"] | SMALL["fr"]
COLLECTIVE = frozenset(
    """
    administration agency army association audience authority band bank board body cabinet chain charity
    church club coalition college commission committee community company consortium corporation council
    couple court crew crowd defence department duo enemy faculty family federation firm force gang generation
    giant government group half hospital household industry institution jury lot majority management media
    military ministry minority navy network number nation opposition organisation organization orchestra
    pair panel parliament part party percent police press public regime rest retailer school sector series
    service side staff squad team trio trust union university youth
    """.split()
)
"""English nouns that take a verb in either number: "the team is", "the team are"."""
AGREEMENT_SHARE = 0.6
"""Of the words that have such a form: a verb has many tenses and few persons that news uses."""


AGREEING = tuple(
    frozenset(ends)
    for ends in (
        ("", "e", "s", "es", "x"),
        ("f", "ve", "fs", "ves"),
        ("x", "se", "ses"),
        ("l", "ux", "le", "les"),
        ("", "s", "le", "les"),
        ("", "s", "ne", "nes"),
        ("", "s", "te", "tes"),
        ("er", "ère", "ers", "ères"),
        ("y", "ies"),
    )
)
"""Endings that differ by gender or number alone, behind what two forms have in common."""


def _form_fault(old: str, new: str) -> str:
    """Return agreement where only an ending of gender or number differs, else verb form."""
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    is_agreement = any({old[stem:], new[stem:]} <= ends for ends in AGREEING)
    return "agreement" if is_agreement else "verb-form"


def inflect(tokens: Tokens, context: Context) -> Tokens | None:
    """Put another form of a word: a lemma, a plural, a tense, a gender."""
    families = context.statistics.families
    for i in places(tokens, context, lambda t: t.text.lower() in families):
        old = tokens[i].text.lower()
        agreeing = [w for w in families[old] if _form_fault(old, w) == "agreement"]
        favoured = agreeing and context.rng.random() < AGREEMENT_SHARE
        new = context.rng.choice(agreeing if favoured else families[old])
        fault = _form_fault(old, new)
        replaced = swap(tokens, i, new, fault, context, FORM_WRONG[context.language][fault])
        if replaced:
            return replaced
    return None


def number(tokens: Tokens, context: Context) -> Tokens | None:
    """Put a verb into the plural for the singular, or the other way round, wherever its subject is."""
    for i in places(tokens, context, lambda t: bool(other_number(t.text.lower(), context))):
        if context.language == "en" and _collective(tokens[max(0, i - 4) : i]):
            continue
        replaced = swap(
            tokens, i, other_number(tokens[i].text.lower(), context)[0], "agreement", context, 1.0
        )
        if replaced:
            return replaced
    return None


def other_number(word: str, context: Context) -> tuple[str, ...]:
    """Return the forms of a verb in the other number that are known."""
    listed = NUMBERED[context.language].get(word)
    if listed or context.language == "en":
        return listed or ()
    ends = (("e", "ent"), ("ait", "aient"), ("ra", "ront"), ("it", "issent"), ("a", "èrent"))
    candidates = [
        word.removesuffix(a) + b for pair in ends for a, b in (pair, pair[::-1]) if word.endswith(a)
    ]
    forms = context.statistics.families.get(word, ())
    return tuple(form for form in candidates if form in forms)


def _collective(before: Tokens) -> bool:
    """Return whether a team, a body or a name precedes: with these British English has both numbers."""
    return any(t.text.lower() in COLLECTIVE or (k and t.text[:1].isupper()) for k, t in enumerate(before))


def attribute(tokens: Tokens, context: Context) -> Tokens | None:
    """Put another gender or number of what is said with "to be": "la loi est voté" (French only)."""
    families = context.statistics.families
    for i in places(
        tokens, context, lambda t: t.text.lower() in families and folded(t.text) not in NO_ATTRIBUTE
    ):
        before = [folded(t.text) for t in tokens[max(0, i - 2) : i]]
        if EITHER.intersection(folded(t.text) for t in tokens[max(0, i - 6) : i]):
            continue
        forms = [
            w
            for w in families[tokens[i].text.lower()]
            if _form_fault(tokens[i].text.lower(), w) == "agreement"
        ]
        if forms and context.language == "fr" and BEING.intersection(before):
            replaced = swap(tokens, i, context.rng.choice(forms), "agreement", context, 1.0)
            if replaced:
                return replaced
    return None


def same_sound(tokens: Tokens, context: Context) -> Tokens | None:
    """Put a word that sounds the same (French): another ending, or another word altogether."""
    sounds = context.statistics.sounds
    for i in places(tokens, context, lambda t: t.text.lower() in sounds):
        old = tokens[i].text.lower()
        forms = set(context.statistics.families.get(old, ()))
        new = context.rng.choice(sounds[old])
        fault = _form_fault(old, new) if new in forms else "spelling"
        replaced = swap(tokens, i, new, fault, context, 0.9)
        if replaced:
            return replaced
    return None


def verb_after_auxiliary(tokens: Tokens, context: Context) -> Tokens | None:
    """Put another form of the word after an auxiliary or a modal ("a annoncer", "will goes")."""
    families, auxiliaries = context.statistics.families, AUXILIARIES[context.language]
    for i in places(tokens, context, lambda t: t.text.lower() in families):
        before = at(tokens, i - 1)
        if before and folded(before.text) in auxiliaries:
            replaced = swap(
                tokens, i, context.rng.choice(families[tokens[i].text.lower()]), "verb-form", context
            )
            if replaced:
                return replaced
    return None
