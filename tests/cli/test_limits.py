"""Limits and Ctrl-C keep the verdicts reached so far: printed, saved, accepted by the checker."""

import json
import os
import pty
import signal
import time
from pathlib import Path

import pytest

from exactfact.cli import exits
from tests.cli.command import call, start

# `uniform` is refuted within a second; what six Toeplitz factors determine else takes half a minute.
LAYER = f'[[layer]]\noperator = "toeplitz"\nrows = 32\ncols = 32\ndiagonals = {list(range(-7, 7))}\n'
LONG = f'exactfact = 1\ntitle = "long"\nfield = "QQ"\n{LAYER * 6}'


@pytest.fixture
def long(tmp_path):
    path = tmp_path / "long.toml"
    path.write_text(LONG)
    return path


def _kept(printed, certificate):
    """The verdicts are in both places, and the checker accepts the certificate."""
    document = json.loads(printed)
    assert any(row["status"] == "refuted" and row["property"] == "uniform" for row in document["verdicts"])
    assert any(row["status"] == "undecided" for row in document["verdicts"])
    assert document["stopped"]
    assert call("check", certificate) == exits.OK


def _output(run):
    """Both outputs of a process that should end at once."""
    try:
        return run.communicate(timeout=300)
    finally:
        run.kill()
        run.communicate()


def _children(pid):
    """The processes that this one started, as folders of /proc; none are found on systems without it."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [Path("/proc") / child for child in listed.read_text().split()] if listed.exists() else []


def test_a_time_limit_keeps_the_verdicts(long, tmp_path, capsys, pace):
    certificate = tmp_path / "cert.json"
    limit = round(5 * pace, 1)
    begun = time.monotonic()
    assert call("certify", long, "--json", "-o", certificate, "--time-limit", limit) == exits.LIMIT
    assert time.monotonic() - begun < 2 * limit + 5
    printed = capsys.readouterr()
    assert "time limit" in printed.err
    _kept(printed.out, certificate)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "kill"])
def test_a_signal_keeps_the_verdicts_and_leaves_no_process(number, long, tmp_path, pace):
    certificate = tmp_path / "cert.json"
    run = start("certify", long, "--json", "-o", certificate, cwd=tmp_path)
    time.sleep(6 * pace)
    workers = _children(run.pid)
    begun = time.monotonic()
    run.send_signal(number)
    out, err = _output(run)
    assert time.monotonic() - begun < 5 * pace + 5
    assert not any(worker.exists() for worker in workers)
    assert run.returncode == exits.INTERRUPTED, err
    assert "interrupted" in err
    _kept(out, certificate)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cert.json", "long.toml"]


def test_ctrl_c_ends_a_run_of_several_specs(long, tmp_path, pace):
    run = start("certify", long, "proved.toml", "-o", "out", cwd=tmp_path)
    time.sleep(4 * pace)
    run.send_signal(signal.SIGINT)
    _output(run)
    assert run.returncode == exits.INTERRUPTED
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["long.json"]


def test_a_memory_limit(long, capsys):
    code = call("certify", long, "--memory-limit", "700M", "--time-limit", "3")
    assert code == exits.LIMIT
    assert "limit" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal(long, tmp_path, pace):
    ours, theirs = pty.openpty()
    run = start("certify", long, "--quiet", "--time-limit", round(5 * pace, 1), stderr=theirs)
    os.close(theirs)
    run.communicate(timeout=300)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # Linux: the other end is closed
        pass
    os.close(ours)
    assert b" s: " in shown  # seconds, the spec (a long path is cut), and what is being done
    assert str(long).encode()[:20] in shown
    assert run.returncode == exits.LIMIT
