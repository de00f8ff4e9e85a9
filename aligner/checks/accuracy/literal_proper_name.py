"""ACC315: the name of a newspaper, a body or a firm translated word for word."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.accuracy._newspapers import newspaper_hits
from aligner.checks.accuracy._word_for_word import word_for_word_hits
from aligner.checks.base import article_check
from aligner.checks.tables import search
from aligner.model import BeadView, Context, Document, Hit


def _in_bead(view: BeadView, context: Context) -> Iterator[Hit]:
    yield from newspaper_hits(view)
    yield from word_for_word_hits(view)


@article_check(
    "ACC315",
    "literal-proper-name",
    title={"en": "Name translated word for word", "fr": "Nom traduit mot à mot"},
    category="named-entity",
    cause="translation",
    severity="major",
    explained_by=("ACC304", "ACC305"),
    explained_in_bead_by=("ALN204",),
    messages={
        "name": {
            "en": "“{text}” looks like a word-for-word translation of the name {name}.",
            "fr": "« {text} » semble traduire mot à mot le nom {name}.",
        },
    },
    find_in_bead=_in_bead,
)
def literal_proper_name(document: Document, context: Context) -> Iterator[Hit]:
    """The name of a newspaper, a body, a person or a place is translated word for word.

    Finds: a list of names that are never translated, in the literal form that a machine gives them. With
        the other side beside it: a name that the article writes as it is elsewhere ("Stockage Carrick" and
        "Carrick Storage"), newspapers by their form ("the Courier of the West" beside "Le Courrier de
        l'Ouest"), and the names of associations and firms made of other common words there.
    Matters: the reader does not know who is meant.
    Bad: Selon le Poste de Washington, le plan est prêt.
    Good: Selon le Washington Post, le plan est prêt.
    False positives: bodies that have a name of their own in each language.
    Measured: no finding in 1.6 million words of masakhanews, newstest, ntrex and newsdiscuss, and none of
        two sides in newstest and in web bitext; both faults of this kind in the demo are found.
    """
    for match, name in search("accuracy/literal_names", document.text, document.language):
        yield Hit("name", *match.span(), values={"text": match.group(), "name": name}, suggestion=name)
