"""An explanation as lines for a terminal."""

from __future__ import annotations

import textwrap

from .build import Block, Explanation
from .case import listed

WIDTH = 100
REPEATED = 80  # shorter lines, such as vectors, are printed again
AGAIN = "The reasons are those above."
MODELS = {"zero-edges-allowed": " (zero edges allowed)", "spec": " (for the sparsity model)"}


def text(explained: Explanation, columns: int = WIDTH) -> str:
    """The explanation, at most `columns` wide (60 to 100), without trailing newline."""
    width = max(60, min(columns, WIDTH))
    lines = [" ".join(explained.title.split()) or "(no title)"]
    blocks: set[tuple[str, ...]] = set()
    said: set[str] = set()
    for block in explained.blocks:
        new = [] if block.why in blocks else [line for line in block.why if line not in said or len(line) <= REPEATED]
        lines += ["", *_wrapped(heading(block), width, "")]
        lines += [part for line in new or [AGAIN] for part in _wrapped(line, width, "  ")]
        blocks.add(block.why)
        said.update(block.why)
    if explained.facts:
        lines += ["", *(line for fact in explained.facts for line in _wrapped(fact, width, ""))]
    return "\n".join(lines)


def heading(block: Block) -> str:
    """`generic modulo scaling: refuted over QQ, RR and CC  [6.4]`."""
    fields = listed(block.over) + (f", hence over {listed(block.also_over)}" if block.also_over else "")
    by = f"  [{block.statement}]" if block.statement else ""
    names = ", ".join(block.properties)
    return f"{names} modulo {block.modulo}{MODELS.get(block.model, '')}: {block.status} over {fields}{by}"


def _wrapped(line: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        line, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    ) or [""]
