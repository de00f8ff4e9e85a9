"""The floors of the house, read from the code's own imports: a lower one never imports an upper one."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aligner"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; names on one floor are siblings and never import each other.
FLOORS = (
    ("model",),
    ("text", "settings", "cachefile", "collecting"),
    ("corpus", "detector", "encoders"),
    ("alignment",),
    ("pairing",),
    ("checks", "metrics"),
    ("reporters",),
    ("engine", "gate", "side_by_side", "stages"),
    ("workshop", "results"),
    ("judging",),
    ("grading", "pipeline"),
    ("api", "cli"),
)
HEIGHT = {name: height for height, names in enumerate(FLOORS) for name in names}
BESIDE = ("evaluate", "training")  # may import anything but cli; only cli imports them
MAY_WRITE = ("cli", "reporters", "encoders", "evaluate", "training", "workshop")  # the last in its scratch
VAGUE = re.compile(r"(^|_)(utils?|helpers?|misc|common|manager|tools?)$")
LONGEST_MODULE, LONGEST_FUNCTION = 330, 45  # lines: about 300 and about 40


def part(path: Path) -> str:
    """The floor (or place beside the floors) that a module belongs to; "" for the package itself."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported anywhere in a module, functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "aligner":
                yield from ((node.lineno, f"aligner.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def imported_parts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and floor of every import from the package."""
    for line, name in imports(tree):
        if name.startswith("aligner."):
            yield line, name.split(".")[1]


def allowed(importer: str, imported: str) -> bool:
    if importer == imported:
        return True
    if importer in BESIDE:
        return imported != "cli"
    if imported in BESIDE:
        return importer == "cli"
    return HEIGHT[imported] < HEIGHT[importer]


@pytest.fixture(scope="module", params=MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def module(request: pytest.FixtureRequest) -> tuple[Path, ast.Module]:
    path: Path = request.param
    return path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_part_has_a_floor() -> None:
    assert {part(path) for path in MODULES} - {""} <= {*HEIGHT, *BESIDE}


def test_imports_go_down(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    importer = part(path)
    if not importer:  # the public face of the package may look everywhere
        return
    known = {*HEIGHT, *BESIDE}
    wrong = [
        f"{path.name}:{line} ({importer}) imports {imported}"
        for line, imported in imported_parts(tree)
        if imported in known and not allowed(importer, imported)
    ]
    assert not wrong


def test_model_is_standard_library_only() -> None:
    tree = ast.parse((PACKAGE / "model.py").read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for _, name in imports(tree)} <= sys.stdlib_module_names


def test_no_relative_import(module: tuple[Path, ast.Module]) -> None:
    _, tree = module
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


def test_only_the_command_line_prints_and_exits(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    if part(path) == "cli":
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    banned = {"print", "sys.exit", "exit", "quit"}
    assert not [call.lineno for call in calls if ast.unparse(call.func) in banned]
    raised = [node for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    assert not [node.lineno for node in raised if "SystemExit" in ast.unparse(node.exc or node)]


def test_only_writers_write(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    if part(path) in MAY_WRITE:
        return
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _writes(node)]


def test_names_say_what_is_inside(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    assert not VAGUE.search(path.stem)
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if "Manager" in name]


def test_every_module_says_what_it_is_for(module: tuple[Path, ast.Module]) -> None:
    _, tree = module
    assert not tree.body or ast.get_docstring(tree)


def test_nothing_is_long(module: tuple[Path, ast.Module]) -> None:
    path, tree = module
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]
    assert not long


def _writes(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in {"write_text", "write_bytes"}:
        return True
    if name != "open":
        return False
    modes = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    # A mode is a short literal like "w", "ab" or "x+"; a path of one such letter would be a strange name.
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and re.fullmatch(r"[rbt]*[wax+][rwaxbt+]*", mode.value) is not None
        for mode in modes
    )


@pytest.mark.parametrize(
    ("importer", "imported", "fine"),
    [
        ("checks", "text", True),
        ("pipeline", "engine", True),
        ("text", "checks", False),
        ("encoders", "detector", False),
        ("checks", "metrics", False),
        ("gate", "reporters", True),
        ("reporters", "gate", False),
        ("engine", "gate", False),
        ("cli", "evaluate", True),
        ("reporters", "training", False),
        ("evaluate", "pipeline", True),
        ("training", "cli", False),
    ],
)
def test_the_rule_itself(importer: str, imported: str, fine: bool) -> None:
    assert allowed(importer, imported) is fine


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("open(path)", False),
        ("path.open('rb')", False),
        ("open(path, 'w', encoding='utf-8')", True),
        ("path.open(mode='a')", True),
        ("path.write_text(text)", True),
        ("zipfile.open(name, 'r')", False),
    ],
)
def test_writing_is_seen(code: str, writes: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _writes(call) is writes
