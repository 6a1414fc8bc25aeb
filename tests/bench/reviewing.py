"""A large review: a hundred citations, two hundred remarks. How long its page takes, and how long publishing does."""

from collections.abc import Iterator
from uuid import uuid4

from django.urls import reverse

from factcheck.anchoring.quote import Quote
from factcheck.publication.models import Kind, Publication
from factcheck.review import deciding, discussing, freezing, handing
from factcheck.review.models import Submission
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.bench.filling import people
from tests.bench.inventing import text
from tests.bench.serving import Figure, Pace, logged_in, take

CITATIONS, REMARKS = 100, 200
THREADS = 50  # so that each has three replies
_STANCES = ("supports", "refutes", "context")


def filled() -> Submission:
    """A verdict handed in twice, with what was said of it."""
    ada, bo, _cleo = people()
    claim = newsroom.claim(ada, wording="A claim that is looked at from all sides.")
    newsroom.highlight(claim, newsroom.article(ada), "the harbour was dredged in 1921", by=ada)
    made = judging.draft(claim, by=ada)
    body = text(9_000).split("\n\n")
    rationale = "\n\n".join(
        f"{paragraph} {' '.join(f'[{number}]' for number in range(at + 1, CITATIONS + 1, len(body)))}"
        for at, paragraph in enumerate(body)
    )
    judging.revise(
        made, by=ada, version=1, rating=made.scale.ratings.get(name="False"), summary="It was otherwise.", rationale=rationale
    )  # fmt: skip
    for number in range(1, CITATIONS + 1):
        source = keeping.find_or_add(
            by=ada, url=f"https://sources.example/{number}", title=f"Register of works, volume {number}", kind="primary",
            publisher="Port authority",
        )  # fmt: skip
        judging.cite(
            made, source, by=ada, stance=_STANCES[number % 3], quoted=f"In this year {number} works were done.", note="It says so."
        )  # fmt: skip
    newsroom.submission(fresh(made), by=ada)
    changed = fresh(made)
    rationale = rationale.replace(" the ", " that ")
    judging.revise(changed, by=ada, version=changed.version, rationale=rationale, summary="It was not so.")
    submission = newsroom.submission(fresh(made), by=ada)
    handing.hand_over(submission, by=ada, reviewer=bo)
    for number in range(THREADS):
        about: dict[str, object] = {"citation": number + 1}
        if number % 2 == 0:
            words = body[number % len(body)].replace(" the ", " that ").split()
            about = {"words": Quote(" ".join(words[number // len(body) * 8 + 3 :][:6]))}
        thread = discussing.begin(made, by=bo, text=f"How do we know **{number}**?", submission=submission, **about)
        for at in range(REMARKS // THREADS - 1):
            discussing.reply(
                thread, by=(ada, bo)[at % 2], text="It stands in the register, @bo: look at the second volume."
            )
        if number % 5 == 0:
            discussing.resolve(thread, by=ada)
    return submission


def figures(submission: Submission, pace: Pace) -> Iterator[Figure]:
    """The review page, then publishing: each version is followed by the next one, approved and not counted."""
    client, path = logged_in("bo"), submission.get_absolute_url()

    def look() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer

    yield take("GET of the review page", look, pace)
    ada, bo, _cleo = people()
    verdict, publisher = submission.verdict, logged_in("cleo")
    address = reverse("desk:verdict-publication", args=[verdict.pk])
    deciding.approve(submission, by=bo)

    def publish() -> object:
        live = Publication.objects.filter(claim=verdict.claim_id).exists()
        kind = {"kind": Kind.UPDATE, "reason": "There is more to say."} if live else {"kind": Kind.FIRST}
        answer = publisher.post(address, kind | {"key": uuid4()})
        assert answer.status_code == 303, answer.status_code
        return answer

    def next_version() -> None:
        now = fresh(verdict)
        judging.revise(now, by=ada, version=now.version, summary=f"It was not so, as {now.version} people say.")
        deciding.approve(freezing.submit(now, by=ada), by=bo)

    yield take("POST that publishes", publish, pace, next_version)


def fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)
