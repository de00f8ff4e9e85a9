"""Expands a Hunspell dictionary (.aff and .dic) into the sorted word list that ``lexicon.dictionary`` reads.

Of the format (https://man.archlinux.org/man/hunspell.5) what the French dictionary of Grammalecte and the
English ones of SCOWL use: suffixes, prefixes, continuation flags, and flags of one or two signs. Words with
anything but letters in them are left out, and so are the forms with an elided word before them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aligner.lexicon.bloom import packed
from aligner.lexicon.dictionary import as_filtered, is_listed
from aligner.model import Language

_RULE = re.compile(
    r"(?P<kind>SFX|PFX)\s+(?P<flag>\S+)\s+(?P<strip>\S+)\s+(?P<add>\S+)\s+(?P<when>\S+)"
    r"(?P<fields>.*)"
)
_HEAD = re.compile(r"(?:SFX|PFX)\s+\S+\s+[YN]\s+\d+")
_FORBIDDEN = ("FORBIDDENWORD", "NEEDAFFIX", "ONLYINCOMPOUND")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of an affix class: what is taken off a word, what is put on, and which words it is for.

    ``fields`` is what it says of the form ("po:ppas is:fem is:sg").
    """

    suffix: bool
    strip: str
    add: str
    flags: tuple[str, ...]
    condition: re.Pattern[str]
    fields: str = ""

    def apply(self, word: str) -> str | None:
        """Return the form that the rule makes of ``word``; None where it does not apply."""
        if not self.condition.search(word):
            return None
        if self.suffix:
            return word[: len(word) - len(self.strip)] + self.add
        return self.add + word[len(self.strip) :]


@dataclass(slots=True)
class Affixes:
    """What a .aff file says: its rules by flag, how flags are written, and which make a word none."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    long_flags: bool = False
    hidden: set[str] = field(default_factory=set)

    def flags(self, text: str) -> tuple[str, ...]:
        """Cut a string of flags into flags, of two signs each or of one."""
        size = 2 if self.long_flags else 1
        return tuple(text[i : i + size] for i in range(0, len(text), size))


def read_affixes(lines: Iterable[str]) -> Affixes:
    """Read the lines of a .aff file."""
    affixes = Affixes()
    for line in lines:
        if line.startswith("FLAG"):
            affixes.long_flags = line.split()[1] == "long"
        elif line.startswith(_FORBIDDEN):
            affixes.hidden.add(line.split()[1])
        elif not _HEAD.match(line) and (match := _RULE.match(line)):
            add, _, flags = match["add"].partition("/")
            suffix = match["kind"] == "SFX"
            rule = Rule(
                suffix,
                "" if match["strip"] == "0" else match["strip"],
                "" if add == "0" else add,
                affixes.flags(flags),
                re.compile(f"{match['when']}$" if suffix else f"^{match['when']}"),
                match["fields"],
            )
            affixes.rules.setdefault(match["flag"], []).append(rule)
    return affixes


def expand(lines: Iterable[str], affixes: Affixes) -> Iterator[str]:
    """Yield the forms of the words of a .dic file that are made of letters alone."""
    for line in lines:
        entry = line.split("\t")[0].split(" po:")[0].split()
        if not entry:
            continue
        word, _, text = entry[0].partition("/")
        flags = affixes.flags(text)
        yield from filter(str.isalpha, _forms(word, flags, affixes))


def _forms(word: str, flags: tuple[str, ...], affixes: Affixes) -> Iterator[str]:
    if not affixes.hidden.intersection(flags):
        yield word
    rules = [rule for flag in flags for rule in affixes.rules.get(flag, ())]
    prefixes = [rule for rule in rules if not rule.suffix and "'" not in rule.add and "’" not in rule.add]
    suffixed = [word]
    for rule in rules:
        if rule.suffix and (form := rule.apply(word)):
            suffixed.append(form)
            yield from _forms(form, rule.flags, affixes)
    for rule in prefixes:
        yield from (form for base in suffixed if (form := rule.apply(base)))


def write_dictionary(folder: Path, names: Iterable[str], out: Path) -> int:
    """Write the words of the dictionaries ``names`` in ``folder`` as one packed list; return their number."""
    words: set[str] = set()
    for name in names:
        affixes = read_affixes((folder / f"{name}.aff").read_text("utf-8").splitlines())
        words.update(expand((folder / f"{name}.dic").read_text("utf-8").splitlines()[1:], affixes))
    lines = sorted(word.encode("utf-8") for word in words)
    out.write_bytes(gzip.compress(b"\n".join(lines) + b"\n", 9, mtime=0))
    return len(words)


def write_rare_words(language: Language, out: Path) -> int:
    """Write the filter of the words that simplemma alone lists, in lower case; return their number."""
    words = rare_words(language)
    out.write_bytes(packed(words))
    return len(words)


def rare_words(language: Language) -> list[str]:
    """Return the words that simplemma lists in small letters or as a name and our lists have not."""
    words = simplemma_words(language)
    listed = {word.lower() for word in words if word in (word.lower(), word.lower().capitalize())}
    return sorted({as_filtered(word) for word in listed if not is_listed(word)})


def simplemma_words(language: Language) -> list[str]:
    """Return the words of the list of simplemma."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return list(DefaultDictionaryFactory().get_dictionary(language))
