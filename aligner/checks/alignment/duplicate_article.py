"""ALN207: an article that occurs twice in the corpus."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.alignment._unpaired import unpaired_hits
from aligner.checks.base import corpus_check
from aligner.model import Context, CorpusView, Hit


@corpus_check(
    "ALN207",
    "duplicate-article",
    title={"en": "Duplicate article", "fr": "Article en double"},
    category="structure",
    cause="editorial",
    severity="minor",
    messages={
        "duplicate": {
            "fr": "Cet article se trouve déjà dans le corpus.",
            "en": "This article is already in the corpus.",
        },
        "duplicate-near": {
            "fr": "Cet article répète {candidate} (similarité {score}).",
            "en": "This article repeats {candidate} (similarity {score}).",
        },
    },
)
def duplicate_article(view: CorpusView, context: Context) -> Iterator[Hit]:
    """An article is a duplicate of another one in the corpus.

    Finds: articles that repeat another one of the same language, word for word or nearly.
    Matters: duplicates are counted twice, and compete for the same counterpart.
    Bad: en/flood.txt and en/flood-copy.txt with the same text.
    Good: en/flood.txt and en/flood-update.txt with news of the second day.
    False positives: corrected versions kept on purpose.
    Measured: says what pairing decided; `aligner bench pair` measures that.
    """
    return unpaired_hits(view, {"duplicate of another article": "duplicate"})
