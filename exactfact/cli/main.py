"""The entry point: reads the command line, runs one subcommand, and turns every failure into a non-zero exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from exactfact import __version__
from exactfact.cli import (
    bound,
    certify,
    check,
    cite,
    exits,
    families,
    init,
    proofs,
    prove,
    rank,
    report,
    schema,
    validate,
)
from exactfact.cli import explain as explain_command
from exactfact.cli.failures import explain

DESCRIPTION = """\
Does the product of an architecture's layers determine their parameters?
exactfact answers with verdicts that are proved exactly and can be checked independently."""

EPILOG = """\
example:
  exactfact init chain -o spec.toml         a commented spec to start from
  exactfact certify spec.toml -o cert.json  the verdicts, and the certificate
  exactfact check cert.json                 the independent checker
  exactfact explain cert.json               why, in words, and what to change
  exactfact report cert.json --pdf          the proof, to read

exit codes: 0 decided, or accepted; 1 rejected, or not as expected; 2 bad usage
or spec; 3 undecided; 5 a limit was reached; 70 internal error; 130 interrupted.
`exactfact COMMAND --help` says more."""

# A command's module has SUMMARY, DESCRIPTION, EXAMPLE, configure(parser) and run(options) -> exit code.
COMMANDS: dict[str, ModuleType] = {
    "certify": certify,
    "check": check,
    "explain": explain_command,
    "report": report,
    "bound": bound,
    "rank": rank,
    "prove": prove,
    "validate": validate,
    "init": init,
    "schema": schema,
    "families": families,
    "proofs": proofs,
    "cite": cite,
}


def parser() -> ArgumentParser:
    """The whole command line: one subparser for each module of COMMANDS, which brings its own texts and options."""
    form = RawDescriptionHelpFormatter
    top = ArgumentParser("exactfact", description=DESCRIPTION, epilog=EPILOG, formatter_class=form)
    top.add_argument("--version", action="version", version=f"exactfact {__version__}")
    subparsers = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        command = subparsers.add_parser(
            name,
            help=module.SUMMARY,
            description=module.DESCRIPTION,
            epilog=module.EXAMPLE,
            formatter_class=form,
        )
        module.configure(command)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is returned, except that argparse exits by itself (0 help, 2 bad usage)."""
    _survive_narrow_encodings()
    options = parser().parse_args(argv)
    try:
        with _ending_in_order():
            code: int = COMMANDS[options.command].run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return _closed_pipe()
    except KeyboardInterrupt:
        print("exactfact: interrupted", file=sys.stderr)
        return exits.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost frame: whatever happens becomes a message and a non-zero code
        return explain(error)
    return code


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """SIGTERM (`kill`, `timeout`) and SIGHUP end a run as Ctrl-C does: verdicts kept, the working process stopped."""
    ours = threading.current_thread() is threading.main_thread()
    wanted = (signal.SIGTERM, signal.SIGHUP) if ours else ()
    defaults = [number for number in wanted if signal.getsignal(number) is signal.SIG_DFL]
    for number in defaults:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in defaults:
            signal.signal(number, signal.SIG_DFL)


def _survive_narrow_encodings() -> None:
    """A title in Greek on an ASCII terminal is printed escaped instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _closed_pipe() -> int:
    """The reader (`head`, a pager) has gone: nothing more can be printed, and Python must not try again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return exits.CLOSED_PIPE


if __name__ == "__main__":
    sys.exit(main())
