"""Help and usage: every subcommand explains itself, every misuse exits 2 with a sentence."""

import pytest

from exactfact import __version__
from exactfact.cli import exits
from exactfact.cli.main import COMMANDS
from exactfact.cli.rank import METHODS
from tests.cli.command import call, process


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command, capsys):
    assert call(command, "--help") == exits.OK
    printed = capsys.readouterr().out
    assert f"usage: exactfact {command}" in printed
    assert f"  exactfact {command}" in printed.partition("example")[2]
    assert all(len(line) <= 100 for line in printed.splitlines())


def test_top_help_lists_every_command(capsys):
    assert call("--help") == exits.OK
    printed = capsys.readouterr().out
    assert all(f"    {command}" in printed for command in COMMANDS)


def test_version(capsys):
    assert call("--version") == exits.OK
    assert capsys.readouterr().out == f"exactfact {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("certify",),
        ("certify", "x.toml", "--property", "unique"),
        ("certify", "x.toml", "--seed", "-1"),
        ("certify", "x.toml", "--seed", "1.5"),
        ("certify", "x.toml", "--time-limit", "0"),
        ("certify", "x.toml", "--time-limit", "nan"),
        ("certify", "x.toml", "--time-limit", "inf"),
        ("certify", "x.toml", "--memory-limit", "lots"),
        ("certify", "x.toml", "--memory-limit", "0"),
        ("certify", "x.toml", "--expect", "uniform"),
        ("certify", "x.toml", "--expect", "unique=proved"),
        ("certify", "x.toml", "--expect", "uniform=true"),
        ("certify", "x.toml", "--expect", "uniform/rows=proved"),
        ("certify", "x.toml", "--expect", "uniform@ZZ=proved"),
        ("certify", "x.toml", "--json", "--quiet"),
        ("rank", "x.toml", "--method", "guess"),
        ("check",),
        ("check", "cert.json", "--limit", "many"),
        ("report", "cert.json", "--fragment", "--pdf"),
        ("init", "nonsense"),
        ("families", "nonsense"),
    ],
    ids=" ".join,
)
def test_misuse_exits_2_and_says_why(arguments, capsys):
    assert call(*arguments) == exits.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert printed.err.strip()


def test_the_methods_of_rank_are_those_of_the_pipeline():
    import exactfact as ef
    from exactfact.pipeline import rank

    architecture = ef.Architecture([ef.diagonal(2)])
    assert all(rank(architecture, method=method).facts["rank"]["upper"] == 2 for method in METHODS)
    with pytest.raises(ef.SpecError) as refused:
        rank(architecture, method="guess")
    assert str(METHODS).strip("()").replace("'", "") in str(refused.value)


def test_help_is_quick_because_it_imports_nothing_heavy(tmp_path):
    script = tmp_path / "probe.py"
    script.write_text(
        "import sys\nfrom exactfact.cli.main import parser\nparser()\n"
        "print(sorted({'numpy', 'flint', 'networkx', 'sympy', 'jinja2'} & set(sys.modules)))\n"
    )
    import subprocess
    import sys

    from tests.cli.command import ENVIRONMENT

    done = subprocess.run([sys.executable, script], env=ENVIRONMENT, text=True, capture_output=True, check=True)
    assert done.stdout == "[]\n"


def test_python_m_exactfact_is_the_command():
    done = process("--version")
    assert (done.returncode, done.stdout) == (0, f"exactfact {__version__}\n")
