"""Attacks on the newer commands and readers: fix, init, grade, align, score, diff, notes, packages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from tests.cli.articles import ENGLISH, FRENCH, GLUED
from tests.torture.forms import FAULT
from tests.torture.forms import unit as memory_unit
from tests.torture.further import EN, FR, RULES, Further, Make, also, writes
from tests.torture.further_places import XLIFF
from tests.torture.offices import archive, opened, word

SEEN, UNREAD, EITHER, FINE = (1,), (2,), (1, 2), (0,)
NO_DETECTOR = ("--no-detector", "--no-cache")
CHECK = ("check", "articles", *RULES)
GOOD = FAULT.replace("troisde", "trois de")


def everything() -> dict[str, list[Further]]:
    """All of them, by family."""
    families = (
        fixes,
        notes,
        catalogues,
        packages,
        headings,
        behind,
        grades,
        scores,
        starts,
        locks,
        breaks,
        faults,
    )
    return {family.__name__: list(family()) for family in families}


def _link(name: str, target: str) -> Make:
    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)

    return make


def _pipe(name: str) -> Make:
    return lambda folder: os.mkfifo(folder / name)


def _mode(name: str, mode: int) -> Make:
    return lambda folder: (folder / name).chmod(mode)


def removed(folder: Path) -> None:
    """Take the French article away."""
    (folder / FR).unlink()


FIX = ("fix", "articles", *NO_DETECTOR, "--select", "EXT101")


def fixes() -> Iterator[Further]:
    """`fix` among what is no article, and on what must stay as it is, byte for byte."""
    around: dict[str, Make] = {
        "a pipe": _pipe("articles/p.txt"),
        "a pipe for Markdown": _pipe("articles/p.md"),
        "zeros": _link("articles/z.txt", "/dev/zero"),
        "a terminal": _link("articles/z.txt", "/dev/tty"),
        "a circle": _link("articles/z.txt", "z.txt"),
        "a circle of folders": _link("articles/z", "."),
        "a link to nowhere": _link("articles/z.txt", "gone"),
        "a link to the article": _link("articles/z.txt", "passerelle.txt"),
        "a link out of the folder": also(writes("kept.txt", GLUED), _link("articles/z.txt", "../kept.txt")),
        "a second name": lambda folder: (folder / "articles" / "z.txt").hardlink_to(folder / FR),
        "what is longer than an article": writes("articles/z.txt", "mot " * 2_500_000),
        "memory of this process": _link("articles/z.txt", "/proc/self/mem"),
        "a folder with an ending": writes("articles/z.txt/a.txt", GLUED),
        "twins in Unicode": also(writes("articles/\u00e9.txt", GLUED), writes("articles/e\u0301.txt", GLUED)),
        "a name of 255 bytes": writes("articles/" + "é" * 125 + "a.txt", GLUED),
        "a name that steers": writes("articles/\x1b[2J::error::x.txt", GLUED),
        "a name with a line break": writes("articles/a\nb.txt", GLUED),
        "a name that is no UTF-8": writes("articles/\udcff.txt", GLUED),
    }
    for name, make in around.items():
        for way in ("--diff", "--write"):
            yield Further(f"fix {way}: {name}", (*FIX, way), make, (0, 2), shown=True, kept=(EN,))
    stay: dict[str, bytes] = {
        "CR": GOOD.encode().replace(b" ", b"\r", 1),
        "a mark": b"\xef\xbb\xbf" + GOOD.encode(),
        "UTF-16": GOOD.encode("utf-16"),
        "mixed ends": b"a\r\nb\rc\n\n" + GOOD.encode(),
        "zero bytes": GOOD.encode() + b"\0",
        "half a letter": GOOD.encode() + b"\xc3",
        "in code": f"```\n{FAULT}\n```\n\n{GOOD}\n".encode(),
        "in a line of code": f"{GOOD} `troisde`\n".encode(),
        "in an address": f"{GOOD} https://a.fr/troisde?x=troisde\n".encode(),
        "in a quotation": f"{GOOD} « dans troisde ses piles »\n".encode(),
        "in front matter": f"---\ntitle: troisde ses piles\n---\n\n{GOOD}\n".encode(),
        "in a comment": f"{GOOD}\n\n<!-- dans troisde ses piles -->\n".encode(),
        "waived": f"{GOOD}\n\n{FAULT}\n\n<!-- aligner: ignore EXT101 quoted -->\n".encode(),
    }
    for name, data in stay.items():
        make = writes("articles/z.md", data)
        yield Further(f"fix: {name}", (*FIX, "--write"), make, (0, 2), kept=("articles/z.md", EN))
    for out in ("-", "articles", FR, "/dev/full", "gone/x", "\udcff"):
        codes = (2,) if out in ("articles", FR, "/dev/full") else FINE
        yield Further(f"fix: diff into {out!r}", (*FIX, "--out", out), codes=codes, kept=(FR, EN))
    yield Further("fix: read-only", (*FIX, "--write"), _mode(FR, 0o444), UNREAD, kept=(FR,))
    for option in (("--select", "TYP"), ("--select", "FLU"), (), ("--min-confidence", "1")):
        command = ("fix", "articles", *NO_DETECTOR, *option, "--write")
        yield Further(f"fix: {option}", command, codes=FINE, kept=(EN,))
    for path in ("-", FR, f"./{FR}", f"articles/../{FR}", "articles/"):
        yield Further(f"fix: {path}", (FIX[0], path, FR, *FIX[2:], "--write"), codes=(0, 2), kept=(EN,))


def unit(source: str, target: str) -> str:
    """A unit of XLIFF, out of French."""
    return f'<trans-unit id="u1"><source>{source}</source><target>{target}</target></trans-unit>'


def notes() -> Iterator[Further]:
    """Notes for translators, into XLIFF of each kind; what was there stays as it was."""
    english = "It was closed when cracks were found in three of its piers."
    one = XLIFF.partition("<trans-unit")[0] + "{}</body></file></xliff>"
    two = (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en">'
        '<file id="f"><unit id="u"><segment><source>{}</source><target>{}</target></segment></unit></file>'
        "</xliff>"
    )
    files: dict[str, tuple[str, str | bytes, tuple[int, ...]]] = {
        "ids twice": ("a.xlf", one.format(unit(FAULT, english) * 2), EITHER),
        "no id": ("a.xlf", one.format(unit(FAULT, english).replace(' id="u1"', "")), EITHER),
        "version 2": ("a.xlf", two.format(FAULT, english), SEEN),
        "version 2, no target": ("a.xlf", two.format(FAULT, "").replace("<target></target>", ""), EITHER),
        "an id that steers": (
            "a.xlf",
            one.format(unit(FAULT, english).replace("u1", "::error::")),
            EITHER,
        ),
        "an id of entities": (
            "a.xlf",
            one.format(unit(FAULT, english).replace("u1", "&lt;&quot;]]&gt;")),
            SEEN,
        ),
        "notes there": (
            "a.xlf",
            one.format(unit(FAULT, english).replace("</target>", "</target><note>mine</note>")),
            SEEN,
        ),
        "CDATA": ("a.xlf", one.format(unit(f"<![CDATA[{FAULT}]]>", english)), SEEN),
        "a comment inside": (
            "a.xlf",
            one.format(unit(FAULT.replace("troisde", "trois<!-- x -->de"), english)),
            SEEN,
        ),
        "an instruction inside": (
            "a.xlf",
            one.format(unit(FAULT.replace("troisde", "trois<?x y?>de"), english)),
            SEEN,
        ),
        "UTF-16": ("a.xlf", one.format(unit(FAULT, english)).encode("utf-16"), EITHER),
        "10,000 units": ("a.xlf", one.format(unit(FAULT, english) + unit(GOOD, english) * 10_000), EITHER),
        "segments of others": (
            "a.sdlxliff",
            one.format(
                f'<trans-unit id="1"><source>{FAULT}</source><seg-source><mrk mtype="seg" mid="1">{FAULT}'
                f'</mrk></seg-source><target><mrk mtype="seg" mid="2">{english}</mrk></target></trans-unit>'
            ),
            EITHER,
        ),
        "segments of nothing": (
            "a.sdlxliff",
            one.format(
                f'<trans-unit id="1"><source>{FAULT}</source><target><mrk mtype="seg"/></target></trans-unit>'
            ),
            EITHER,
        ),
        "approved by nobody": (
            "a.xlf",
            one.format(unit(FAULT, english).replace("<target", '<target state="new"')),
            EITHER,
        ),
        "a name for the source": (
            "a.xlf",
            one.format(unit(FAULT, english)).replace("source-l", "xml:id='x' source-l"),
            EITHER,
        ),
    }
    for name, (file, content, codes) in files.items():
        run = ("check", file, *RULES, "--format", f"xliff=noted{Path(file).suffix}")
        yield Further(f"notes: {name}", run, writes(file, content), codes, kept=(file,))
    made = writes("a.xlf", one.format(unit(FAULT, english)))
    check = ("check", "a.xlf", *RULES, "--format")
    yield Further(
        "notes: twice", (*check, "xliff=n.xlf", "--format", "xliff=m.xlf"), made, EITHER, kept=("a.xlf",)
    )
    yield Further(
        "notes: over a link to it", (*check, "xliff=l.xlf"), also(made, _link("l.xlf", "a.xlf")), EITHER
    )
    yield Further(
        "notes: into a closed one", (*check, "xliff=l.xlf"), also(made, _link("l.xlf", "/dev/full")), EITHER
    )
    both = also(made, writes("b.xlf", one.format(unit(FAULT, english))))
    of_two = ("check", "a.xlf", "b.xlf", *RULES, "--format", "xliff=n.xlf")
    yield Further("notes: of two files", of_two, both, EITHER, kept=("a.xlf", "b.xlf"))
    packed = ("check", "a.xlf.gz", *RULES, "--format", "xliff=n.xlf")
    import gzip

    data = gzip.compress(one.format(unit(FAULT, english)).encode(), mtime=0)
    yield Further("notes: of a packed file", packed, writes("a.xlf.gz", data), EITHER, kept=("a.xlf.gz",))


def catalogues() -> Iterator[Further]:
    """Message catalogues: strings over very many lines, plurals, contexts, odd heads."""
    head = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    entry = f'msgid "It had been closed since cracks were found."\nmsgstr "{FAULT}"\n'
    given: dict[str, tuple[str | bytes, tuple[int, ...]]] = {
        "a field twice": (f'{head}msgid "Yes."\nmsgstr "Oui."\nmsgstr "{FAULT}"\n', EITHER),
        "a source twice": (f'{head}msgid "Yes."\nmsgid "It was closed."\nmsgstr "{FAULT}"\n', EITHER),
        "a plural before": (f'{head}msgid_plural "They."\nmsgid "It was."\nmsgstr[0] "{FAULT}"\n', EITHER),
        "100 plurals": (
            f'{head}msgid "A."\nmsgid_plural "They."\n'
            + "".join(f'msgstr[{n}] "{GOOD if n != 57 else FAULT}"\n' for n in range(100)),
            (*EITHER, 0),
        ),
        "an escape at the end": (f'{head}{entry}msgid "a"\nmsgstr "b\\"\n', UNREAD),
        "an escape of zero": (f"{head}{entry.replace('troisde', 'troisde' + chr(92) + '0')}", EITHER),
        "no end": (f"{head}{entry}".rstrip("\n"), SEEN),
        "CR": (f"{head}{entry}".replace("\n", "\r"), EITHER),
        "blanks in front": (f"{head}{entry}".replace("msg", "  msg"), SEEN),
        "the head in the end": (f"{entry}\n{head}", SEEN),
        "two heads": (head.replace("fr", "de") + head + entry, (*EITHER, 0)),
        "a head of Breton": (head.replace("fr", "br") + entry, UNREAD),
        "a head of no language": (head.replace("fr", "") + entry, EITHER),
        "previous strings": (f'{head}#| msgid "It was shut."\n{entry}', SEEN),
        "a domain": (f'{head}domain "x"\n{entry}', EITHER),
    }
    for name, (content, codes) in given.items():
        yield Further(f"catalogue: {name}", CHECK, also(removed, writes("articles/fr.po", content)), codes)


def packages() -> Iterator[Further]:
    """Documents of word processors that are damaged inside, or hold more than they say."""
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in GLUED.split("\n"))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body>{text}</w:body></w:document>"
    lines = "".join(f"<t:p>{line}</t:p>" for line in GLUED.split("\n"))
    given: dict[str, tuple[str, bytes | str, tuple[int, ...]]] = {
        "docx: nothing in it": ("a.docx", archive({}), UNREAD),
        "docx: only types": ("a.docx", archive({"[Content_Types].xml": "<Types/>"}), UNREAD),
        "docx: text as a folder": ("a.docx", archive({"word/document.xml/": "", "x": "y"}), UNREAD),
        "docx: text in capitals": ("a.docx", archive({"Word/Document.XML": body}), EITHER),
        "docx: text with strokes of Windows": ("a.docx", archive({"word\\document.xml": body}), EITHER),
        "docx: text from above": ("a.docx", archive({"../word/document.xml": body}), EITHER),
        "docx: entities": (
            "a.docx",
            archive(
                {
                    "word/document.xml": f'<!DOCTYPE x [<!ENTITY a "{"b" * 999}">]>'
                    + body.replace("troisde", "&a;" * 999)
                }
            ),
            EITHER,
        ),
        "docx: a file from outside": (
            "a.docx",
            archive(
                {
                    "word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "/etc/passwd">]>'
                    + body.replace("troisde", "troisde &a;")
                }
            ),
            EITHER,
        ),
        "docx: 100,000 runs": (
            "a.docx",
            word("<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 100_000 + "</w:p>" + text),
            EITHER,
        ),
        "docx: 100,000 empty paragraphs": ("a.docx", word("<w:p/>" * 100_000 + text), SEEN),
        "docx: tables 300 deep": (
            "a.docx",
            word("<w:tbl><w:tr><w:tc>" * 300 + text + "</w:tc></w:tr></w:tbl>" * 300),
            EITHER,
        ),
        "docx: steering letters": (
            "a.docx",
            word(text + "<w:p><w:r><w:t>::error::x \u202e ##[error]</w:t></w:r></w:p>"),
            SEEN,
        ),
        "docx: tabs and breaks": (
            "a.docx",
            word(text.replace("troisde", "troisde</w:t><w:tab/><w:br/><w:noBreakHyphen/><w:t>")),
            (0, 1, 2),
        ),
        "docx: symbols for letters": (
            "a.docx",
            word(text.replace("troisde", 'troisde</w:t><w:sym w:char="F0E0"/><w:t>')),
            EITHER,
        ),
        "docx: in UTF-16": (
            "a.docx",
            archive({"word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?>{body}'.encode("utf-16")}),
            SEEN,
        ),
        "docx: behind other bytes": ("a.docx", b"junk" * 99 + word(text), EITHER),
        "docx: before other bytes": ("a.docx", word(text) + b"junk" * 99, EITHER),
        "docx: twice in one": ("a.docx", word(text.replace("troisde", "trois de")) + word(text), EITHER),
        "docx: that is an odt": ("a.docx", opened(lines), EITHER),
        "odt: that is a docx": ("a.odt", word(text), EITHER),
        "odt: nothing in it": ("a.odt", archive({}), UNREAD),
        "odt: no content": (
            "a.odt",
            archive({"mimetype": "application/vnd.oasis.opendocument.text"}),
            UNREAD,
        ),
        "odt: a secret one": (
            "a.odt",
            archive(
                {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>", "content.xml": "\0" * 99}
            ),
            UNREAD,
        ),
        "odt: a million blanks": (
            "a.odt",
            opened(lines.replace("troisde", 'troisde<t:s t:c="1000000"/>')),
            EITHER,
        ),
        "odt: endless blanks": (
            "a.odt",
            opened(lines.replace("troisde", 'troisde<t:s t:c="999999999999"/>')),
            EITHER,
        ),
        "odt: fewer than no blanks": (
            "a.odt",
            opened(lines.replace("troisde", 'troisde<t:s t:c="-5"/>')),
            EITHER,
        ),
        "odt: blanks of words": ("a.odt", opened(lines.replace("troisde", 'troisde<t:s t:c="x"/>')), EITHER),
        "odt: changes kept": (
            "a.odt",
            opened(
                f"<t:tracked-changes><t:changed-region><t:deletion><t:p>{FAULT}</t:p></t:deletion></t:changed-region></t:tracked-changes>"
                + lines.replace("troisde", "trois de")
            ),
            FINE,
        ),
        "odt: lists 300 deep": (
            "a.odt",
            opened("<t:list><t:list-item>" * 300 + lines + "</t:list-item></t:list>" * 300),
            EITHER,
        ),
    }
    for name, (file, data, codes) in given.items():
        yield Further(f"package: {name}", CHECK, also(removed, writes(f"articles/{file}", data)), codes)


def headings() -> Iterator[Further]:
    """Headings of a report, through the option and the settings."""
    titles = (
        "",
        " ",
        "\x1b[2J",
        "::error::x",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "a" * 100_000,
        "\u202e",
        "\udcff",
        "a\nb",
        "=1+1",
    )
    for title in titles:
        run = ("audit", "articles", *RULES, "--out", "new", "--title", title)
        yield Further(f"heading: {title[:30]!r}", run, codes=(0, 2), shown=True)
        check = (*CHECK, "--out", "new", "--title", title, "--format", "junit=new.xml", "--format", "text")
        yield Further(f"heading: check {title[:30]!r}", check, codes=EITHER, shown=True)


LONG = "\n\n".join(f"Le maire de Morvilliers a inauguré {n} arbres dans la rue {n}." for n in range(12, 30))


def behind() -> Iterator[Further]:
    """The gate for a version that lags: more text in French, or in English."""
    more = writes(FR, f"{FRENCH}\n\n{LONG}\n")
    check = ("check", "articles", *NO_DETECTOR, "--select", "EXT101,ACC301", "--fail-on-behind")
    for side, codes in (("en", SEEN), ("any", SEEN), ("fr", FINE)):
        yield Further(f"behind: {side}", (*check, side), more, codes)
        yield Further(
            f"behind: {side}, by settings",
            check[:-1],
            also(more, writes("aligner.toml", f'[gate]\nfail-on-behind = "{side}"\n')),
            codes,
        )
        yield Further(f"behind: {side}, no other gate", (*check, side, "--fail-on", "none"), more, codes)
        yield Further(f"behind: {side}, all else known", (*check, side, "--ignore", "ALN"), more, codes)
    for value in ("EN", "", "both", "de", "fr,en"):
        yield Further(f"behind: {value!r}", (*check, value), more, UNREAD)
    for value in ("true", '"both"', "[]", '""', "1"):
        made = also(more, writes("aligner.toml", f"[gate]\nfail-on-behind = {value}\n"))
        yield Further(f"behind: settings {value}", CHECK, made, UNREAD)
    lines = [{"id": n, "text": text} for n, text in (("fr", f"{FRENCH}\n\n{LONG}"), ("en", ENGLISH))]
    rows = "".join(f"{json.dumps(line)}\n" for line in lines)
    made = also(writes("rows.jsonl", rows))
    yield Further("behind: rows", (check[0], "rows.jsonl", *check[2:], "any"), made, SEEN)
    listed = (*check, "any", "--files-from", "-")
    yield Further("behind: listed, the other side", listed, more, SEEN, stdin=f"{EN}\n".encode())
    yield Further("behind: exit zero", (*check, "any", "--exit-zero"), more, FINE)


def grades() -> Iterator[Further]:
    """`grade` with thresholds fitted and told, on rows of each kind."""
    good = "Il pleut à Lyon depuis hier soir.\tIt has been raining in Lyon since last night.\n"
    bad = "Elle a été fermée dans troisde ses salles.\tThe cat sat on the mat.\n"
    head = "fr\ten\n"
    clean = writes("clean.tsv", head + good * 30)
    files: dict[str, tuple[str, str | bytes, tuple[int, ...]]] = {
        "300 rows": ("rows.tsv", head + (good + bad) * 150, FINE),
        "a row": ("rows.tsv", head + bad, FINE),
        "steering rows": ("rows.tsv", head + "\x1b[2J::error::Oui\t##[error]Yes \u202e\n", (0, 2)),
        "formulas": ("rows.tsv", head + "=1+1\t@SUM(A1)\n-2\t+2\n", FINE),
        "one side": ("rows.tsv", head + "Oui, monsieur.\t\n\tYes, sir.\n" * 20, FINE),
        "a memory": (
            "rows.tmx",
            f"<tmx><body>{memory_unit('Oui.', 'Yes.')}</body></tmx>",
            FINE,
        ),
        "a memory cut": ("rows.tmx", "<tmx><body><tu><tuv xml:lang='fr'><seg>Oui.</se", UNREAD),
        "words of 100,000 letters": ("rows.tsv", head + "a" * 100_000 + "\t" + "b" * 100_000 + "\n", FINE),
        "marks alone": ("rows.tsv", head + "…\t…\n!\t?\n", FINE),
        "another alphabet": ("rows.tsv", head + "Мэр доволен.\t市长很高兴。\n", FINE),
        "the sides swapped": ("rows.tsv", head + "It has been raining.\tIl pleut depuis hier.\n", FINE),
    }
    for name, (file, content, codes) in files.items():
        made = also(clean, writes(file, content))
        for extra in ((), ("--report",), ("--fit", "clean.tsv"), ("--fit", file, "--report")):
            run = ("grade", file, *NO_DETECTOR, *extra)
            yield Further(
                f"grade: {' '.join(extra)} {name}",
                run,
                made,
                codes,
                shown=bool(extra),
                kept=("clean.tsv", file),
            )
    yield Further(
        "grade: two files of other lengths",
        ("grade", "a", "b", *NO_DETECTOR),
        also(writes("a", "Oui.\nNon.\n"), writes("b", "Yes.\n")),
        UNREAD,
    )
    yield Further("grade: the same file twice", ("grade", FR, FR, *NO_DETECTOR), codes=(0, 2))
    yield Further(
        "grade: one file and standard input",
        ("grade", FR, "-", *NO_DETECTOR),
        codes=(0, 2),
        stdin=ENGLISH.encode(),
    )
    yield Further("grade: a pipe", ("grade", "p.tsv", *NO_DETECTOR), _pipe("p.tsv"), UNREAD)
    yield Further(
        "grade: fit to a pipe",
        ("grade", "clean.tsv", "--fit", "p.tsv", *NO_DETECTOR),
        also(clean, _pipe("p.tsv")),
        UNREAD,
    )


def scores() -> Iterator[Further]:
    """`score` and `diff` of what is damaged, empty, or the other's."""
    pairs: dict[str, tuple[bytes | str, bytes | str, tuple[int, ...]]] = {
        "nothing": ("", "", UNREAD),
        "nothing and something": ("", FRENCH, UNREAD),
        "blanks": (" \n\n", " \n", UNREAD),
        "zero bytes": (b"\0" * 99, FRENCH, UNREAD),
        "steering texts": (f"{FRENCH}\x1b[2J::error::", f"{FRENCH}\u202e", (0, 2)),
        "a word": ("Oui", "Oui", (0, 2)),
        "another language": (FRENCH, ENGLISH, UNREAD),
        "long words": ("a" * 100_000, "b" * 100_000, (0, 2)),
        "1,000 sentences in a line": ("Il pleut à Lyon. " * 1_000, "Il neige à Lyon. " * 1_000, (0, 2)),
        "UTF-16": (FRENCH.encode("utf-16"), FRENCH, (0, 2)),
    }
    for name, (one, other, codes) in pairs.items():
        made = also(writes("a.txt", one), writes("b.txt", other))
        for form in ((), ("--format", "json"), ("--presegmented",)):
            run = ("score", "a.txt", "b.txt", "--no-cache", *form)
            yield Further(
                f"score: {' '.join(form)} {name}",
                run,
                made,
                (0, 2) if form == ("--presegmented",) else codes,
                shown=not form,
            )
    for one, other in (
        ("report", "."),
        (".", "report"),
        ("report/pairs", "report"),
        ("report", FR),
        ("report/../report", "report/"),
    ):
        codes = FINE if ".." in one else UNREAD
        yield Further(f"diff: {one} {other}", ("diff", one, other), codes=codes, reported=True)
    for out in ("report", "report/index.html", "report/pairs.csv", "/dev/full"):
        yield Further(
            f"diff: into {out}",
            ("diff", "report", "report", "--out", out),
            codes=UNREAD,
            reported=True,
            kept=("report/index.html", "report/pairs.csv"),
        )


def starts() -> Iterator[Further]:
    """`init` in places that are odd."""
    yield Further("init: twice", ("init", "--ci", "github", "--ci", "github"), codes=FINE)
    yield Further("init: both", ("init", "--ci", "github", "--ci", "gitlab"), codes=FINE)
    yield Further("init: nowhere", ("init", "gone", "--ci", "gitlab"), codes=(0, 2))
    yield Further("init: a file", ("init", FR, "--ci", "gitlab"), codes=(0, 2), kept=(FR,))
    yield Further("init: above", ("init", "..", "--ci", "github"), codes=(0, 2))
    yield Further("init: an option", ("init", "--", "--exit-zero", "--ci"), codes=(0, 2))
    yield Further(
        "init: settings of pyproject",
        ("init",),
        writes("pyproject.toml", "[tool.aligner]\njobs = 1\n"),
        codes=(0, 2),
        kept=("pyproject.toml",),
    )
    yield Further(
        "init: pyproject damaged",
        ("init",),
        writes("pyproject.toml", "[tool"),
        codes=(0, 2),
        kept=("pyproject.toml",),
    )
    yield Further(
        "init: folder of workflows is a link in a circle",
        ("init", "--ci", "github"),
        _link(".github", ".github"),
    )
    yield Further(
        "init: a pipeline there",
        ("init", "--ci", "gitlab"),
        writes(".gitlab-ci.yml", "a: 1\n"),
        codes=(0, 2),
        kept=(".gitlab-ci.yml",),
    )
    yield Further(
        "init: a pipeline that is a folder",
        ("init", "--ci", "gitlab"),
        lambda folder: (folder / ".gitlab-ci.yml").mkdir(),
        codes=(0, 2),
    )


def locks() -> Iterator[Further]:
    """What is in the place of the lock of a report is never taken for one, nor waited for."""
    places: dict[str, Make] = {
        "a pipe": _pipe(".new.lock"),
        "a folder": lambda folder: (folder / ".new.lock").mkdir(),
        "a circle": _link(".new.lock", ".new.lock"),
        "zeros": _link(".new.lock", "/dev/zero"),
        "a full disk": _link(".new.lock", "/dev/full"),
        "an article": _link(".new.lock", FR),
        "notes": writes(".new.lock", "mine"),
    }
    for name, make in places.items():
        for command in (("audit", "articles", *RULES), CHECK):
            run = (*command, "--out", "new")
            yield Further(f"lock: {command[0]}, {name}", run, make, UNREAD, kept=(FR, EN))


def breaks() -> Iterator[Further]:
    """`align --break` with patterns that never end, and `--words` on what has no words."""
    align = ("align", FR, EN, "--no-cache")
    for pattern in ("(a+)+$", "(.*)*x"):
        many = also(writes(FR, FRENCH + "\n\n" + "a" * 400 + " " + "mot " * 99), writes(EN, ENGLISH))
        yield Further(f"break: {pattern}", (*align, "--break", pattern), many, (0, 2))
    yield Further("break: given by a file", (*align, "--break", "@gone"), codes=FINE)
    texts = {
        "marks": ("… ! ?\n", "… ! ?\n"),
        "a side of blanks": ("Oui.\n", " \n"),
        "numbers": ("1 2 3\n", "1 2 3\n"),
        "emoji": ("🐻 🦊\n", "🐻 🦊\n"),
    }
    for name, (fr, en) in texts.items():
        made = also(writes("a.txt", fr), writes("b.txt", en))
        for form in (("--words",), ("--format", "ladder"), ("--format", "vecalign"), ("--format", "tmx")):
            run = ("align", "a.txt", "b.txt", "--presegmented", "--no-cache", *form)
            yield Further(f"words: {form[-1]} {name}", run, made, (0, 2))


def faults() -> Iterator[Further]:
    """Two faults at once: the gate says one of them, and passes neither."""
    fault: dict[str, Make] = {
        "a pipe": _pipe("articles/p.txt"),
        "a circle": _link("articles/c.txt", "c.txt"),
        "a damaged package": writes("articles/d.docx", b"PK\3\4"),
        "a catalogue of nothing": writes("articles/e.po", "msgid\n"),
        "rows cut": writes("articles/r.jsonl", '{"text": "Le'),
        "a PDF": writes("articles/f.pdf", b"%PDF-1.7\n"),
    }
    around: dict[str, tuple[Make, tuple[str, ...]]] = {
        "settings in UTF-16": (writes("aligner.toml", "[gate]\n".encode("utf-16")), ()),
        "a baseline of nothing": (writes(".aligner-baseline.json", ""), ()),
        "pairs of what is gone": (writes("p.csv", "fr,en\na.txt,b.txt\n"), ("--pairs", "p.csv")),
        "a list of nothing": (writes("list", "gone.txt\n"), ("--files-from", "list")),
        "no repository": (lambda folder: None, ("--since", "HEAD")),
        "a report on a file": (lambda folder: None, ("--out", EN)),
        "a format on a folder": (lambda folder: None, ("--format", "sarif=articles")),
        "a review of others": (writes("r.jsonl", "[]\n"), ("--review", "r.jsonl")),
    }
    for one, make in fault.items():
        for other, (second, options) in around.items():
            yield Further(
                f"faults: {one}, {other}", (*CHECK, *options), also(make, second), UNREAD, kept=(FR, EN)
            )
        yield Further(f"faults: {one}, in a clean corpus", CHECK, also(make, writes(FR, FRENCH)), UNREAD)
        yield Further(f"faults: {one}, allowed", (*CHECK, "--allow-skipped"), make, SEEN)
