"""Answers and greetings of a word or two, of which the encoder cannot tell that they match."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.model import Segment

SAME_SIMILARITY = 0.95
"""Similarity of two answers that mean the same."""

_PAIRS = """
oui = yes | yeah | yep | aye
si = yes | yes i do | yes it is
non = no | nope | nay
merci = thank you | thanks
merci beaucoup = thank you very much | many thanks | thanks a lot
bonjour = hello | good morning | good afternoon | hi
bonsoir = good evening | hello
salut = hi | hello | hey
au revoir = goodbye | bye | good bye
d'accord = ok | okay | agreed | all right
bien sûr = of course | sure
peut-être = maybe | perhaps
voilà = there you go | there it is | that's it
exactement = exactly
pourquoi = why
pourquoi pas = why not
comment = how
quand = when
où = where
qui = who
quoi = what
jamais = never
toujours = always
bravo = well done | bravo | congratulations
pardon = sorry | excuse me
désolé = sorry
s'il vous plaît = please
absolument = absolutely
tout à fait = absolutely | quite so | exactly
bien = good | well | fine
"""
_MEANT = frozenset(
    (fr.strip(), en.strip())
    for line in _PAIRS.strip().splitlines()
    for fr, _, meanings in [line.partition("=")]
    for en in meanings.split("|")
)
_MAX_CHARACTERS = 30  # characters
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def is_same_answer(fr: Sequence[Segment], en: Sequence[Segment]) -> bool:
    """Return whether both sides are one such answer: "Oui." and "Yes!"."""
    if len(fr) != 1 or len(en) != 1 or max(len(fr[0].text), len(en[0].text)) > _MAX_CHARACTERS:
        return False
    return (_normalised(fr[0].text), _normalised(en[0].text)) in _MEANT


def _normalised(text: str) -> str:
    return " ".join(_EDGES.sub("", text).lower().replace("’", "'").replace(",", " ").split())
