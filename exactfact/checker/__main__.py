"""`python -m exactfact.checker CERT.json [--spec SPEC] [--limit N] [--json]`.

Exit codes: 0 every claim accepted; 1 something rejected; 2 unreadable file or bad usage; 5 not checked within the
limit, none rejected; 70 internal error; 130 interrupted.
"""
import argparse
import json
import sys
import traceback

from .certificate import check_file
from .errors import DEFAULT_LIMIT


def main(arguments: list[str] | None = None) -> int:
    """Check the certificate that the arguments name (default: sys.argv), print the report, return its exit code.

    0 accepted, 1 rejected, 2 bad usage or unreadable, 5 not checked.
    """
    parser = argparse.ArgumentParser(prog="python -m exactfact.checker", description="Check an exactfact certificate.")
    parser.add_argument("certificate", metavar="CERT.json", help='the certificate, or "-" for standard input')
    parser.add_argument("--spec", help="the TOML or JSON spec that the certificate must be about")
    parser.add_argument("--limit", type=_limit, default=DEFAULT_LIMIT, metavar="N",
                        help="steps (about a nanosecond each) allowed for each claim, default %(default)s")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args(arguments)
    report = check_file(options.certificate, options.spec, options.limit)
    text = json.dumps(report.document(), indent=1) if options.json else "\n".join(report.lines())
    print(text, flush=True)
    return report.exit_code


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 40):
        raise argparse.ArgumentTypeError("a positive integer is required")
    return int(text)


def run() -> int:
    """`main`, with every way of failing turned into an exit code that is not 0."""
    try:
        return main()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NameError, OSError,
            RuntimeError, TypeError, ValueError) as error:
        traceback.print_exc()
        print(f"internal error: {type(error).__name__}", file=sys.stderr)
        return 70


if __name__ == "__main__":
    sys.exit(run())
