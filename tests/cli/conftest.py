"""Specs as files, for every test of the command line."""

import pytest

from exactfact.cli import exits
from tests.cli.command import NETWORK, PROVED, REFUTED, call


@pytest.fixture
def specs(tmp_path, monkeypatch):
    """A folder, made the current one, with proved.toml, refuted.toml and network.toml."""
    for name, text in (("proved", PROVED), ("refuted", REFUTED), ("network", NETWORK)):
        (tmp_path / f"{name}.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def certificate(specs, request):
    """The certificate of the spec that the test file names in SPEC."""
    assert call("certify", f"{request.module.SPEC}.toml", "--quiet", "-o", "cert.json") == exits.OK
    return specs / "cert.json"
