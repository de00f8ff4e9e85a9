"""FLU409: sentences that are not whole, or that are two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.checks.base import article_check
from aligner.checks.evidence import Claim, Finder, surest
from aligner.checks.fluency._clauses import Fault, faults
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import first_of_each, sentences_of
from aligner.checks.fluency._marks import mark_faults
from aligner.checks.fluency._roots import tree_faults
from aligner.checks.suspects import wordings
from aligner.model import Context, Document, Hit, Severity

CONFIDENCE = 0.75
"""Of 26 findings in 335,000 words of news, 20 were faults, most of them in news that people translated."""

STYLE = frozenset(("no-verb", "no-main-verb", "no-subject"))
"""What news, columns and blogs do on purpose as well: of 15 such findings in published text 4 were faults."""


@article_check(
    "FLU409",
    "clause-structure",
    title={"en": "Clause missing or run together", "fr": "Proposition incomplète ou collée"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=(*BROKEN_TEXT, "FLU402", "FLU403", "FLU404", "FLU405", "FLU407"),
    needs_detector=True,
    messages=wordings(
        no_verb=(
            "This sentence has no verb: “{text}”.",
            "Cette phrase n'a pas de verbe : « {text} ».",
        ),
        no_main_verb=(
            "A clause lacks its verb, or the main verb of the sentence is missing: “{text}”.",
            "Il manque un verbe, dans une proposition ou dans la principale : « {text} ».",
        ),
        clause_alone=(
            "A subordinate clause is alone, without a main clause: “{text}”.",
            "Une subordonnée est seule, sans proposition principale : « {text} ».",
        ),
        run_together=(
            "Two clauses follow each other with neither a mark nor a conjunction: “{text}”.",
            "Deux propositions se suivent sans ponctuation ni conjonction : « {text} ».",
        ),
        no_subject=(
            "The sentence begins with a verb that has no subject: “{text}”.",
            "La phrase commence par un verbe sans sujet : « {text} ».",
        ),
        marks=(
            "Two marks follow each other where one belongs: “{text}”.",
            "Deux signes se suivent là où il en faut un : « {text} ».",
        ),
        quotation_mark=(
            "A mark is missing at the end of the quotation: “{text}”.",
            "Il manque un signe à la fin de la citation : « {text} ».",
        ),
        object_comma=(
            "A lone comma separates the verb from its object: “{text}”.",
            "Une virgule seule sépare le verbe de son complément : « {text} ».",
        ),
        comma=(
            "A lone comma separates the subject from its verb: “{text}”.",
            "Une virgule seule sépare le sujet de son verbe : « {text} ».",
        ),
    ),
)
def clause_structure(document: Document, context: Context) -> Iterator[Hit]:
    """A sentence lacks its verb or its main clause, or two sentences run together.

    Finds: a sentence without a finite verb, or with fewer than its relative pronouns and conjunctions call
        for ("The plant, which employs 400 people on short time since the fire."); one that begins with a
        relative pronoun, or with a verb in the third person; two verbs with nothing between them that joins
        their clauses ("It hit the coast at dawn it killed two people."); a phrase with its preposition alone;
        a lone comma between a verb and its subject or object; two marks in the place of one. Most need a
        word that the detector doubts.
    Matters: something was lost, or two texts were put together; the reader has to read twice.
    Bad: The company, whose shares have lost a third of their value since January.
    Good: The company, whose shares have lost a third of their value since January, declined to comment.
    False positives: verbless sentences of columnists. Titles, captions and quotations are left alone.
    Measured: 26 findings in 335,000 words of news, 20 of them faults.
    """
    in_clauses = surest(clause_claims(document), document.language)
    return first_of_each((*in_clauses, *_in_marks(document)))


def clause_claims(document: Document) -> Iterator[Claim]:
    """Yield the first fault of each sentence that has one, before it is weighed."""
    language = document.language
    for sentence in sentences_of(document):
        if not sentence.is_complete or not sentence.words:
            continue
        by_words = faults(sentence.words, language, sentence.doubt)
        by_heads = tree_faults(sentence.words, language) if document.tags else ()
        for source, fault in (*_named("clause", by_words), *_named("heads", by_heads)):
            start, end = sentence.words[fault.first].start, sentence.words[fault.last].end
            values = {"text": document.text[start:end]}
            severity: Severity | None = "minor" if fault.key in STYLE else None
            hit = Hit(fault.key, start, end, values=values, severity=severity)
            yield Claim(Finder("tree", f"{source} {fault.key}"), hit, sentence.circumstances)
            break


def _named(source: str, found: Iterable[Fault]) -> Iterator[tuple[str, Fault]]:
    return ((source, fault) for fault in found)


def _in_marks(document: Document) -> Iterator[Hit]:
    """Yield the marks of the body that follow each other, or are missing."""
    for segment in document.segments:
        if segment.role == "body" and segment.language == document.language:
            for key, first, last in mark_faults(segment.text, document.language):
                start, end = segment.start + first, segment.start + last
                text = document.text[start:end]
                yield Hit(key, start, end, values={"text": text}, confidence=CONFIDENCE, severity="minor")
