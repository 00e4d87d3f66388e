"""The tables: rendered from the kept results alone, the pages up to date with them."""

import json

import pytest

from benchmarks import __main__ as command
from benchmarks import table

KEPT = json.loads(table.RESULTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", table.PAGES, ids=lambda page: page.name)
def test_every_page_shows_the_kept_results(page):
    text = page.read_text(encoding="utf-8")
    assert table.BLOCK.search(text)
    assert table.rendered(text, KEPT) == text, "run `python -m benchmarks --render`"


@pytest.mark.parametrize("page", table.PAGES, ids=lambda page: page.name)
def test_another_result_gives_another_page(page):
    text = page.read_text(encoding="utf-8")
    changed = json.loads(json.dumps(KEPT))
    changed["rows"][0]["measured"] += 1
    assert table.rendered(text, changed) != text


def test_every_row_and_every_series_is_kept():
    assert {row["number"] for row in KEPT["rows"]} == set(range(1, 11))
    assert [entry["size"] for entry in KEPT["growth"]] == ["K", "S", "m", "N"]
    assert {"processor", "numpy", "python-flint", "FFLAS-FFPACK", "PARI", "LinBox", "sympy"} <= set(KEPT["machine"])


def row(**changes):
    timings = [
        {"name": "ours", "seconds": 0.0123456, "rounds": 5, "missing": "", "ours": True, "peak_mib": 88},
        {"name": "peer", "seconds": 12.3456, "rounds": 5, "missing": "", "ours": False, "peak_mib": 9},
    ]
    base = {"number": 1, "figure": "ours / peer", "target": ["<=", 1.1], "measured": 1.08, "unit": "ratio"}
    return {**base, "contestants": timings, "note": "", "verdict": "met", **changes}


def results(*rows):
    return {"quick": False, "rounds": 5, "machine": {"processor": "P", "date": "D"}, "rows": list(rows), "growth": []}


def test_a_row_reads_as_figure_target_measured_verdict():
    text = table.targets(results(row(), row(target=None), row(verdict="MISSED", measured=123.456)))
    assert "P, D, medians of 5 interleaved rounds; 1 of 2 targets met." in text
    assert "| 1 | ours / peer | <= 1.1 | 1.08 | met |" in text
    assert "| 1 | ours / peer | <= 1.1 | 123 | **MISSED** |" in text
    assert len(text.splitlines()) == 6


def test_the_seconds_are_readable():
    text = table.contestants(results(row(note="a | b")))
    assert "| ours 12.3 ms; peer 12.3 s | 88 MiB | a \\| b |" in text


def test_fewer_rounds_are_said():
    slow = {**row()["contestants"][1], "rounds": 1}
    assert "peer 12.3 s (rounds: 1) |" in table.contestants(results(row(contestants=[slow])))
    cut = {**slow, "missing": "no answer within 420 s"}
    assert "peer 12.3 s (rounds: 1: no answer within 420 s) |" in table.contestants(results(row(contestants=[cut])))


def test_a_missing_peer_is_named_in_both_tables():
    gone = {"name": "peer", "seconds": None, "missing": "no apt-get here", "ours": False, "peak_mib": None}
    missing = row(measured=None, verdict="not measured", contestants=[row()["contestants"][0], gone])
    assert "| <= 1.1 | - | not measured; peer: no apt-get here |" in table.targets(results(missing))
    assert "ours 12.3 ms; peer: missing, no apt-get here" in table.contestants(results(missing))


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0.00"), (0.00123, "0.0012"), (0.456, "0.456"), (1, "1.00"), (99.96, "100.0"), (1234.5, "1234")],
)
def test_numbers_have_three_digits(number, text):
    assert table._number(number) == text


def test_growth_shows_fit_and_prediction():
    entry = {"size": "K", "case": "c", "points": [[2, 0.01, 9], [4, 2.0, [9, 0]]], "exponent": 0.834, "last": None}
    entry |= {"predicted": [0.0, 1.0], "why": "w", "missing": "8: LimitError"}
    text = table.growth(results() | {"growth": [entry]})
    assert "| K | c | 0.83 | - | 0 to 1 | w | 2: 10.0 ms (r = 9), 4: 2.00 s (r = 9); missing: 8: LimitError |" in text


def test_a_run_prints_its_rows_and_exits_0(capsys):
    left_out = [word for name in command.peers.INSTALLERS for word in ("--without", name)]
    assert command.main(["paths", "--quick", *left_out]) == 0
    printed = capsys.readouterr()
    assert "convolution chain N=4096" in printed.out
    assert "| PARI | missing: left out by --without |" in printed.out
    assert "PARI: MISSING, left out by --without" in printed.err


def test_a_disagreement_exits_1_and_keeps_nothing(capsys, monkeypatch):
    def disagree(setting):
        raise command.Disagreement("a says 1, b says 2")

    monkeypatch.setattr(command, "GROUPS", dict.fromkeys(command.GROUPS, disagree))
    monkeypatch.setattr(command.growth, "series", lambda setting: [])
    monkeypatch.setattr(command.peers, "install", lambda without: {})
    before = table.RESULTS.read_bytes()
    assert command.main(["--save"]) == 1
    assert "DISAGREEMENT, dense: a says 1, b says 2" in capsys.readouterr().out
    assert table.RESULTS.read_bytes() == before


@pytest.mark.parametrize("arguments", [["nonsense"], ["--without", "nonsense"], ["--save", "paths"]])
def test_wrong_usage_exits_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        command.main(arguments)
    assert end.value.code == 2
    assert "there is" in capsys.readouterr().err or "--save" in arguments
