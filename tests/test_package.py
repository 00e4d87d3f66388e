"""The package as a stranger meets it: public names, versions, and what is loaded when."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import exactfact as ef
from tests.cli.command import ENVIRONMENT, PROVED, call

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("numpy", "flint", "sympy", "networkx", "jinja2", "scipy")


@pytest.mark.parametrize("name", ef.__all__)
def test_every_public_name_is_there_and_documented(name):
    value = getattr(ef, name)
    assert value.__doc__ or name in ("__version__", "QQ")
    assert name in dir(ef)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        ef.nonsense  # noqa: B018


def test_importing_the_package_loads_nothing_heavy():
    assert _loaded("import exactfact") == []


def test_the_checker_runs_without_anything_heavy(tmp_path):
    spec, certificate = tmp_path / "spec.toml", tmp_path / "cert.json"
    spec.write_text(PROVED)
    assert call("certify", spec, "--quiet", "-o", certificate) == 0
    script = f"""
import runpy, sys
sys.argv = ["exactfact.checker", {str(certificate)!r}, "--spec", {str(spec)!r}]
try:
    runpy.run_module("exactfact.checker", run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert end.code == 0, end.code
"""
    assert _loaded(script) == []
    ours = {name for name in _modules(script) if name.startswith("exactfact.")}
    assert all(name.startswith("exactfact.checker") for name in ours)


def _modules(script):
    code = f"{script}\nimport sys\nprint('loaded:', *sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, text=True, capture_output=True, check=True)
    return done.stdout.rpartition("loaded:")[2].split()


def _loaded(script):
    return sorted(set(HEAVY) & set(_modules(script)))


def test_one_version_everywhere():
    assert f"\nversion: {ef.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"\n## {ef.__version__}\n" in (ROOT / "CHANGELOG.md").read_text()


def _imported(path: Path) -> set[str]:
    """First parts of the names that a file imports, its own package's relative imports left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_every_dependency_is_used_and_every_import_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    optional = [*extras["plot"], *extras["prove"]]
    declared = {re.match(r"[\w-]+", line)[0].lower() for line in (*project["dependencies"], *optional)}
    imported = {name for path in (ROOT / "exactfact").rglob("*.py") for name in _imported(path)}
    third_party = imported - sys.stdlib_module_names - {"exactfact"}
    assert {"python-flint" if name == "flint" else name for name in third_party} == declared
