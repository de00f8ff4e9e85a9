"""The floors of the house, read from the code's own imports: a lower one never imports an upper one."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.rows import each_row

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "aligner"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; names on one floor are siblings and never import each other.
FLOORS = (
    ("model", "keys", "version"),
    ("settings", "storage", "lexicon"),
    ("engine", "text"),
    ("quantities",),
    ("readers",),
    ("detector", "encoders"),
    ("alignment",),
    ("pairing",),
    ("checks",),
    ("report",),
    ("gate",),
    ("reporters",),
    ("run", "review"),
    ("grading",),
    ("lab.datasets",),
    ("lab.train",),
    ("lab.bench",),
    ("api",),
    ("cli",),
    ("",),  # the face of the package, which nothing below reads from
)
HEIGHT = {name: height for height, names in enumerate(FLOORS) for name in names}
LAB = tuple(name for name in HEIGHT if name.startswith("lab"))
MAY_WRITE = (
    "cli",
    "reporters",
    "encoders",
    "report",
    "lab.bench",
    "lab.datasets",
    "lab.train",
    "run",
    "storage",
)  # run in its scratch, storage the marks of its folders
VAGUE = re.compile(r"(^|_)(utils?|helpers?|misc|common|manager|tools?)$")
LONGEST_MODULE = 360  # lines: about 300; complexity is held by ruff (C901)


def room(dotted: str) -> str:
    """Return the room that a dotted name leads to; "" for the face of the package."""
    parts = dotted.split(".")[1:]
    if parts[:1] == ["lab"]:
        return ".".join(parts[:2])
    return parts[0] if parts and parts[0] in HEIGHT else ""


def part(path: Path) -> str:
    """Return the room that a module belongs to; "" for the face of the package."""
    return room(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported anywhere in a module, functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module in ("aligner", "aligner.lab"):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def imported_parts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and room of every import from the package."""
    for line, name in imports(tree):
        if name.split(".")[0] == "aligner":
            yield line, room(name)


def allowed(importer: str, imported: str) -> bool:
    """Tell whether one room may import another: downwards, and the lab from the command line alone."""
    if importer == imported:
        return True
    if imported in LAB and importer not in LAB:
        return importer == "cli"
    return HEIGHT[imported] < HEIGHT[importer]


@cache
def parsed() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES]


def of_package(path: Path, _: ast.Module) -> str:
    return str(path.relative_to(PACKAGE))


each_module = each_row("path tree", parsed, of_package)


def test_every_part_has_a_floor() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert folders - {"lab"} | modules <= set(HEIGHT)
    labs = {f"lab.{path.name}" for path in (PACKAGE / "lab").iterdir() if any(path.glob("*.py"))}
    assert labs == set(LAB)


@each_module
def test_imports_go_down(path: Path, tree: ast.Module) -> None:
    importer = part(path)
    wrong = [
        f"{path.name}:{line} ({importer}) imports {imported or 'the face of the package'}"
        for line, imported in imported_parts(tree)
        if not allowed(importer, imported)
    ]
    assert not wrong


def test_there_is_no_circle_of_rooms() -> None:
    arrows: dict[str, set[str]] = {}
    for path, tree in parsed():
        arrows.setdefault(part(path), set()).update(imported for _, imported in imported_parts(tree))
    open_rooms = {importer: imported - {importer} for importer, imported in arrows.items()}
    while leaves := [name for name, below in open_rooms.items() if not below & open_rooms.keys()]:
        for name in leaves:
            del open_rooms[name]
    assert not open_rooms, f"these rooms import each other in a circle: {sorted(open_rooms)}"


def test_model_is_standard_library_only() -> None:
    tree = ast.parse((PACKAGE / "model.py").read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for _, name in imports(tree)} <= sys.stdlib_module_names


@each_module
def test_no_relative_import(path: Path, tree: ast.Module) -> None:
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


@each_module
def test_only_the_command_line_prints_and_exits(path: Path, tree: ast.Module) -> None:
    if part(path) == "cli":
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    banned = {"print", "sys.exit", "exit", "quit"}
    assert not [call.lineno for call in calls if ast.unparse(call.func) in banned]
    raised = [node for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    assert not [node.lineno for node in raised if "SystemExit" in ast.unparse(node.exc or node)]


@each_module
def test_only_writers_write(path: Path, tree: ast.Module) -> None:
    if part(path) in MAY_WRITE:
        return
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _writes(node)]


@each_module
def test_names_say_what_is_inside(path: Path, tree: ast.Module) -> None:
    assert not VAGUE.search(path.stem)
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if "Manager" in name]


@each_module
def test_every_module_says_what_it_is_for(path: Path, tree: ast.Module) -> None:
    assert not tree.body or ast.get_docstring(tree)


@each_module
def test_what_is_raised_is_said(path: Path, tree: ast.Module) -> None:
    """The docstring of a public function names the exceptions that it raises itself."""
    if part(path) == "cli":  # click shows docstrings to users
        return
    unsaid = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} raises {name}"
        for function in public_functions(tree)
        for name in raised(function)
        if name not in (ast.get_docstring(function) or "")
    ]
    assert not unsaid


@each_module
def test_a_cache_of_the_process_says_what_it_saves(path: Path, tree: ast.Module) -> None:
    """State that outlives its caller needs a measurement, in the comment above its decorator."""
    lines = path.read_text(encoding="utf-8").splitlines()
    decorators = (d for node in tree.body if isinstance(node, ast.FunctionDef) for d in node.decorator_list)
    cached = [d.lineno for d in decorators if re.search(r"\b(lru_)?cache\b", ast.unparse(d))]
    unsaid = [line for line in cached if not lines[line - 2].startswith("# Saves ")]
    assert not unsaid, f"{path.relative_to(ROOT)}: no '# Saves ...' above the cache of line {unsaid}"


@each_module
def test_no_module_is_long(path: Path, tree: ast.Module) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def public_functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the functions and methods of a module whose names, and those of their classes, are public."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if isinstance(node, ast.FunctionDef):
                yield node
            else:
                yield from public_functions(node)


def raised(node: ast.AST) -> Iterator[str]:
    """Yield the names of what is raised in a function, without the functions in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) and child.exc is not None:
            name = ast.unparse(child.exc.func if isinstance(child.exc, ast.Call) else child.exc)
            if name[:1].isupper() and name != "AssertionError":
                yield name.rpartition(".")[2]
        if not isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield from raised(child)


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
        ("run", "engine", True),
        ("text", "checks", False),
        ("encoders", "detector", False),
        ("gate", "report", True),
        ("report", "gate", False),
        ("report", "reporters", False),
        ("engine", "gate", False),
        ("cli", "lab.bench", True),
        ("reporters", "lab.train", False),
        ("api", "lab.bench", False),
        ("lab.bench", "lab.train", True),
        ("lab.train", "lab.bench", False),
        ("lab.train", "cli", False),
        ("storage", "", False),
        ("", "api", True),
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
