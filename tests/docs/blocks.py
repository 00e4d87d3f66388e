"""The fenced blocks of a Markdown page, executed in order.

    console   lines "$ command" are run by bash in the page's own folder; what follows must be what they print
    python    executed, one namespace for the page; a block that starts with ">>>" is a doctest
    toml      a spec that loads; without the line "exactfact = 1" it is completed by it; file=NAME writes it first
    json      parses as JSON, as a whole or line by line
    sh        not run here: the two installation commands of the README, which .ci/run runs

`python -m tests.docs.blocks README.md docs/*.md` writes the outputs that the commands print now into the pages.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import exactfact as ef

ROOT = Path(__file__).resolve().parents[2]
HEAD = 'exactfact = 1\nfield = "QQ"\n'
FENCE = re.compile(r"^```(.*)$")


@dataclass(frozen=True)
class Block:
    """Lines between two fences; `line` is the number of the first of them."""

    info: str
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def blocks(page: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    found: list[Block] = []
    info, start = None, 0
    lines = page.splitlines()
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence and info is None:
            info, start = fence[1].strip(), number + 1
        elif fence:
            found.append(Block(info, start + 1, tuple(lines[start:number])))
            info = None
    assert info is None, f"the block opened at line {start} is never closed"
    return found


def commands(block: Block) -> list[tuple[str, str]]:
    """(command, expected output) of a console block; a command may be continued after a backslash."""
    found: list[tuple[str, str]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            assert found, f"line {block.line}: a console block starts with a command"
            command, output = found[-1]
            continued = command.endswith("\\") and not output
            found[-1] = (f"{command}\n{line}", "") if continued else (command, f"{output}{line}\n")
    return found


class Folder:
    """Where a page's commands run: an own folder with the examples, and `exactfact` and `python` on the path."""

    def __init__(self, path: Path) -> None:
        self.path = path / "page"
        self.path.mkdir()
        (self.path / "examples").symlink_to(ROOT / "examples")
        tools = path / "bin"
        tools.mkdir()
        for name, command in (("exactfact", f"{sys.executable} -m exactfact"), ("python", sys.executable)):
            (tools / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
            (tools / name).chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
        }

    def run(self, command: str) -> str:
        """What the command prints, on both streams."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.path,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return done.stdout


def execute(block: Block, folder: Folder, names: dict[str, object]) -> str:
    """Run one block; returns what is wrong with it, or ""."""
    kind, *options = block.info.split() or [""]
    if kind == "console":
        return "".join(_console(command, expected, folder) for command, expected in commands(block))
    if kind == "python":
        return _python(block, folder, names)
    if kind == "toml":
        return _toml(block, folder, options)
    if kind == "json":
        return _json(block)
    return "" if kind == "sh" else f"unknown kind of block {block.info!r}"


def _console(command: str, expected: str, folder: Folder) -> str:
    found = folder.run(command)
    return "" if found == expected else f"$ {command}\nexpected:\n{expected}found:\n{found}"


def _python(block: Block, folder: Folder, names: dict[str, object]) -> str:
    """Run Python of a page, a listing or a dialogue; `names` go from block to block, as for a reader who types them.

    The text is that of the documents of this repository and of nobody else: no input from outside is executed here.
    One process for all blocks of a page keeps their names, which a process for each block would lose.
    """
    before = Path.cwd()
    os.chdir(folder.path)
    try:
        if not block.text.startswith(">>>"):
            exec(compile(block.text, "page", "exec"), names)  # noqa: S102 - see above
            return ""
        said: list[str] = []
        test = doctest.DocTestParser().get_doctest(block.text, names, "page", None, block.line)
        doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
        names.update(test.globs)
        return "".join(said)
    finally:
        os.chdir(before)


def _toml(block: Block, folder: Folder, options: list[str]) -> str:
    text = block.text if "exactfact = 1" in block.text else HEAD + block.text
    for option in options:
        key, _, name = option.partition("=")
        if key != "file" or "/" in name or not name:
            return f"unknown option {option!r} of a toml block"
        (folder.path / name).write_text(text)
    try:
        ef.loads(text)
    except ef.SpecError as error:
        return str(error)
    return ""


def _json(block: Block) -> str:
    try:
        json.loads(block.text)
    except ValueError:
        for line in block.lines:
            json.loads(line)
    return ""


def refreshed(page: str, folder: Folder) -> str:
    """The page with the outputs of its console blocks as they are now; the other blocks are executed on the way."""
    lines = page.splitlines()
    names: dict[str, object] = {}
    shift = 0
    for block in blocks(page):
        if not block.info.startswith("console"):
            execute(block, folder, names)
            continue
        new = [part for command, _ in commands(block) for part in f"$ {command}\n{folder.run(command)}".splitlines()]
        start = block.line - 1 + shift
        lines[start : start + len(block.lines)] = new
        shift += len(new) - len(block.lines)
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Refresh the pages named on the command line."""
    import tempfile

    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as place:
            page = Path(name)
            page.write_text(refreshed(page.read_text(), Folder(Path(place))))


if __name__ == "__main__":
    main()
