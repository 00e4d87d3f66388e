"""Rows: verdicts, fits, operation counts; a missing peer is named and ours still run."""

import flint
import pytest

from benchmarks import dense, instances, peers
from benchmarks.growth import fitted_exponent
from benchmarks.lifted import elimination_operations
from benchmarks.peers import installation
from benchmarks.race import Timing
from benchmarks.rows import ABSENT, MET, MISSED, REPORTED, Row, Setting, by_number, memory_row, ratio_row

A, B = Timing("a", 3.0, 5, ours=True, peak_mib=90), Timing("b", 2.0, 5, peak_mib=4000)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [(("<=", 1.5), MET), (("<=", 1.4), MISSED), ((">=", 1.5), MET), ((">=", 1.6), MISSED), (("<", 1.5), MISSED)],
)
def test_a_ratio_meets_its_target_or_misses_it(target, verdict):
    row = ratio_row(1, "a / b", target, {"a": A, "b": B}, "a", "b")
    assert (row.measured, row.verdict) == (1.5, verdict)


def test_a_ratio_without_target_is_reported_and_scaled():
    row = ratio_row(1, "a / b", None, {"a": A, "b": B}, "a", "b", scale=2)
    assert (row.measured, row.verdict) == (3, REPORTED)


def test_without_a_peer_nothing_is_measured():
    row = ratio_row(1, "a / x", ("<=", 1), {"a": A, "x": Timing("x", missing="gone")}, "a", "x")
    assert (row.measured, row.verdict) == (None, ABSENT)
    assert row.contestants[1].missing == "gone"


def test_the_memory_row_holds_the_largest_of_ours():
    larger = Timing("c", 1, peak_mib=95, ours=True)
    rows = [Row(1, "", None, 1.0, "ratio", (A, B)), Row(5, "", None, 1.0, "ratio", (larger,))]
    row = memory_row(9, rows, 2048)
    assert (row.measured, row.verdict, row.note) == (95, MET, "row 5, c; python and numpy included")
    assert memory_row(9, rows, 95).verdict == MISSED
    assert memory_row(9, [], 2048).verdict == ABSENT
    assert [r.number for r in by_number([row, *rows])] == [1, 5, 9]


@pytest.mark.parametrize("exponent", [0, 1, 2.5, -1])
def test_a_power_law_is_fitted(exponent):
    points = [(x, 3 * x**exponent) for x in (2, 5, 20, 64)]
    assert fitted_exponent(points) == pytest.approx(exponent)


def test_the_fit_is_the_least_squares_line():
    assert fitted_exponent([(1, 1), (2, 4), (4, 4)]) == pytest.approx(1)


@pytest.mark.parametrize("points", [[], [(4, 1.0)], [(4, 1.0), (4, 2.0)]])
def test_too_few_points_have_no_exponent(points):
    assert fitted_exponent(points) is None


def test_operations_of_an_elimination_are_counted():
    rows, cols, rank = 500, 700, 300
    exact = 2 * sum((rows - i) * (cols - i) for i in range(rank))
    assert elimination_operations(rows, cols, rank) == pytest.approx(exact, rel=0.01)


def test_instances_have_the_rank_that_they_claim():
    n = 40
    matrix = instances.dense_matrix(n)
    rank = flint.nmod_mat(n, n, matrix.ravel().tolist(), instances.PRIME).rank()
    assert rank == n - instances.DEFICIENCY
    for integers in (instances.integer_product(n), instances.integer_sums(n)):
        assert flint.fmpz_mat(n, n, integers.ravel().tolist()).rank() == n // 2
    assert (matrix == instances.dense_matrix(n)).all()


def test_a_missing_peer_is_named_and_our_rows_still_run(tmp_path, monkeypatch):
    monkeypatch.setattr(dense, "AGAINST_FFLAS", {48: 1e9})
    monkeypatch.setattr(dense, "REPORTED", {"PARI": (48,)})
    setting = Setting(True, tmp_path, peers.install(peers.INSTALLERS))
    first, against_dgemm, flint_row, pari_row = dense._modular(setting, 48)
    assert first.verdict == pari_row.verdict == ABSENT
    assert [t.missing for t in first.contestants] == ["", "left out by --without"]
    assert against_dgemm.measured > 0
    assert flint_row.measured > 0
    assert first.contestants[0].answer == 48 - instances.DEFICIENCY


def test_a_peer_that_cannot_be_installed_says_why(monkeypatch):
    def hopeless():
        raise installation.Unavailable("no apt-get here to install it")

    monkeypatch.setattr(peers, "INSTALLERS", {"P": hopeless, "Q": lambda: ("q", "1.0")})
    found = peers.install()
    assert found["P"].missing == "no apt-get here to install it"
    assert found["P"].contestant(lambda program: (program,)).missing == found["P"].missing
    assert (found["Q"].version, found["Q"].missing) == ("1.0", "")


def test_a_failing_command_leaves_its_last_words():
    with pytest.raises(installation.Unavailable, match="sh failed: no luck"):
        installation.output("sh", "-c", "echo first; echo no luck >&2; exit 3")
    with pytest.raises(installation.Unavailable, match="nonexistent"):
        installation.output("/nonexistent")


def test_without_a_package_manager_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(installation.shutil, "which", lambda name: None)
    with pytest.raises(installation.Unavailable, match="no apt-get here to install one two"):
        installation.debian("one", "two")
