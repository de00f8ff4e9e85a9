"""The default encoder: one vector a token, summed. Read with numpy, and tokenizers for many words; no torch.

The folder is one that ``SentenceTransformer(folder)`` loads too (a ``StaticEmbedding`` module).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import COMPONENTS, WORD, Additive, Array, CloserEncoder, Spelled, unit
from aligner.encoders.unigram import Unigram
from aligner.model import InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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

WORTH_LOADING = 4_000
"""Words from which it pays to load the package ``tokenizers``, which cuts words twice as fast as we do."""

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
        self._rows: dict[str, int] = {}
        self._composed: dict[str, int] = {}
        self._used = 0
        self._sums: Array = np.zeros((_FIRST_ROWS, self.dimension), np.float32)
        self._counts: Array = np.zeros(_FIRST_ROWS, np.float32)
        self._norms: Array = np.zeros(_FIRST_ROWS, np.float32)
        self._directions: Array = np.zeros((_FIRST_ROWS, min(COMPONENTS, self.dimension)), np.float32)
        self._is_word = np.zeros(_FIRST_ROWS, np.bool_)

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
        cut = [_Cut.of(text) for text in texts]
        rows, ends = self._rows_of_all([text.pieces for text in cut])
        sums = sum_rows(self._sums, rows, ends)
        counts = _sum_counts(self._counts, rows, ends)
        return Additive(sums, counts, sums, self._words_among(cut, rows, ends))

    def spelled(self, texts: Sequence[str]) -> Spelled:
        """Look up the words of the n texts."""
        self._forget_if_full()
        cut = [_Cut.of(text) for text in texts]
        return self._words_among(cut, *self._rows_of_all([text.pieces for text in cut]))

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
        if self._used > CACHED_WORDS:
            self._forget()

    def _rows_of_all(self, cut: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """Return the rows of the pieces of texts, one text after the other, and where each text ends."""
        pieces = list(chain.from_iterable(cut))
        row_numbers = list(map(self._rows.get, pieces))
        if None in row_numbers:
            self._learn({piece for piece, row in zip(pieces, row_numbers, strict=True) if row is None})
            row_numbers = list(map(self._rows.get, pieces))
        ends = np.cumsum(np.fromiter(map(len, cut), np.int32, len(cut)), dtype=np.int32)
        return np.array(row_numbers, np.int32), ends

    def _words_among(self, texts: Sequence[_Cut], rows: Ints, ends: Ints) -> Spelled:
        """Return the words among the pieces of texts; where these are no words, those that they hold."""
        sizes = np.diff(ends, prepend=0)
        is_word = self._is_word[rows]
        if uncut := [k for k, text in enumerate(texts) if text.words is not None]:
            is_cut = np.ones(len(texts), np.bool_)
            is_cut[uncut] = False
            owner = np.repeat(np.arange(len(texts)), sizes)
            is_word &= is_cut[owner]
            word_rows, word_ends = self._rows_of_all([texts[k].words or () for k in uncut])
            owner = np.concatenate([owner[is_word], np.repeat(uncut, np.diff(word_ends, prepend=0))])
            in_order = np.argsort(owner, kind="stable")
            rows = np.concatenate([rows[is_word], word_rows])[in_order]
            starts = np.searchsorted(owner[in_order], np.arange(len(texts) + 1))
        else:
            rows = rows[is_word]
            starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(is_word)])[np.append(0, ends)]
        return Spelled(rows, starts, self._norms, self._directions)

    def _compose(self, words: Iterable[str]) -> None:
        """Look up what is one word to others, and several pieces to the tokenizer ("l'")."""
        if new := sorted(words):
            rows, ends = self._rows_of_all([_Cut.of(word).pieces for word in new])
            place = self._fill(sum_rows(self._sums, rows, ends), np.diff(ends, prepend=0))
            self._composed.update(zip(new, range(place.start, place.stop), strict=True))

    def _learn(self, pieces: Iterable[str]) -> None:
        """Look up new pieces, and words that are cut otherwise."""
        new = sorted(pieces)
        if self._unigram and self._used + len(new) <= WORTH_LOADING:
            usual = [piece for piece in new if self._unigram.knows(piece)]
            self._add_tokens(usual, [self._unigram.tokens(piece) for piece in usual])
            new = [piece for piece in new if piece not in self._rows]
        cut = [piece for piece in new if _CUT.fullmatch(piece)]
        uncut = [piece for piece in new if not _CUT.fullmatch(piece)]
        if uncut:
            self._tokenise(uncut)
        if cut:
            self._tokenise_together(cut)

    def _tokenise(self, new: Sequence[str]) -> None:
        if len(new) < WORTH_THREADS:
            encodings = [self._tokenizer.encode(word, add_special_tokens=False) for word in new]
        else:
            encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        self._add_tokens(new, [encoding.ids for encoding in encodings])

    def _add_tokens(self, new: Sequence[str], tokens: Sequence[Sequence[int]]) -> None:
        rows = np.fromiter(chain.from_iterable(tokens), np.int32)
        self._add(new, rows, np.fromiter(map(len, tokens), np.int32, len(tokens)))

    def _tokenise_together(self, new: Sequence[str]) -> None:
        """Look up pieces as one text: each is a word to the tokenizer, whatever is beside it."""
        encoding = self._tokenizer.encode(" ".join(new), add_special_tokens=False)
        sizes = np.bincount(np.array(encoding.word_ids, np.int64), minlength=len(new)).astype(np.int32)
        self._add(new, np.array(encoding.ids, np.int32), sizes)

    def _add(self, new: Sequence[str], rows: Ints, sizes: Ints) -> None:
        """Add pieces, each the sum of so many ``rows`` of the tokens' vectors."""
        distinct, places = np.unique(rows, return_inverse=True)
        vectors = self._tokens[distinct].astype(np.float32)
        sums = sum_rows(vectors, places.astype(np.int32), np.cumsum(sizes, dtype=np.int32))
        place = self._fill(sums, sizes)
        self._is_word[place] = list(map(str.isalnum, new))
        self._rows.update(zip(new, range(place.start, place.stop), strict=True))

    def _fill(self, sums: Array, sizes: Ints) -> slice:
        """Fill the next rows of the tables, and return which they are."""
        place = slice(self._used, self._used + len(sums))
        if place.stop > len(self._sums):
            rows = max(place.stop, 2 * len(self._sums))
            self._sums, self._directions = _longer(self._sums, rows), _longer(self._directions, rows)
            self._counts, self._norms = _longer(self._counts, rows), _longer(self._norms, rows)
            self._is_word = _longer(self._is_word, rows)
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


class _Cut(NamedTuple):
    """A text as the tokenizer cuts it; words with other signs than the usual ones are whole pieces.

    ``words`` are its words in small letters where they are not those of the pieces that are words.
    """

    pieces: Sequence[str]
    words: Sequence[str] | None = None

    @classmethod
    def of(cls, text: str) -> _Cut:
        """Cut a text."""
        if _CUT.fullmatch(text):
            return cls(_PIECE.findall(text.lower()))
        pieces: list[str] = []
        for word in text.split():
            if _CUT.fullmatch(word):
                pieces += _PIECE.findall(word.lower())
            else:
                pieces.append(word)
        return cls(pieces, [word.lower() for word in WORD.findall(text)])


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
