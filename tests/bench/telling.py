"""The figures as text: each beside its goal, and whether it is met."""

import os
from collections.abc import Iterable, Sequence


def load() -> str:
    return "load average " + " ".join(f"{load:.1f}" for load in os.getloadavg()) + f" on {os.cpu_count()} processors"


def heading(words: str) -> None:
    print(f"\n{words}\n{'-' * len(words)}", flush=True)


def goal(name: str, value: float, most: float, unit: str, more: str = "") -> bool:
    met = value <= most
    told = f"{name:52}{_number(value):>9} {unit:8} goal {_number(most):>5}  {'PASS' if met else 'over'}"
    print(f"{told}  {more}".rstrip(), flush=True)
    return met


def told(name: str, value: float, unit: str, more: str = "") -> None:
    print(f"{name:52}{_number(value):>9} {unit:26}{more}".rstrip(), flush=True)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    rows = [head, *([_number(cell) if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(str(row[at])) for row in rows) for at in range(len(head))]
    for row in rows:
        first, *others = zip(row, widths, strict=True)
        print("  ".join([f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in others)]))


def bars(name: str, of: Sequence[tuple[str, float]], unit: str, width: int = 50) -> None:
    print(name)
    most = max(value for _, value in of) or 1.0
    for label, value in of:
        print(f"  {label:>18} {'█' * max(1, round(value / most * width))} {_number(value)} {unit}")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
