"""The checker stands alone: standard library only, no import by name, small files, and it runs from a bare copy."""
import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import exactfact.checker
from exactfact.checker.rules import BOUNDS, VERDICTS
from tests.checker.codelines import code_lines

FOLDER = Path(exactfact.checker.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
FORBIDDEN = {"importlib", "imp", "runpy", "pkgutil", "pickle", "marshal", "ctypes", "subprocess", "code", "builtins"}
NAMES = {"__import__", "eval", "exec", "compile", "__builtins__", "open_code", "globals", "vars"}
ACCEPT = FOLDER.parents[1] / "tests" / "certificates" / "accept" / "dilated_chain.json"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_imports_nothing_but_the_standard_library_and_itself(path: Path) -> None:
    depth = len(path.relative_to(FOLDER).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            roots = {(node.module or "").split(".")[0]}
        else:
            if isinstance(node, ast.ImportFrom):
                assert node.level <= depth, f"line {node.lineno} leaves the folder"
            if isinstance(node, ast.Name):
                assert node.id not in NAMES, f"line {node.lineno} uses {node.id}"
            if isinstance(node, ast.Attribute):
                assert node.attr not in NAMES - {"compile"} | {"modules"}, f"line {node.lineno} uses {node.attr}"
            continue
        assert roots <= sys.stdlib_module_names - FORBIDDEN, f"line {node.lineno} imports {roots}"


def test_core_and_rules_are_small() -> None:
    assert sum(code_lines(path) for path in FOLDER.glob("*.py")) < 1000
    for path in (FOLDER / "rules").glob("*.py"):
        assert code_lines(path) < 150, path.name


def test_every_rule_says_claim_source_and_cost() -> None:
    licensed = {rule.__module__.rpartition(".")[2] for *_, rule in BOUNDS.values()}
    licensed |= {licence.rule.__module__.rpartition(".")[2] for licence in VERDICTS}
    for path in (FOLDER / "rules").glob("*.py"):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert text, path.name
        if path.stem in licensed:
            assert text.startswith("Rule ") and "Source: theory" in text and "Cost:" in text, path.name


@pytest.mark.parametrize("name", ["checker", "another_name"])
def test_runs_from_a_copy_of_the_folder_alone(tmp_path: Path, name: str) -> None:
    shutil.copytree(FOLDER, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-I", "-c", (f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
                           f"from {name}.__main__ import run; sys.argv = ['x', {str(ACCEPT)!r}, '--json'];"
                           "code = run(); assert 'exactfact' not in sys.modules; sys.exit(code)")],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["accepted"] is True
    module = subprocess.run([sys.executable, "-m", name, str(ACCEPT)], cwd=tmp_path, capture_output=True, text=True,
                            check=False)
    assert module.returncode == 0 and module.stdout.startswith("c0 accepted  path_max_entry <= 1 over QQ  [10.1]\n")


def test_importing_the_package_is_cheap() -> None:
    code = ("import sys, exactfact.checker; heavy = [m for m in sys.modules if m.startswith('exactfact.checker.')];"
            "assert not heavy, heavy; from exactfact.checker import check_file, check_certificate, Report;"
            "assert not any(m.split('.')[0] in ('flint', 'numpy', 'sympy', 'networkx') for m in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parents[1], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
