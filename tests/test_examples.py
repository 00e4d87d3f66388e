"""Every example: certified as expected, its certificate checked, its report written, in bounded time and memory."""

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import ENVIRONMENT

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text())
SPECS = sorted(path.name for path in EXAMPLES.glob("*.toml") if path.name != "expected.toml")
SCRIPTS = sorted(path.name for path in EXAMPLES.glob("*.py"))
GIBIBYTE_IN_KIB = 2**20
PROCESSOR_SECONDS = 120


@dataclass(frozen=True)
class Run:
    """A finished process: exit code, both streams together, processor time and the largest memory of it all."""

    code: int
    printed: str
    seconds: float
    kibibytes: int


# A process starts out with the peak memory of the one that started it: a small one in between makes the numbers true.
MEASURE = """
import json, os, subprocess, sys
started = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(started.pid, 0)
started.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as stream:
    json.dump([started.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], stream)
"""


def run(log, *command):
    """Run a command to its end, what it prints going to the file `log`; counts the processes that it waited for too."""
    costs = log.with_suffix(".costs")
    with log.open("wb") as stream:
        measured = [sys.executable, "-c", MEASURE, costs, *command]
        subprocess.run(measured, env=ENVIRONMENT, stdout=stream, stderr=subprocess.STDOUT, check=True, timeout=300)
    code, seconds, kibibytes = json.loads(costs.read_text())
    return Run(code, log.read_text(), seconds, kibibytes)


def exactfact(log, *arguments):
    """Run the command line."""
    return run(log, sys.executable, "-m", "exactfact", *arguments)


class Certificates:
    """The certificate of each example, made once, and what everything cost."""

    def __init__(self, folder):
        self.folder = folder
        self.made = {}
        self.runs = {}

    def path(self, name):
        """The certificate; the run that made it is `runs["certify", name]`."""
        path = self.folder / f"{name}.json"
        log = self.folder / f"{name}.log"
        if ("certify", name) not in self.runs:
            if name.endswith(".py"):
                done = run(log, sys.executable, EXAMPLES / name, path)
            else:
                wanted = [part for text in EXPECTED[name]["expect"] for part in ("--expect", text)]
                done = exactfact(log, "certify", EXAMPLES / name, "-o", path, "--json", *wanted)
            self.runs["certify", name] = done
        return path

    def check(self, name):
        against = [] if name.endswith(".py") else ["--spec", EXAMPLES / name]
        return self._step("check", name, *against)

    def report(self, name, *options):
        return self._step("report", name, *options)

    def _step(self, command, name, *options):
        path = self.path(name)
        done = exactfact(self.folder / f"{command}.log", command, path, *options)
        self.runs.setdefault((command, name), done)
        return done


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_every_example_has_its_expectations():
    assert sorted(EXPECTED) == SPECS
    assert len(SPECS) + len(SCRIPTS) >= 13
    assert all(EXPECTED[name]["expect"] and EXPECTED[name]["facts"] for name in SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_the_verdicts_and_facts_are_the_expected_ones(name, certificates):
    certificates.path(name)
    done = certificates.runs["certify", name]
    assert done.code in (0, 3), done.printed
    facts = json.loads(done.printed)["facts"]
    found = {key: _value(facts[key]) for key in EXPECTED[name]["facts"]}
    assert found == EXPECTED[name]["facts"]


def _value(fact):
    if isinstance(fact, dict):
        assert fact["lower"] == fact["upper"], fact
        return _value(fact["lower"])
    return int(fact, 16) if isinstance(fact, str) else fact


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_python_examples_run(name, certificates):
    path = certificates.path(name)
    done = certificates.runs["certify", name]
    assert done.code == 0, done.printed
    assert f"certificate: {path}" in done.printed
    assert "proved" in done.printed


@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_certificate_is_accepted(name, certificates):
    done = certificates.check(name)
    assert done.code == 0, done.printed


@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_report_is_written(name, certificates, tmp_path):
    for output, option in ((tmp_path / "a.tex", []), (tmp_path / "b.tex", []), (tmp_path / "f.tex", ["--fragment"])):
        done = certificates.report(name, "-o", output, *option)
        assert done.code == 0, done.printed
    assert (tmp_path / "a.tex").read_bytes() == (tmp_path / "b.tex").read_bytes()


@pytest.mark.latex
@pytest.mark.parametrize("name", [*SPECS, *SCRIPTS])
def test_the_report_compiles(name, certificates, tmp_path):
    done = certificates.report(name, "-o", tmp_path / "report.tex", "--pdf")
    assert done.code == 0, done.printed
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_all_examples_together_are_cheap(certificates, tmp_path):
    for name in [*SPECS, *SCRIPTS]:
        certificates.check(name)
        certificates.report(name, "-o", tmp_path / "report.tex")
    costs = certificates.runs
    assert [step for step, done in costs.items() if done.kibibytes >= GIBIBYTE_IN_KIB] == []
    assert sum(done.seconds for done in costs.values()) < PROCESSOR_SECONDS
