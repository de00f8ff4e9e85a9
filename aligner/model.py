"""The types that every floor shares: frozen, made of tuples, without behaviour beyond properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["fr", "en"]
SegmentLanguage = Literal["fr", "en", "other"]
Role = Literal["title", "body", "boilerplate"]
PairKind = Literal["translation", "abridged", "adapted"]
Severity = Literal["minor", "major", "critical"]
Cause = Literal["extraction", "translation", "alignment", "editorial"]
TextKind = Literal["published", "scraped", "machine-translated"]
TEXT_KINDS: tuple[TextKind, ...] = ("published", "scraped", "machine-translated")
Scope = Literal["article", "bead", "pair", "corpus"]
UnpairedReason = Literal["no counterpart", "ambiguous", "only related", "duplicate of another article"]
Span = tuple[int, int]

LANGUAGES: tuple[Language, Language] = ("fr", "en")
OTHER: Mapping[Language, Language] = {"fr": "en", "en": "fr"}
SEVERITY_WEIGHT: Mapping[Severity, int] = {"minor": 1, "major": 5, "critical": 25}
SCORE_SCALE = 25.0
"""Penalty at which an article's score falls to 100/e (fixed by the contract of the report)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One title, sentence or line of boilerplate.

    ``text`` is ``document.text[start:end]``, ``paragraph`` counts from 0. White space alone parts neighbours.
    """

    text: str
    start: int
    end: int
    paragraph: int
    role: Role
    language: SegmentLanguage


@dataclass(frozen=True, slots=True)
class WordScore:
    """The detector's score of the word, or mark, at ``start:end``.

    ``p_bad`` is the probability 0..1 that it is garbled, ``type`` the likeliest kind of fault if it is;
    ``p_edited`` is the probability that a professional would change it.
    """

    start: int
    end: int
    p_bad: float
    type: str
    p_edited: float = 0.0


@dataclass(frozen=True, slots=True)
class WordTag:
    """The detector's analysis of the word, or mark, at ``start:end`` in its sentence.

    ``pos``, ``features`` ("Gender=Fem|Number=Plur", those likelier than not) and ``relation`` are those of
    Universal Dependencies, ``head`` is where the head starts (the word's own start if it has none), and
    ``confidence`` is the probability 0..1 of ``pos``.
    """

    start: int
    end: int
    pos: str
    features: str
    relation: str
    head: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """One article. ``path`` is its key (a path, or ``PATH#ID`` inside a container).

    ``text`` is the decoded original (extracted text for HTML); all offsets count its characters.
    ``metadata`` may hold title, date, url, id, format, encoding, sha256 and row, all strings.
    ``words`` is None when the detector did not run; ``tags``, one for each of them, also when it has none.
    """

    path: str
    language: Language
    text: str = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    metadata: Mapping[str, str] = field(default_factory=dict, repr=False)
    words: tuple[WordScore, ...] | None = field(default=None, repr=False)
    tags: tuple[WordTag, ...] | None = field(default=None, repr=False)

    @property
    def aligned_segments(self) -> tuple[Segment, ...]:
        """Title and body segments, in order: what alignment must account for."""
        return tuple(s for s in self.segments if s.role != "boilerplate")

    @property
    def title(self) -> str:
        """The title given with the article, else its first title segment, else ''."""
        title = self.metadata.get("title")
        return title or next((s.text for s in self.segments if s.role == "title"), "")

    @property
    def row(self) -> str | None:
        """The row of a container, or its id, that the article was read from; None for a file of its own."""
        return self.metadata.get("row")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read as an article, with the reason in words.

    ``type`` is the ending of a file of a type that is not read (in a report: of any). One that holds no
    article for certain is not ``relevant``: it is listed and fails no gate. ``row``: as in ``Document``.
    """

    path: str
    reason: str
    type: str = field(default="", compare=False)
    relevant: bool = True
    row: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two articles of one story: ``score`` 0..1, ``margin`` to the best rival, ``group`` of its versions."""

    fr: Document
    en: Document
    score: float
    margin: float
    kind: PairKind
    group: int


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An article without counterpart, with the reason and the best rejected candidate."""

    document: Document
    reason: UnpairedReason
    best_candidate: str = ""
    best_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about a bead, gathered for the checks, which apply thresholds later.

    ``uncovered_fr`` and ``uncovered_en`` are document spans of clauses with no counterpart on the other side;
    ``scores_fr`` and ``scores_en`` are the word scores beside that side, empty without the detector.
    """

    uncovered_fr: tuple[Span, ...] = ()
    uncovered_en: tuple[Span, ...] = ()
    scores_fr: tuple[WordScore, ...] = ()
    scores_en: tuple[WordScore, ...] = ()

    def scores(self, language: Language) -> tuple[WordScore, ...]:
        """Return the word scores of one side."""
        return self.scores_fr if language == "fr" else self.scores_en


@dataclass(frozen=True, slots=True)
class Bead:
    """A minimal group of segments that match; either side may be empty.

    ``similarity`` is calibrated to 0..1 (0 when a side is empty) and comparable across articles.
    """

    fr: tuple[Segment, ...]
    en: tuple[Segment, ...]
    similarity: float
    evidence: Evidence = field(default=Evidence(), repr=False)

    @property
    def kind(self) -> str:
        """Like ``"1-1"``, ``"2-1"`` or ``"1-0"``, French first."""
        return f"{len(self.fr)}-{len(self.en)}"

    def side(self, language: Language) -> tuple[Segment, ...]:
        """Return the segments of one side."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every title and body segment of both documents, in exactly one bead, in order.

    ``moved`` holds index pairs (one-sided French bead, English one) that match out of order.
    """

    pair: DocumentPair
    beads: tuple[Bead, ...] = field(repr=False)
    moved: tuple[tuple[int, int], ...] = field(default=(), repr=False)


SUSPICION = 0.6
"""Probability from which a finding counts; below it is a suspicion, shown apart."""


@dataclass(frozen=True, slots=True)
class Context:
    """Settings that a check may use besides its subject; ``text_kind`` None: each article's own kind."""

    terms: tuple[tuple[str, str], ...] = ()
    allow: frozenset[str] = frozenset()
    confidence: tuple[tuple[str, float], ...] = ()
    suspicion: float = SUSPICION
    text_kind: TextKind | None = None


@dataclass(frozen=True, slots=True)
class BeadView:
    """A bead in its place; ``results`` and ``of_pair`` hold what checks share about it and its pair."""

    alignment: Alignment
    index: int
    results: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    of_pair: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def bead(self) -> Bead:
        """The bead itself."""
        return self.alignment.beads[self.index]

    def neighbours(self, language: Language, reach: int) -> tuple[Segment, ...]:
        """Return the segments of one side in the ``reach`` beads before and after, without the bead's own."""
        first = max(0, self.index - reach)
        numbered = enumerate(self.alignment.beads[first : self.index + reach + 1], first)
        return tuple(s for i, bead in numbered if i != self.index for s in bead.side(language))


@dataclass(frozen=True, slots=True)
class CorpusView:
    """The whole run, as corpus checks see it."""

    documents: Sequence[Document]
    alignments: Sequence[Alignment]
    unpaired: Sequence[Unpaired]


Values = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Hit:
    """The result of a check function: a span of one document and the reason for it.

    ``key`` and ``values`` are worded only when shown. None for severity, cause or confidence is the check's.
    ``language`` is the side that ``start:end`` counts in, ``other`` a span of the other one (bead and pair
    checks). Corpus checks name the article in ``path``.
    """

    key: str
    start: int
    end: int
    values: Values = field(default_factory=dict)
    language: Language | None = None
    severity: Severity | None = None
    confidence: float | None = None
    suggestion: str | None = None
    other: Span | None = None
    path: str | None = None
    cause: Cause | None = None


Subject = Document | BeadView | Alignment | CorpusView


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it looks at and the function that finds its hits.

    ``messages`` maps a hit's key to its wording in each language of the interface, with ``{name}`` fields
    filled from the hit's values; ``doc`` is the text of ``aligner explain``, ``title`` its heading.
    ``find_in_bead`` is what a check of scope "article" finds besides, once its beads are known.
    ``explained_by`` names the codes (or prefixes) whose findings on the same passage, bead or pair explain
    its own. ``needs_detector``: it reads word scores; ``of_source``: it is given the file's text, not prose.
    """

    code: str
    name: str
    scope: Scope
    category: str
    cause: Cause
    severity: Severity
    messages: Mapping[str, Mapping[Language, str]]
    doc: str
    find: Callable[..., Iterable[Hit]]
    title: Mapping[Language, str]
    default: bool = True
    find_in_bead: Callable[..., Iterable[Hit]] | None = None
    explained_by: tuple[str, ...] = ()
    explained_in_bead_by: tuple[str, ...] = ()
    explained_in_pair_by: tuple[str, ...] = ()
    needs_detector: bool = False
    of_source: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One issue found; only a person confirms an error. ``suspicion``: less probable than what counts.

    ``other_`` is the aligned passage, ``former`` a fingerprint that older marks may have.
    """

    code: str
    name: str
    category: str = field(repr=False)
    severity: Severity
    confidence: float
    cause: Cause
    path: str
    language: Language = field(repr=False)
    start: int = field(repr=False)
    end: int = field(repr=False)
    line: int
    column: int
    excerpt: str
    key: str = field(repr=False)
    values: Values = field(repr=False)
    suggestion: str | None = None
    pair: str | None = field(default=None, repr=False)
    bead: int | None = field(default=None, repr=False)
    other_excerpt: str | None = field(default=None, repr=False)
    fingerprint: str = field(default="", repr=False)
    demoted_by: str | None = field(default=None, repr=False)
    suppressed: bool = False
    baselined: bool = False
    suspicion: bool = False
    other_start: int | None = field(default=None, repr=False)
    other_end: int | None = field(default=None, repr=False)
    other_path: str | None = field(default=None, repr=False)
    other_row: str | None = field(default=None, repr=False)
    other_line: int | None = field(default=None, repr=False)
    other_column: int | None = field(default=None, repr=False)
    row: str | None = field(default=None, repr=False)
    former: str | None = field(default=None, repr=False)

    @property
    def counts(self) -> bool:
        """True if it can cost a penalty or fail a gate: not explained, suppressed or a suspicion."""
        return self.demoted_by is None and not self.suppressed and not self.suspicion


class InputError(Exception):
    """Input that a person can fix; the message says what is wrong, where, and how to fix it."""


@dataclass(frozen=True, slots=True)
class Bitext:
    """Text that is aligned already: row ``i`` of each side is one bead; a side may be empty there."""

    fr: Document
    en: Document
    rows: tuple[tuple[tuple[Segment, ...], tuple[Segment, ...]], ...]
