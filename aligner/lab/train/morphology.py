"""Makes the tables of forms that ``lexicon.morphology`` reads: what each form of a word may be.

French from the Hunspell dictionary of Grammalecte with its grammatical fields (``po:``, ``is:``), English
from the inflections of the SPECIALIST lexicon as LemmInflect has them. Of what a French form may be, words of
which the lexicon counts a form go before those that it does not know. A reading is (lemma, tags), tags
separated by spaces: a part of speech, then features.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from aligner.lab.datasets import corpora
from aligner.lab.train.dictionary import Affixes, read_affixes
from aligner.lab.train.usage import Usage, usage_in_news
from aligner.lexicon.words import lexicon
from aligner.model import InputError, Language

Reading = tuple[str, str]
Forms = dict[str, set[Reading]]

_FIELD = re.compile(r"\b(?:po|is):(\S+)")
_ENTRY = re.compile(r"(?P<word>[^/\s]+)(?:/(?P<flags>\S+))?(?P<fields>.*)")


def _pairs(text: str) -> dict[str, str]:
    """Read "a b c; d e" as what "a" and "d" abbreviate."""
    return dict(pair.split(" ", 1) for pair in text.split("; "))


_PARTS = _pairs(
    "nom noun; adj adj; adv adv; negadv adv neg; prep prep; prepv prep; det det; detdem det dem; "
    "detpos det; detind det; detneg det; cjsub conj sub; cjco conj; cj conj; nb num; npr name; "
    "prn name; patr name; interj interj; propersuj pron subj; properobj pron obj; "
    "preverb pron obj; prodem pron dem; proind pron; prorel pron rel; proint pron int; "
    "proneg pron; proadv pron obj"
)
_VERBAL = _pairs(
    "infi inf; ppas pastpart; ppre prespart; ipre fin pres; iimp fin impf; ipsi fin past; "
    "ifut fin fut; cond fin cond; spre fin sub; simp fin subpast; impe fin imper"
)
_PERSONS = _pairs(
    "1sg 1 sing; 2sg 2 sing; 3sg 3 sing; 1pl 1 plur; 2pl 2 plur; 3pl 3 plur; 3pl! 3 plur; "
    "1isg 1 sing; 1jsg 1 sing; 1pe 1; 2pe 2; 3pe 3"
)
_SHAPES = {"mas": "masc", "fem": "fem", "sg": "sing", "pl": "plur", "epi": "masc fem", "inv": "sing plur"}
_USES = {"i": "intrans", "t": "trans", "n": "indirect", "q": "refl", "e": "être"}
"""Letters of the code of a verb ("v1_itnq__a") for how it is used, and for its auxiliary."""
_SEEN, _SHARE, _SAME_START = 3, 0.9, 5
_H_WORD = re.compile(
    r"\b(?:(?P<elided>[ldnjms]['’]|qu['’])|(?:le|la|de|ne|je|me|se|que) )(?P<word>h\w+)", re.I
)


def train(data: Path, out: Path) -> None:
    """Write the tables of both languages into ``out``; the same data give identical bytes.

    ``data/dictionaries`` holds ``fr.aff`` and ``fr.dic`` of Grammalecte, ``infl_lu.csv.gz`` and
    ``lemma_lu.csv.gz`` of LemmInflect. Raises InputError for a file that is missing.
    """
    folder = data / "dictionaries"
    for name in ("fr.aff", "fr.dic", "infl_lu.csv.gz", "lemma_lu.csv.gz"):
        if not (folder / name).is_file():
            raise InputError(f"{folder / name}: not found (see LEXICON.md); name its folder with --data")
    closed = Path(str(files("aligner.lexicon").joinpath("data", "closed_en.tsv")))
    tables: Mapping[Language, Forms] = {
        "fr": french_forms(folder, _french_text(data)),
        "en": english_forms(folder / "infl_lu.csv.gz", folder / "lemma_lu.csv.gz", closed),
    }
    out.mkdir(parents=True, exist_ok=True)
    for language, forms in tables.items():
        usage = usage_in_news(data, language)
        table = out / f"morphology_{language}.txt.gz"
        write_morphology(with_usage(forms, usage, language), language, table, usage)


def _french_text(data: Path) -> Iterator[str]:
    for name in ("news.fr.orangesum", "mixed.fr.commonvoice-cc0", "speech.fr.assemblee"):
        yield from corpora.read_lines(data / "more" / f"{name}.txt.xz")
    for pairs in (corpora.europarl(data), corpora.tatoeba(data), *corpora.news(data)):
        yield from (fr for fr, _ in pairs)


def french_forms(folder: Path, text: Iterable[str]) -> Forms:
    """Read ``fr.aff`` and ``fr.dic`` in ``folder``; ``text`` tells if an "h" is mute or aspirated."""
    affixes = read_affixes((folder / "fr.aff").read_text("utf-8").splitlines())
    forms: Forms = defaultdict(set)
    for line in (folder / "fr.dic").read_text("utf-8").splitlines()[1:]:
        if entry := _ENTRY.match(line):
            for lemma, form, fields in _forms_of_entry(entry["word"], entry["flags"] or "", affixes):
                for tags in _french_tags(_FIELD.findall(f"{fields} {entry['fields']}")):
                    forms[form].add((lemma, tags))
    kinds = _kinds_of_h(forms, text)
    return {
        form: {(lemma, f"{tags} {kinds[lemma]}" if lemma in kinds else tags) for lemma, tags in readings}
        if form.startswith("h")
        else readings
        for form, readings in forms.items()
    }


def _forms_of_entry(word: str, flags: str, affixes: Affixes) -> Iterator[tuple[str, str, str]]:
    """Yield the forms of an entry, each with its lemma and the fields of its ending.

    A unit ("mètre") is an entry that only its prefixes make a word: each prefix makes one, the empty one too,
    which may take endings of its own ("kilomètres").
    """
    entry_flags = affixes.flags(flags)
    if not affixes.hidden.intersection(entry_flags):
        yield word, word, ""
    for rule in (rule for flag in entry_flags for rule in affixes.rules.get(flag, ())):
        if rule.suffix:
            if form := rule.apply(word):
                yield word, form, rule.fields
        elif affixes.hidden.intersection(entry_flags) and "'" not in rule.add:
            if not (prefixed := rule.apply(word)):
                continue
            if not rule.flags:
                yield prefixed, prefixed, ""
            else:
                hidden = affixes.hidden.intersection(entry_flags)
                yield from _forms_of_entry(prefixed, "".join(sorted({*rule.flags, *hidden})), affixes)


def _french_tags(fields: list[str]) -> Iterator[str]:
    """Yield the tags of a form from its fields: one reading for each part of speech and verbal form."""
    shapes = " ".join(_SHAPES[field] for field in dict.fromkeys(fields) if field in _SHAPES)
    persons = " ".join(dict.fromkeys(_PERSONS[field] for field in fields if field in _PERSONS))
    uses = ""
    for field in fields:
        if re.match(r"v\d", field):
            uses = " ".join(_USES[letter] for letter in field[2:] if letter in _USES)
    for field in fields:
        if field in _VERBAL:
            of_form = shapes if field == "ppas" else persons if _VERBAL[field].startswith("fin") else ""
            yield " ".join(f"verb {_VERBAL[field]} {of_form} {uses}".split())
        elif field in _PARTS:
            person_tags = persons if field.startswith("pro") else ""
            yield " ".join(f"{_PARTS[field]} {person_tags} {shapes}".split())


def _kinds_of_h(forms: Mapping[str, set[Reading]], text: Iterable[str]) -> dict[str, str]:
    """Return the lemmas in "h" before which words are elided ("mute"), and those where they are not.

    All forms of a lemma count together: "les habitudes" tells nothing. Lemmas that the text has not are taken
    for what all those are that begin with the same letters ("historicité" as "histoire").
    """
    elided, full = Counter[str](), Counter[str]()
    for line in text:
        for match in _H_WORD.finditer(line):
            (elided if match["elided"] else full)[match["word"].lower()] += 1
    lemmas: dict[str, set[str]] = defaultdict(set)
    for form, readings in forms.items():
        for lemma, _ in readings:
            if lemma.startswith("h") and form.startswith("h"):
                lemmas[lemma].add(form)
    kinds: dict[str, str] = {}
    alike: dict[str, set[str]] = defaultdict(set)
    for lemma, own_forms in lemmas.items():
        counts = sum(elided[form] for form in own_forms), sum(full[form] for form in own_forms)
        if max(counts) >= _SEEN and max(counts) >= _SHARE * sum(counts):
            kinds[lemma] = "mute" if counts[0] > counts[1] else "aspirated"
            alike[lemma[:_SAME_START]].add(kinds[lemma])
    for lemma in lemmas.keys() - kinds.keys():
        if len(kind := alike.get(lemma[:_SAME_START], set())) == 1:
            kinds[lemma] = next(iter(kind))
    return kinds


def english_forms(inflections: Path, lemmas: Path, closed: Path) -> Forms:
    """Read ``infl_lu.csv.gz``, ``lemma_lu.csv.gz`` (LemmInflect) and function words: form, lemma, tag."""
    forms: Forms = defaultdict(set)
    for line in closed.read_text("utf-8").splitlines():
        form, lemma, tags = line.split("\t")
        forms[form].add((lemma, tags))
    closed_forms = frozenset(forms)
    with gzip.open(inflections, "rt", encoding="utf-8", newline="") as file:
        for lemma, part, *columns in csv.reader(file):
            cells = [set(filter(None, cell.split("/"))) for cell in columns]
            for tags, form in _english(lemma, part, cells):
                if form not in closed_forms:
                    forms[form].add((lemma, tags))
    with gzip.open(lemmas, "rt", encoding="utf-8", newline="") as file:
        for form, part, bases in csv.reader(file):
            if part in {"adj", "adv"} and form in bases.split("/") and form not in closed_forms:
                forms[form].add((form, part))
    return forms


def _english(lemma: str, part: str, cells: list[set[str]]) -> Iterator[tuple[str, str]]:
    if part == "noun":
        alike = cells[0] == {lemma}  # "series", "police"
        mass = not alike and (not cells[0] or lemma in cells[0])
        yield ("noun sing plur" if alike else "noun sing mass" if mass else "noun sing"), lemma
        for form in cells[0] - {lemma}:
            yield ("noun plur mass" if mass else "noun plur"), form
    elif part == "verb":
        past, participle, present, third_person = (*cells, *([set[str]()] * 4))[:4]
        yield "verb base", lemma
        yield from (("verb past", form) for form in past)
        regular = {form for form in past if form.endswith("ed")}
        yield from (("verb pastpart", form) for form in (participle or past) | regular)
        yield from (("verb prespart", form) for form in present)
        yield from (("verb third", form) for form in third_person)
    elif part in {"adj", "adv"}:
        yield part, lemma
        for tags, cell in zip((f"{part} comp", f"{part} sup"), cells, strict=False):
            yield from ((tags, form) for form in cell)


_KNOWN_ARTICLES, _KNOWN_SHARE = 3, 0.1
"""Articles, and share of its occurrences, in which a form is used as what the dictionaries do not say."""
_NEW_ARTICLES, _NEW_SHARE = 5, 0.5
"""The same for a form that no dictionary has."""
_SEEN_ARTICLES, _SEEN_SHARE = 2, 0.02
"""The same for a reading of the dictionary that would else be left out as improbable."""
_NOMINAL_FEATURES: Mapping[Language, int] = {"fr": 2, "en": 1}
"""Features that a noun must show, its gender in French and its number."""


def with_usage(forms: Forms, usage: Usage, language: Language) -> Forms:
    """Add the nouns and adjectives that news uses and the dictionaries do not know as such."""
    result: Forms = defaultdict(set, {form: set(readings) for form, readings in forms.items()})
    known_uses = {*usage.frequent(_KNOWN_ARTICLES, _KNOWN_SHARE)}
    new_uses = {*usage.frequent(_NEW_ARTICLES, _NEW_SHARE)}
    for form, tags in sorted(known_uses | new_uses):
        part, *features = tags.split()
        if form in forms and (form, tags) in known_uses:
            parts = {name for _, of_reading in forms[form] for name in of_reading.split()}
            is_gerund = language == "en" and form.endswith("ing")
            is_wanted = part not in parts and not is_gerund and parts.isdisjoint(_CLOSED)
        else:
            is_wanted = form not in forms and "-" not in form and (form, tags) in new_uses
        if part == "adj" and language == "fr":  # of either gender: which it was seen with says little
            tags = " ".join(("adj", "masc", "fem", *(f for f in features if f in ("sing", "plur"))))
        if language == "en" and "sing" in features and _LIKE_PLURAL.fullmatch(form):
            continue  # "many thanks"
        if is_wanted and (part == "adj" or len(features) >= _NOMINAL_FEATURES[language]):
            result[form].add((_lemma(form, features, result), tags))
    return result


def _lemma(form: str, features: Sequence[str], forms: Mapping[str, set[Reading]]) -> str:
    """Return the singular of a form in the plural where there is one, else the form."""
    endings = (("ies", "y"), ("es", ""), ("s", ""), ("aux", "al")) if "plur" in features else ()
    singulars = (form[: -len(end)] + own for end, own in endings if form.endswith(end))
    return next((singular for singular in singulars if singular in forms), form)


_LIKE_PLURAL = re.compile(r".*[^siu]s")
_CLOSED = frozenset(("det", "pron", "prep", "conj", "modal", "part", "aux"))
_FUNCTION_TAGS = frozenset(("det", "pron", "prep", "conj", "adv", "modal", "part", "num"))
_AUXILIARIES = frozenset(("avoir", "être", "be", "have", "do"))


def write_morphology(
    forms: Mapping[str, set[Reading]], language: Language, out: Path, usage: Usage | None = None
) -> int:
    """Write the packed table of what forms may be; return the number of forms.

    First the classes, one per line: what is cut off a form, what is added to get its lemma, and the tags; an
    empty line; then a line for every form, with the numbers of its classes, sorted as bytes. A French verb
    counts, or a noun that looks like a function word, only if the lexicon has a form that is nothing else, or
    if news uses it so.
    """
    seen = {
        (form, tags.split()[0])
        for form, tags in (usage.frequent(_SEEN_ARTICLES, _SEEN_SHARE) if usage else ())
    }
    counted = lexicon(language)
    known_lemmas = {lemma for form, readings in forms.items() if form in counted for lemma, _ in readings}
    certain = {
        (lemma, tags.split()[0])
        for form, readings in forms.items()
        if form in counted and len({(lemma, tags.split()[0]) for lemma, tags in readings}) == 1
        for lemma, tags in readings
    }

    def is_used(form: str, reading: Reading, readings: set[Reading]) -> bool:
        lemma, part = reading[0], reading[1].split()[0]
        if language == "en" or (form, part) in seen:
            return True
        if lemma not in known_lemmas:
            return not any(alternative in known_lemmas for alternative, _ in readings)
        is_small = any(lemma in _AUXILIARIES or tags.split()[0] in _FUNCTION_TAGS for lemma, tags in readings)
        doubtful = part == "verb" or (part in {"noun", "adj", "name"} and is_small)
        return not doubtful or lemma in _AUXILIARIES or (lemma, part) in certain

    used = {
        form: sorted(reading for reading in readings if is_used(form, reading, readings))
        for form, readings in forms.items()
        if form.replace("-", "").isalpha()
    }
    classes = Counter(_class(form, *reading) for form, readings in used.items() for reading in readings)
    ordered = sorted(classes, key=lambda inflection: (-classes[inflection], inflection))
    numbers = {inflection: str(number) for number, inflection in enumerate(ordered)}
    rows = sorted(
        f"{form}\t{','.join(numbers[_class(form, *reading)] for reading in readings)}".encode()
        for form, readings in used.items()
        if readings
    )
    head = [f"{cut}\t{add}\t{tags}".encode() for cut, add, tags in ordered]
    out.write_bytes(gzip.compress(b"\n".join([*head, b"", *rows]) + b"\n", 9, mtime=0))
    return len(rows)


def _class(form: str, lemma: str, tags: str) -> tuple[str, str, str]:
    """Return what turns a form into its lemma: the ending cut, the ending added, and the tags."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return form[shared:], lemma[shared:], tags
