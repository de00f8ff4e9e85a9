"""FLU404: words that should agree and do not, and forms that there are not."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.evidence import Claim, Finder, surest
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import first_of_each, grammar_hits, sentences_of
from aligner.checks.fluency._subjects import disagreements
from aligner.checks.suspects import wordings
from aligner.model import Context, Document, Hit


@article_check(
    "FLU404",
    "agreement",
    title={"en": "Agreement", "fr": "Accord"},
    category="agreement",
    cause="translation",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "FLU402", "FLU403", "FLU407"),
    needs_detector=True,
    messages=wordings(
        number=("“{text}” mixes singular and plural.", "« {text} » mêle le singulier et le pluriel."),
        gender=("“{text}” mixes masculine and feminine.", "« {text} » mêle le masculin et le féminin."),
        verb=(
            "Subject and verb do not agree in “{text}”.",
            "Le sujet et le verbe ne s'accordent pas dans « {text} ».",
        ),
        form_of_word=(
            "There is no such form of the word, or not in this sense: “{text}”.",
            "Cette forme du mot n'existe pas, ou pas dans ce sens : « {text} ».",
        ),
        better=("“{text}” should be “{better}”.", "Au lieu de « {text} », il faut « {better} »."),
    ),
)
def agreement(document: Document, context: Context) -> Iterator[Hit]:
    """A determiner, a noun and its adjective, or a subject and its verb, do not agree.

    Finds: determiner, noun and adjective of different number or gender ("ces mesure", "un ville", "archives
        paroissial", "two brother"), subject and verb ("la société ont", "they was"), a participle without the
        mark of its subject ("les lignes sont supprimés", "elle a été arrêté"), forms that there are not
        ("childs", "teached", "informations"), "a" and "an". The rules are in `data/grammar.*.toml`. Besides,
        a subject and the verb or the participle that the detector says is its own, with anything between
        ("the results of the survey, carried out in six regions, shows").
    Matters: it is the mark of rough machine translation, and of a word replaced in haste.
    Bad: Ces mesure sont prêtes, elle a été arrêté.
    Good: Ces mesures sont prêtes, elle a été arrêtée.
    False positives: quotations of careless speech; titles of works. Most rules want the parts of speech that
        the detector gives: `--no-detector` finds less.
    Measured: `aligner bench garbled` and `aligner bench stories` measure it with the other checks.
    """
    at_a_distance = surest(distance_claims(document), document.language)
    return first_of_each((*grammar_hits(document, "FLU404"), *at_a_distance))


def distance_claims(document: Document) -> Iterator[Claim]:
    """Yield subjects with the verb or predicate, further on, that does not agree."""
    if not document.tags:
        return
    for sentence in sentences_of(document):
        for disagreement in disagreements(sentence.words, document.language) if sentence.is_complete else ():
            start, end = sentence.words[disagreement.subject].start, sentence.words[disagreement.word].end
            values = {"text": document.text[start:end]}
            hit = Hit(disagreement.feature, start, end, values)
            yield Claim(Finder("tree", f"subject {disagreement.feature}"), hit, sentence.circumstances)
