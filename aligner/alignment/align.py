"""From a pair of articles to its alignment: vectors, best path, similarity, moved passages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment.answers import SURE, is_same_answer
from aligner.alignment.closer import Reader
from aligner.alignment.coverage import with_evidence
from aligner.alignment.locks import Known, Lock, alone, locks, standing_alone
from aligner.alignment.moved import moved_passages
from aligner.alignment.passages import joined_passages
from aligner.alignment.review import reviewed
from aligner.alignment.scoring import Floats, Text, Weights, centre
from aligner.alignment.search import Path, best_path
from aligner.alignment.similarity import similarities
from aligner.alignment.words import Words, weighed
from aligner.encoders.protocol import Encoder, Spelled
from aligner.model import Alignment, Bead, Bitext, Document, DocumentPair, Segment
from aligner.text.prose import as_read, words_of

WEIGHTS = Weights()

TITLE_SHARE = 0.7
"""Length of the component that marks a title, against the rest of its vector. Headlines are rewritten
rather than translated: on `corpora/demo` their words alone do not always find each other."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """What is known of the n segments of one article.

    ``sums`` (n, d) and ``weights`` (n,) find the path; ``plain`` (n, p) gives calibrated cosines;
    ``lengths`` (n,) are in characters; ``words`` are those that the encoder sees.
    """

    sums: Floats
    weights: Floats
    plain: Floats
    lengths: Floats
    words: Spelled

    def part(self, rows: slice) -> Vectors:
        """Return what is known of some consecutive segments."""
        return Vectors(
            self.sums[rows], self.weights[rows], self.plain[rows], self.lengths[rows], self.words.part(rows)
        )


def vectors(segments: Sequence[Segment], encoder: Encoder) -> Vectors:
    """Encode segments of prose for alignment."""
    texts = [words_of(segment) for segment in segments]
    additive = encoder.additive(texts)
    lengths = np.array([len(text) for text in texts], np.float32)
    return Vectors(additive.sums, additive.weights, additive.plain, lengths, additive.words)


def align_documents(pair: DocumentPair, encoder: Encoder, known: Known | None = None) -> Alignment:
    """Align the title and body segments of a pair; boilerplate is left out.

    Every such segment of both articles is in exactly one bead, in order. What is ``known`` is taken as
    it is, and the rest aligned around it. Raises InputError where it cannot be.
    """
    fr, en = as_read(pair.fr).aligned_segments, as_read(pair.en).aligned_segments
    of_fr, of_en = vectors(fr, encoder), vectors(en, encoder)
    alignment = align_segments(pair, of_fr, of_en, encoder, known)
    return with_evidence(alignment, encoder)


def align_segments(
    pair: DocumentPair, fr: Vectors, en: Vectors, encoder: Encoder, known: Known | None = None
) -> Alignment:
    """Align like ``align_documents``, from vectors of the title and body segments, without evidence."""
    left, right = pair.fr.aligned_segments, pair.en.aligned_segments
    titled = any(s.role == "title" for s in left) and any(s.role == "title" for s in right)
    texts = _text(fr, left, titled), _text(en, right, titled)
    read = _texts(pair.fr), _texts(pair.en)
    words = weighed(read[0], fr.words), weighed(read[1], en.words)
    reader = Reader(read, encoder.closer) if encoder.closer else None
    held = locks(known, pair.fr, pair.en) if known else []
    path = [(0, 0)]
    for lock in (*held, Lock((len(left), len(right)), (len(left), len(right)))):
        path.extend(_between(texts, words, reader, path[-1], lock.start)[1:])
        if lock.stop != lock.start:
            path.append(lock.stop)
    if known:
        path = standing_alone(path, alone(known, pair.fr, pair.en))
    links = moved_passages(path, fr.plain, en.plain)
    fixed = {point for lock in held for point in (lock.start, lock.stop)}
    moved = {bead for link in links for bead in link}
    joined = joined_passages(path, fr.lengths, en.lengths, moved, fixed)
    if len(joined) < len(path):
        links = moved_passages(joined, fr.plain, en.plain)
    return Alignment(pair, _beads(pair, joined, fr, en), links)


def _between(
    texts: tuple[Text, Text],
    words: tuple[Words, Words],
    reader: Reader | None,
    start: tuple[int, int],
    stop: tuple[int, int],
) -> Path:
    """Find the path through a part of two texts."""
    (i0, j0), (i1, j1) = start, stop
    fr, en = texts[0].part(slice(i0, i1)), texts[1].part(slice(j0, j1))
    found = best_path(fr, en, WEIGHTS)
    parts = words[0].part(slice(i0, i1)), words[1].part(slice(j0, j1))
    there = reader and reader.part(slice(i0, i1), slice(j0, j1))
    return [(i0 + i, j0 + j) for i, j in reviewed(found, parts, WEIGHTS, there)]


def _texts(document: Document) -> list[str]:
    return [words_of(segment) for segment in as_read(document).aligned_segments]


def _text(vectors: Vectors, segments: Sequence[Segment], titled: bool) -> Text:
    """Centre the vectors; where both articles have a title, one more component holds titles together."""
    sums = centre(vectors.sums, vectors.weights, WEIGHTS.centre_prior)
    if titled:
        is_title = np.array([s.role == "title" for s in segments])
        extra = np.linalg.norm(sums, axis=1) * np.where(is_title, TITLE_SHARE, 0.0)
        sums = np.concatenate([sums, extra[:, None].astype(np.float32)], axis=1)
    return Text(sums, vectors.lengths, np.array([s.paragraph for s in segments], np.int64))


def align_bitext(pair: DocumentPair, bitext: Bitext, encoder: Encoder) -> Alignment:
    """Take the rows of a bitext as the beads; only their similarity is computed."""
    fr, en = (vectors(as_read(side).segments, encoder) for side in (bitext.fr, bitext.en))
    path, i, j = [(0, 0)], 0, 0
    for left, right in bitext.rows:
        i, j = i + len(left), j + len(right)
        path.append((i, j))
    pair = replace(pair, fr=bitext.fr, en=bitext.en)
    return with_evidence(Alignment(pair, _beads(pair, path, fr, en), ()), encoder)


def _similarity(fr: Sequence[Segment], en: Sequence[Segment], of_vectors: float) -> float:
    return round(max(of_vectors, SURE) if is_same_answer(fr, en) else of_vectors, 4)


def _beads(pair: DocumentPair, path: Path, fr: Vectors, en: Vectors) -> tuple[Bead, ...]:
    left, right = pair.fr.aligned_segments, pair.en.aligned_segments
    similarity = similarities(path, fr.plain, en.plain).tolist()
    return tuple(
        Bead(left[i0:i1], right[j0:j1], _similarity(left[i0:i1], right[j0:j1], similarity[k]))
        for k, ((i0, j0), (i1, j1)) in enumerate(itertools.pairwise(path))
    )
