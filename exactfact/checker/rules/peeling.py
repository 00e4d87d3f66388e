"""Sparse rows and columns that an elimination need not see."""
from collections import Counter
from itertools import chain
from typing import Any

from ..errors import Meter

Row = dict[Any, int]  # by column label


def peel(rows: list[Row], meter: Meter) -> tuple[int, list[Row]]:
    """Remove, repeatedly, a column with one entry (and its row) or a row with one entry (and its column).

    Their number, which is the part of the rank that is gone, and the rows that are left.
    """
    total = sum(map(len, rows))
    if total > 64 * len(rows) and total > 4_000_000:
        return 0, rows
    meter.spend(100 * total, "sparse elimination")
    if all(len(row) != 1 for row in rows) and 1 not in Counter(chain.from_iterable(rows)).values():
        return 0, rows
    meter.spend(300 * total + 1500 * len(rows), "sparse elimination")
    columns: dict[Any, set[int]] = {}
    for i, row in enumerate(rows):
        for c in row:
            columns.setdefault(c, set()).add(i)
    alive = [dict.fromkeys(row) for row in rows]
    ready = [(True, c) for c, held in columns.items() if len(held) == 1]
    ready += [(False, i) for i, row in enumerate(rows) if len(row) == 1]
    rank, gone = 0, set()
    while ready:
        is_column, which = ready.pop()
        if is_column and len(columns[which]) == 1:
            i, c = next(iter(columns[which])), which
        elif not is_column and which not in gone and len(alive[which]) == 1:
            i, c = which, next(iter(alive[which]))
        else:
            continue
        rank += 1
        gone.add(i)
        for other in alive[i]:
            columns[other].discard(i)
            if other != c and len(columns[other]) == 1:
                ready.append((True, other))
        for j in columns[c]:
            del alive[j][c]
            if len(alive[j]) == 1:
                ready.append((False, j))
        columns[c] = set()
    return rank, [{c: row[c] for c in keep} for i, (row, keep) in enumerate(zip(rows, alive, strict=True))
                  if i not in gone and keep]
