"""The names by which articles are known again, from wherever a run was started.

An article's key is its path as given, so that people can open it. What outlives a run (fingerprints, pairs
and beads put right by hand) goes by the path from the top of the git repository, and outside of one by that
from the corpus folder, the deepest folder that holds all that was given.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from aligner.checks.run import fingerprinted
from aligner.keys import pair_key, split_pair, stored
from aligner.model import Finding
from aligner.readers.sources import STDIN
from aligner.run.lazy import ArticleRef
from aligner.settings.repository import from_top, repository


class Names:
    """The articles of a run, by the names that outlive it."""

    def __init__(self, refs: Sequence[ArticleRef], paths: Iterable[str]) -> None:
        self._refs = refs
        self._home = home(paths)

    def lasting(self, ref: ArticleRef) -> str:
        """Return the name of an article that does not depend on where the run was started."""
        if ref.file == STDIN:
            return ref.path
        return from_top(ref.file, self._home) + ref.path[len(ref.file) :]

    def fingerprinted(
        self,
        findings: Sequence[Finding],
        ref: ArticleRef,
        pairs: Iterable[tuple[ArticleRef, ArticleRef]] = (),
    ) -> list[Finding]:
        """Return the findings of an article, in any of its ``pairs``, with fingerprints of lasting names."""
        if not findings:
            return []
        names = {ref.path: self.lasting(ref)}
        for fr, en in pairs:
            names[pair_key(fr.path, en.path)] = pair_key(self.lasting(fr), self.lasting(en))
        if all(key == name for key, name in names.items()):
            return list(findings)
        ordered = sorted(findings, key=lambda f: (f.start, f.end, f.code, f.key))
        return list(fingerprinted(ordered, names))

    def find(self, name: str) -> str | None:
        """Return the key of the article that a file of pairs or of marks means, None where there is none.

        That is its key, its lasting name, its place seen from here, or else the only one whose path ends so,
        or whose lasting name a path from the root of some machine ends with.
        """
        if name in self._keys:
            return self._keys[name]
        for spelling in (name, from_top(name, self._home)):
            if spelling in self._lasting:
                return self._lasting[spelling]
        namesakes = self._by_last_part.get(Path(name).name, ())
        ends = [lasting for lasting in namesakes if self._means(name, lasting)]
        return self._lasting[ends[0]] if len(ends) == 1 else None

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Return pairs with the keys of their articles; a name that none has stays as it is."""
        return tuple((self.find(fr) or fr, self.find(en) or en) for fr, en in pairs)

    def by_pair(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Return the key that each of some names of pairs has in this run."""
        split = {key: split_pair(key) for key in keys}
        pairs = {key: self.pairs([sides])[0] for key, sides in split.items() if sides is not None}
        return {key: pair_key(*map(stored, sides)) for key, sides in pairs.items()}

    def _means(self, name: str, lasting: str) -> bool:
        full_path = os.path.join(self._home or "", lasting)  # noqa: PTH118 (a key, and perhaps no path)
        return full_path.endswith(f"/{name}") or (name.startswith("/") and name.endswith(f"/{lasting}"))

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {stored(ref.path): ref.path for ref in self._refs} | {ref.path: ref.path for ref in self._refs}

    @cached_property
    def _lasting(self) -> dict[str, str]:
        """The keys by lasting name, without those that two articles have."""
        names = [(stored(self.lasting(ref)), ref.path) for ref in self._refs]
        occurrences = Counter(name for name, _ in names)
        return {name: path for name, path in names if occurrences[name] == 1}

    @cached_property
    def _by_last_part(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in self._lasting:
            names.setdefault(Path(name).name, []).append(name)
        return names


def home(paths: Iterable[str]) -> Path | None:
    """Return the folder that lasting names count from, a real path; None where nothing holds all paths."""
    folders = [
        os.path.realpath(path if Path(path).is_dir() else Path(path).parent)
        for path in paths
        if path != STDIN
    ]
    if not folders:
        return None
    common = Path(os.path.commonpath(folders))
    return repository(common) or (None if common == Path(common.anchor) else common)
