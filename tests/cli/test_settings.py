"""Settings: the command line over the file over the defaults, and what is said of a wrong file."""

import re
from pathlib import Path

import pytest

from aligner.model import InputError
from aligner.settings import Gate, Settings, Suppression, load_settings, locale_language, read_rows


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    assert load_settings(folder=tmp_path) == Settings()


def test_own_file_wins_over_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.aligner]\nselect = ["ACC"]\njobs = 2\n')
    assert load_settings(folder=tmp_path).jobs == 2
    write(tmp_path / "aligner.toml", 'ignore = ["TYP"]\nmin-confidence = 0.5\n')
    settings = load_settings(folder=tmp_path)
    assert (settings.select, settings.ignore, settings.min_confidence) == ((), ("TYP",), 0.5)


def test_least_confidence_by_code(tmp_path: Path) -> None:
    write(tmp_path / "aligner.toml", "[confidence]\nEXT101 = 0.9\nFLU = 1\n")
    assert load_settings(folder=tmp_path).confidence == (("EXT101", 0.9), ("FLU", 1.0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("confidence = 0.5", "confidence must be a table of codes, not 0.5; for all there is min-confidence"),
        ("[confidence]\nglued = 0.5", "a key must be a code like EXT101"),
        ("[confidence]\nEXT = 2", "EXT must be a number from 0 to 1, not 2"),
    ],
)
def test_wrong_least_confidence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        load_settings(write(tmp_path / "aligner.toml", text))


def test_a_list_of_excerpts_is_a_suppression_each(tmp_path: Path) -> None:
    table = '[[suppress]]\npath = "sport/*"\nexcerpt = ["YouCool", "SportMe"]\nreason = "Brands."\n'
    settings = load_settings(write(tmp_path / "aligner.toml", table))
    assert settings.suppress == (
        Suppression("Brands.", "sport/*", excerpt="YouCool", origin="suppress, table 1, YouCool"),
        Suppression("Brands.", "sport/*", excerpt="SportMe", origin="suppress, table 1, SportMe"),
    )


def test_pyproject_of_another_tool(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.other]\nx = 1\n")
    assert load_settings(folder=tmp_path) == Settings()


def test_command_line_wins(tmp_path: Path) -> None:
    config = write(tmp_path / "own.toml", 'select = ["ACC"]\nui = "fr"\ncache = "vectors"\n')
    options = {"select": "EXT, ACC30", "ui": "en", "jobs": None, "cache": False}
    settings = load_settings(config, options, tmp_path)
    assert (settings.select, settings.ui, settings.jobs) == (("EXT", "ACC30"), "en", 1)
    assert settings.cache is None


def test_paths_in_a_file_start_from_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "terms.csv", "note,fr,en\n,greffe,registry\n,assesseur,lay judge\n")
    config = write(tmp_path / "own.toml", 'terms = "terms.csv"\ncache = "vectors"\n')
    settings = load_settings(config)
    assert settings.terms == (("greffe", "registry"), ("assesseur", "lay judge"))
    assert settings.cache == tmp_path / "vectors"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignroe = []", "unknown key 'ignroe'; did you mean 'ignore'?"),
        ("min_confidance = 1", "did you mean 'min-confidence'?"),
        ("colour = true", "unknown key 'colour'; known keys: encoder, "),
        ("jobs = 0", "jobs must be a whole number from 1, not 0"),
        ("jobs = true", "jobs must be"),
        ("min-confidence = 2", "min-confidence must be a number from 0 to 1, not 2"),
        ('ui = "de"', "ui must be 'fr' or 'en', not 'de'"),
        ("select = [1]", "select must be a list of texts"),
        ('encoder = ""', "encoder must be the name or folder of a model"),
        ("pairs = 3", "pairs must be the path of a CSV file"),
        ('pairs = "none.csv"', "none.csv: cannot be read: No such file"),
        ("jobs =", "not valid TOML"),
        ("gate = 3", "gate must be a table, not 3"),
        ("gate.fail_on = 'grave'", "gate: fail_on must be one of minor, major, critical, none, not 'grave'"),
        ("[gate]\nmax-unpared = 1", "gate: unknown key 'max-unpared'; did you mean 'max-unpaired'?"),
        ("[gate]\nmax-unpaired = 2", "gate: max-unpaired must be a number from 0 to 1, not 2"),
        ("[gate.max]\nmajr = 2", "gate: max must be a table whose keys are severities, causes, codes or"),
        ("[gate.max]\nmajor = -1", "gate: max must be a number from 0"),
        (
            "gate.causes = ['translater']",
            "gate: causes must be a list of one or more of extraction, translation",
        ),
        ("suppress = 'EXT'", "suppress must be tables, each headed [[suppress]]"),
        ("[[suppress]]\ncode = 'EXT101'", "suppress, table 1: it must give a reason"),
        ("[[suppress]]\nreason = 'Why not'", "suppress, table 1: it must name a path, a code, an excerpt"),
        ("[[suppress]]\nreason = 'R'\ncode = 'glue'", "code must be a code like EXT101"),
        ("[[suppress]]\nreason = 'R'\nfile = 'a'", "unknown key 'file'; known keys: reason, path"),
    ],
)
def test_what_is_said_of_a_wrong_file(tmp_path: Path, text: str, said: str) -> None:
    config = write(tmp_path / "aligner.toml", text)
    with pytest.raises(InputError) as caught:
        load_settings(folder=tmp_path)
    assert str(config.parent) in str(caught.value)
    assert said in str(caught.value)


def test_gate_and_suppressions(tmp_path: Path) -> None:
    text = """
    [tool.aligner.gate]
    fail-on = "critical"
    causes = ["translation"]
    min_corpus_score = 90
    max-unpaired = 0.1
    baseline = "known.json"
    [tool.aligner.gate.max]
    major = 3
    EXT = 0
    [tool.aligner.gate.max-per-1000-words]
    total = 1.5
    [[tool.aligner.suppress]]
    path = "news/*"
    code = "EXT101"
    reason = "A brand."
    """
    settings = load_settings(write(tmp_path / "pyproject.toml", text))
    assert settings.gate == Gate(
        "critical",
        ("translation",),
        (("major", 3), ("EXT", 0)),
        (("total", 1.5),),
        min_corpus_score=90,
        max_unpaired=0.1,
        baseline=str(tmp_path / "known.json"),
    )
    assert settings.suppress == (
        Suppression("A brand.", path="news/*", code="EXT101", origin="suppress, table 1"),
    )


def test_config_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be read: No such file"):
        load_settings(tmp_path / "none.toml")


def test_tool_aligner_must_be_a_table(tmp_path: Path) -> None:
    config = write(tmp_path / "pyproject.toml", "[tool]\naligner = 3\n")
    with pytest.raises(InputError, match="must be a table"):
        load_settings(config)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fr,eng\na,b\n", "no column 'en'"),
        ("", "no column 'fr' and 'en'"),
        ("fr,en\na,b\n c ,\n", ":3: a row needs both fr and en"),
        ("fr,en\na\n", ":2: a row needs both"),
        ('fr,en\n"a,b\n', "not a CSV file in UTF-8"),
    ],
)
def test_what_is_said_of_a_wrong_table(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path / "rows.csv", text)
    with pytest.raises(InputError) as caught:
        read_rows(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_table_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("\ufefffr,en\r\nvœu,wish\r\n".encode())
    assert read_rows(path) == (("vœu", "wish"),)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "fr_FR", "LANG": "en_GB"}, "fr"),
        ({"LC_ALL": "", "LANG": "fr"}, "fr"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language


@pytest.mark.parametrize(
    "data",
    [
        "fr,en\nvœu,wish\n".encode(),
        "\ufefffr;en\nvœu;wish\n".encode(),
        "FR ; EN\nvœu ; wish\n".encode(),
        "note\tfr\ten\n1\tvœu\twish\n".encode(),
        "fr;en\r\nvœu;wish\r\n".encode("utf-16"),
        'en;fr\n"wish";"vœu"\n'.encode(),
    ],
)
def test_rows_are_read_as_tables_are(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes(data)
    assert read_rows(path) == (("vœu", "wish"),)
