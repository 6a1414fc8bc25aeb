"""What the timeline says of acts."""

import re
from pathlib import Path

from factcheck.desk.templatetags.desk import ACTS
from factcheck.review.models import Outcome

CODE = Path(__file__).resolve().parents[2] / "factcheck"


def test_every_act_in_the_code_has_words_for_the_timeline() -> None:
    written = re.compile(r"""\bact\(\s*"([a-z_]+\.[a-z_]+)\"""")
    acts = {act for file in CODE.rglob("*.py") for act in written.findall(file.read_text())}
    acts |= {f"verdict.{outcome.value}" for outcome in Outcome}
    assert len(acts) > 30
    assert acts <= set(ACTS)
