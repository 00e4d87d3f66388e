"""The command line, and bounded work: nothing hangs, nothing is allocated that a claim does not need."""
import json
import random
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from exactfact.checker import Report, check_certificate, check_file
from exactfact.checker.errors import Meter
from exactfact.checker.rules.pigeonhole import path_counts
from exactfact.checker.spec import read_spec
from tests.certificates.true import networks
from tests.checker import build as b

ROOT = Path(__file__).parents[2]
ACCEPT = ROOT / "tests" / "certificates" / "accept"
HUGE = 10 ** 12


def checked(spec: Any, *claims: Any, limit: int = 100_000_000_000, seconds: float = 10) -> Report:
    """Check within a time of the processor (other programs on the machine do not count)."""
    start = time.process_time()
    report = check_certificate(b.certificate(spec, *claims), limit)
    assert time.process_time() - start < seconds
    return report


def statuses(report: Report) -> list[str]:
    """The statuses of the claims."""
    assert report.problem is None, report.problem
    return [claim.status for claim in report.claims]


def test_sizes_that_cannot_be_allocated() -> None:
    spec = b.chain(b.full(HUGE, HUGE), b.diagonal(HUGE))
    report = checked(spec, b.bound("rank", "upper", HUGE * HUGE, "2.4", {"bound": "ambient"}),
                     b.bound("rank", "lower", 1, "2.3", {"prime": 65521, "columns": [[0, 0]]}),
                     b.bound("rank", "upper", HUGE * HUGE, "2.4", {"bound": "support"}),
                     b.verdict("uniform", "scaling", "proved", "CC", "4.2", {"rank": "c1"}), seconds=2)
    assert statuses(report) == ["accepted", "not-checked", "not-checked", "not-checked"]
    assert report.exit_code == 5 and "limit" in report.claims[1].found


def test_sparse_layers_of_huge_sizes_are_fine() -> None:
    spec = b.chain(b.entries(HUGE, HUGE, 2, [0, 5, 0, 1], [HUGE - 1, 7, 1, 2]), b.entries(HUGE, HUGE, 1, [5, 0, 0, 1],
                                                                                          [7, 7, 0, "1/3"]))
    report = checked(spec, b.bound("rank", "lower", 2, "2.3", {"prime": 65521, "columns": [[0, 0], [1, 0]]}),
                     b.bound("rank", "upper", 2, "2.4", {"bound": "support"}),
                     b.bound("jacobian_rank", "lower", 2, "6.1", {"prime": 65521, "point": {"seed": 0, "index": 0}}),
                     b.bound("rank", "lower", 2, "2.3", {"prime": 7, "samples": {"seed": 0, "count": 5}}),
                     b.bound("rank", "upper", 2, "3.1", make_chain_evidence()),
                     b.bound("rank", "upper", 2, "2.6", {"primes": [65521]}), seconds=2)
    assert statuses(report) == ["accepted"] * 6


def test_shifts_of_huge_interfaces() -> None:
    spec = b.chain(*[b.entries(HUGE, HUGE, 1, [0, 0, 0, 1])] * 2)
    report = checked(spec, b.bound("rank", "upper", 1, "2.4", {"bound": "cyclic", "group": [HUGE]}),
                     b.bound("rank", "upper", 1, "2.4", {"bound": "cyclic", "group": [HUGE] + [1] * 100}), seconds=2)
    assert statuses(report) == ["not-checked"] * 2


def test_products_of_long_rationals() -> None:
    def layer(k: int) -> Any:
        return b.fixed([[f"{hex(1 << 9000)}/{hex((1 << 12000) + 8 * k + 4 * i + 2 * j + 1)}" for i in (0, 1)]
                        for j in (0, 1)])
    report = checked(b.chain(b.full(1, 2), *map(layer, range(30))),
                     b.bound("rank", "upper", 2, "2.4", {"bound": "support"}), limit=1_000_000_000)
    assert statuses(report) == ["not-checked"] and "fixed layers" in report.claims[0].found


def test_powers_of_long_forms_are_not_stored() -> None:
    ones = b.fixed([[1]] * 80)
    step = {"layer": 0, "pivot": 0, "cell": 0, "exponent": 1, "degree": 2, "cofactors": []}
    report = checked(b.chain(b.full(1, 80), ones, b.full(1, 80), ones, point=[[1] * 80] * 2),
                     b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [step]}), seconds=20)
    assert statuses(report) == ["not-checked"] and "stored numbers" in report.claims[0].found


def make_chain_evidence() -> Any:
    """Two levels that keep everything."""
    return {"levels": [[[0, 0], [0, 1]], [[0, 0], [1, 0]]], "relations": [], "annihilators": [], "prime": None}


def test_thirty_thousand_layers() -> None:
    depth = 30_000
    spec = b.chain(*[b.full(1, 1)] * depth, point=[[1]] * depth)
    report = checked(spec, b.bound("rank", "lower", 1, "2.3", {"prime": 65521, "columns": [[0] * depth]}),
                     b.verdict("at-point", "scaling", "proved", "CC", "4.2", {"rank": "c0"}),
                     b.bound("rank", "upper", 1, "3.1", {"levels": [[[0, 0]]] * depth, "relations": [],
                                                         "annihilators": [], "prime": None}),
                     b.bound("jacobian_rank", "lower", 1, "6.1", {"prime": 65521, "point": [[1]] * depth}),
                     b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", {"h": [[1]] * depth, "g": [[1]] * depth}),
                     seconds=40)
    assert statuses(report) == ["accepted", "accepted", "accepted", "accepted", "rejected"]


def test_a_network_with_more_paths_than_atoms() -> None:
    depth = 3000
    edges = [b.edge(f"{side}{k}", f"v{k + 1}", f"v{k}", [s]) for k in range(depth) for side, s in (("a", 0), ("b", 1))]
    spec = b.network([2], edges, depth, root="v0")
    hole = {"method": "pigeonhole", "leaf": f"v{depth}"}
    report = checked(spec, b.bound("path_max_entry", "lower", 2 ** (depth - 1), "10.3b", hole),
                     b.verdict("uniform", "scaling", "refuted", "QQ", "10.1", hole),
                     b.bound("path_max_entry", "lower", 2 ** (depth - 1), "10.1", {"method": "table"}),
                     b.bound("path_max_entry", "lower", 2 ** (depth - 1) + 1, "10.1", {"method": "table"}), seconds=5)
    assert statuses(report) == ["accepted", "accepted", "accepted", "rejected"]


def test_a_table_with_too_many_sums_is_not_checked() -> None:
    spec = networks.long_chain()["spec"]
    table = {"method": "table"}
    report = checked(spec, b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", table),
                     b.bound("rank", "lower", 5, "10.1", table), limit=2_000_000_000)
    assert statuses(report) == ["not-checked", "not-checked"] and report.exit_code == 5


def test_dense_work_is_refused_before_it_is_done() -> None:
    spec = b.chain(b.full(2000, 2000), b.full(2000, 2000))
    report = checked(spec, b.bound("rank", "lower", 3, "2.3", {"prime": 65521, "samples": {"seed": 0, "count": 3000}}),
                     b.bound("jacobian_rank", "lower", 3, "6.1", {"prime": 65521, "point": {"seed": 0, "index": 0}}),
                     limit=1_000_000_000)
    assert statuses(report) == ["not-checked", "not-checked"]


def test_huge_values_and_exponents() -> None:
    spec = b.chain(b.full(2, 2))
    value = 1 << 200_000
    report = checked(spec, b.bound("rank", "upper", value, "2.4", {"bound": "ambient"}),
                     b.bound("rank", "upper", value, "2.6", {"primes": [65521]}),
                     b.bound("rank", "lower", value, "2.3", {"prime": 65521, "columns": [[0]]}), seconds=5)
    assert statuses(report)[0] == "accepted" and statuses(report)[2] == "rejected"
    assert all(len(line) < 2000 for line in report.lines())
    dense = b.chain(b.basis([[2, 3]], [[5, 7]]))
    report = checked(dense, b.bound("rank", "upper", value, "2.6", {"primes": [65521]}), seconds=5)
    assert statuses(report) == ["rejected"]


def test_many_different_denominators_are_bounded() -> None:
    cells = [[0, j, j, f"1/{(1 << 52) + 2 * j + 1}"] for j in range(20_000)]
    spec = b.chain(b.entries(1, 20_000, 20_000, *cells))
    report = checked(spec, b.bound("rank", "lower", 1, "2.3", {"prime": 65521, "columns": [[0]]}), seconds=30)
    assert statuses(report) == ["not-checked"]


def test_giant_numbers_in_evidence_are_not_checked() -> None:
    rng = random.Random(1)
    giant = f"{hex(rng.getrandbits(4_000_000) | 1)}/{hex(rng.getrandbits(4_000_000) | 1)}"
    spec = b.chain(b.layer("kronecker", left=5000, right=1, of=b.full(1, 1)), b.full(5000, 1))
    h = [[1], [1] * 5000]
    dead = {"bound": "live", "dead": [[0, [giant]]]}
    report = checked(spec, b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", {"h": [[giant], h[1]], "g": h}),
                     b.bound("jacobian_rank", "upper", 1, "8.2b", dead), seconds=2)
    assert statuses(report) == ["not-checked"] * 2 and report.exit_code == 5


def test_large_numbers_times_many_cells_are_not_stored() -> None:
    large = hex((1 << 390_000) - 1)
    diagonal = b.layer("kronecker", left=100_000, right=1, of=b.full(1, 1))
    report = checked(b.chain(diagonal), b.verdict("uniform", "scaling", "refuted", "QQ", "8.1",
                                                  {"h": [[large]], "g": [[1]]}), seconds=5)
    assert statuses(report) == ["not-checked"]
    taps = [b.edge("a", "v", "out", list(range(300_000))), b.edge("c", "w", "v", [0])]
    ones = [1] * 300_000
    report = checked(b.network([0], taps, 2), b.verdict("uniform", "scaling", "refuted", "QQ", "8.1",
                                                        {"h": [ones, [large]], "g": [ones, [1]]}), seconds=15)
    assert statuses(report) == ["not-checked"]


def test_divisions_of_giant_moduli_are_metered() -> None:
    rng = random.Random(2)
    moduli = [[1], [hex(rng.getrandbits(8_000_000) | 1)], [hex(rng.getrandbits(16_000_000) | 1)]]
    spec = b.network([0], [b.edge("a", "v", "out", [0, 1]), b.edge("c", "w", "v", [0])], 2)
    report = checked(spec, b.bound("path_max_entry", "upper", 1, "10.3a", {
        "method": "mixed-radix", "order": [0, 1], "moduli": moduli}), seconds=5)
    assert statuses(report) == ["not-checked"]


def test_a_short_spec_with_millions_of_matrices_is_not_expanded() -> None:
    report = checked(b.chain(b.diagonal(9_900_000)), b.bound("rank", "upper", 9_900_000, "2.4", {"bound": "support"}),
                     seconds=2)
    assert statuses(report) == ["not-checked"]


def test_tables_of_many_nodes_and_edges_are_bounded_together() -> None:
    wide = [b.edge("a", "v", "out", list(range(600))), b.edge("b", "w", "v", [600 * i for i in range(600)])]
    leaves = [b.edge(f"c{i}", f"leaf{i}", "w", [0]) for i in range(60)]
    report = checked(b.network([0], [*wide, *leaves], 3), b.bound("rank", "lower", 5, "10.1", {"method": "table"}),
                     limit=10_000_000_000, seconds=20)
    assert statuses(report) == ["not-checked"] and "stored numbers" in report.claims[0].found
    prime = 4503599627370449  # no quotient of the group is smaller
    long = [b.edge("a", "v", "out", list(range(2000))), b.edge("b", "w", "v", [0]),
            b.edge("c", "x", "w", [2000 * i for i in range(2000)])]
    evidence = {"prime": 65521, "point": {"seed": 0, "index": 0}}
    report = checked(b.network([prime], long, 3), b.bound("jacobian_rank", "lower", 5, "6.1", evidence),
                     limit=10_000_000_000, seconds=20)
    assert statuses(report) == ["not-checked"] and "stored numbers" in report.claims[0].found


def test_long_networks_and_many_models_take_linear_memory_and_time() -> None:
    depth = 20_000
    edges = [b.edge(f"e{k}", f"v{k + 1}", f"v{k}", [0, 1]) for k in range(depth)]
    network = read_spec(b.network([2], edges, depth, root="v0")).network
    assert network is not None
    tracemalloc.start()
    counts = path_counts(network, Meter())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counts == {f"v{depth}": 1 << depth} and peak < 1_000_000
    layers = 20_000
    chain = b.chain(*[b.full(1, 1)] * layers, model=[{"layer": layers - 1, "sparsity": 1}] * layers)
    report = checked(chain, b.bound("rank", "upper", 1, "2.4", {"bound": "ambient"}), seconds=5)
    assert statuses(report) == ["accepted"]


def test_deeply_nested_layers_are_refused() -> None:
    layer: Any = b.full(1, 1)
    for _ in range(200):
        layer = b.layer("kronecker", left=1, right=1, of=layer)
    report = check_certificate(b.certificate(b.chain(layer), b.bound("rank", "upper", 1, "2.4", {"bound": "ambient"})))
    assert report.exit_code == 1 and report.problem and report.problem[0] == "spec"


def run(*arguments: str, text: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command line."""
    return subprocess.run([sys.executable, "-m", "exactfact.checker", *arguments], cwd=ROOT, input=text,
                          capture_output=True, check=False)


def test_exit_codes_of_the_command_line(tmp_path: Path) -> None:
    good = str(ACCEPT / "narrow_layer.json")
    assert run(good).returncode == 0
    assert run("-", text=Path(good).read_bytes()).returncode == 0
    assert run(good, "--limit", "1000").returncode == 5
    assert run(str(ROOT / "tests/certificates/reject/digest-wrong.json")).returncode == 1
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    for bad in ("missing.json", str(tmp_path), str(tmp_path / "binary"), "", "/dev/null"):
        assert run(bad).returncode == 2, bad
    for usage in ((), (good, "--limit", "-1"), (good, "--limit", "1e9"), (good, "--nonsense"), (good, good)):
        assert run(*usage).returncode == 2, usage
    document = json.loads(run(good, "--json").stdout)
    assert document["accepted"] is True and document["exit_code"] == 0 and len(document["claims"]) == 4
    wrong = json.loads(run(str(ROOT / "tests/certificates/reject/text-float.json"), "--json").stdout)
    assert wrong["problem"]["rule"] == "format" and wrong["accepted"] is False


def test_printed_lines() -> None:
    lines = run(str(ACCEPT / "lifting_by_columns.json")).stdout.decode("ascii").splitlines()
    assert lines[0] == "c0 accepted  rank >= 4 over QQ  [2.3]"
    assert lines[2] == "c2 accepted  uniform modulo scaling proved over CC (model full)  [4.2]"
    assert lines[-2].startswith("unchecked: {")
    assert lines[-1].startswith("certificate accepted: 13 accepted, 0 rejected")


TOML = """
exactfact = 1
[[layer]]
operator = "full"
rows = 3
cols = 2
[[layer]]
operator = "full"
rows = 2
cols = 3
"""


@pytest.mark.parametrize("name, text, code", [
    ("a.toml", TOML, 0), ("a.toml", TOML + "[point]\nh = [[1]]\n", 1), ("a.toml", TOML.replace("full", "hankel"), 1),
    ("a.toml", TOML + "x = 1.5\n", 1), ("a.toml", "= 1", 2), ("noending", TOML, 0),
    ("a.json", '{"layer": [{"operator": "full", "rows": 3, "cols": 2},{"operator": "full", "rows": 2, "cols": 3}]}', 0),
    ("a.json", '{"layer": []}', 1), ("a.json", "{", 2), ("a.toml", "x = " + "[" * 20000, 2)])
def test_spec_option(tmp_path: Path, name: str, text: str, code: int) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    report = check_file(str(ACCEPT / "narrow_layer.json"), str(tmp_path / name))
    assert report.exit_code == code, report.lines()


def test_names_and_notes_cannot_reach_the_terminal() -> None:
    nasty = "\x1b[31m\n\u202e"
    spec = b.chain({**b.full(1, 1), "name": nasty}, title=nasty)
    claim = b.bound("rank", nasty, 1, nasty, {"bound": nasty})
    report = check_certificate(b.certificate(spec, claim, notes=[{"x": nasty}]))
    assert report.exit_code == 1
    for line in report.lines():
        assert line.isascii() and line.isprintable(), line


def test_internal_errors_are_never_zero(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from exactfact.checker import __main__ as command
    monkeypatch.setattr(sys, "argv", ["checker", str(ACCEPT / "narrow_layer.json")])
    for error, code in ((ValueError("x"), 70), (RecursionError(), 70), (MemoryError(), 70), (KeyboardInterrupt(), 130),
                        (KeyError("x"), 70)):
        def broken(*_: Any, error: BaseException = error) -> Report:
            raise error
        monkeypatch.setattr(command, "check_file", broken)
        assert command.run() == code
    assert "internal error" in capsys.readouterr().err


@pytest.mark.parametrize("claim", [
    b.bound("rank", "upper", HUGE, "2.4", {"bound": "cyclic", "group": [HUGE]}),
    b.bound("sigma_max_squared", "upper", 5, "12.6", {"gram": "rows", "group": [HUGE], "shift": 5, "bits": None}),
])
def test_shifts_of_an_interface_too_large_to_list(claim: Any) -> None:
    tracemalloc.start()
    report = checked(b.chain(b.entries(HUGE, HUGE, 1, [0, 0, 0, 1])), claim, seconds=2)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert statuses(report) == ["not-checked"]


@pytest.mark.parametrize("evidence", [{"method": "coherence", "kappa_squared": 1},
                                      {"method": "pairs", "kappa_squared": 1, "shift": 1, "bits": None}])
def test_sparse_models_of_layers_too_large_to_list(evidence: Any) -> None:
    tracemalloc.start()
    report = checked(b.chain(b.diagonal(HUGE), model=[{"layer": 0, "sparsity": 1}]),
                     b.verdict("stable", "scaling", "proved", "CC", "12.5", evidence, model="spec"), seconds=2)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert statuses(report) == ["not-checked"]
