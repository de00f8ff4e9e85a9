"""The default encoder: one vector a token, summed. Read with tokenizers and numpy; no torch.

The folder is one that ``SentenceTransformer(folder)`` loads too (a ``StaticEmbedding`` module).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligner.encoders.protocol import Additive, Array, unit
from aligner.model import InputError

CACHED_WORDS = 400_000
"""Words whose vectors are kept (about 1 KB each); then the store starts afresh."""

TOGETHER = 64
"""Rows of a group that are summed together with those of the other groups."""
_FIRST_ROWS = 4096
WORTH_THREADS = 256
"""Words from which it pays to wake the tokenizer's threads; rows of bitext come with a few new ones each."""


def shipped_folder() -> Path:
    """Return the folder of the encoder that ships inside the package."""
    return Path(str(resources.files("aligner.encoders") / "data" / "default"))


class StaticEncoder:
    """Bag of token vectors.

    The tokenizer splits at white space before anything else, so a sentence is the sum of its
    white-space-separated words, and each word is tokenised once and then remembered.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        for needed in (weights, tokenizer):
            if not needed.is_file():
                raise InputError(f"{folder}: not a static encoder ({needed.name} is missing)")
        self._tokens: Array = load_file(weights)["embedding.weight"].astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._name = f"{folder.name}-{_version(folder)}"
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._sums: Array = np.zeros((_FIRST_ROWS, self.dimension), np.float32)
        self._counts: Array = np.zeros((_FIRST_ROWS, 1), np.float32)

    @property
    def name(self) -> str:
        """Folder name and the first digits of the weights' hash, as its model card states."""
        return self._name

    @property
    def version(self) -> str:
        """The name, which holds the version already."""
        return self._name

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
        split = [text.split() for text in texts]
        self._learn(dict.fromkeys(chain.from_iterable(split)))
        rows = np.fromiter((self._rows[word] for words in split for word in words), np.int32)
        ends = np.cumsum(np.fromiter(map(len, split), np.int32, len(split)), dtype=np.int32)
        sums = sum_rows(self._sums, rows, ends)
        return Additive(sums, sum_rows(self._counts, rows, ends)[:, 0], sums)

    def words(self, words: Sequence[str]) -> Array:
        """Return vectors of words without whitespace, shape (n, d); heavier words have longer ones."""
        return self.additive(words).sums

    def _learn(self, words: dict[str, None]) -> None:
        new = [word for word in words if word not in self._rows]
        if not new:
            return
        if len(new) < WORTH_THREADS:
            encodings = [self._tokenizer.encode(word, add_special_tokens=False) for word in new]
        else:
            encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        ids = [encoding.ids for encoding in encodings]
        rows = np.fromiter(chain.from_iterable(ids), np.int32)
        counts = np.fromiter(map(len, ids), np.int32, len(ids))
        first = len(self._rows)
        self._make_room(first + len(new))
        self._sums[first : first + len(new)] = sum_rows(self._tokens, rows, np.cumsum(counts, dtype=np.int32))
        self._counts[first : first + len(new), 0] = counts
        self._rows.update((word, first + i) for i, word in enumerate(new))

    def _make_room(self, rows: int) -> None:
        while len(self._sums) < rows:
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
            self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])


def sum_rows(table: Array, rows: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]) -> Array:
    """Sum ``table[rows]`` over consecutive groups that end at ``ends``, shape (len(ends), d).

    The first rows of all groups are added, then the second ones, and so on: each group's in their order, so
    that its sum is the same whatever is beside it. What is left of a long group is summed by itself.
    """
    starts = np.concatenate([np.zeros(1, np.int32), ends])[:-1]
    longest_first = np.argsort(starts - ends, kind="stable")
    starts, ends = starts[longest_first], ends[longest_first]
    sums: Array = np.zeros((len(ends), table.shape[1]), np.float32)
    for place in range(TOGETHER):
        count = np.count_nonzero(starts + place < ends)
        if not count:
            break
        sums[:count] += table.take(rows[starts[:count] + place], axis=0)
    for group in range(np.count_nonzero(starts + TOGETHER < ends)):
        rest = table[rows[starts[group] + TOGETHER : ends[group]]]
        sums[group] = np.add.reduce(np.concatenate([sums[group : group + 1], rest]), axis=0)
    in_order = np.empty_like(sums)
    in_order[longest_first] = sums
    return in_order


def _version(folder: Path) -> str:
    card = folder / "card.json"
    return str(json.loads(card.read_text("utf-8"))["version"]) if card.is_file() else "unversioned"
