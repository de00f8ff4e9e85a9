"""FLU402: a verb without its auxiliary, with the wrong one, or with two."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import grammar_hits
from aligner.checks.suspects import wordings
from aligner.model import Context, Document, Hit


@article_check(
    "FLU402",
    "missing-auxiliary",
    title={"en": "Auxiliary missing or wrong", "fr": "Auxiliaire manquant ou faux"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=(*BROKEN_TEXT, "FLU403"),
    needs_detector=True,
    messages=wordings(
        participle=(
            "The verb lacks its auxiliary: “{text}”.",
            "Il manque l'auxiliaire du verbe : « {text} ».",
        ),
        auxiliaries=(
            "There is one auxiliary too many in “{text}”.",
            "Il y a un auxiliaire de trop dans « {text} ».",
        ),
        wrong_auxiliary=(
            "The verb has the wrong auxiliary in “{text}”.",
            "L'auxiliaire n'est pas celui du verbe dans « {text} ».",
        ),
        participle_form=(
            "An auxiliary is followed by a participle: not “{text}”, but “{better}”.",
            "L'auxiliaire est suivi du participe : non pas « {text} », mais « {better} ».",
        ),
    ),
)
def missing_auxiliary(document: Document, context: Context) -> Iterator[Hit]:
    """A verb lost its auxiliary, has two, or has one that does not go with it.

    Finds: a clause whose verb is a bare participle ("OpenAI annoncé aujourd'hui que", "They planning to"),
        two auxiliaries ("aurait a démenti"), "avoir" in the place of "être" and the other way round ("il a
        parvenu", "s'a élevé", "is arrived"), "been" without "have". The rules are in `data/grammar.*.toml`.
    Matters: it is the mark of a rough machine translation, and leaves the tense to guess.
    Bad: Google annoncé hier que son bureau fermera.
    Good: Google a annoncé hier que son bureau fermera.
    False positives: headlines do without auxiliaries: titles and captions are left alone. Most rules want the
        parts of speech that the detector gives: `--no-detector` finds less.
    Measured: `aligner bench garbled` and `aligner bench stories` measure it with the other checks.
    """
    return grammar_hits(document, "FLU402")
