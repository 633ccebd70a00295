"""Each outside library comes in by one door, and each module keeps to its own business."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "build_tools"
DOORS = {
    "yaml": {"source/reader.py"},
    "markdown_it": {"markdown.py"},
    "mkdocs": {"plugin/events.py", "plugin/serving.py"},
    "subprocess": {"deploy/rsync.py", "history/git.py"},
    "watchdog": {"plugin/serving.py"},
    "distributed": {"cluster.py"},
    "sqlite3": {"export/database.py", "history/kept.py"},
    "datasketch": {"copies/sketch.py"},
    "numpy": {"copies/sketch.py"},
    "pyarrow": {"parquet/writing.py"},
    "xlsxwriter": {"export/workbook.py", "printed/excel.py"},
    "docx": {"importing/numbering.py", "printed/styles.py", "printed/word.py", "printed/wordtable.py"},
    "lxml": {"importing/html.py", "importing/numbering.py", "importing/webpage.py"},
    "mammoth": {"importing/word.py"},
    "openpyxl": {"importing/sheet.py"},
    "pdfplumber": {"importing/pdf.py"},
    "jinja2": {"render/engine.py", "manual/__init__.py"},
    "markupsafe": {
        f"render/{name}.py"
        for name in (
            "brief",
            "drawing",
            "engine",
            "former",
            "history",
            "marked",
            "meanings",
            "page",
            "report",
            "submit",
        )
    },
    "argparse": {
        f"cli/{name}.py"
        for name in (
            "addressing",
            "arguments",
            "asked",
            "building",
            "checking",
            "copying",
            "deploying",
            "editing",
            "exporting",
            "generating",
            "importing",
            "reviewing",
            "stripping",
            "usage",
        )
    },
}
YEARS = range(1900, 2200)
"""What a number among these is taken for."""
PRINTING = {"cli/out.py"}
TOLD = {"StoppedError", "UsageError", "UnreadableError", "YearError", "PluginError"}
"""Errors whose message is all that people see."""
FILES = {
    *("files.py", "store.py"),
    "history/gathering.py",
    *("publish/part.py", "publish/tree.py", "publish/twins.py"),
    *("records.py", "search/kept.py", "workers.py"),
    "review/past.py",
    *("importing/guard.py", "importing/pdf.py", "originals/office.py"),  # they open bytes that are in memory
    *(
        "publish/__init__.py",
        "publish/assembly.py",
        "publish/build.py",
        "publish/hub.py",
        "publish/making.py",
    ),
    "publish/whole.py",
    *("export/database.py", "export/gathered.py", "export/making.py", "export/spool.py", "publish/data.py"),
    *("parquet/__init__.py", "parquet/writing.py"),
    *(
        "deploy/__init__.py",
        "deploy/rsync.py",
        "cli/__init__.py",
        "cli/addressing.py",
        "cli/editing.py",
        "cli/generating.py",
        "cli/importing.py",
    ),
}
"""What touches files: reading and writing with care; the two copies of the site; what is kept between builds, and
what clears it up, the history too; the archive as it was, for a while; the whole site at once; the open data, too large for memory; the places a site is
brought to."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module(path: Path) -> None:
    """Libraries by their door, printing and files in their place, and no module too long to read at once."""
    name = path.relative_to(PACKAGE).as_posix()
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    calls = set(_calls(tree))

    assert {library for library in _imports(tree) if name not in DOORS.get(library, {name})} == set()
    assert "print" not in calls or name in PRINTING
    assert (
        not calls
        & {"write_text", "write_bytes", "unlink", "rmtree", "mkdir", "open", "rename", "rmdir", "link"}
        or name in FILES
    )
    assert text.count("\n") <= 260


def _errors(trees: Iterable[ast.AST]) -> set[str]:
    """The errors whose message people read, by name: these, and all that are made of them."""
    bases = {
        node.name: {getattr(base, "id", "") for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found: set[str] = set()
    while more := {name for name, above in bases.items() if above & (found | TOLD)} - found:
        found |= more
    return found | TOLD


def _words(message: ast.expr) -> str:
    """What is written of a message; of an f-string what stands between the values."""
    parts = message.values if isinstance(message, ast.JoinedStr) else [message]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_people_are_told_in_chinese() -> None:
    """No error that reaches people speaks English; a message that only hands another on has no words of its own."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    errors = _errors(trees.values())
    assert {"ShellError", "HubError", "DeployError"} <= errors
    raised = [
        (path.relative_to(PACKAGE).as_posix(), node.exc.args[0])
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args
        if getattr(node.exc.func, "id", "") in errors
    ]
    told = [
        (name, _words(message))
        for name, message in raised
        if isinstance(message, ast.Constant | ast.JoinedStr)
    ]
    assert len(told) > 30
    assert [
        (name, text) for name, text in told if text.strip() and not re.search("[\u4e00-\u9fff]", text)
    ] == []


def test_rules_know_no_form_and_no_file() -> None:
    """A rule names no form, opens no file and knows no line."""
    for path in sorted((PACKAGE / "rules").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert not texts & {"2014", "2019", "2021"}, path
        assert not {"pathlib", "os"} & set(_imports(tree)), path


def test_rules_know_no_year() -> None:
    """Years stand in form files, in `since=` and `until=` of a rule, and in a module's constant FIRST."""
    for path in sorted((PACKAGE / "rules").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        allowed = {id(node) for node in _years(tree)}
        numbers = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, int) and id(node) not in allowed
        ]
        assert [number for number in numbers if number in YEARS] == [], path


def _years(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rule":
            yield from (word.value for word in node.keywords if word.arg in {"since", "until"})
    for node in tree.body:
        if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["FIRST"]:
            yield node.value


def test_nothing_leans_on_a_document_that_is_not_here() -> None:
    """A reason stands where it is needed: no comment sends a reader to notes outside the repository."""
    here = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.yml"), *PACKAGE.parent.glob("docs/*.md")]
    for path in here:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(DOMAIN|ARCHITECTURE|REALITY|STYLE|RULES §|RULES\.md)", text), path
