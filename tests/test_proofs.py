"""The registry of statements: every number that code relies on is registered, and nothing registered lies idle."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from exactfact.checker.rules import BOUNDS, VERDICTS
from exactfact.proving import registry
from exactfact.proving.registry import guides, sources, statements
from tests.cli.command import call

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "exactfact"
RULES = PACKAGE / "checker" / "rules"
NUMBER = r"\d+\.\d+[a-z]?(?![\w.])"
SOURCE = re.compile(r"Source: theory(.*?)(?:\.\s|\"\"\"|\n\n)", re.DOTALL)

LICENSED = {statement: set() for _, statement in BOUNDS} | {licence.statement: set() for licence in VERDICTS}
for (_, number), (_, _, check) in BOUNDS.items():
    LICENSED[number].add(f"{check.__module__.rpartition('.')[2]}.py")
for licence in VERDICTS:
    LICENSED[licence.statement].add(f"{licence.rule.__module__.rpartition('.')[2]}.py")


def named(path):
    """The numbers that the sentence on the source in a file's docstring names; 10.5(c) may be a part of 10.5."""
    text = " ".join(SOURCE.findall(path.read_text()))
    found = re.findall(rf"({NUMBER})(?:\(([a-z])\))?", text)
    return {number + letter if known(number + letter) else number for number, letter in found}


def quoted(path):
    """The numbers that stand in a file as strings: statements of claims that it makes or looks for."""
    return set(re.findall(rf'"({NUMBER})"', path.read_text()))


def known(number):
    """Registered, a guide, or the common part of registered numbers, as 9.3 is of 9.3a and 9.3b."""
    parts = [name for name in statements() if name.startswith(number) and name[len(number) :].isalpha()]
    return number in statements() or number in guides() or bool(parts)


def unregistered(paths):
    return {(path.name, number) for path in paths for number in named(path) | quoted(path) if not known(number)}


def missing_proofs(names):
    """The statements without a proof: no file, or a file without the sections that every proof has."""
    missing = []
    for name in names:
        path = registry.proof_file(name)
        text = path.read_text() if path.is_file() else ""
        heads = re.findall(r"^##? .*", text, re.MULTILINE)
        first = bool(heads) and heads[0].startswith(f"# {name} ")
        if not first or not {"## Statement", "## Proof", "## What the checker verifies"} <= set(heads):
            missing.append(name)
    return missing


@pytest.mark.parametrize("room", ["criteria", "checker/rules"])
def test_every_number_that_code_relies_on_is_registered(room):
    paths = sorted((PACKAGE / room).glob("*.py"))
    assert sum(bool(named(path)) for path in paths) > 20
    assert not unregistered(paths)


def test_an_unregistered_number_is_found(tmp_path):
    path = tmp_path / "rule.py"
    path.write_text('"""Rule 99.1.\n\nSource: theory 99.1, 4.2, 9.3, 6.1(b).  Cost: none.\n"""\nX = "98.2z"\n')
    assert unregistered([path]) == {("rule.py", "99.1"), ("rule.py", "98.2z")}


def test_every_licence_is_registered_with_its_rule():
    for number, rules in LICENSED.items():
        assert rules <= set(statements()[number].rules), number


def test_a_statement_without_licence_says_what_it_is_for():
    assert {name for name, entry in statements().items() if entry.context} == set(statements()) - set(LICENSED)


def test_every_criterion_is_registered_with_the_statements_of_its_claims():
    for path in sorted((PACKAGE / "criteria").glob("*.py")):
        for number in quoted(path) - set(guides()):
            assert f"criteria/{path.name}" in statements()[number].criteria, (path.name, number)


def test_the_files_exist_and_say_where_their_theory_is():
    for entry in statements().values():
        for name in entry.criteria:
            text = (PACKAGE / name).read_text()
            assert not name.startswith("criteria/") or "theory" in text or f'"{entry.id}"' in text, name
        assert all((RULES / name).is_file() for name in entry.rules), entry.id
        assert all((ROOT / name).is_file() for name in entry.tests), entry.id
        assert entry.id not in LICENSED or (entry.rules and entry.criteria and entry.tests), entry.id


def test_every_field_is_filled_and_every_source_known():
    keys = {source.key for source in sources()}
    for entry in statements().values():
        assert entry.title and entry.text and entry.gives and entry.by and entry.hypotheses, entry.id
        assert set(entry.sources) <= keys, entry.id
        assert set(entry.status) <= {registry.PAPER, registry.PROVED}, entry.id
        assert registry.PAPER not in entry.status or entry.sources, entry.id
        assert entry.standing, entry.id


def test_guides_are_checked_under_registered_statements():
    assert not set(guides()) & set(statements())
    for guide in guides().values():
        assert guide.checked and set(guide.checked) <= set(statements()), guide.id


def test_the_other_rooms_name_registered_statements():
    assert registry.formal() <= set(statements())
    assert {"1.1", "4.3", "10.1"} <= registry.small_cases()


def test_what_the_other_rooms_prove_is_part_of_the_standing(monkeypatch):
    monkeypatch.setattr(registry, "small_cases", lambda: frozenset({"4.1"}))
    monkeypatch.setattr(registry, "formal", lambda: frozenset({"4.1", "4.2"}))
    assert statements()["4.1"].standing == ("paper", "proved here", "small cases", "formal")
    assert statements()["4.2"].standing == ("proved here", "formal")
    assert statements()["2.3"].standing == ("proved here",)


@pytest.mark.parametrize("chapter", range(13))
def test_every_statement_has_its_proof(chapter):
    proved = [name for name, entry in statements().items() if registry.PROVED in entry.status]
    assert not missing_proofs([name for name in proved if registry.statement_order(name)[0] == chapter])


def test_every_proof_is_of_a_registered_statement():
    files = {path.stem for path in registry.folder().glob("*.md")} - {"README"}
    assert files <= set(statements())


def test_unknown_statements_still_print():
    assert registry.statement("99.1").text.startswith("See the documentation")
    assert registry.statement("99.1").standing == ()


def test_numbers_are_in_their_order():
    names = list(statements())
    assert names.index("2.7a") < names.index("2.7b") < names.index("3.1") < names.index("10.1")
    assert names == sorted(names, key=registry.statement_order)


def test_the_wheel_carries_registry_and_proofs(tmp_path):
    """The same folder in an installed package; .ci/run asks the installed command too."""
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling")
    import zipfile

    built = next(wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(built) as archive:
        names = {name.removeprefix("exactfact/_proofs/") for name in archive.namelist()}
    assert {"registry.toml", "README.md"} <= names
    assert {path.name for path in registry.folder().glob("*.md")} <= names


def test_an_installed_package_reads_its_own_folder(tmp_path, monkeypatch):
    (tmp_path / "exactfact" / "_proofs").mkdir(parents=True)
    monkeypatch.setattr(registry, "__file__", str(tmp_path / "exactfact" / "proving" / "registry.py"))
    assert registry.folder() == tmp_path / "exactfact" / "_proofs"
    (tmp_path / "exactfact" / "_proofs").rmdir()
    assert registry.folder() == tmp_path / "proofs"


def test_the_table_names_every_statement_once(capsys):
    assert call("proofs") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["id", "title", "status", "source", "checker", "rule"]
    assert [line.split()[0] for line in lines[2:]] == list(statements())


def test_one_statement_with_hypotheses_and_proof(capsys):
    assert call("proofs", "4.4") == 0
    printed = capsys.readouterr().out
    entry = statements()["4.4"]
    assert entry.text in printed and "\nHypotheses:\n" in printed
    assert all(f"- {hypothesis}" in printed for hypothesis in entry.hypotheses)
    assert "flattening_minors.py" in printed and str(registry.proof_file("4.4")) in printed


def test_json_is_the_registry(capsys):
    assert call("proofs", "--json") == 0
    read = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    raw = tomllib.loads((ROOT / "proofs" / "registry.toml").read_text())["statement"]
    assert set(read) == set(raw)
    assert all(read[name]["text"] == raw[name]["text"].strip() for name in raw)
    assert all(read[name]["standing"] == list(statements()[name].standing) for name in raw)


def test_the_document_goes_into_a_file(tmp_path, capsys):
    path = tmp_path / "statements.tex"
    assert call("proofs", "--latex", "-o", path) == 0
    text = path.read_text()
    assert capsys.readouterr().out == ""
    assert text.isascii() and text.endswith("\\end{document}\n")
    assert all(f"\\hypertarget{{ef.{name}}}" in text for name in statements())
    assert all(f"\\bibitem[{key}]" in text for entry in statements().values() for key in entry.sources)
    assert call("proofs", "-o", tmp_path) == 2


@pytest.mark.parametrize("arguments", [("99",), ("4.2", "--latex"), ("--latex", "--json")], ids=" ".join)
def test_misuse_of_the_command(arguments, capsys):
    assert call("proofs", *arguments) == 2
    assert capsys.readouterr().err.strip()


def test_the_registry_loads_nothing_heavy():
    import subprocess

    code = "import sys, exactfact.proving.registry as r; r.statements(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    assert not {"numpy", "flint", "networkx"} & set(done.stdout.split())
