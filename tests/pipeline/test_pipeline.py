"""Budgets, determinism, rank methods and the Result."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.checker import check_certificate
from exactfact.criteria.outcome import Context
from exactfact.model import LimitError
from exactfact.pipeline import certify, rank
from exactfact.pipeline.undecided import RELEVANT

LONG = [ef.toeplitz(32, 32, list(range(-7, 7))) for _ in range(6)]
SHORT = [ef.toeplitz(3, 3), ef.toeplitz(3, 3)]


def test_the_same_seed_gives_the_same_bytes() -> None:
    architecture = ef.Architecture(SHORT)
    first = certify(architecture, seed=5).certificate.text()
    assert first == certify(architecture, seed=5).certificate.text()
    assert first == certify(architecture, seed=5, isolate=True).certificate.text()
    assert first != certify(architecture, seed=6).certificate.text()


def test_a_time_limit_keeps_what_was_reached(pace: float) -> None:
    result = certify(ef.Architecture(LONG), time_limit=5 * pace)
    assert result.stopped is not None and result.exit_code == 5
    assert result.verdict("uniform").status == "refuted"
    assert check_certificate(json.loads(result.certificate.text())).accepted
    assert all(row.status != "undecided" or "stopped" in row.reason for row in result.verdicts)


def test_no_time_at_all() -> None:
    result = certify(ef.Architecture(SHORT), time_limit=0)
    assert result.exit_code == 5 and not result.certificate.claims


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", -1),
        ("seed", 1.5),
        ("time_limit", "5"),
        ("time_limit", float("nan")),
        ("time_limit", -1),
        ("memory_limit", "2G"),
        ("memory_limit", 1),
    ],
)
def test_arguments_of_the_wrong_type_or_range(name, value) -> None:
    for run in (certify, rank):
        with pytest.raises(ef.SpecError, match=rf"{name}: required .*, received"):
            run(ef.Architecture(SHORT), **{name: value})


def test_a_file_name_is_no_architecture() -> None:
    for run in (certify, rank):
        with pytest.raises(ef.SpecError, match="required an Architecture, as load returns it, received a str"):
            run("spec.toml")


def test_a_memory_limit_is_reported() -> None:
    script = (
        "import exactfact as ef\n"
        "from exactfact.pipeline import certify\n"
        "arch = ef.Architecture([ef.full(2200, 30), ef.full(30, 2200)])\n"
        "result = certify(arch, memory_limit=700 * 2**20, time_limit=60)\n"
        "print(result.exit_code, result.stopped)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] in {"0", "5"} and "Traceback" not in done.stderr


def test_what_does_not_fit_is_not_begun() -> None:
    """The reason names what is needed, what is left and what would fit."""
    context = Context(Ledger(), memory=1)
    with pytest.raises(LimitError, match=r"a table needs 1.0 GiB, the limit is 0 MiB \(3 rows would fit\)"):
        context.allocate("a table", 2**30, lambda free: f"{free + 3} rows would fit")
    assert context.room(10, 5) == 0 and Context(Ledger(), memory=2**60).room(10, 5) == 5


@pytest.mark.parametrize("method", ["auto", "span", "sampling", "columns"])
def test_rank_methods(method: str) -> None:
    result = rank(ef.Architecture(SHORT), method=method)
    bounds = result.facts["rank"]
    assert bounds["lower"] == 9 or (method == "span" and bounds["upper"] == 9)
    assert check_certificate(json.loads(result.certificate.text())).accepted
    assert result.exit_code == 0


def test_unknown_requests_are_spec_errors() -> None:
    with pytest.raises(ef.SpecError, match="uniform"):
        certify(ef.Architecture(SHORT), properties=["uniformly"])
    with pytest.raises(ef.SpecError, match="point"):
        certify(ef.Architecture(SHORT), properties=["at-point"])
    with pytest.raises(ef.SpecError, match="method"):
        rank(ef.Architecture(SHORT), method="guess")
    with pytest.raises(ef.SpecError, match="seed"):
        certify(ef.Architecture(SHORT), seed=-1)


def test_a_result_is_not_a_truth_value() -> None:
    result = certify(ef.Architecture(SHORT))
    with pytest.raises(TypeError):
        bool(result)
    with pytest.raises(KeyError):
        result.verdict("at-point")
    assert "uniform modulo scaling: refuted over QQ, hence over RR and CC" in result.explain()
    assert "<table>" in result._repr_html_() and r"\begin{array}" in result._repr_latex_()


def test_the_document_has_all_keys() -> None:
    document = certify(ef.Architecture(SHORT)).document()
    keys = "exactfact title digest field shape parameters seed seconds stopped facts verdicts steps certificate"
    assert set(document) == set(keys.split())
    assert json.loads(json.dumps(document)) == document
    for row in document["verdicts"]:
        assert {"property", "modulo", "model", "over", "also_over", "status", "strength", "reason", "tried"} <= set(row)
    asked = [(row["property"], row["modulo"], row["model"], row["over"]) for row in document["verdicts"]]
    assert len(asked) == len(set(asked))


def test_every_property_names_its_criteria() -> None:
    assert set(RELEVANT) == {"uniform", "generic-finite", "generic", "at-point", "stable"}


def test_progress_is_reported() -> None:
    heard: list[str] = []
    certify(ef.Architecture(SHORT), progress=heard.append)
    assert any("Jacobian" in text for text in heard)


def test_notebook_tables_escape_what_users_wrote() -> None:
    network = ef.Network(
        group=(4,),
        root="r",
        edges=[ef.Edge("a", "<v>", "r", ((0,),)), ef.Edge("b", "w", "r", ((0,),)), ef.Edge("c", "x", "<v>", ((0,),)),
               ef.Edge("d", "x", "w", ((0,),))],
    )  # fmt: skip
    result = certify(ef.Architecture(network))
    assert "<v>" in result.verdict("generic", "scaling").reason
    page = result._repr_html_()
    assert "<v>" not in page and "&lt;v&gt;" in page


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_a_killed_parent_takes_its_worker_along() -> None:
    script = (
        "import exactfact as ef\n"
        "from exactfact.pipeline import certify\n"
        "arch = ef.Architecture([ef.toeplitz(24, 24, list(range(-8, 8))) for _ in range(4)])\n"
        "certify(arch, isolate=True, progress=lambda text: print(text, flush=True))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None and parent.stdout.readline()
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    assert children
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not any(_running(child) for child in children):
            return
        time.sleep(0.05)
    pytest.fail(f"still running: {children}")


def _running(pid: str) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
