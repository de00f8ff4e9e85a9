"""Faults of verbs, agreement and pronouns that need a parse: what a subject or an auxiliary does not take."""

from __future__ import annotations

from aligner.lab.train.detector.context import Context, Tokens
from aligner.lab.train.detector.faults_of_forms import AGREEING, COLLECTIVE, other_number
from aligner.lab.train.detector.parses import Tags, candidates, children, put

OBJECT_FORMS = {"he": "him", "she": "her", "they": "them", "we": "us", "I": "me", "who": "whom"}
SUBJECT_FORMS = {"him": "he", "them": "they", "us": "we", "me": "I"}
FRENCH_PRONOUNS = {
    "il": ("lui", "ils"),
    "elle": ("elles", "lui"),
    "ils": ("il", "eux"),
    "elles": ("elle", "ils"),
    "lui": ("le", "il"),
    "leur": ("lui", "eux"),
    "qui": ("que", "dont"),
    "dont": ("que", "qui"),
    "se": ("lui", "le"),
    "celui": ("celle", "ceux"),
    "celle": ("celui", "celles"),
    "ceux": ("celui", "celles"),
}
HAVING = frozenset("have has had having 've".split())


def verb_form(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put a verb into a form that its subject or its auxiliary does not take."""
    forms = _english_verb if context.language == "en" else _french_verb
    for i in candidates(
        tokens, tags, context, lambda tag: tag.upos == "VERB" or (tag.upos == "AUX" and tag.relation == "cop")
    ):
        wrong_forms = forms(tokens, tags, i, context)
        if wrong_forms:
            text, fault = wrong_forms
            replaced = put(tokens, i, text, fault)
            if replaced:
                return replaced
    return None


def _english_verb(tokens: Tokens, tags: Tags, i: int, context: Context) -> tuple[str, str] | None:
    word, features = tokens[i].text.lower(), tags[i].features
    family = context.statistics.families.get(word, ())
    auxiliaries = [tokens[k].text.lower() for k in children(tags, i, "aux", "mark") if k < i]
    if features.get("VerbForm") == "Fin" and features.get("Tense") == "Pres":
        if features.get("Person") == "3" and features.get("Number") == "Sing":
            bases = [f for f in family if word in (f + "s", f + "es", f[:-1] + "ies")]
            return (context.rng.choice(bases), "agreement") if bases and not auxiliaries else None
        subjects = children(tags, i, "nsubj")
        plural = any(tags[k].features.get("Number") == "Plur" for k in subjects)
        if plural and not any(tokens[k].text.lower() in COLLECTIVE for k in subjects):
            thirds = [f for f in family if f in (word + "s", word + "es", word[:-1] + "ies")]
            return (context.rng.choice(thirds), "agreement") if thirds else None
    if features.get("VerbForm") == "Inf" and auxiliaries:
        return (context.rng.choice(family), "verb-form") if family else None
    if features.get("VerbForm") == "Part" and auxiliaries:
        having = any(a in HAVING for a in auxiliaries)
        wrong = [
            f
            for f in family
            if (word.startswith(f[:-1]) and len(f) < len(word)) or (having and f.endswith("ing"))
        ]
        return (context.rng.choice(wrong), "verb-form") if wrong else None
    return None


def _french_verb(tokens: Tokens, tags: Tags, i: int, context: Context) -> tuple[str, str] | None:
    word, features = tokens[i].text.lower(), tags[i].features
    family = context.statistics.families.get(word, ())
    form = features.get("VerbForm")
    infinitives = [f for f in family if f.endswith(("er", "ir", "re", "oir"))]
    if form == "Fin":
        numbers = other_number(word, context)
        if numbers and context.rng.random() < 0.6:
            return numbers[0], "agreement"
        return (context.rng.choice(infinitives), "verb-form") if infinitives else None
    if form == "Part" and children(tags, i, "aux"):
        return (context.rng.choice(infinitives), "verb-form") if infinitives else None
    if form == "Inf":
        other_forms = [f for f in family if f not in infinitives]
        return (context.rng.choice(other_forms), "verb-form") if other_forms else None
    return None


def agreement(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put a noun, an adjective or a determiner into another number or gender than its phrase has."""
    for i in candidates(
        tokens,
        tags,
        context,
        lambda tag: tag.upos in ("ADJ", "NOUN") or tag.features.get("VerbForm") == "Part",
    ):
        word, tag = tokens[i].text.lower(), tags[i]
        if context.language == "en":
            wrong_form = _english_number(tokens, tags, i, context)
        else:
            bound = tag.upos == "NOUN" and bool(children(tags, i, "det"))
            bound |= tag.relation == "amod" or bool(children(tags, i, "cop"))
            bound |= (
                bool(children(tags, i, "aux")) and tag.upos != "NOUN" and bool(children(tags, i, "nsubj"))
            )
            forms = [
                f for f in context.statistics.families.get(word, ()) if bound and _differ_by_ending(word, f)
            ]
            wrong_form = context.rng.choice(forms) if forms else None
        replaced = put(tokens, i, wrong_form, "agreement") if wrong_form else None
        if replaced:
            return replaced
    return None


def _differ_by_ending(word: str, form: str) -> bool:
    shared = 0
    while shared < min(len(word), len(form)) and word[shared] == form[shared]:
        shared += 1
    pair = {word[shared:], form[shared:]}
    return (
        any(pair <= endings for endings in AGREEING) and word.rstrip("s") != form.rstrip("s")
    ) or pair == {"", "s"}


def _english_number(tokens: Tokens, tags: Tags, i: int, context: Context) -> str | None:
    word, tag = tokens[i].text.lower(), tags[i]
    family = context.statistics.families.get(word, ())
    if tag.upos == "ADJ" and tag.relation == "amod" and tag.head == i + 1:
        plural = tags[i + 1].features.get("Number") == "Plur"
        return word + "s" if plural and word.isalpha() and not word.endswith("s") else None
    if tag.upos != "NOUN":
        return None
    before = [tokens[k].text.lower() for k in children(tags, i, "det", "nummod")]
    if tag.features.get("Number") == "Plur" and (
        children(tags, i, "nummod") or {"these", "those", "many", "several", "few"} & {*before}
    ):
        singular = [f for f in family if len(f) < len(word) or not word.endswith("s")]
        if not word.endswith("s") and singular and context.rng.random() < 0.5:
            return f"{min(singular, key=len)}s"
        return min(singular, key=len) if singular else None
    if tag.features.get("Number") == "Sing" and {"a", "an", "this", "that", "each", "every", "one"} & {
        *before
    }:
        return next((f for f in family if f in (word + "s", word + "es", word[:-1] + "ies")), None)
    return None


def pronoun(tokens: Tokens, tags: Tags, context: Context) -> Tokens | None:
    """Put a pronoun into a form that its place does not take."""
    for i in candidates(tokens, tags, context, lambda tag: tag.upos == "PRON"):
        word = tokens[i].text if tokens[i].text == "I" else tokens[i].text.lower()
        if context.language == "en":
            table = OBJECT_FORMS if tags[i].relation == "nsubj" else SUBJECT_FORMS
            new = table.get(word)
        else:
            choices = FRENCH_PRONOUNS.get(word)
            new = context.rng.choice(choices) if choices else None
        replaced = put(tokens, i, new, "function-word") if new else None
        if replaced:
            return replaced
    return None
