"""Fit the weights by which places are judged: `python -m tests.bench.calibrating FOLDER [CASES]`.

FOLDER holds texts (*.txt, UTF-8), the more languages and kinds of text the better. Half of them are edited to fit
the constants of factcheck.anchoring.weighing; edits of the other half, which the fit never saw, show how sure it may be of itself.
With CASES=0 nothing is fitted and the weights as they stand are shown.
"""

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import exp, log
from operator import mul
from pathlib import Path

from factcheck.anchoring import locating, weighing
from factcheck.anchoring.finding import Search, prepare
from factcheck.anchoring.folding import fold
from factcheck.anchoring.locating import Location, Status, locate
from tests.bench.drifting import SENTENCE, Case, Drift, overlap, right
from tests.bench.telling import heading, table

FITTED, SHOWN = 12_000, 8_000
FAR = 3  # numbers at the end that tell how far off a place is
RIDGE = 1.0  # keeps weights of what hardly ever occurs small

type Values = tuple[float, ...]


def halves(folder: Path) -> tuple[list[str], list[str]]:
    """The texts, split by their names so that the split stays when others come."""
    split: tuple[list[str], list[str]] = ([], [])
    for path in sorted(folder.glob("*.txt")):
        split[hashlib.md5(path.name.encode()).digest()[-1] % 2].append(path.read_text())
    return split


def cases(texts: list[str], number: int, seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    while number > 0:
        text = chance.choice(texts)
        # Sentences from outside come from the texts beside it, which are most often in its language.
        others = [each for each in SENTENCE.findall(texts[texts.index(text) - 1]) if len(each) > 30] or ["So it is. "]
        drift = Drift(text, others, chance)
        for case in filter(None, (drift.case() for _ in range(4))):
            number -= 1
            yield case


def choices(cases: Iterable[Case]) -> list[tuple[int, list[Values]]]:
    """For each case what describes its places, and which of them is right: -1 for none."""
    made = []
    for case in cases:
        search = Search.of(case.quote, prepare(case.text))
        if not search.words:
            continue
        places, closed = search.places()
        verbatim = any(place.same for place in places)
        spans = {locating._span(search, place): place for place in places}
        if not spans:
            continue
        shares = {span: overlap(case.expected, span) for span in spans}
        best = max(shares, key=shares.__getitem__)
        found = shares[best] >= 0.8
        # What overlaps the right place is no other place.
        kept = [span for span in spans if not found or span == best or span[1] <= best[0] or span[0] >= best[1]]
        values = [weighing.described(search, spans[span], closed, verbatim) for span in kept]
        made.append((kept.index(best) if found else -1, values))
    return made


def fitted(choices: list[tuple[int, list[Values]]], none: float) -> list[float]:
    """The weights of a conditional logit, by Newton's method; `none` is 1 if there may be no right one, else 0."""
    size = len(choices[0][1][0])
    weights = [0.0] * size
    for _ in range(30):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE * (row == column) for column in range(row + 1)] for row in range(size)]
        for right_one, options in choices:
            odds = [exp(min(50.0, sum(map(mul, weights, values)))) for values in options]
            total = none + sum(odds)
            mean = [0.0] * size
            for share, values in zip([each / total for each in odds], options, strict=True):
                if share > 1e-6:
                    _add(curve, values, share)
                    for at, value in enumerate(values):
                        mean[at] += share * value
            _add(curve, tuple(mean), -1.0)
            for at in range(size):
                slope[at] += (options[right_one][at] if right_one >= 0 else 0.0) - mean[at]
        step = solved(curve, slope)
        largest = max(map(abs, step))
        weights = [weight + each * min(1.0, 5 / largest) for weight, each in zip(weights, step, strict=True)]
        if largest < 1e-3:
            break
    return [round(weight, 2) for weight in weights]


def which_and_whether(choices: list[tuple[int, list[Values]]]) -> tuple[list[float], list[float]]:
    """What tells the right place from the others; what tells the best from none."""
    several = [choice for choice in choices if choice[0] >= 0 and len(choice[1]) > 1]
    which = fitted([(first, [values[:-FAR] for values in options]) for first, options in several], none=0.0)
    best = []
    for right_one, options in choices:
        first = max(options, key=lambda values: sum(map(mul, which, values)))
        best.append((0 if right_one >= 0 else -1, [first]))
    return which, fitted(best, none=1.0)


LINES = ("FOUND", "SEVERAL", "SEVERAL_EDITED", "GONE")

type Answers = tuple[list[tuple[float, bool]], ...]


def answers(cases: Iterable[Case], tell: Callable[[Case, Location, bool], None] | None = None) -> Answers:
    """How sure it was, and whether that was right: of finds, of several candidates (verbatim, edited), of none."""
    finds, several, others, nothing = made = ([], [], [], [])
    for case in cases:
        location = locate(case.quote, case.text)
        good = right(case.expected, location.start, location.end)
        if tell:
            tell(case, location, good)
        if location.start is not None:
            finds.append((location.confidence, good))
        elif location.status is Status.GONE:
            nothing.append((location.confidence, good))
        else:
            among = any(overlap(case.expected, span) >= 0.8 for span in location.candidates)
            verbatim = any(
                fold(case.text[a:b]).text == fold(case.quote.exact).text.strip() for a, b in location.candidates
            )
            (several if verbatim else others).append((location.confidence, among))
    return made


def lines(answers: Answers) -> list[tuple[float, float]]:
    """For each kind of answer the line that turns the log odds it gave into those that came true."""
    fits = []
    for kind in answers:
        odds = [(log(sure / (1 - sure)), good) for sure, good in kind]
        first, second = fitted([(0 if good else -1, [(1.0, value)]) for value, good in odds], none=1.0)
        fits.append((first, second))
    return fits


def _add(curve: list[list[float]], values: Values, share: float) -> None:
    """Add an outer product, of which only half is needed."""
    for row, value in enumerate(values):
        if value:
            value *= share
            line = curve[row]
            for column in range(row + 1):
                line[column] += value * values[column]


def solved(lower: list[list[float]], of: list[float]) -> list[float]:
    """Linear equations by elimination; of the symmetric matrix the lower half is given."""
    size = len(of)
    rows = [[lower[max(r, c)][min(r, c)] for c in range(size)] + [of[r]] for r in range(size)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(size):
            if row != at and (factor := rows[row][at] / rows[at][at]):
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def show(cases: Iterable[Case]) -> None:
    """How often it was right, by kind of edit; and how sure it was against how often it was right."""
    kinds: dict[str, Counter[str]] = {}

    def count(case: Case, location: Location, good: bool) -> None:
        kind = kinds.setdefault(case.kind, Counter())
        kind["all"] += 1
        kind["right" if good else "missed" if location.start is None else "false"] += 1
        kind[location.status] += 1

    finds, several, others, nothing = answers(cases, count)
    heading("Generated edits of texts that were not fitted")
    columns = ("right", "missed", "false", *Status)
    table(
        ("", "cases", "right %", *columns[1:]),
        [
            (kind, n["all"], 100 * n["right"] / n["all"], *(n[each] for each in columns[1:]))
            for kind, n in sorted(kinds.items())
        ],
    )
    reliability("Confidence of finds", finds)
    reliability("Confidence of gone", nothing)
    reliability("Confidence of ambiguous: that it is one of the candidates", several + others)


def reliability(name: str, answers: list[tuple[float, bool]], fewest: int = 200) -> None:
    """Bins of equal width, joined until each holds enough: what was predicted, and what came true."""
    heading(name)
    answers.sort()
    bins: list[list[tuple[float, bool]]] = []
    for low in range(20):
        some = [
            answer for answer in answers if low / 20 <= answer[0] < (low + 1) / 20 or (low == 19 and answer[0] == 1)
        ]
        if bins and len(bins[-1]) < fewest:
            bins[-1] += some
        elif some:
            bins.append(some)
    if len(bins) > 1 and len(bins[-1]) < fewest:
        last = bins.pop()
        bins[-1] += last
    rows = []
    for each in bins:
        predicted = sum(sure for sure, _ in each) / len(each)
        true = sum(good for _, good in each) / len(each)
        rows.append(
            (
                f"{each[0][0]:.2f} to {each[-1][0]:.2f}",
                len(each),
                f"{predicted:.3f}",
                f"{true:.3f}",
                f"{predicted - true:+.3f}",
            )
        )
    table(("confidence", "cases", "predicted", "true", "off"), rows)


def main() -> None:
    folder, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FITTED
    known, unseen = halves(folder)
    print(f"{len(known)} texts to fit, {len(unseen)} to show")
    if number:
        which, whether = which_and_whether(choices(cases(known, number, 1)))
        weighing.WHICH, weighing.WHETHER = tuple(which), tuple(whether)
        print("WHICH =", weighing.WHICH)
        print("WHETHER =", weighing.WHETHER)
        for line in LINES:
            setattr(weighing, line, (0.0, 1.0))
        for line, fit in zip(LINES, lines(answers(cases(known, number, 3))), strict=True):
            setattr(weighing, line, fit)
            print(line, "=", fit)
    show(cases(unseen, SHOWN, 2))


if __name__ == "__main__":
    main()
