"""FLU407: a verb in a form that its place does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import grammar_hits
from aligner.checks.suspects import wordings
from aligner.model import Context, Document, Hit


@article_check(
    "FLU407",
    "wrong-verb-form",
    title={"en": "Wrong verb form", "fr": "Mauvaise forme verbale"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=(*BROKEN_TEXT, "FLU402", "FLU403"),
    needs_detector=True,
    messages=wordings(
        person=(
            "The verb form does not match its subject: “{text}”.",
            "La forme du verbe ne convient pas au sujet : « {text} ».",
        ),
        tense=(
            "The words before the verb call for another form: “{text}”.",
            "Ce qui précède appelle une autre forme du verbe : « {text} ».",
        ),
        form=(
            "Wrong verb form in “{text}”: “{better}” is expected.",
            "Forme verbale fautive dans « {text} » : on attend « {better} ».",
        ),
        form_there=(
            "This verb form is not possible here: “{text}”.",
            "Cette forme du verbe est impossible ici : « {text} ».",
        ),
        mood=(
            "The conjunction calls for another mood: “{text}”.",
            "La conjonction appelle un autre mode : « {text} ».",
        ),
    ),
)
def wrong_verb_form(document: Document, context: Context) -> Iterator[Hit]:
    """A verb has a form that its place does not allow.

    Finds: in English, a bare verb after a third person ("she admire", "Altman explain the plan") and another
        form than the right one after "have", "be", "did", "to", a preposition or a modal verb ("has went",
        "did not found", "must to leave"); in French, an infinitive for a verb or a participle ("celui qui
        arriver", "il a annoncer", "serait vendre"), a participle or a verb for an infinitive ("elle peut
        décidé", "pour montait"), the indicative after "bien que" and "il faut que", the conditional after
        "si". The rules are in `data/grammar.*.toml`.
    Matters: the sentence reads as a machine's; sometimes the tense or the subject is lost with it.
    Bad: But later he flinch, and they decided to opened a shop.
    Good: But later he flinched, and they decided to open a shop.
    False positives: the subjunctive ("they ask that he go") and inverted questions are left alone. Dialect in
        quotations. Most rules want the parts of speech that the detector gives: `--no-detector` finds less.
    Measured: `aligner bench garbled` and `aligner bench stories` measure it with the other checks.
    """
    return grammar_hits(document, "FLU407")
