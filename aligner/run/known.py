"""Beads corrected by hand, in the pairs of a run: from ``--beads``, and from the marks of a review."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from aligner.alignment.locks import Known, locks
from aligner.keys import pair_key, stored
from aligner.model import Document, InputError
from aligner.pairing.match import Link
from aligner.run.corpus import Corpus
from aligner.run.names import Names
from aligner.settings import Settings
from aligner.settings.beads import Beads
from aligner.settings.review import LockedBead, found_again

logger = logging.getLogger(__name__)


def known_beads(settings: Settings, corpus: Corpus, links: Sequence[Link], names: Names) -> dict[int, Beads]:
    """Return the beads to be taken as they are, by the place of their pair among ``links``.

    Those of ``settings.beads`` come before those of a review of the same pair. Raises InputError for the
    former where they do not fit; the latter are left out, and said to be, where the article was changed.
    """
    from_settings, from_review = dict(settings.beads), dict(settings.review.beads)
    beads_by_place: dict[int, Beads] = {}
    if not from_settings and not from_review:
        return beads_by_place
    if "" in from_settings:
        raise InputError('beads: every line needs "pair", as in beads.jsonl, where there are several pairs')
    keys = names.by_pair({*from_settings, *from_review})
    from_settings = {keys.get(key, key): beads for key, beads in from_settings.items()}
    from_review = {keys.get(key, key): beads for key, beads in from_review.items()}
    refs = corpus.documents.refs
    for place, link in enumerate(links):
        key = pair_key(stored(refs[link.fr].path), stored(refs[link.en].path))
        if link.fr >= corpus.article_count or (key not in from_settings and key not in from_review):
            continue
        fr, en = corpus.documents[link.fr], corpus.documents[link.en]
        beads = from_settings.get(key) or _of_review(key, from_review[key], fr, en)
        locks(Known(beads), fr, en)
        if beads:
            beads_by_place[place] = beads
    return beads_by_place


def _of_review(key: str, marked: Sequence[LockedBead], fr: Document, en: Document) -> Beads:
    """Return the beads of a review that both articles still have."""
    texts = [
        {number: s.text for number, s in enumerate(side.segments) if s.role != "boilerplate"}
        for side in (fr, en)
    ]
    beads = tuple(bead.sides for bead in found_again(marked, *texts))
    try:
        locks(Known(beads), fr, en)
    except InputError as error:
        logger.warning("%s: the corrected sentences of the review are not used: %s", key, error)
        return ()
    if len(beads) < len(marked):
        lost = len(marked) - len(beads)
        logger.warning("%s: corrected sentences of the review that were changed since: %d", key, lost)
    return beads
