"""`aligner fix --review`: what a person marked as right is put into the files, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import aligner
from aligner.review.content import Content
from aligner.review.saving import add_marks
from aligner.review.server import ReviewServer
from aligner.settings.review import EMPTY, Review, read_review
from tests.cli.articles import aligner as command

OPTIONS = ("--no-detector", "--no-cache")
SEVERAL = (
    "Le conseil s'est réuni mardi à la mairie.Le maire a ouvert la séance devant les élus.\n\n"
    "Le budget de la piscine a été voté après un long débat.Le vote a été serré.\n\n"
    "La séance suivante aura lieu en mars.Le public pourra y assister.\n"
)
"""One check, three passages; the words in question differ."""
SAME = (
    "Le conseil municipal a voté le budget de la piscine; les travaux commencent en avril.\n\n"
    "La région finance la moitié de la piscine; le département paie le reste de la somme.\n\n"
    "Les riverains avaient demandé une autre piscine; le maire leur a répondu par lettre.\n"
)
"""The same words in three places: their fingerprints differ by a number only."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    return tmp_path


def audited(text: str, verdicts: Sequence[str], codes: str, encoding: str = "utf-8") -> Path:
    """Audit one article, and mark its findings, in the order of the text."""
    path = Path("articles/a.txt")
    path.write_bytes(text.encode(encoding))
    report = aligner.audit("articles", "report", select=codes, detector=False, cache=False)
    mark(report, verdicts)
    return path


def mark(report: aligner.Report, verdicts: Sequence[str]) -> None:
    findings = sorted(report.findings(), key=lambda f: f.start)
    assert len(findings) == len(verdicts)
    saved: list[Review] = []
    with ReviewServer(Content(report, "en"), EMPTY, saved.append) as server:
        for finding, verdict in zip(findings, verdicts, strict=True):
            if verdict:
                record = {"fingerprint": finding.fingerprint, "code": finding.code, "path": finding.path}
                server.mark({"kind": "finding", "verdict": verdict, **record})
    lines = "".join(f"{line}\n" for line in saved[-1].lines())
    Path("report/review.jsonl").write_text(lines, encoding="utf-8")


def verdicts() -> list[str]:
    return [mark["verdict"] for mark in read_review(Path("report")).findings.values()]


def test_what_is_marked_as_right_and_nothing_else(folder: Path) -> None:
    path = audited(SEVERAL, ["right", "false", ""], "EXT102")
    for review in ("report", "report/review.jsonl"):
        shown = command("fix", "articles", "--review", review)
        assert (shown.exit_code, "1 suggestion would be applied in 1 file" in shown.stderr) == (0, True)
        assert "+Le conseil s'est réuni mardi à la mairie. Le maire" in shown.stdout
    assert path.read_text("utf-8") == SEVERAL
    assert command("fix", "articles", "--review", "report", "--write").stdout == (
        "1 suggestion applied in 1 file\n"
    )
    assert path.read_text("utf-8") == SEVERAL.replace("mairie.Le", "mairie. Le")
    assert sorted(verdicts()) == ["false", "fixed"]
    again = command("fix", "articles", "--review", "report", "--write")
    assert again.stdout == "0 suggestions applied in 0 files\n"
    assert again.stderr == ""


def test_the_same_from_python(folder: Path) -> None:
    path = audited(SEVERAL, ["right", "false", "right"], "EXT102")
    (fixed,) = aligner.fix("articles", review="report")
    assert fixed.codes == ("EXT102", "EXT102")
    assert repr(fixed) == "<Fixed articles/a.txt: EXT102 2>"
    assert path.read_text("utf-8") == SEVERAL
    assert len(aligner.fix("articles", review="report/review.jsonl", ignore="EXT102")) == 0
    (fixed,) = aligner.fix("articles", review=Path("report"), write=True)
    assert (
        path.read_text("utf-8")
        == fixed.after
        == SEVERAL.replace("mairie.", "mairie. ").replace("mars.", "mars. ")
    )
    assert sorted(verdicts()) == ["false", "fixed", "fixed"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encoding_and_line_ends_stay(folder: Path, encoding: str) -> None:
    text = SEVERAL.replace("\n", "\r\n")
    path = audited(text, ["right", "", "right"], "EXT102", encoding)
    assert command("fix", "articles", "--review", "report", "--write").exit_code == 0
    after = text.replace("mairie.", "mairie. ").replace("mars.", "mars. ")
    assert path.read_bytes() == after.encode(encoding)


@pytest.mark.parametrize(
    ("old", "new", "applied"),
    [
        ("La séance suivante", "Une ligne de plus.\n\nLa séance suivante", True),
        ("Le conseil", "Mardi dernier, le conseil", True),
        ("s'est réuni mardi", "s’est  réuni mardi", True),
        ("mairie.Le maire", "mairie.Le préfet", False),
        ("mairie.Le maire a ouvert la séance", "mairie", False),
        ("mairie.Le", "mairie. Le", None),
    ],
)
def test_a_text_that_was_edited_since(folder: Path, old: str, new: str, applied: bool | None) -> None:
    """Applied where the words around it are the same, else said; nothing is said of what was done by hand."""
    path = audited(SEVERAL, ["right", "", ""], "EXT102")
    edited = SEVERAL.replace(old, new)
    assert edited != SEVERAL
    path.write_text(edited, encoding="utf-8")
    run = command("fix", "articles", "--review", "report", "--write")
    assert path.read_text("utf-8") == (edited.replace("mairie.Le", "mairie. Le") if applied else edited)
    assert ("has changed since it was marked as right" in run.stderr) is (applied is False)
    assert run.exit_code == 0


def test_marks_stay_on_their_findings_where_one_of_the_same_words_is_fixed(folder: Path) -> None:
    """The false one is the third before, the second afterwards: its fingerprint is another one."""
    path = audited(SAME, ["right", "", "false"], "TYP502")
    assert command("fix", "articles", "--review", "report", "--write").exit_code == 0
    assert path.read_text("utf-8").count("\u202f;") == 1
    report = aligner.audit("articles", "report", select="TYP502", detector=False, cache=False)
    found = sorted(report.findings(), key=lambda f: f.start)
    assert [f.suppressed for f in found] == [False, True]
    content = Content(report, "en")
    shown = content.all(content.renewed(read_review(Path("report"))))["findings"]
    assert {f["fingerprint"]: f["verdict"] for f in shown} == {
        found[0].fingerprint: "",
        found[1].fingerprint: "false",
    }
    precision = content.renewed(read_review(Path("report"))).precision
    assert precision == {"TYP502": (1, 1)}
    assert "0 suggestions" in command("fix", "articles", "--review", "report").stderr


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_run_that_could_not_note_what_it_fixed_changes_nothing_more(folder: Path, encoding: str) -> None:
    """The text says it: where a finding was, there is its suggestion, as the encoding can write it."""
    path = audited(SAME, ["right", "", "right"], "TYP502", encoding)
    marks = Path("report/review.jsonl").read_bytes()
    assert command("fix", "articles", "--review", "report", "--write").exit_code == 0
    fixed = path.read_bytes()
    assert fixed != SAME.encode(encoding)
    Path("report/review.jsonl").write_bytes(marks)
    again = command("fix", "articles", "--review", "report", "--write")
    assert (again.stdout, again.stderr) == ("0 suggestions applied in 0 files\n", "")
    assert path.read_bytes() == fixed


def test_marks_stay_where_one_is_corrected_by_hand(folder: Path) -> None:
    path = audited(SAME, ["", "", "false"], "TYP502")
    path.write_text(SAME.replace("piscine;", "piscine\u202f;", 1), encoding="utf-8")
    report = aligner.audit("articles", "report", select="TYP502", detector=False, cache=False)
    assert [f.suppressed for f in sorted(report.findings(), key=lambda f: f.start)] == [False, True]
    checked = command("lint", "articles", "--select", "TYP502", "--review", "report", *OPTIONS)
    assert checked.stdout.count("TYP502") == 1


def test_what_is_not_applied_is_said(folder: Path) -> None:
    text = SEVERAL.replace("Le vote a été serré", " « Il est tard.Le vote est clos », dit-il")
    path = audited(text, ["right"] * 3, "EXT102")
    run = command("fix", "articles", "--review", "report", "--ui", "fr")
    assert "dans du code, une adresse ou une citation" in run.stderr
    assert "2 suggestions seraient appliquées dans 1 fichier" in run.stderr
    marks = [json.loads(line) for line in Path("report/review.jsonl").read_text("utf-8").splitlines()]
    bare = [
        {name: value for name, value in mark.items() if name not in ("suggestion", "start")} for mark in marks
    ]
    Path("bare.jsonl").write_text("".join(f"{json.dumps(mark)}\n" for mark in bare), encoding="utf-8")
    run = command("fix", "articles", "--review", "bare.jsonl")
    assert "3 findings marked as right have no suggestion: correct them by hand" in run.stderr
    Path("other").mkdir()
    path.rename("other/b.txt")
    run = command("fix", "other", "--review", "report")
    assert "3 findings marked as right are in articles that were not given" in run.stderr
    assert command("fix", "other", "--review", "other").exit_code == 2
    assert command("fix", "other", "--review", "nowhere").exit_code == 2


def test_python_logs_what_is_not_applied(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = audited(SEVERAL, ["right", "", ""], "EXT102")
    path.write_text(SEVERAL.replace("Le maire", "Le préfet"), encoding="utf-8")
    assert aligner.fix("articles", review="report") == ()
    assert "articles/a.txt: not fixed: 'mairie.Le': the text has changed since" in caplog.text


def test_a_file_that_cannot_be_changed_in_place(folder: Path) -> None:
    Path("articles/page.html").write_text(f"<p>{SEVERAL.replace(chr(10), '</p><p>')}</p>", encoding="utf-8")
    report = aligner.audit("articles", "report", select="EXT102", detector=False, cache=False)
    mark(report, ["right"] * 3)
    run = command("fix", "articles", "--review", "report", "--write")
    assert run.stderr.count("only .txt and .md files can be fixed in place") == 1


def test_marks_of_another_program_stay(folder: Path) -> None:
    audited(SEVERAL, ["right", "false", ""], "EXT102")
    first = next(iter(read_review(Path("report")).findings.values()))
    add_marks(Path("report"), [{**first, "fingerprint": "f" * 16}])
    assert len(verdicts()) == 3
