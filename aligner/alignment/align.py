"""From a pair of articles to its alignment: vectors, best path, similarity, moved passages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment.answers import SAME_SIMILARITY, is_same_answer
from aligner.alignment.candidates import Searched
from aligner.alignment.closer import Reader
from aligner.alignment.locks import Known, Lock, alone, locks, standing_alone
from aligner.alignment.moved import moved_passages
from aligner.alignment.passages import joined_passages
from aligner.alignment.review import read_closer, reviewed
from aligner.alignment.scoring import Floats, Text, Weights, centre
from aligner.alignment.search import Path, best_paths
from aligner.alignment.similarity import similarities
from aligner.alignment.words import Words, weighed
from aligner.encoders.protocol import Encoder, Spelled
from aligner.model import Alignment, Bead, Bitext, Document, DocumentPair, Segment
from aligner.text.prose import as_read, words_of

WEIGHTS = Weights()

ENCODED_AT_ONCE = 256
"""Articles handed to the encoder together, which costs it less than one at a time."""

ALIGNED_AT_ONCE = 16
"""Pairs aligned together: as many as ``as_read`` remembers the articles of."""

TITLE_SHARE = 0.7
"""Length of the component that marks a title, against the rest of its vector. Headlines are rewritten
rather than translated: on `corpora/demo` their words alone do not always find each other."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts of the n segments of one article as the encoder sees them, their vectors and lengths.

    ``sums`` (n, d) and ``weights`` (n,) find the path; ``plain`` (n, p) gives calibrated cosines;
    ``lengths`` (n,) are in characters; ``words`` are those that the encoder sees.
    """

    texts: Sequence[str]
    sums: Floats
    weights: Floats
    plain: Floats
    lengths: Floats
    words: Spelled

    def part(self, rows: slice) -> Vectors:
        """Return what is known of some consecutive segments."""
        return Vectors(
            self.texts[rows],
            self.sums[rows],
            self.weights[rows],
            self.plain[rows],
            self.lengths[rows],
            self.words.part(rows),
        )


def vectors(segments: Sequence[Segment], encoder: Encoder) -> Vectors:
    """Encode segments of prose for alignment."""
    texts = [words_of(segment) for segment in segments]
    additive = encoder.additive(texts)
    lengths = np.array([len(text) for text in texts], np.float32)
    return Vectors(texts, additive.sums, additive.weights, additive.plain, lengths, additive.words)


def embed(documents: Sequence[Document], encoder: Encoder) -> list[Vectors]:
    """Compute the vectors of every article's title and body segments."""
    article_vectors = []
    for start in range(0, len(documents), ENCODED_AT_ONCE):
        batch = documents[start : start + ENCODED_AT_ONCE]
        articles = [as_read(document).aligned_segments for document in batch]
        batch_vectors = vectors([segment for article in articles for segment in article], encoder)
        end = 0
        for article in articles:
            begin, end = end, end + len(article)
            article_vectors.append(batch_vectors.part(slice(begin, end)))
    return article_vectors


def align_documents(pair: DocumentPair, encoder: Encoder, known: Known | None = None) -> Alignment:
    """Align the title and body segments of a pair; boilerplate is left out.

    Every such segment of both articles is in exactly one bead, in order. What is ``known`` is taken as
    it is, and the rest aligned around it. Raises InputError where it cannot be.
    """
    return next(align_all([pair], encoder, [known]))


def align_all(
    pairs: Sequence[DocumentPair], encoder: Encoder, known: Sequence[Known | None] = ()
) -> Iterator[Alignment]:
    """Align pairs like ``align_documents``, faster than one by one; ``known`` is of each, if anything.

    Beads have no evidence yet, which costs as much again in a free translation: see ``with_evidence``.
    """
    for first in range(0, len(pairs), ALIGNED_AT_ONCE):
        chunk = pairs[first : first + ALIGNED_AT_ONCE]
        encoded = iter(embed([side for pair in chunk for side in (pair.fr, pair.en)], encoder))
        fixed_beads = known[first : first + ALIGNED_AT_ONCE] or [None] * len(chunk)
        batch = [
            Encoded(pair, next(encoded), next(encoded), beads)
            for pair, beads in zip(chunk, fixed_beads, strict=True)
        ]
        yield from align_segments(batch, encoder)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair with the vectors of its title and body segments, and what is known of its alignment."""

    pair: DocumentPair
    fr: Vectors
    en: Vectors
    known: Known | None = None


def align_segments(pairs: Sequence[Encoded], encoder: Encoder) -> list[Alignment]:
    """Align like ``align_documents``, from vectors; short articles together."""
    parts = [list(_parts(encoded)) for encoded in pairs]
    paths = iter(_paths([part for of_pair in parts for part in of_pair], encoder))
    return [
        _assemble(encoded, [(part, next(paths)) for part in of_pair])
        for encoded, of_pair in zip(pairs, parts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    """Two texts, or what is between two locks of them, and the lock that follows."""

    fr: Text
    en: Text
    words: tuple[Words, Words]
    texts: tuple[Sequence[str], Sequence[str]]
    lock: Lock


def _parts(encoded: Encoded) -> Iterator[_Part]:
    """Cut a pair at its locks; the last part is followed by an empty lock at the end."""
    fr, en = encoded.pair.fr.aligned_segments, encoded.pair.en.aligned_segments
    titled = any(s.role == "title" for s in fr) and any(s.role == "title" for s in en)
    left, right = _text(encoded.fr, fr, titled), _text(encoded.en, en, titled)
    texts = encoded.fr.texts, encoded.en.texts
    words = weighed(texts[0], encoded.fr.words), weighed(texts[1], encoded.en.words)
    end = len(fr), len(en)
    locked = locks(encoded.known, encoded.pair.fr, encoded.pair.en) if encoded.known else []
    start = 0, 0
    for lock in (*locked, Lock(end, end)):
        rows, columns = slice(start[0], lock.start[0]), slice(start[1], lock.start[1])
        yield _Part(
            left.part(rows),
            right.part(columns),
            (words[0].part(rows), words[1].part(columns)),
            (texts[0][rows], texts[1][columns]),
            lock,
        )
        start = lock.stop


def _paths(parts: Sequence[_Part], encoder: Encoder) -> list[Path]:
    """Find the path through each part."""
    paths = best_paths([(part.fr, part.en) for part in parts], WEIGHTS)
    searched = [Searched(path, part.words) for path, part in zip(paths, parts, strict=True)]
    if encoder.closer is None:
        return reviewed(searched, WEIGHTS)
    return [
        read_closer(pair, WEIGHTS, Reader(part.texts, encoder.closer))
        for pair, part in zip(searched, parts, strict=True)
    ]


def _assemble(encoded: Encoded, parts: Sequence[tuple[_Part, Path]]) -> Alignment:
    """Put the paths through the parts of a pair together."""
    pair, fr, en = encoded.pair, encoded.fr, encoded.en
    path = [(0, 0)]
    for part, through in parts:
        i0, j0 = path[-1]
        path.extend((i0 + i, j0 + j) for i, j in through[1:])
        if part.lock.stop != part.lock.start:
            path.append(part.lock.stop)
    if encoded.known:
        path = standing_alone(path, alone(encoded.known, pair.fr, pair.en))
    links = moved_passages(path, fr.plain, en.plain)
    fixed = {point for part, _ in parts for point in (part.lock.start, part.lock.stop)}
    moved = {bead for link in links for bead in link}
    merged = joined_passages(path, fr.lengths, en.lengths, moved, fixed)
    if len(merged) < len(path):
        links = moved_passages(merged, fr.plain, en.plain)
    return Alignment(pair, _beads(pair, merged, fr, en), links)


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
    return Alignment(pair, _beads(pair, path, fr, en), ())


def _similarity(fr: Sequence[Segment], en: Sequence[Segment], of_vectors: float) -> float:
    return round(max(of_vectors, SAME_SIMILARITY) if is_same_answer(fr, en) else of_vectors, 4)


def _beads(pair: DocumentPair, path: Path, fr: Vectors, en: Vectors) -> tuple[Bead, ...]:
    left, right = pair.fr.aligned_segments, pair.en.aligned_segments
    similarity = similarities(path, fr.plain, en.plain).tolist()
    return tuple(
        Bead(left[i0:i1], right[j0:j1], _similarity(left[i0:i1], right[j0:j1], similarity[k]))
        for k, ((i0, j0), (i1, j1)) in enumerate(itertools.pairwise(path))
    )
