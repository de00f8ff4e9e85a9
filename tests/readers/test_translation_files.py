"""XLIFF and PO files: written and read back by the translate toolkit, and as other tools write them."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest

from aligner.model import Bitext, InputError
from aligner.readers.articles import is_bitext, read_bitext
from aligner.readers.xliff import with_notes

ROWS = [("The museum reopens.", "Le musée rouvre."), ("It rains & pours.", "Il pleut à verse.")]


def rows(path: Path) -> list[tuple[str, str]]:
    assert is_bitext(str(path))
    found = read_bitext(str(path))
    assert isinstance(found, Bitext)
    return [(" ".join(s.text for s in fr), " ".join(s.text for s in en)) for fr, en in found.rows]


def written(tmp_path: Path, content: str, name: str = "a.xlf", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


def xliff1(units: str, languages: str = 'source-language="en-GB" target-language="fr-CA"') -> str:
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="a" datatype="plaintext" {languages}><body><group>{units}</group></body></file>'
        "</xliff>"
    )


def xliff2(units: str, languages: str = 'srcLang="en" trgLang="fr"') -> str:
    return (
        f'<xliff version="2.0" {languages} xmlns="urn:oasis:names:tc:xliff:document:2.0">'
        f'<file id="f"><group id="g">{units}</group></file></xliff>'
    )


@pytest.mark.parametrize("module", ["xliff", "xliff2"])
def test_what_the_toolkit_writes_is_read(tmp_path: Path, module: str) -> None:
    storage = pytest.importorskip(f"translate.storage.{module}")
    store = (storage.xlifffile if module == "xliff" else storage.Xliff2File)()
    store.setsourcelanguage("en")
    store.settargetlanguage("fr")
    for source, target in ROWS:
        unit = store.addsourceunit(source)
        unit.target = target
    path = tmp_path / "toolkit.xlf"
    path.write_bytes(bytes(store))
    assert rows(path) == [(fr, en) for en, fr in ROWS]


def test_a_po_file_that_the_toolkit_writes_is_read(tmp_path: Path) -> None:
    pypo = pytest.importorskip("translate.storage.pypo")
    store = pypo.pofile()
    store.updateheader(add=True, Language="fr")
    long = 'A "quoted" line with a \\ and a tab\there, long enough to be wrapped by the writer of the file.'
    for source, target in [*ROWS, (long, long.replace("line", "ligne"))]:
        store.addsourceunit(source).target = target
    fuzzy = store.addsourceunit("Not sure.")
    fuzzy.target = "Pas sûr."
    fuzzy.markfuzzy()
    gone = store.addsourceunit("Obsolete.")
    gone.target = "Obsolète."
    gone.makeobsolete()
    path = tmp_path / "toolkit.po"
    path.write_bytes(bytes(store))
    assert rows(path) == [
        *((fr, en) for en, fr in ROWS),
        (long.replace("line", "ligne"), long),
        ("", "Not sure."),
    ]


@pytest.mark.parametrize("escape", ["8", "9", "²", "٣", "x", "xg1", "777", "0", "q", "🐻"])
def test_what_is_no_escape_of_po_is_read_as_it_is(tmp_path: Path, escape: str) -> None:
    content = f'msgid "The mayor \\{escape} is here."\nmsgstr "Le maire \\{escape} est là."\n'
    ((fr, en),) = rows(written(tmp_path, content, "a.po"))
    assert (fr[:8], en[:9]) == ("Le maire", "The mayor")


def test_plurals_contexts_and_octal_escapes_of_po(tmp_path: Path) -> None:
    content = (
        'msgid ""\nmsgstr "Language: en_GB\\n"\n\nmsgctxt "menu"\nmsgid "Un fichier"\n'
        'msgid_plural "%d fichiers"\n'
        'msgstr[0] "A file"\nmsgstr[1] "%d "\n"files"\nmsgid "\\303\\251t\\x65"\nmsgstr "Summer"\n'
    )
    path = written(tmp_path, content.replace("\\303\\251", "é"), "a.po")
    assert rows(path) == [("Un fichier", "A file"), ("%d fichiers", "%d files"), ("éte", "Summer")]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('Le <g id="1">musée</g> rouvre.', "Le musée rouvre."),
        ('<bpt id="1">&lt;b&gt;</bpt>Le musée<ept id="1">&lt;/b&gt;</ept> rouvre.', "Le musée rouvre."),
        ('Le musée <x id="7"/> rouvre.', "Le musée {7} rouvre."),
        ('Le musée <x id="7" equiv-text="{{name}}"/> rouvre.', "Le musée {{name}} rouvre."),
        ('Le musée<x id="7" ctype="lb"/>rouvre.', "Le musée rouvre."),
        ('<x id="START_BOLD" equiv-text="&lt;b&gt;"/>Le musée rouvre.', "Le musée rouvre."),
        ('Le <mrk mtype="term">musée</mrk>\nrouvre.', "Le musée rouvre."),
        ("Le <!-- gros --> musée rouvre.", "Le  musée rouvre."),
    ],
)
def test_codes_of_xliff_1(tmp_path: Path, inside: str, shown: str) -> None:
    unit = f'<trans-unit id="1"><source>The museum reopens.</source><target>{inside}</target></trans-unit>'
    assert rows(written(tmp_path, xliff1(unit))) == [(shown, "The museum reopens.")]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('Le <pc id="1">musée</pc> rouvre.', "Le musée rouvre."),
        ('Le <sc id="1"/>musée<ec startRef="1"/> rouvre.', "Le musée rouvre."),
        ('Le musée <ph id="p" equiv="{0}"/> rouvre.', "Le musée {0} rouvre."),
        ('Le musée<ph id="p" type="fmt" subType="xlf:lb"/>rouvre.', "Le musée rouvre."),
        ('Le <mrk id="m" type="term">musée</mrk> <sm id="s"/>rouvre<em startRef="s"/>.', "Le musée rouvre."),
        ('Le mus<cp hex="00e9"/>e rouvre<cp hex="zz"/>', "Le musée rouvre\ufffd"),
    ],
)
def test_codes_of_xliff_2(tmp_path: Path, inside: str, shown: str) -> None:
    segment = f"<segment><source>The museum reopens.</source><target>{inside}</target></segment>"
    assert rows(written(tmp_path, xliff2(f'<unit id="1">{segment}</unit>'))) == [
        (shown, "The museum reopens.")
    ]


def test_states_of_targets(tmp_path: Path) -> None:
    unit = '<trans-unit id="{0}"{1}><source>Text {0}.</source><target{2}>Texte {0}.</target>{3}</trans-unit>'
    other = "<alt-trans><source>x</source><target>Autre.</target></alt-trans>"
    units = "".join(
        (
            unit.format(1, "", ' state="final"', other),
            unit.format(2, "", ' state="needs-translation"', ""),
            unit.format(3, ' translate="no"', "", ""),
            unit.format(4, "", ' state="needs-review-translation"', ""),
            '<trans-unit id="5"><source>Text 5.</source></trans-unit>',
        )
    )
    found = rows(written(tmp_path, xliff1(units)))
    assert found == [("Texte 1.", "Text 1."), ("", "Text 2."), ("Texte 4.", "Text 4."), ("", "Text 5.")]
    segment = '<unit id="{0}"><segment state="{1}"><source>A.</source><target>B.</target></segment></unit>'
    modern = xliff2(segment.format(1, "initial") + segment.format(2, "translated"))
    assert rows(written(tmp_path, modern)) == [("", "A."), ("B.", "A.")]


SDL = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2" sdl:version="1.0"
 xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a.docx" source-language="fr-FR"
 datatype="x-sdlfilterframework2" target-language="en-US"><header><tag-defs
 xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="5"/></tag-defs></header><body>
<trans-unit id="u1"><source>Il pleut. Il neige <g id="5">fort</g>.</source>
<seg-source><mrk mtype="seg" mid="1">Il pleut.</mrk>
 <mrk mtype="seg" mid="2">Il neige <g id="5">fort</g>.</mrk></seg-source>
<target><mrk mtype="seg" mid="1">It rains.</mrk>
 <mrk mtype="seg" mid="2">It snows <g id="5">hard</g>.</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs></trans-unit>
<trans-unit id="u2" translate="no"><source/></trans-unit></body></file></xliff>"""


def test_segments_of_an_sdlxliff_are_rows(tmp_path: Path) -> None:
    path = written(tmp_path, SDL, "a.sdlxliff")
    assert rows(path) == [("Il pleut.", "It rains."), ("Il neige fort.", "It snows hard.")]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        ("<xliff", "a.xlf", "broken XML"),
        ("<tmx/>", "a.xlf", "not <xliff>"),
        ("", "a.xlf", "broken XML"),
        (xliff1("", 'source-language="de" target-language="fr"'), "a.xlf", "de to fr"),
        (xliff2(""), "a.xlf", "no aligned row"),
        ('<?xml version="1.0" encoding="none"?><xliff/>', "a.xlf", "broken XML"),
        ("<xliff>" + "<group>" * 9999, "a.sdlxliff", "broken XML"),
        ("Bonjour tout le monde.", "a.po", "line 1"),
        ('"Bonjour"\n', "a.po", "line 1"),
        ('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "b"\n', "a.po", "'de'"),
        (
            'msgid ""\nmsgstr "Language: fr\\n"\n\n'
            'msgid "Das Museum öffnet morgen wieder seine Türen für alle."\nmsgstr "Le musée rouvre."\n',
            "a.po",
            "msgids",
        ),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(tmp_path: Path, content: str, name: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_bitext(str(written(tmp_path, content, name)))


def test_notes_stand_where_the_toolkit_reads_them(tmp_path: Path) -> None:
    storage = pytest.importorskip("translate.storage.xliff")
    unit = (
        '<trans-unit id="{0}"><source>A {0}.</source><target>B {0}.</target><note from="me">Keep.</note>'
        "<alt-trans><target>C</target></alt-trans></trans-unit>"
    )
    data = xliff1(unit.format(1) + unit.format(2)).encode()
    once = with_notes(data, {1: ["Number differs\n(“2”).", "Another."]})
    assert with_notes(once, {1: ["Number differs\n(“2”).", "Another."]}) == once
    first, second = storage.xlifffile.parsestring(once).units
    assert first.getnotes() == "Keep."
    assert second.getnotes(origin="aligner").split("\n") == ["Number differs (“2”).", "Another."]
    assert [unit.target for unit in (first, second)] == ["B 1.", "B 2."]
    assert with_notes(once, {}) == with_notes(data, {})


def test_notes_of_xliff_2_stand_before_the_segments(tmp_path: Path) -> None:
    unit = '<unit id="1"><originalData/><segment><source>A.</source><target>B.</target></segment></unit>'
    data = f'<?xml version="1.0" encoding="utf-16"?>{xliff2(unit)}'.encode("utf-16")
    once = with_notes(data, {0: ["Wrong."]})
    note = '<unit id="1"><notes><note category="aligner">Wrong.</note></notes><originalData/>'
    assert note in once.decode("utf-16")
    assert with_notes(once, {}).decode("utf-16") == with_notes(data, {}).decode("utf-16")
    assert "<notes" not in with_notes(once, {}).decode("utf-16")


def test_notes_leave_the_rest_of_an_sdlxliff_as_it_was() -> None:
    data = SDL.encode()
    noted = with_notes(data, {1: ["Wrong."]})
    assert noted.startswith(b"\xef\xbb\xbf<?xml")
    assert noted.count(b'<note from="aligner">Wrong.</note>') == 1
    without = noted.replace(b'<note from="aligner">Wrong.</note>', b"")
    assert canonicalize(without.decode("utf-8-sig")) == canonicalize(data.decode("utf-8-sig"))
