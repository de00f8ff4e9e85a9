"""Articles and pairs of which only a reference is in memory; the rest is fetched on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, overload

from aligner.model import Document, Language
from aligner.storage.codec import unpack_document
from aligner.storage.store import Store

Item = TypeVar("Item")

AT_HAND = 256
"""Articles kept unpacked: the two sides of a pair are wanted several times in a row."""


class LazySequence(Sequence[Item]):
    """A sequence that makes its items when they are selected for, and keeps none."""

    def __init__(self, length: int, fetch: Callable[[int], Item]) -> None:
        self._length = length
        self._fetch = fetch

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Fetch one item, or a part of the sequence."""
        if isinstance(index, slice):
            places = range(self._length)[index]
            return LazySequence(len(places), lambda i: self._fetch(places[i]))
        return self._fetch(range(self._length)[index])

    def __len__(self) -> int:
        """Return the number of items."""
        return self._length

    def __iter__(self) -> Iterator[Item]:
        """Fetch one after the other."""
        return map(self._fetch, range(self._length))


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """The part of an article that stays in memory: its keys in corpus and store, and a few facts."""

    path: str
    key: bytes
    language: Language
    words: int
    format: str
    file: str


class Articles(Sequence[Document]):
    """The articles of some refs, in the store."""

    def __init__(self, refs: Sequence[ArticleRef], store: Store) -> None:
        self.refs = refs
        self._store = store
        self._fetch = lru_cache(AT_HAND)(self._document)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        """Fetch one article, or a part of them."""
        if isinstance(index, slice):
            return Articles(self.refs[index], self._store)
        return self._fetch(range(len(self.refs))[index])

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.refs)

    def packed(self, index: int) -> bytes:
        """Fetch one article as it is kept, for a worker to unpack."""
        return self._store.get(self.refs[index].key)

    def _document(self, index: int) -> Document:
        return unpack_document(self.packed(index))
