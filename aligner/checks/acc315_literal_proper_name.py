"""ACC315: the name of a newspaper, a body or a firm translated word for word."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.checks.base import check
from aligner.checks.tables import search
from aligner.model import Context, Document, Hit


@check(
    "ACC315",
    "literal-proper-name",
    scope="article",
    category="named-entity",
    cause="translation",
    severity="major",
    messages={
        "name": {
            "en": "“{text}” looks like a word-for-word translation of the name {name}.",
            "fr": "« {text} » semble traduire mot à mot le nom {name}.",
        },
    },
)
def literal_proper_name(document: Document, context: Context) -> Iterator[Hit]:
    """The name of a newspaper, a body, a person or a place is translated word for word.

    Finds: a list of names that are never translated, in the literal form that a machine gives them.
    Matters: the reader does not know who is meant.
    Bad: Selon le Poste de Washington, le plan est prêt.
    Good: Selon le Washington Post, le plan est prêt.
    False alarms: none known; the list is short and says nothing of names that it does not hold.
    Measured: no firing in 1.6 million words of masakhanews, newstest, ntrex and newsdiscuss; no text with
        such names was at hand.
    """
    for found, name in search("literal_names", document.text, document.language):
        yield Hit("name", *found.span(), values={"text": found.group(), "name": name}, suggestion=name)
