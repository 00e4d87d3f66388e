"""Small tables (booktabs) and displayed formulas in LaTeX, never wider than the line."""

from __future__ import annotations

from collections.abc import Sequence

HALVE_FROM = 14


def booktabs(
    columns: str, header: Sequence[str], rows: Sequence[Sequence[str]], foot: Sequence[str] = (), halve: bool = False
) -> str:
    r"""A centred table; `columns` is the column specification, `foot` an optional last row below a rule.

    Cells are LaTeX.  adjustbox shrinks a table that would stand out of the measure.  With `halve`, 14 rows or more are
    set as two blocks side by side.
    """
    if halve and not foot and len(rows) >= HALVE_FROM:
        middle = -(-len(rows) // 2)
        blank = [""] * len(header)
        second = [*rows[middle:], *[blank] * (2 * middle - len(rows))]
        rows = [[*left, *right] for left, right in zip(rows[:middle], second, strict=True)]
        header, columns = [*header, *header], rf"{columns}@{{\hspace{{2.5em}}}}{columns}"
    lines = [
        r"\begin{center}\small\begin{adjustbox}{max width=\linewidth}",
        rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}",
        r"\toprule",
        " & ".join(header) + r" \\",
        r"\midrule",
        *(" & ".join(row) + r" \\" for row in rows),
    ]
    if foot:
        lines += [r"\midrule", " & ".join(foot) + r" \\"]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", r"\end{adjustbox}\end{center}"])


def paragraphs(*shares: float) -> str:
    """A specification of ragged paragraph columns with those shares of the line."""
    return "".join(rf">{{\raggedright\arraybackslash}}p{{{share:g}\linewidth}}" for share in shares)


def display(*formulas: str) -> str:
    """Displayed formulas, one below the other, each no wider than the line."""
    lines = [
        rf"\begin{{adjustbox}}{{max width=\linewidth}}$\displaystyle {text}$\end{{adjustbox}}" for text in formulas
    ]
    return "\\begin{center}\n" + "\\\\[6pt]\n".join(lines) + "\n\\end{center}"
