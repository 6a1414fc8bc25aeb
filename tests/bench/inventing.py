"""English that says nothing, always the same."""

import random
import re
from functools import cache
from itertools import batched
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = 6  # in a paragraph


@cache
def words() -> list[str]:
    """Of a known English text, each as often as it stands there: what is made of them compresses no better than English."""
    return re.findall(r"[a-z]{2,}", (ROOT / "LICENSE").read_text().lower())


def text(size: int) -> str:
    """Paragraphs of sentences, always the same ones."""
    chance = random.Random(size)
    sentences, length = [], 0
    while length < size:
        sentence = " ".join(chance.choices(words(), k=chance.randint(8, 22))).capitalize() + "."
        sentences.append(sentence)
        length += len(sentence) + 1
    paragraphs = [" ".join(paragraph) for paragraph in batched(sentences, SENTENCES)]
    return "\n\n".join(paragraphs)[:size].rstrip()
