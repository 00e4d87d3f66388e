"""Races: interleaving, agreement, and contestants that cannot run."""

import sys

import pytest

from benchmarks import race as racing
from benchmarks.race import Contestant, Disagreement, race

HEAD = "import sys, json\nsay = lambda **f: print(json.dumps(f), flush=True)\n"


def contestant(name, body, **options):
    """A contestant that says what `body` says for the number of the run, `n`."""
    script = f"{HEAD}say(ready=True)\nfor n, line in enumerate(sys.stdin):\n    {body}\n"
    return Contestant(name, (sys.executable, "-c", script), **options)


def test_the_median_leaves_out_the_first_round():
    (timing,) = race([contestant("a", "say(seconds=[99, 1, 5, 3][n], answer=7)")], 3).values()
    assert (timing.seconds, timing.rounds, timing.answer, timing.missing) == (3, 3, 7, "")


def test_contestants_run_in_turn(tmp_path):
    log = tmp_path / "log"
    body = "open({!r}, 'a').write('{}'); say(seconds=1, answer=None)"
    race([contestant(name, body.format(str(log), name)) for name in "ab"], 2)
    assert log.read_text() == "ababab"


def test_a_slow_contestant_may_run_less_often():
    slow, other = contestant("slow", "say(seconds=n, answer=1)", rounds=1), contestant("b", "say(seconds=1, answer=1)")
    timings = race([slow, other], 3)
    assert (timings["slow"].rounds, timings["slow"].seconds) == (1, 0)
    assert timings["b"].rounds == 3


def test_two_answers_are_a_disagreement():
    pair = [contestant("a", "say(seconds=1, answer=7)"), contestant("b", "say(seconds=1, answer=8)")]
    with pytest.raises(Disagreement, match=r"'a': 7, 'b': 8"):
        race(pair, 1)
    assert race(pair, 1, compare=False)["b"].answer == 8


def test_changing_the_answer_is_a_disagreement():
    with pytest.raises(Disagreement, match="a answered 7, then 9"):
        race([contestant("a", "say(seconds=1, answer=7 + 2 * (n > 1))")], 3)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (Contestant("x", missing="no such thing here"), "no such thing here"),
        (Contestant("x", ("/nonexistent/program",)), "did not start"),
        (Contestant("x", (sys.executable, "-c", "raise SystemExit('out of luck')")), "out of luck"),
        (contestant("x", "say(error='ValueError: no')"), "ValueError: no"),
        (racing.python("x", "rivals:flint_rank", path="/nonexistent", n=2), "FileNotFoundError"),
    ],
)
def test_who_cannot_run_is_named_with_the_reason_and_the_others_run(missing, reason):
    timings = race([missing, contestant("b", "say(seconds=1, answer=1)")], 1)
    assert timings["x"].seconds is None
    assert reason in timings["x"].missing
    assert timings["b"].seconds == 1


def test_who_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(racing, "PATIENCE", 0.5)
    (timing,) = race([Contestant("x", (sys.executable, "-c", "import time; time.sleep(60)"))], 1).values()
    assert "no answer within" in timing.missing


def test_memory_is_that_of_the_contestant():
    grow = "x = None; x = bytearray(300 << 20); say(seconds=1, answer=len(x) and 1)"
    timings = race([contestant("small", "say(seconds=1, answer=1)"), contestant("large", grow)], 1)
    if timings["small"].peak_mib is None:
        pytest.skip("no /proc on this system")
    assert timings["small"].peak_mib < 100
    assert 300 <= timings["large"].peak_mib < 400
