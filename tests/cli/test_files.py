"""Files are written whole or not at all, and only where asked."""

import os

import pytest

from exactfact.cli import exits, files
from exactfact.cli.failures import UsageError
from tests.cli.command import call


def test_a_failed_write_leaves_the_old_file_and_nothing_else(specs, monkeypatch, capsys):
    (specs / "cert.json").write_text("old")
    before = sorted(path.name for path in specs.iterdir())

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert call("certify", "proved.toml", "-o", "cert.json") == exits.USAGE
    assert "No space left on device" in capsys.readouterr().err
    assert (specs / "cert.json").read_text() == "old"
    assert sorted(path.name for path in specs.iterdir()) == before


def test_a_bad_spec_leaves_an_old_certificate_alone(specs):
    (specs / "cert.json").write_text("old")
    assert call("certify", "missing.toml", "-o", "cert.json") == exits.USAGE
    assert (specs / "cert.json").read_text() == "old"


def test_a_link_is_followed(specs):
    (specs / "real.json").write_text("old")
    (specs / "link.json").symlink_to("real.json")
    assert call("certify", "proved.toml", "--quiet", "-o", "link.json") == exits.OK
    assert (specs / "link.json").is_symlink()
    assert call("check", "real.json") == exits.OK


def test_new_files_have_the_usual_permissions(specs):
    before = os.umask(0o027)
    try:
        assert call("certify", "proved.toml", "--quiet", "-o", "cert.json") == exits.OK
    finally:
        os.umask(before)
    assert (specs / "cert.json").stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="ordinary file"):
        files.target(str(tmp_path / "pipe"))


def test_init_never_overwrites(specs, capsys):
    (specs / "mine.toml").write_text("mine")
    assert call("init", "chain", "-o", "mine.toml") == exits.USAGE
    assert "exists already" in capsys.readouterr().err
    assert (specs / "mine.toml").read_text() == "mine"


def test_no_command_overwrites_what_it_reads(specs, capsys):
    before = (specs / "proved.toml").read_text()
    (specs / "link.json").symlink_to("proved.toml")
    for output in ("proved.toml", "./proved.toml", "link.json"):
        assert call("certify", "proved.toml", "-o", output) == exits.USAGE
        assert call("rank", "proved.toml", "-o", output) == exits.USAGE
    assert "another file" in capsys.readouterr().err
    assert (specs / "proved.toml").read_text() == before
    assert call("certify", "proved.toml", "--quiet", "-o", "cert.tex") == exits.OK
    assert call("report", "cert.tex") == exits.USAGE
    assert call("check", "cert.tex") == exits.OK
