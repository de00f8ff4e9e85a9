"""Articles, pairs and findings made by hand: small, but with every shape that a report must show."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from aligner.model import (
    Alignment,
    Bead,
    Cause,
    Document,
    DocumentPair,
    Finding,
    Language,
    PairKind,
    Role,
    Segment,
    Severity,
)

Part = str | tuple[str, Role]


def document(path: str, language: Language, parts: Sequence[Part], **metadata: str) -> Document:
    """Make an article of one segment a part, a paragraph each."""
    text, segments = "", []
    for paragraph, part in enumerate(parts):
        content, role = part if isinstance(part, tuple) else (part, "body")
        start = len(text)
        segments.append(Segment(content, start, start + len(content), paragraph, role, language))
        text += content + "\n\n"
    return Document(path, language, text, tuple(segments), metadata)


def alignment(
    fr: Document,
    en: Document,
    beads: Sequence[tuple[Sequence[int], Sequence[int]]],
    *,
    kind: PairKind = "translation",
    moved: tuple[tuple[int, int], ...] = (),
    group: int = 0,
) -> Alignment:
    """Make a pair whose beads are given by segment numbers, boilerplate counted."""
    made = tuple(
        Bead(
            tuple(fr.segments[n] for n in left),
            tuple(en.segments[n] for n in right),
            similarity=0.0 if not left or not right else 0.91 - 0.07 * (len(left) + len(right) - 2),
        )
        for left, right in beads
    )
    return Alignment(DocumentPair(fr, en, 0.934567, 0.31, kind, group), made, moved)


def finding(
    article: Document,
    excerpt: str,
    *,
    code: str = "EXT101",
    severity: Severity = "major",
    cause: Cause = "extraction",
    confidence: float = 0.9,
    at: int | None = None,
    pair: DocumentPair | None = None,
    bead: int | None = None,
    demoted_by: str | None = None,
    suppressed: bool = False,
    suggestion: str | None = None,
) -> Finding:
    """Make a finding on the first place where the excerpt is (or at ``at``)."""
    start = article.text.index(excerpt) if at is None else at
    end = start + len(excerpt)
    before = article.text[:start]
    line = len(re.findall("\n", before)) + 1
    mark = hashlib.sha256(f"{code}\0{excerpt}\0{article.path}\0{start}".encode("utf-8", "surrogatepass"))
    return Finding(
        code=code,
        name=NAMES[code],
        category="Accuracy",
        severity=severity,
        confidence=confidence,
        cause=cause,
        path=article.path,
        language=article.language,
        start=start,
        end=end,
        line=line,
        column=start - (before.rfind("\n") + 1) + 1,
        excerpt=article.text[start:end],
        key="found",
        values={"what": excerpt},
        suggestion=suggestion,
        pair=f"{pair.fr.path}|{pair.en.path}" if pair else None,
        bead=bead,
        fingerprint=mark.hexdigest()[:16],
        demoted_by=demoted_by,
        suppressed=suppressed,
    )


NAMES = {
    "ACC301": "omission",
    "ACC308": "number-mismatch",
    "ALN204": "low-similarity",
    "EXT101": "glued-words",
    "EXT104": "duplicate-ngram",
    "FLU406": "garbled",
    "TYP501": "quote-balance",
}
MESSAGES: dict[Language, str] = {
    "en": "Something is wrong with “{what}”.",
    "fr": "Quelque chose ne va pas avec « {what} ».",
}

HARBOUR_FR = document(
    "fr/port.txt",
    "fr",
    [
        ("Le port rouvre après la tempête", "title"),
        ("Photo : archives de la ville", "boilerplate"),
        "Le port de Brévigny a rouvert lundi matin, avec 14 navires à quai.",
        "Les pêcheurs attendaient depuis neuf jours.",
        "Le maire a promis 2,5 millions d’euros.",
        "« Nous repartirons plus forts, a-t-il dit.",
        ("Partager l’article", "boilerplate"),
        "La criée reprendra mercredi.",
    ],
)
HARBOUR_EN = document(
    "en/harbour.txt",
    "en",
    [
        ("Harbour reopens after storm", "title"),
        "The port of Brévigny reopened on Monday morningwith 40 ships at berth, fishermen had waited.",
        "The fish auction will start again on Wednesday.",
        "The mayor promised promised 2.5 million euros.",
        ("Read also: our weather page", "boilerplate"),
        "Local bakers gave away bread.",
    ],
)
HARBOUR = alignment(
    HARBOUR_FR,
    HARBOUR_EN,
    [([0], [0]), ([2, 3], [1]), ([], [2]), ([4], [3]), ([5], []), ([7], []), ([], [5])],
    moved=((5, 2),),
)
HARBOUR_FINDINGS = [
    finding(HARBOUR_EN, "morningwith", suggestion="morning with"),
    finding(HARBOUR_EN, "promised promised", code="EXT104", suggestion="promised"),
    finding(HARBOUR_FR, "« Nous repartirons", code="TYP501", severity="minor", cause="editorial"),
]
HARBOUR_PAIR_FINDINGS = [
    finding(
        HARBOUR_EN,
        "40",
        code="ACC308",
        severity="critical",
        cause="translation",
        pair=HARBOUR.pair,
        bead=1,
    ),
    finding(
        HARBOUR_EN,
        "morningwith 40 ships",
        code="FLU406",
        cause="translation",
        confidence=0.62,
        pair=HARBOUR.pair,
        bead=1,
        demoted_by="EXT101",
    ),
    finding(
        HARBOUR_FR,
        "« Nous repartirons plus forts, a-t-il dit.",
        code="ACC301",
        cause="translation",
        pair=HARBOUR.pair,
        bead=4,
    ),
]
MARKET = document("fr/marché.txt", "fr", [("Le marché couvert", "title"), "Un lieuancien, rénové avec soin."])
MARKET_FINDINGS = [finding(MARKET, "lieuancien", suggestion="lieu ancien")]
