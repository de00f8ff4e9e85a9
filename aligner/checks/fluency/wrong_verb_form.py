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
            "The verb does not have the form that goes with its subject: “{text}”.",
            "Le verbe n'est pas à la forme qui convient au sujet : « {text} ».",
        ),
        tense=(
            "After the words before it, the verb should have another form: “{text}”.",
            "Après les mots qui le précèdent, le verbe devrait avoir une autre forme : « {text} ».",
        ),
        form=(
            "“{text}” has the wrong form of the verb: “{better}” is expected.",
            "La forme du verbe n'est pas la bonne dans « {text} » : on attend « {better} ».",
        ),
        form_there=(
            "This form of the verb cannot stand here: “{text}”.",
            "Cette forme du verbe ne peut pas se trouver ici : « {text} ».",
        ),
        mood=(
            "The verb is not in the mood that the conjunction asks for: “{text}”.",
            "Le verbe n'est pas au mode que demande la conjonction : « {text} ».",
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
