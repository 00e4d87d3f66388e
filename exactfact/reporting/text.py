"""The result of `certify --json` as a table of verdicts and lines of facts for a terminal, at most 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from exactfact.certificate.criteria import words
from exactfact.certificate.numbers import decode_number, outward
from exactfact.reporting.escape import plain
from exactfact.reporting.widths import clipped, padded, width

WIDTH = 100
GAP = "  "
HEADER = ("property", "modulo", "over", "status", "by", "reason")
NARROWEST_REASON = 24
MODELS = {"zero-edges-allowed": "zero edges allowed", "spec": "for the sparsity model"}

Row = Mapping[str, Any]


def table(document: Mapping[str, Any], columns: int = WIDTH) -> str:
    """The document of `certify --json` as text: a title, the verdicts, the facts; no trailing newline.

    Lines are at most `columns` wide (70 to 100; wider terminals gain nothing).  Control characters of user strings are
    shown as <U+001B>.
    """
    columns = max(70, min(columns, WIDTH))
    blocks = [_opening(document, columns), *_verdicts(document["verdicts"], columns), *_facts(document, columns)]
    return "\n".join(line.rstrip() for line in blocks)


def _opening(document: Mapping[str, Any], columns: int) -> str:
    title = plain(" ".join(str(document["title"]).split())) or "(no title)"
    sizes = _sizes(document["parameters"])
    shape = document["shape"]
    size = f", product {_brief(shape[0])} x {_brief(shape[1])}" if shape else ""
    return f"{clipped(title, columns)}\n{plain(str(document['field']))}{size}, parameters {sizes}\n"


def _sizes(sizes: Sequence[Any]) -> str:
    words = [_brief(size) for size in sizes]
    if len(words) > 4 and len(set(words)) == 1:
        return f"{words[0]} in each of {len(words)} layers"
    if len(words) > 12:
        words = [*words[:6], "...", *words[-2:]]
    return " + ".join(words)


def _verdicts(rows: Sequence[Row], columns: int) -> Iterator[str]:
    if not rows:
        yield "no verdict was asked for"
        return
    cells = [_cells(row) for row in _together(rows)]
    widths = [max(width(line[place]) for line in [HEADER, *cells]) for place in range(len(HEADER) - 1)]
    fixed = sum(widths) + len(GAP) * len(widths)
    below = columns - fixed < NARROWEST_REASON
    room = columns - 4 if below else columns - fixed
    shown = HEADER[:-1] if below else HEADER
    yield _line(shown, widths)
    yield "-" * (fixed - len(GAP) if below else min(columns, fixed + max(width(cell[-1]) for cell in [HEADER, *cells])))
    for cell in cells:
        reason = textwrap.wrap(cell[-1], room, break_long_words=True) or [""]
        if below:
            yield _line(cell[:-1], widths)
            yield from ("    " + line for line in reason if line)
        else:
            yield _line((*cell[:-1], reason[0]), widths)
            yield from (" " * fixed + line for line in reason[1:])


def _together(rows: Sequence[Row]) -> list[Row]:
    """Rows without transfers that differ in the field (and the claim) alone, as one; `over` then lists the fields."""
    merged: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(rows):
        key = str(place)
        if not row["also_over"]:
            key = repr([(name, value) for name, value in sorted(row.items()) if name not in ("over", "claim")])
        if key in merged:
            merged[key]["over"] += f" {row['over']}"
        else:
            merged[key] = dict(row)
    return list(merged.values())


def _cells(row: Row) -> tuple[str, ...]:
    over = " ".join([str(row["over"]), *(f"({field})" for field in row["also_over"])])
    by = str(row["statement"] or "-")
    return (plain(str(row["property"])), plain(str(row["modulo"])), plain(over), _status(row), plain(by), _reason(row))


def _status(row: Row) -> str:
    return f"{row['status']} ({row['strength']})" if row["strength"] == "probable" else str(row["status"])


def _reason(row: Row) -> str:
    text = plain(" ".join(str(row["reason"] or "").split()))
    if row["model"] != "full":
        text = f"{MODELS.get(row['model'], plain(str(row['model'])))}: {text}"
    if row["strength"] == "probable" and row.get("error_probability"):
        text += f" (error probability {plain(str(row['error_probability']))})"
    if row["status"] == "undecided" and row["tried"]:
        names = ", ".join(dict.fromkeys(plain(words(str(attempt["criterion"]))) for attempt in row["tried"]))
        text += f"{'; ' if text else ''}tried: {names}"
    return text


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padding = [padded(cell, size) for cell, size in zip(cells, widths, strict=False)]
    return GAP.join([*padding, *cells[len(widths) :]])


def _facts(document: Mapping[str, Any], columns: int) -> Iterator[str]:
    facts = document["facts"]
    network = facts["path_multiindices"] is not None
    lines = [("path multi-indices" if network else "columns of the lifted map", _brief(facts["lifted_dimension"]))]
    named = [
        ("rank of the lifted map", facts["rank"]),
        ("kernel of the lifted map", facts["kernel_dimension"]),
        ("Jacobian rank", facts["jacobian_rank"]),
        ("largest path count", facts["path_max_entry"]),
        ("sigma_min squared", facts["sigma_min_squared"]),
        ("sigma_max squared", facts["sigma_max_squared"]),
    ]
    lines += [(name, bounds(value)) for name, value in named if value is not None]
    lines += _solutions(facts["fibre_count"])
    lines += _point(facts["point"])
    lines += [
        (_NAMES.get(note["quantity"], plain(str(note["quantity"]))), _probably(note))
        for note in facts.get("probable", [])
    ]
    yield ""
    wide = max(len(name) for name, _ in lines)
    yield from (clipped(f"{name.ljust(wide)}  {value}", columns) for name, value in lines)


def _solutions(counts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The number of classes in a generic fibre over CC, and over the other fields where it differs."""
    by_value: dict[str, list[str]] = {}
    for field in ("CC", "RR", "QQ"):
        if counts[field] is not None:
            by_value.setdefault(bounds(counts[field]), []).append(field)
    if list(by_value) == ["1"]:
        by_value = {"1": ["CC"]}
    for value, fields in by_value.items():
        yield f"solutions of a generic product, {' '.join(fields)}", value


_NAMES = {"rank": "rank of the lifted map", "jacobian_rank": "Jacobian rank"}


def _probably(note: Mapping[str, Any]) -> str:
    return f"probably {_brief(note['value'])} (error probability {plain(str(note['error_probability']))})"


def _point(point: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if point is None:
        return []
    lines = []
    if point["jacobian_rank"] is not None:
        lines.append(("Jacobian rank at the point", bounds(point["jacobian_rank"])))
    if point["local"]:
        lines.append(("locally identifiable at the point", str(point["local"])))
    if not point["in_h_star"]:
        lines.append(("the point", "has a zero layer"))
    return lines


def bounds(value: Mapping[str, Any]) -> str:
    """A pair of bounds in words: `6`, `3 to 5`, `at least 3`; fractions as decimals, rounded outward."""
    lower, upper = value["lower"], value["upper"]
    if any(decode_number(end).denominator > 1 for end in (lower, upper or 0)):
        return _fractions(decode_number(lower), None if upper is None else decode_number(upper))
    if upper is None:
        return f"at least {_brief(lower)}"
    return _brief(lower) if decode_number(lower) == decode_number(upper) else f"{_brief(lower)} to {_brief(upper)}"


def _fractions(lower: int | Fraction, upper: int | Fraction | None) -> str:
    if upper is None:
        return f"at least {outward(lower, 'lower')}"
    if lower == upper and outward(lower, "lower") == outward(lower, "upper"):
        return outward(lower, "lower")
    return f"{outward(lower, 'lower')} to {outward(upper, 'upper')}"


def _brief(value: Any) -> str:
    """An integer in full up to 21 digits, otherwise by its first digits and its power of ten."""
    number = int(decode_number(value))
    if abs(number) < 10**21:
        return str(number)
    exponent = (abs(number).bit_length() - 1) * 30103 // 100000
    while 10 ** (exponent + 1) <= abs(number):
        exponent += 1
    while 10**exponent > abs(number):
        exponent -= 1
    head = str(abs(number) // 10 ** (exponent - 3))
    return f"{'-' if number < 0 else ''}{head[0]}.{head[1:]}...e{exponent}"
