"""Texts as rows of piece ids, with labels and weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from aligner.detector.onnx import SIDE
from aligner.lab.train.detector.network import COLUMNS, TYPES
from aligner.lab.train.detector.texts import Text
from aligner.lab.train.detector.trees import Tree
from aligner.model import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_ROW = 170
"""Pieces of a row; longer ones are left out of training."""
UNKNOWN = -100
"""Marks an unknown label: it is not learned from."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """A text in pieces, marks at both ends included: arrays of its length n.

    ``wrong`` (0, 1 or unknown) and ``types`` are labels of pieces, ``garbled`` (0, 1 or unknown) that of the
    whole; ``weight`` is that of all three. ``tags`` (n, columns) and ``heads`` (n) are those of a tree.
    """

    ids: Ints
    side: int
    wrong: Ints
    types: Ints
    garbled: int
    weight: float
    tags: Ints | None = None
    heads: Ints | None = None


def text_rows(texts: Sequence[Text], tokenizer: Tokenizer) -> list[Row]:
    """Return the rows of texts; those that are too long or empty are left out."""
    encodings = tokenizer.encode_batch([text.text for text in texts], add_special_tokens=False)
    first, last = ends(tokenizer)
    rows = []
    for text, encoding in zip(texts, encodings, strict=True):
        if not 0 < len(encoding.ids) <= LONGEST_ROW - 2:
            continue
        wrong, types = _empty(len(encoding.ids), 0), _empty(len(encoding.ids), UNKNOWN)
        for i, (start, end) in enumerate(piece_spans(text.text, encoding.offsets)):
            for mark in text.marks:
                if start < mark.end and end > mark.start:
                    wrong[i] = 1
                    if mark.type in TYPES:
                        types[i] = TYPES.index(mark.type)
        ids = np.array([first, *encoding.ids, last], np.int64)
        rows.append(
            Row(
                ids,
                SIDE[text.language],
                _framed(wrong, UNKNOWN),
                _framed(types, UNKNOWN),
                int(wrong.any()),
                text.weight,
            )
        )
    return rows


def tree_rows(trees: Sequence[Tree], tokenizer: Tokenizer) -> list[Row]:
    """Return the rows of trees; nothing is known of faults in them.

    A piece has the tags of the word that its first character belongs to; its head is the first piece of that
    word's head, the root's the mark that opens the row.
    """
    encodings = tokenizer.encode_batch([tree.text for tree in trees], add_special_tokens=False)
    first, last = ends(tokenizer)
    rows = []
    for tree, encoding in zip(trees, encodings, strict=True):
        count = len(encoding.ids)
        if not 0 < count <= LONGEST_ROW - 2:
            continue
        words = _words_of_pieces(tree, piece_spans(tree.text, encoding.offsets))
        begins: dict[int, int] = {}
        for i, word in enumerate(words):
            begins.setdefault(word, i + 1)
        tags, heads = np.full((count, len(COLUMNS)), UNKNOWN, np.int64), _empty(count, UNKNOWN)
        for i, number in enumerate(words):
            if number >= 0:
                tags[i] = tree.words[number].tags
                head = tree.words[number].head
                heads[i] = 0 if head < 0 else begins.get(head, UNKNOWN)
        nothing = _empty(count + 2, UNKNOWN)
        frame = np.full((1, len(COLUMNS)), UNKNOWN, np.int64)
        rows.append(
            Row(
                np.array([first, *encoding.ids, last], np.int64),
                SIDE[tree.language],
                nothing,
                nothing,
                UNKNOWN,
                0.0,
                np.concatenate((frame, tags, frame)),
                _framed(heads, UNKNOWN),
            )
        )
    return rows


def _words_of_pieces(tree: Tree, spans: Sequence[Span]) -> list[int]:
    """Return for each piece the number of the word that its first character belongs to, -1 for none."""
    numbers, word = [], 0
    for start, end in spans:
        while word < len(tree.words) and tree.words[word].end <= start:
            word += 1
        is_inside = word < len(tree.words) and tree.words[word].start < max(end, start + 1)
        numbers.append(word if is_inside else -1)
    return numbers


def piece_spans(text: str, offsets: Iterable[Span]) -> list[Span]:
    """Return the spans of pieces without the space before them, which some tokenizers count in."""
    spans = []
    for start, end in offsets:
        while start < end and text[start].isspace():
            start += 1
        spans.append((start, end))
    return spans


def ends(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the ids of the marks that open and close a row."""
    return int(tokenizer.token_to_id("<s>") or 0), int(tokenizer.token_to_id("</s>") or 0)


def padded(batch: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return what the network is given of the rows: pieces, mask and sides, each (rows, longest)."""
    mask = torch.zeros((len(batch), max(len(row.ids) for row in batch)), dtype=torch.long)
    ids, sides = torch.zeros_like(mask), torch.zeros_like(mask)
    for i, row in enumerate(batch):
        count = len(row.ids)
        ids[i, :count], mask[i, :count], sides[i, :count] = torch.from_numpy(row.ids), 1, row.side
    return ids, mask, sides


def labels(batch: Sequence[Row], name: str) -> torch.Tensor:
    """Return the labels of the rows (rows, longest, ...), unknown where a row has none."""
    longest = max(len(row.ids) for row in batch)
    shape = (len(COLUMNS),) if name == "tags" else ()
    out = torch.full((len(batch), longest, *shape), UNKNOWN, dtype=torch.long)
    for i, row in enumerate(batch):
        values = getattr(row, name)
        if values is not None:
            out[i, : len(values)] = torch.from_numpy(values)
    return out


def _empty(count: int, fill: int) -> Ints:
    return np.full(count, fill, np.int64)


def _framed(values: Ints, fill: int) -> Ints:
    return np.concatenate(([fill], values, [fill])).astype(np.int64)
