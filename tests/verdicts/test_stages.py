"""What may follow what."""

import pytest

from factcheck.verdicts import stages
from factcheck.verdicts.stages import OutOfTurn, Stage

ALLOWED = {
    (Stage.DRAFT, Stage.SUBMITTED),
    (Stage.SENT_BACK, Stage.SUBMITTED),
    (Stage.SUBMITTED, Stage.SUBMITTED),
    (Stage.SUBMITTED, Stage.APPROVED),
    (Stage.SUBMITTED, Stage.SENT_BACK),
    (Stage.SUBMITTED, Stage.DRAFT),
    (Stage.APPROVED, Stage.SUBMITTED),
    (Stage.APPROVED, Stage.SETTLED),
    (Stage.SETTLED, Stage.SUBMITTED),
    (Stage.SETTLED, Stage.APPROVED),
}


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("wanted", Stage)
def test_only_these_steps_are_possible(now: Stage, wanted: Stage) -> None:
    try:
        stages.check(now, wanted)
    except OutOfTurn:
        possible = False
    else:
        possible = True
    assert possible == ((now, wanted) in ALLOWED)
