"""The results of a run, article by article and pair by pair, fetched on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from aligner.checks.causes import demote
from aligner.checks.run import check_corpus
from aligner.gate.selection import Selection
from aligner.model import Alignment, Check, Context, CorpusView, Finding, Language, Skipped, Unpaired
from aligner.pairing.match import Match
from aligner.pairing.pair import linked, unpaired
from aligner.run.containing import run_checks
from aligner.run.corpus import Corpus
from aligner.run.lazy import ArticleRef, LazySequence
from aligner.run.names import Names
from aligner.storage.codec import PackedPair, unpack_findings
from aligner.storage.store import Store


class RunScope:
    """Which articles and pairs are looked at: those selected, and what they are paired with.

    ``selected`` are indices of the articles selected, ``involved`` of these and their partners, ``links`` of
    the pairs that hold one selected for; all of them without a selection.
    """

    def __init__(self, refs: Sequence[ArticleRef], match: Match, selection: Selection | None) -> None:
        everything = range(len(refs))
        self.selected: Sequence[int] = everything
        self.involved: Sequence[int] = everything
        self.links: Sequence[int] = range(len(match.links))
        if selection is not None:
            unpaired = {left.index for left in match.unmatched} if selection.unpaired else set()
            self.selected = [i for i in everything if i in unpaired or selection.holds(refs[i].file)]
            selected = frozenset(self.selected)
            self.links = [
                n for n, link in enumerate(match.links) if link.fr in selected or link.en in selected
            ]
            partners = {side for n in self.links for side in (match.links[n].fr, match.links[n].en)}
            self.involved = sorted(selected | partners)


@dataclass(frozen=True)
class Results:
    """All that a run has found; ``article_keys`` and ``pair_keys`` are what the store holds it under."""

    corpus: Corpus
    match: Match
    scope: RunScope
    store: Store
    article_keys: Sequence[bytes]
    pair_keys: Sequence[bytes]
    checks: Sequence[Check]
    context: Context
    min_confidence: float
    names: Names

    @property
    def refs(self) -> Sequence[ArticleRef]:
        """The refs of all articles."""
        return self.corpus.documents.refs

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Files that could not be read, and the articles and pairs in which something went wrong."""
        return (*self.corpus.skipped, *self.faults)

    @property
    def faults(self) -> tuple[Skipped, ...]:
        """The articles and pairs that could not be aligned or checked in full, with the reasons."""
        return (*self._of_corpus.faults, *self._faulty())

    def _faulty(self) -> Iterator[Skipped]:
        faults, refs = self.store.faults, self.refs
        for index in self.scope.involved if faults else ():
            for key in (refs[index].key, self.article_keys[index] if self.article_keys else b""):
                if key in faults:
                    yield Skipped(refs[index].path, faults[key])
        for number in self.scope.links if faults else ():
            if fault := faults.get(self.pair_keys[number]):
                link = self.match.links[number]
                for side, counterpart in ((link.fr, link.en), (link.en, link.fr)):
                    yield Skipped(refs[side].path, f"beside {refs[counterpart].path}: {fault}")

    @property
    def alignments(self) -> Sequence[Alignment]:
        """All pairs; those that were not looked at have no beads."""
        return LazySequence(len(self.match.links), self.alignment)

    @property
    def unpaired(self) -> Sequence[Unpaired]:
        """All articles left over."""
        return LazySequence(
            len(self.match.unmatched), lambda i: unpaired(self.match.unmatched[i], self.corpus.documents)
        )

    def alignment(self, number: int) -> Alignment:
        """Return one pair with its beads."""
        pair = linked(self.match.links[number], self.corpus.documents)
        if number not in self._looked_at:
            return Alignment(pair, ())
        return self._packed_pair(number).alignment(pair)

    def findings(self, index: int) -> list[Finding]:
        """Return the findings of one article: read alone, beside its counterparts, and among all others.

        One cause, one finding: a fault seen in the article alone may explain one seen in a pair.
        """
        ref = self.refs[index]
        findings = unpack_findings(self.store.get(self.article_keys[index]))
        for number, side in self._pairs_of.get(index, ()):
            findings += unpack_findings(self._packed_pair(number).findings[side])
        findings = demote([*findings, *self._of_corpus.findings.get(ref.path, ())])
        pairs = [self.match.links[number] for number, _ in self._pairs_of.get(index, ())]
        return self.names.fingerprinted(findings, ref, [(self.refs[p.fr], self.refs[p.en]) for p in pairs])

    def _packed_pair(self, number: int) -> PackedPair:
        return PackedPair.from_bytes(self.store.get(self.pair_keys[number]))

    @cached_property
    def _looked_at(self) -> frozenset[int] | range:
        links = self.scope.links
        return links if isinstance(links, range) else frozenset(links)

    @cached_property
    def _pairs_of(self) -> Mapping[int, list[tuple[int, Language]]]:
        """The pairs of an article, and on which side it is."""
        pairs: defaultdict[int, list[tuple[int, Language]]] = defaultdict(list)
        for number in self.scope.links:
            link = self.match.links[number]
            pairs[link.fr].append((number, "fr"))
            pairs[link.en].append((number, "en"))
        return pairs

    @cached_property
    def _of_corpus(self) -> _OfCorpus:
        """Findings of the checks that compare all articles, by article."""
        if not any(check.scope == "corpus" for check in self.checks):
            return _OfCorpus({}, ())
        view = CorpusView(self.corpus.documents, self.alignments, self.unpaired)
        run = partial(check_corpus, view, context=self.context, min_confidence=self.min_confidence)
        findings, fault = run_checks(run, self.checks)
        by_path: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_path[finding.path].append(finding)
        # Which of the articles is to blame is not known; the first has to answer for all.
        blamed = self.scope.selected[:1] if fault else ()
        return _OfCorpus(by_path, tuple(Skipped(self.refs[i].path, f"among all: {fault}") for i in blamed))


class _OfCorpus(NamedTuple):
    findings: Mapping[str, Sequence[Finding]]
    faults: tuple[Skipped, ...]
