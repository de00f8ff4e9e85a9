"""The default encoder: one vector a token, summed. Read with numpy, and tokenizers for many words; no torch.

The folder is one that ``SentenceTransformer(folder)`` loads too (a ``StaticEmbedding`` module).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib import resources
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import COMPONENTS, WORD, Additive, Array, CloserEncoder, Spelled, unit
from aligner.encoders.unigram import Unigram
from aligner.model import InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CACHED_WORDS = 400_000
"""Chunks and pieces that are kept (a piece takes about 1 KB); then the store starts afresh."""

ROWS_TOGETHER = 64
"""Rows of a group that are summed together with those of other groups."""

SOME_GROUPS = 256
"""Groups that are summed together: their sums fit in a processor's cache."""

Ints = npt.NDArray[np.int32]

_FIRST_ROWS = 4096

_CUT = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ!-/:-@\[-`{-~«»’“”–—]*")
"""Chunks that the tokenizer cuts at every sign that is no letter or digit, in whatever case."""

_PIECE = re.compile(r"[0-9a-zß-öø-ÿœ]+|.")
"""A piece of such a chunk in small letters."""

WORTH_LOADING = 4_000
"""Words from which it pays to load the package ``tokenizers``, which cuts them faster than we do."""

WORTH_THREADS = 256
"""Words from which it pays to wake the tokenizer's threads; rows of bitext come with a few new ones each."""


def shipped_folder() -> Path:
    """Return the folder of the encoder that ships inside the package."""
    return Path(str(resources.files("aligner.encoders") / "data" / "default"))


class StaticEncoder:
    """Bag of token vectors.

    The tokenizer splits at white space before anything else, and most of these chunks at signs: so a sentence
    is the sum of such pieces. Each chunk is cut once, each piece tokenised once, and then remembered.
    """

    closer: CloserEncoder | None = None
    """Nothing better is at hand."""

    def __init__(self, folder: Path) -> None:
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        for needed in (weights, tokenizer):
            if not needed.is_file():
                raise InputError(f"{folder}: not a static encoder ({needed.name} is missing)")
        try:
            self._tokens = _map_vectors(weights)
        except (ValueError, KeyError, OverflowError, MemoryError) as error:
            raise InputError(f"{folder}: not a static encoder ({weights.name} cannot be read)") from error
        try:
            self._unigram = Unigram.of(json.loads(tokenizer.read_bytes()))
        except ValueError as error:
            raise InputError(f"{folder}: not a static encoder ({tokenizer.name} cannot be read)") from error
        self._file = tokenizer
        self._version = f"{folder.name}-{_version(folder)}"
        self._forget()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._file))

    def _forget(self) -> None:
        self._chunks: dict[str, int] = {}
        self._pieces, self._words = _Lists(), _Lists()  # of each chunk, by number
        self._rows: dict[str, int] = {}
        self._composed: dict[str, int] = {}
        self._used = 0
        self._sums: Array = np.zeros((_FIRST_ROWS, self.dimension), np.float32)
        self._counts: Array = np.zeros(_FIRST_ROWS, np.float32)
        self._norms: Array = np.zeros(_FIRST_ROWS, np.float32)
        self._directions: Array = np.zeros((_FIRST_ROWS, min(COMPONENTS, self.dimension)), np.float32)

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
        """Return sums of token vectors, shape (n, d), the numbers of tokens, shape (n,), and the words."""
        self._forget_if_full()
        chunks, ends = self._chunks_of(texts)
        words = self._words_among(chunks, ends)
        rows, ends = self._pieces.joined(chunks, ends)
        sums = sum_rows(self._sums, rows, ends)
        return Additive(sums, _sum_counts(self._counts, rows, ends), sums, words)

    def spelled(self, texts: Sequence[str]) -> Spelled:
        """Look up the words of the n texts."""
        self._forget_if_full()
        return self._words_among(*self._chunks_of(texts))

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words without whitespace, shape (n, d); heavier words have longer ones."""
        self._forget_if_full()
        row_numbers = list(map(self._rows.get, map(str.lower, words)))
        if None in row_numbers:
            composed = [k for k, row in enumerate(row_numbers) if row is None]
            self._compose({words[k] for k in composed}.difference(self._composed))
            for k in composed:
                row_numbers[k] = self._composed[words[k]]
        return self._sums[np.array(row_numbers, np.int64)]

    def _forget_if_full(self) -> None:
        if max(self._used, len(self._chunks)) > CACHED_WORDS:
            self._forget()

    def _chunks_of(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the numbers of the chunks of texts, one text after the other, and where each text ends."""
        split = [text.split() for text in texts]
        chunks = list(chain.from_iterable(split))
        numbers = list(map(self._chunks.get, chunks))
        if None in numbers:
            self._cut({chunk for chunk, number in zip(chunks, numbers, strict=True) if number is None})
            numbers = list(map(self._chunks.get, chunks))
        ends = np.cumsum(np.fromiter(map(len, split), np.int32, len(split)), dtype=np.int32)
        return np.array(numbers, np.int32), ends

    def _cut(self, chunks: Iterable[str]) -> None:
        """Cut new chunks, and look up their pieces and words."""
        new = sorted(chunks)
        pieces, words = list[str](), list[str]()
        piece_counts, word_counts = list[int](), list[int]()
        for chunk in new:
            chunk_pieces, chunk_words = _pieces_and_words(chunk)
            pieces += chunk_pieces
            words += chunk_words
            piece_counts.append(len(chunk_pieces))
            word_counts.append(len(chunk_words))
        self._learn({*pieces, *words}.difference(self._rows))
        self._pieces.add([self._rows[piece] for piece in pieces], piece_counts)
        self._words.add([self._rows[word] for word in words], word_counts)
        self._chunks.update(zip(new, range(len(self._chunks), len(self._chunks) + len(new)), strict=True))

    def _words_among(self, chunks: Ints, ends: Ints) -> Spelled:
        rows, ends = self._words.joined(chunks, ends)
        starts = np.concatenate([np.zeros(1, np.int64), ends])
        return Spelled(rows, starts, self._norms, self._directions)

    def _compose(self, words: Iterable[str]) -> None:
        """Look up what is one word to others, and several pieces to the tokenizer ("l'")."""
        if new := sorted(words):
            rows, ends = self._pieces.joined(*self._chunks_of(new))
            place = self._fill(sum_rows(self._sums, rows, ends), np.diff(ends, prepend=0))
            self._composed.update(zip(new, range(place.start, place.stop), strict=True))

    def _learn(self, pieces: Iterable[str]) -> None:
        """Look up new pieces; the package ``tokenizers`` those that are not known here."""
        new = sorted(pieces)
        if self._unigram:
            known = [piece for piece in new if self._unigram.knows(piece)]
            if self._used + len(known) <= WORTH_LOADING:
                self._add(known, map(self._unigram.tokens, known))
            else:
                self._add(known, map(self._unigram.tokens_by_package, known, repeat(self._tokenizer.model)))
        if others := [piece for piece in new if piece not in self._rows]:
            self._add(others, self._tokens_of_others(others))

    def _tokens_of_others(self, pieces: Sequence[str]) -> Iterator[Sequence[int]]:
        if len(pieces) < WORTH_THREADS:
            encodings = [self._tokenizer.encode(piece, add_special_tokens=False) for piece in pieces]
        else:
            encodings = self._tokenizer.encode_batch_fast(pieces, add_special_tokens=False)
        return (encoding.ids for encoding in encodings)

    def _add(self, new: Sequence[str], tokens: Iterable[Sequence[int]]) -> None:
        """Add pieces, each the sum of the vectors of its tokens."""
        numbers, counts = list[int](), list[int]()
        for ids in tokens:
            numbers += ids
            counts.append(len(ids))
        rows, sizes = np.array(numbers, np.int32), np.array(counts, np.int32)
        distinct, places = np.unique(rows, return_inverse=True)
        vectors = self._tokens[distinct].astype(np.float32)
        sums = sum_rows(vectors, places.astype(np.int32), np.cumsum(sizes, dtype=np.int32))
        place = self._fill(sums, sizes)
        self._rows.update(zip(new, range(place.start, place.stop), strict=True))

    def _fill(self, sums: Array, sizes: Ints) -> slice:
        """Fill the next rows of the tables, and return which they are."""
        place = slice(self._used, self._used + len(sums))
        if place.stop > len(self._sums):
            rows = max(place.stop, 2 * len(self._sums))
            self._sums, self._directions = _longer(self._sums, rows), _longer(self._directions, rows)
            self._counts, self._norms = _longer(self._counts, rows), _longer(self._norms, rows)
        self._sums[place], self._counts[place] = sums, sizes
        self._norms[place] = np.linalg.norm(sums, axis=1)
        self._directions[place] = unit(sums[:, :COMPONENTS])
        self._used = place.stop
        return place


Table = TypeVar("Table", bound=np.ndarray[Any, Any])


def _longer(table: Table, rows: int) -> Table:
    longer = np.zeros((rows, *table.shape[1:]), table.dtype)
    longer[: len(table)] = table
    return cast("Table", longer)


def _pieces_and_words(chunk: str) -> tuple[list[str], list[str]]:
    """Cut a chunk as the tokenizer does, and into words; with other signs than the usual it is one piece."""
    if chunk.isascii() and chunk.isalnum():
        return [chunk.lower()], [chunk.lower()]
    if _CUT.fullmatch(chunk):
        pieces = _PIECE.findall(chunk.lower())
        return pieces, list(filter(str.isalnum, pieces))
    return [chunk], [word.lower() for word in WORD.findall(chunk)]


class _Lists:
    """Lists of row numbers, known by their places, one after the other in one array."""

    def __init__(self) -> None:
        self._rows: Ints = np.zeros(_FIRST_ROWS, np.int32)
        self._ends: Ints = np.zeros(_FIRST_ROWS, np.int32)  # list k ends at k + 1
        self._count = 0

    def add(self, rows: Sequence[int], sizes: Sequence[int]) -> None:
        """Add lists of these sizes behind the others."""
        used, count = int(self._ends[self._count]), self._count + len(sizes)
        ends = used + np.cumsum(sizes)
        if count >= len(self._ends):
            self._ends = _longer(self._ends, 2 * count)
        if ends[-1] > len(self._rows):
            self._rows = _longer(self._rows, 2 * int(ends[-1]))
        self._rows[used : ends[-1]] = rows
        self._ends[self._count + 1 : count + 1] = ends
        self._count = count

    def joined(self, places: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Return the rows of lists, one after the other, and where the groups end that end at ``ends``."""
        starts = self._ends[places]
        sizes = self._ends[places + 1] - starts
        list_ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(sizes, dtype=np.int32)])
        within = np.arange(list_ends[-1], dtype=np.int32) + np.repeat(starts - list_ends[:-1], sizes)
        return self._rows[within], list_ends[ends]


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
        end = starts[group] + sizes[group]
        for start in range(starts[group] + ROWS_TOGETHER, end, SOME_GROUPS):  # a row may be one long segment
            tail = table[rows[start : min(start + SOME_GROUPS, end)]]
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
