"""The default encoder: one vector a token, summed. Read with tokenizers and numpy; no torch.

The folder is one that ``SentenceTransformer(folder)`` loads too (a ``StaticEmbedding`` module).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import Additive, Array, CloserEncoder, unit
from aligner.model import InputError

CACHED_WORDS = 400_000
"""Pieces whose vectors are kept (about 1 KB each); then the store starts afresh."""

ROWS_TOGETHER = 64
"""Rows of a group that are summed together with those of other groups."""

SOME_GROUPS = 256
"""Groups that are summed together: their sums fit in a processor's cache."""

Ints = npt.NDArray[np.int32]

_FIRST_ROWS = 4096

_CUT = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ!-/:-@\[-`{-~«»’“”–—\s]*")
"""Texts that the tokenizer cuts at every sign that is no letter or digit, in whatever case."""

_PIECE = re.compile(r"[0-9a-zß-öø-ÿœ]+|\S")
"""A piece of such a text in small letters."""

WORTH_THREADS = 256
"""Words from which it pays to wake the tokenizer's threads; rows of bitext come with a few new ones each."""


def shipped_folder() -> Path:
    """Return the folder of the encoder that ships inside the package."""
    return Path(str(resources.files("aligner.encoders") / "data" / "default"))


class StaticEncoder:
    """Bag of token vectors.

    The tokenizer splits at white space before anything else, and most words at signs: so a sentence is the
    sum of such pieces, and each piece is tokenised once and then remembered.
    """

    closer: CloserEncoder | None = None
    """Nothing better is at hand."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        for needed in (weights, tokenizer):
            if not needed.is_file():
                raise InputError(f"{folder}: not a static encoder ({needed.name} is missing)")
        try:
            self._tokens = _map_vectors(weights)
        except (ValueError, KeyError, OverflowError, MemoryError) as error:
            raise InputError(f"{folder}: not a static encoder ({weights.name} cannot be read)") from error
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._version = f"{folder.name}-{_version(folder)}"
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._sums: Array = np.zeros((_FIRST_ROWS, self.dimension), np.float32)
        self._counts: Array = np.zeros(_FIRST_ROWS, np.float32)

    @property
    def version(self) -> str:
        """Folder name and the first digits of the weights' hash, as its model card states."""
        return self._version

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._tokens.shape[1])

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (n, d)."""
        return unit(self.additive(texts).sums)

    def additive(self, texts: Sequence[str]) -> Additive:
        """Return sums of token vectors, shape (n, d), and the numbers of tokens, shape (n,)."""
        if len(self._rows) > CACHED_WORDS:
            self._forget()
        split = [_pieces(text) for text in texts]
        pieces = list(chain.from_iterable(split))
        row_numbers = list(map(self._rows.get, pieces))
        if None in row_numbers:
            self._learn({piece for piece, row in zip(pieces, row_numbers, strict=True) if row is None})
            row_numbers = list(map(self._rows.get, pieces))
        rows = np.array(row_numbers, np.int32)
        ends = np.cumsum(np.fromiter(map(len, split), np.int32, len(split)), dtype=np.int32)
        sums = sum_rows(self._sums, rows, ends)
        return Additive(sums, _sum_counts(self._counts, rows, ends), sums)

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words without whitespace, shape (n, d); heavier words have longer ones."""
        if len(self._rows) > CACHED_WORDS:
            self._forget()
        row_numbers = list(map(self._rows.get, map(str.lower, words)))
        new = [k for k, row in enumerate(row_numbers) if row is None]
        learned = self.additive([words[k] for k in new]).sums if new else None
        sums = self._sums[np.array([row or 0 for row in row_numbers], np.int64)]
        if learned is not None:
            sums[new] = learned
        return sums

    def _learn(self, pieces: Iterable[str]) -> None:
        """Look up new pieces, and words that are cut otherwise."""
        cut: list[str] = []
        uncut: list[str] = []
        for piece in sorted(pieces):
            (cut if _CUT.fullmatch(piece) else uncut).append(piece)
        if uncut:
            self._tokenise(uncut)
        if cut:
            self._tokenise_together(cut)

    def _tokenise(self, new: Sequence[str]) -> None:
        if len(new) < WORTH_THREADS:
            encodings = [self._tokenizer.encode(word, add_special_tokens=False) for word in new]
        else:
            encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        ids = [encoding.ids for encoding in encodings]
        rows = np.fromiter(chain.from_iterable(ids), np.int32)
        self._add(new, rows, np.fromiter(map(len, ids), np.int32, len(ids)))

    def _tokenise_together(self, new: Sequence[str]) -> None:
        """Look up pieces as one text: each is a word to the tokenizer, whatever is beside it."""
        encoding = self._tokenizer.encode(" ".join(new), add_special_tokens=False)
        sizes = np.bincount(np.array(encoding.word_ids, np.int64), minlength=len(new)).astype(np.int32)
        self._add(new, np.array(encoding.ids, np.int32), sizes)

    def _add(self, new: Sequence[str], rows: Ints, sizes: Ints) -> None:
        """Add pieces, each the sum of so many ``rows`` of the tokens' vectors."""
        first = len(self._rows)
        place = slice(first, first + len(new))
        self._make_room(place.stop)
        distinct, places = np.unique(rows, return_inverse=True)
        vectors = self._tokens[distinct].astype(np.float32)
        self._sums[place] = sum_rows(vectors, places.astype(np.int32), np.cumsum(sizes, dtype=np.int32))
        self._counts[place] = sizes
        self._rows.update(zip(new, range(place.start, place.stop), strict=True))

    def _make_room(self, rows: int) -> None:
        if rows > len(self._sums):
            size, filled = max(rows, 2 * len(self._sums)), len(self._rows)
            sums, counts = np.empty((size, self.dimension), np.float32), np.empty(size, np.float32)
            sums[:filled], counts[:filled] = self._sums[:filled], self._counts[:filled]
            self._sums, self._counts = sums, counts


def _pieces(text: str) -> list[str]:
    """Cut a text as the tokenizer does; words with other signs than the usual ones stay whole."""
    if _CUT.fullmatch(text):
        return _PIECE.findall(text.lower())
    words = text.split()
    return [piece for word in words for piece in (_pieces(word) if _CUT.fullmatch(word) else (word,))]


def _sum_counts(counts: Array, rows: Ints, ends: Ints) -> Array:
    """Sum ``counts[rows]``, whole numbers, over consecutive groups that end at ``ends``."""
    total = np.concatenate([np.zeros(1), np.cumsum(counts[rows], dtype=np.float64)])[ends]
    return np.asarray(np.diff(total, prepend=0.0), np.float32)


def sum_rows(table: Array, rows: Ints, ends: Ints) -> Array:
    """Sum ``table[rows]`` over consecutive groups that end at ``ends``, shape (len(ends), d).

    The first rows of some groups are added, then the second ones, and so on: each group's in their order, so
    that its sum is the same whatever is beside it. What is left of a long group is summed by itself.
    """
    starts = np.concatenate([np.zeros(1, np.int32), ends])[:-1]
    longest_first = np.argsort(starts - ends, kind="stable")
    starts, sizes = starts[longest_first], (ends - starts)[longest_first]
    sums: Array = np.zeros((len(ends), table.shape[1]), np.float32)
    buffer = np.empty((SOME_GROUPS, table.shape[1]), np.float32)
    for first in range(0, len(ends), SOME_GROUPS):
        part = slice(first, first + SOME_GROUPS)
        _sum_some(table, rows, starts[part], sizes[part], sums[part], buffer)
    for group in range(np.count_nonzero(sizes > ROWS_TOGETHER)):
        tail = table[rows[starts[group] + ROWS_TOGETHER : starts[group] + sizes[group]]]
        sums[group] = np.add.reduce(np.concatenate([sums[group : group + 1], tail]), axis=0)
    in_order = np.empty_like(sums)
    in_order[longest_first] = sums
    return in_order


def _sum_some(table: Array, rows: Ints, starts: Ints, sizes: Ints, sums: Array, room: Array) -> None:
    """Add the first ``ROWS_TOGETHER`` rows of groups to their ``sums``; the longest group comes first."""
    places = np.arange(min(int(sizes[0]), ROWS_TOGETHER))
    counts = np.searchsorted(-sizes, -places).tolist()  # groups that have more rows
    for place, count in enumerate(counts):
        terms = room[:count]
        table.take(rows[starts[:count] + place], axis=0, out=terms, mode="clip")
        sums[:count] += terms


def _map_vectors(weights: Path) -> npt.NDArray[np.floating[Any]]:
    """Return the tokens' vectors, shape (n, d), as the file has them: few are read, and processes share them.

    The file (safetensors) begins with the length of its header, in eight bytes, and the header as JSON.
    Raises ValueError, KeyError or OverflowError for another file.
    """
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        vectors = json.loads(file.read(length))["embedding.weight"]
    numbers = {"F16": np.float16, "F32": np.float32, "F64": np.float64}[vectors["dtype"]]
    first, _ = vectors["data_offsets"]
    return np.memmap(weights, numbers, "r", 8 + length + first, tuple(vectors["shape"]))


def _version(folder: Path) -> str:
    card = folder / "card.json"
    return str(json.loads(card.read_text("utf-8"))["version"]) if card.is_file() else "unversioned"
