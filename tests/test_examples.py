"""Every example: certified as expected, its certificate checked, its report written, in bounded time and memory."""

import json
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.command import ENVIRONMENT, process

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text())
SPECS = sorted(path.name for path in EXAMPLES.glob("*.toml") if path.name != "expected.toml")
SCRIPTS = sorted(path.name for path in EXAMPLES.glob("*.py"))
GIBIBYTE_IN_KIB = 2**20


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """The certificate of an example, made once: (file, what certify printed, exit code)."""
    folder = tmp_path_factory.mktemp("certificates")
    made = {}

    def certificate(name):
        if name not in made:
            path = folder / f"{name}.json"
            done = _script(name, path) if name.endswith(".py") else _spec(name, path)
            made[name] = path, done
        return made[name]

    return certificate


def _spec(name, path):
    wanted = [part for text in EXPECTED.get(name, {}).get("expect", ()) for part in ("--expect", text)]
    return process("certify", EXAMPLES / name, "-o", path, "--json", *wanted)


def _script(name, path):
    command = [sys.executable, EXAMPLES / name, path]
    return subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, timeout=120, check=False)


def test_every_example_has_its_expectations():
    assert sorted(EXPECTED) == SPECS
    assert len(SPECS) + len(SCRIPTS) >= 13
    assert all(EXPECTED[name]["expect"] and EXPECTED[name]["facts"] for name in SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_the_verdicts_and_facts_are_the_expected_ones(name, certificates):
    _, done = certificates(name)
    assert done.returncode in (0, 3), done.stderr
    facts = json.loads(done.stdout)["facts"]
    found = {key: _value(facts[key]) for key in EXPECTED[name]["facts"]}
    assert found == EXPECTED[name]["facts"]


def _value(fact):
    if isinstance(fact, dict):
        assert fact["lower"] == fact["upper"], fact
        return _value(fact["lower"])
    return int(fact, 16) if isinstance(fact, str) else fact


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_python_examples_run(name, certificates):
    path, done = certificates(name)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"certificate: {path}" in done.stdout
    assert "proved" in done.stdout


@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_certificate_is_accepted(name, certificates):
    path, _ = certificates(name)
    against = [] if name.endswith(".py") else ["--spec", EXAMPLES / name]
    done = process("check", path, *against)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_report_is_written(name, certificates, tmp_path):
    path, _ = certificates(name)
    for output, option in ((tmp_path / "a.tex", []), (tmp_path / "b.tex", []), (tmp_path / "f.tex", ["--fragment"])):
        done = process("report", path, "-o", output, *option)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.tex").read_bytes() == (tmp_path / "b.tex").read_bytes()


@pytest.mark.latex
@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_report_compiles(name, certificates, tmp_path):
    path, _ = certificates(name)
    done = process("report", path, "-o", tmp_path / "report.tex", "--pdf")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_no_example_needed_more_than_a_gibibyte(certificates):
    for name in [*SPECS, *SCRIPTS]:
        certificates(name)
    # The largest of all processes this session has waited for; in KiB on Linux.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIBIBYTE_IN_KIB
