"""How fast quotes are found, and how well: `python -m tests.bench.anchoring [CASES.json ...]`.

CASES.json holds a list of {"class", "text", "selector": {"exact", "prefix", "suffix", "start"}, "expected": {"start", "end"}
or null}; for each file it prints how many of each class are answered right. Without files it prints the speed alone, which
`make bench` does too; beside each figure stands rapidfuzz's bare alignment of the same words, which finds a place and tells
neither whether it is the right one nor where it ends.
"""

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

from rapidfuzz import fuzz

from factcheck.anchoring.locating import Prepared, locate, prepare
from factcheck.anchoring.quote import Quote
from tests.bench.drifting import right
from tests.bench.inventing import text as invented
from tests.bench.inventing import words
from tests.bench.telling import goal, heading, load, table

# Lengths of quotes as they stand at the deciles of real edits that were collected.
LENGTHS = (50, 61, 78, 97, 111, 127, 142, 162, 184, 223)
GOALS = {6_000: 0.12, 60_000: 0.7, 600_000: 7.0}
QUOTES, BARE = 200, 40
EDITED = 0.1


def speed() -> None:
    heading("Quotes found again, each with 10 % of its words edited")
    for size, most in GOALS.items():
        text = invented(size)
        preparing = min(preparation(text) for _ in range(5))
        prepared = prepare(text)
        chance = random.Random(size)
        quotes = [edited(text, chance) for _ in range(QUOTES)]
        taken = [timed(quote, prepared) for quote in quotes]
        bare = median(bare_alignment(quote, text) for quote in quotes[:BARE])
        goal(
            f"one in {size:,} characters, median", median(taken), most, "ms",
            f"worst {max(taken):.1f}; bare alignment {bare:.2f}",
        )  # fmt: skip
        goal(f"preparing {size:,} characters, processor", preparing, 10 * size / 60_000, "ms")
    text = invented(60_000)
    chance = random.Random(5)
    quotes = [edited(text, chance) if at % 5 == 0 else cut(text, chance) for at in range(500)]
    later = text[:30_000] + "A sentence that was put in. " + text[30_000:]
    began = time.perf_counter()
    prepared = prepare(later)
    for quote in quotes:
        locate(quote, prepared)
    goal("500 highlights of 60,000 characters, later text", time.perf_counter() - began, 0.5, "s", "one in five edited")
    text, places = common(600_000, 6_000)
    prepared = prepare(text)
    chance = random.Random(6)
    quotes = [Quote.at(text, at, at + 6) for at in chance.choices(places, k=100)]
    moved = [Quote(quote.exact, quote.prefix, quote.suffix, quote.start - 900) for quote in quotes if quote.start > 900]
    taken = [timed(quote, prepared) for quote in moved]
    found = sum(locate(quote, prepared).start == quote.start + 900 for quote in moved)
    goal("a word that stands 6,000 times in 600,000, median", median(taken), 5, "ms", f"{found} of {len(moved)} found")


def preparation(text: str) -> float:
    """Milliseconds of the processor, so that what else runs does not count."""
    began = time.process_time()
    prepare(text)
    return 1_000 * (time.process_time() - began)


def edited(text: str, chance: random.Random) -> Quote:
    """A quote of which every tenth word is another now."""
    quote = cut(text, chance)
    exact = quote.exact.split(" ")
    for at in chance.sample(range(len(exact)), k=max(1, round(EDITED * len(exact)))):
        exact[at] = chance.choice(words())
    return Quote(" ".join(exact), quote.prefix, quote.suffix, quote.start)


def cut(text: str, chance: random.Random) -> Quote:
    length = chance.choice(LENGTHS)
    start = chance.randrange(len(text) - length)
    return Quote.at(text, start, start + length)


def common(size: int, times: int) -> tuple[str, list[int]]:
    """A text in which one word stands so often, and where."""
    each = invented(size).split(" ")
    for at in range(0, len(each), len(each) // times):
        each[at] = "bridge"
    text = " ".join(each)
    return text, [at for at in range(len(text)) if text.startswith("bridge", at)]


def timed(quote: Quote, prepared: Prepared) -> float:
    began = time.perf_counter()
    locate(quote, prepared)
    return 1_000 * (time.perf_counter() - began)


def bare_alignment(quote: Quote, text: str) -> float:
    began = time.perf_counter()
    fuzz.partial_ratio_alignment(quote.exact, text)
    return 1_000 * (time.perf_counter() - began)


def quality(path: Path) -> None:
    """How many of each class are answered right, and how."""
    heading(path.name)
    classes: dict[str, Counter[str]] = {}
    prepared: dict[str, Prepared] = {}
    for case in json.loads(path.read_text()):
        text, selector, expected = case["text"], case["selector"], case["expected"]
        if text not in prepared:
            prepared[text] = prepare(text)
        quote = Quote(selector["exact"], selector["prefix"], selector["suffix"], selector["start"])
        location = locate(quote, prepared[text])
        good = right((expected["start"], expected["end"]) if expected else None, location.start, location.end)
        answers = classes.setdefault(case["class"], Counter())
        answers["all"] += 1
        answers["right" if good else "missed" if location.start is None else "false"] += 1
        answers[location.status] += 1
    columns = ("missed", "false", "exact", "moved", "edited", "ambiguous", "gone")
    rows = [
        (name, n["all"], f"{100 * n['right'] / n['all']:.1f}", *(n[each] for each in columns))
        for name, n in sorted(classes.items())
    ]
    table(("", "cases", "right %", *columns), rows)


def main() -> None:
    print(load())
    speed()
    for path in sys.argv[1:]:
        quality(Path(path))
    print(f"\n{load()}")


if __name__ == "__main__":
    main()
