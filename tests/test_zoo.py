"""The zoo: architectures about which theory knows the answer; each is certified, checked and compared."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.cli.expect import expectation, missed
from tests.cli.command import ENVIRONMENT

ZOO = Path(__file__).resolve().parents[1] / "examples" / "zoo"
EXPECTED = tomllib.loads((ZOO / "expected.toml").read_text())
NAMES = [
    pytest.param(name, marks=[pytest.mark.slow] if entry.get("slow") else [], id=name.removesuffix(".toml"))
    for name, entry in EXPECTED.items()
]


def test_every_spec_has_its_expectations():
    specs = {path.name for path in ZOO.glob("*.toml")} - {"expected.toml"}
    assert set(EXPECTED) == specs
    assert all(entry["expect"] and entry["seconds"] for entry in EXPECTED.values())


def test_the_script_writes_these_files(tmp_path):
    done = subprocess.run([sys.executable, ZOO / "make_zoo.py", tmp_path], env=ENVIRONMENT, check=True)
    assert done.returncode == 0
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {name: (ZOO / name).read_bytes() for name in EXPECTED}


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_known_one_and_the_checker_accepts_it(name):
    entry = EXPECTED[name]
    with at_most(entry["seconds"]):
        result = ef.certify(ef.load(ZOO / name))
    document = result.document()
    wrong = missed([expectation(text) for text in entry["expect"]], document)
    wrong += list(_facts(entry.get("facts", {}), document["facts"]))
    wrong += list(_dimensions(entry.get("dimensions", {}), document["verdicts"]))
    report = check_certificate(json.loads(result.certificate.text()))
    assert report.accepted, "\n".join(report.lines())
    assert not wrong, "\n".join(wrong)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """TimeoutError when the block takes longer: a safety net, not a measurement."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _facts(expected: dict, facts: dict) -> Iterator[str]:
    for key, value in expected.items():
        wanted = {(key, field): value[field] for field in value} if isinstance(value, dict) else {(key, None): value}
        for (name, field), number in wanted.items():
            found = facts[name] if field is None else facts[name][field]
            ends = None if found is None else (found["lower"], found["upper"])
            if ends != (number, number):
                yield f"expected {name}{f' over {field}' if field else ''} = {number}, found {ends}"


def _dimensions(expected: dict, rows: list) -> Iterator[str]:
    for key, number in expected.items():
        prop, group = key.split("/")
        found = [row.get("group") for row in rows if (row["property"], row["modulo"]) == (prop, group)]
        if {"dimension": number} not in found:
            yield f"expected {key} of dimension {number}, found {found}"
