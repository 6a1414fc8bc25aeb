"""The whole way of a check, walked at random by everybody at once, beside a small model of what should happen.

Each step is somebody's attempt at a verb, on the desk's screen or by itself. The model says whether it is taken, or which
refusal it meets. After each, the history tells of it (one entry, or none for what was refused), and what the desk and the
readers see is what the model says. WORKFLOW=500 walks as many ways, other ones each time.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, MAY, PUBLISHER, REVIEWER
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.publication import correcting, publishing
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.publication.publishing import AlreadyPublished, NotApproved, Waiting
from factcheck.review import deciding, discussing, freezing, handing
from factcheck.review.deciding import Outdated
from factcheck.review.freezing import Incomplete, Occupied, Unchanged
from factcheck.review.models import Handover, Remark, Submission
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Rating, ScaleVersion, Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom

WAYS = int(os.environ.get("WORKFLOW", "0"))
SETTINGS = settings(
    max_examples=WAYS or 8,
    stateful_step_count=50 if WAYS else 30,
    # The suite walks the same ways each time.
    derandomize=not WAYS,
    database=None,
    deadline=None,
    # Making a fault small takes minutes.
    phases=[Phase.generate, Phase.shrink] if WAYS else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)

DAY = timedelta(days=1)
CAST = {
    "ada": (CHECKER,),
    "bo": (REVIEWER, CHECKER),
    "rae": (REVIEWER,),
    "cleo": (PUBLISHER,),
    "max": (CHECKER, REVIEWER, PUBLISHER),
    "dee": (ADMINISTRATOR,),
    "guest": (),
}
WORDS = ("", "So it is.", "It is otherwise.")
RATIONALES = ("", "The register says so [1].", "A letter says so.")
RATINGS = (None, "True", "False")
STANCES = ("supports", "refutes")


def able(act: str) -> list[str]:
    return [name for name, roles in CAST.items() if not MAY[act][1].isdisjoint(roles)]


def somebody(act: str) -> st.SearchStrategy[str]:
    """Mostly somebody who may."""
    return st.sampled_from(able(act) * 3 + [*CAST])


# The last ones made, and now and then an earlier one.
which = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3])
# Whether the version that was seen is the one that stands there.
is_late = st.sampled_from([False, False, False, True])
on_screen = st.booleans()


@dataclass
class Round:
    pk: int
    by: str
    words: tuple[Any, ...]
    outcome: str = ""  # approve, send_back or withdraw


@dataclass
class Version:
    number: int
    kind: str
    words: tuple[Any, ...]
    rating: str
    summary: str
    cited: dict[int, tuple[int, str]]
    authors: list[str]
    rationale: str


@dataclass
class ClaimTold:
    pk: int
    wording: str
    version: int = 1
    trashed: bool = False
    versions: list[Version] = field(default_factory=list)
    waits: "VerdictTold | None" = None  # what goes out later


@dataclass
class VerdictTold:
    pk: int
    claim: ClaimTold
    rating: str | None
    summary: str
    rationale: str
    authors: list[str]
    cited: dict[int, tuple[int, str]] = field(default_factory=dict)
    given: int = 0
    version: int = 1
    stage: str = Stage.DRAFT
    rounds: list[Round] = field(default_factory=list)
    threads: dict[int, bool] = field(default_factory=dict)  # by number: whether it is resolved
    handed_to: int = 0  # the number of the last handing over

    @property
    def is_finished(self) -> bool:
        return self.stage in {Stage.SUBMITTED, Stage.APPROVED, Stage.SETTLED}

    def sign(self, person: str) -> None:
        if person not in self.authors:
            self.authors.append(person)


class Newsroom(RuleBasedStateMachine):
    """A newsroom with two claims and whatever verdicts there come to be."""

    cast: ClassVar[dict[str, User]]
    clients: ClassVar[dict[str, Client]]
    ratings: ClassVar[dict[str, Rating]]
    walked: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        # All of a way is one transaction that is taken back, and its first entry the beginning.
        self.all = transaction.atomic()
        self.all.__enter__()
        self.claims: list[ClaimTold] = []
        self.verdicts: list[VerdictTold] = []
        self.sources: dict[int, tuple[str, int]] = {}  # title and version by number
        self.on_page: dict[int, int] = {}  # what the article's page shows: the version by claim

    def teardown(self) -> None:
        try:
            for claim in self.claims:
                self.readers_see(claim)
        finally:
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        ada = self.cast["ada"]
        article = newsroom.article(ada)
        for wording, words in (
            ("The harbour was dredged in 1921.", "dredged in 1921"), ("The bridge is old.", "the oldest in the country"),
        ):  # fmt: skip
            claim = newsroom.claim(ada, wording=wording)
            newsroom.highlight(claim, article, words, by=ada)
            self.claims.append(ClaimTold(claim.pk, wording))
        for number in (1, 2):
            made = keeping.find_or_add(
                by=ada, url=f"https://port.example/{number}", title=f"Volume {number}", kind="primary"
            )
            self.sources[made.pk] = (made.title, 1)
        self.draft("ada", 0, "True", WORDS[1], RATIONALES[1])
        self.cite("ada", 0, 0, "supports")

    # --- What should happen, and whether it does ---

    def attempt(
        self, act: str, by: str, verb: Callable[[], Any], expected: type[Exception] | None, screen: tuple[str, dict[str, Any]] | None = None
    ) -> Any:  # fmt: skip
        """Try a verb, or the form of the desk that calls it; what it gave, None for a form and for what was refused as expected."""
        before = set(Entry.objects.values_list("pk", flat=True))
        made = None
        if screen:
            path, fields = screen
            answer = self.clients[by].post(path, fields)
            assert answer.status_code in {303, 403, 404, 409, 422}, (path, answer.status_code)
            assert answer.status_code == 303 or expected, (act, path, answer.status_code)
        else:
            try:
                made = verb()
            except Exception as refusal:
                if type(refusal) is not expected:
                    raise
            else:
                assert expected is None, f"{act} by {by} should have been refused with {expected}"
        # What waits for the end of the transaction is looked at now.
        connection.check_constraints()
        new = Entry.objects.exclude(pk__in=before)
        told = [(entry.act, entry.person_name, bool(entry.subjects)) for entry in new]
        assert told == ([] if expected else [(act, self.cast[by].name, True)]), (told, act, by, expected)
        key = f"{act}: {expected.__name__ if expected else 'done'}"
        self.walked[key] = self.walked.get(key, 0) + 1
        return made

    def refused(self, act: str, by: str, *further: tuple[bool, type[Exception]]) -> type[Exception] | None:
        """The first refusal that holds; that the role does not allow the act comes before all others."""
        return next((error for holds, error in ((by not in able(act), PermissionDenied), *further) if holds), None)

    def words(self, verdict: VerdictTold) -> tuple[Any, ...]:
        """All that a document says."""
        cited = tuple((n, self.sources[source][0], stance) for n, (source, stance) in sorted(verdict.cited.items()))
        return (
            verdict.claim.wording, verdict.rating, verdict.summary, verdict.rationale, cited, tuple(verdict.authors)
        )  # fmt: skip

    def claim(self, which: int) -> ClaimTold:
        return self.claims[which % len(self.claims)]

    def verdict(self, which: int) -> VerdictTold:
        return self.verdicts[-1 - which % len(self.verdicts)]

    def round(self, which: int) -> tuple[VerdictTold, Round]:
        """Of all that was handed in, the last one but so many."""
        rounds = sorted(((v, r) for v in self.verdicts for r in v.rounds), key=lambda pair: pair[1].pk)
        return rounds[-1 - which % len(rounds)]

    def any_round(self) -> bool:
        return any(verdict.rounds for verdict in self.verdicts)

    def is_open(self, verdict: VerdictTold, given: Round) -> bool:
        return verdict.rounds[-1] is given and not given.outcome

    def before_readers(self, claim: ClaimTold) -> list[VerdictTold]:
        return [v for v in self.verdicts if v.claim is claim and v.stage in {Stage.SUBMITTED, Stage.APPROVED}]

    # --- Claims and sources ---

    @rule(
        by=somebody("highlight"), which=which, wording=st.sampled_from(["It was so.", "It was not so."]), late=is_late
    )
    def revise_claim(self, by: str, which: int, wording: str, late: bool) -> None:
        claim, fresh = self.claim(which), Claim.objects.get(pk=self.claim(which).pk)
        late = late and claim.version > 1
        expected = self.refused("highlight", by, (late, Stale))
        self.attempt(
            "claim.revise", by,
            lambda: highlighting.revise(fresh, by=self.cast[by], version=claim.version - late, wording=wording), expected,
        )  # fmt: skip
        if expected is None:
            claim.wording, claim.version = wording, claim.version + 1

    @rule(by=somebody("highlight"), which=which)
    def trash_claim(self, by: str, which: int) -> None:
        claim = self.claim(which)
        expected = self.refused("highlight", by)
        record = Claim.objects.get(pk=claim.pk)
        # What is in the trash comes back soon: not much can be done with it there.
        verb, act = (highlighting.restore, "claim.restore") if claim.trashed else (highlighting.trash, "claim.trash")
        self.attempt(act, by, lambda: verb(record, by=self.cast[by]), expected)
        if expected is None:
            claim.trashed = not claim.trashed

    @rule(by=somebody("judge"), which=which, title=st.sampled_from(["Volume 1", "The register"]), late=is_late)
    def revise_source(self, by: str, which: int, title: str, late: bool) -> None:
        number = list(self.sources)[which % 2]
        version = self.sources[number][1]
        late = late and version > 1
        expected = self.refused("judge", by, (late, Stale))
        record = Source.objects.get(pk=number)
        self.attempt(
            "source.revise", by,
            lambda: keeping.revise(record, by=self.cast[by], version=version - late, title=title), expected,
        )  # fmt: skip
        if expected is None:
            self.sources[number] = (title, version + 1)

    # --- Verdicts ---

    @precondition(lambda self: len(self.verdicts) < 4)
    @rule(
        by=somebody("judge"), which=which, rating=st.sampled_from(RATINGS), summary=st.sampled_from(WORDS),
        rationale=st.sampled_from(RATIONALES),
    )  # fmt: skip
    def draft(self, by: str, which: int, rating: str | None, summary: str, rationale: str) -> None:
        claim = self.claim(which)
        record = Claim.objects.get(pk=claim.pk)
        expected = self.refused("judge", by)
        made = self.attempt(
            "verdict.draft", by,
            lambda: judging.draft(
                record, by=self.cast[by], rating=self.ratings[rating] if rating else None, summary=summary, rationale=rationale
            ), expected,
        )  # fmt: skip
        if made:
            self.verdicts.append(VerdictTold(made.pk, claim, rating, summary, rationale, [by]))

    @rule(
        by=somebody("judge"), which=which, rating=st.sampled_from(RATINGS[1:] * 2 + RATINGS[:1]), late=is_late,
        summary=st.sampled_from(WORDS[1:] * 2 + WORDS[:1]), rationale=st.sampled_from(RATIONALES[1:] * 2 + RATIONALES[:1]),
    )  # fmt: skip
    def revise_verdict(self, by: str, which: int, rating: str | None, late: bool, summary: str, rationale: str) -> None:
        verdict = self.verdict(which)
        record = Verdict.objects.get(pk=verdict.pk)
        late = late and verdict.version > 1
        expected = self.refused("judge", by, (late, Stale))
        self.attempt(
            "verdict.revise", by,
            lambda: judging.revise(
                record, by=self.cast[by], version=verdict.version - late, rating=self.ratings[rating] if rating else None,
                summary=summary, rationale=rationale,
            ), expected,
        )  # fmt: skip
        if expected is None:
            verdict.rating, verdict.summary, verdict.rationale = rating, summary, rationale
            verdict.version += 1
            verdict.sign(by)

    @precondition(lambda self: len(self.verdicts[-1].cited) < 3)
    @rule(by=somebody("judge"), which=which, source=st.integers(0, 1), stance=st.sampled_from(STANCES))
    def cite(self, by: str, which: int, source: int, stance: str) -> None:
        verdict, number = self.verdict(which), list(self.sources)[source]
        record, cited = Verdict.objects.select_related("claim").get(pk=verdict.pk), Source.objects.get(pk=number)
        expected = self.refused("judge", by)
        self.attempt("verdict.cite", by, lambda: judging.cite(record, cited, by=self.cast[by], stance=stance), expected)
        if expected is None:
            verdict.given += 1
            verdict.cited[verdict.given] = (number, stance)
            verdict.sign(by)

    @rule(by=somebody("judge"), which=which)
    def uncite(self, by: str, which: int) -> None:
        verdict = self.verdict(which)
        if not verdict.cited:
            return
        number = max(verdict.cited)
        record = (
            Verdict.objects.get(pk=verdict.pk).citations.select_related("verdict__claim", "source").get(number=number)
        )
        expected = self.refused("judge", by)
        self.attempt("verdict.uncite", by, lambda: judging.uncite(record, by=self.cast[by]), expected)
        if expected is None:
            del verdict.cited[number]
            verdict.sign(by)

    # --- Review ---

    @rule(by=somebody("submit"), which=which, late=is_late, screen=on_screen)
    def submit(self, by: str, which: int, late: bool, screen: bool) -> None:
        verdict = self.verdict(which)
        record = Verdict.objects.select_related("claim").get(pk=verdict.pk)
        late, words = late and verdict.version > 1, self.words(verdict)
        refers = "[1]" in verdict.rationale
        complete = verdict.rating and verdict.summary and verdict.rationale and verdict.cited
        complete = complete and not (refers and 1 not in verdict.cited) and not verdict.claim.trashed
        same = bool(verdict.rounds) and verdict.is_finished and verdict.rounds[-1].words == words
        others = [other for other in self.before_readers(verdict.claim) if other is not verdict]
        expected = self.refused(
            "submit",
            by,
            (late, Stale),
            (not complete, Incomplete),
            (same, Unchanged),
            (bool(others), Occupied),
            (verdict.claim.waits is not None, IntegrityError),
        )
        version = verdict.version - late
        self.attempt(
            "verdict.submit", by, lambda: freezing.submit(record, by=self.cast[by], version=version), expected,
            (f"/desk/verdicts/{verdict.pk}/submission/", {"version": version}) if screen else None,
        )  # fmt: skip
        if expected is None:
            made = Submission.objects.latest("pk")
            assert made.number == len(verdict.rounds) + 1
            verdict.rounds.append(Round(made.pk, by, words))
            verdict.stage = Stage.SUBMITTED

    @precondition(any_round)
    @rule(by=somebody("submit"), which=which, screen=on_screen)
    def withdraw(self, by: str, which: int, screen: bool) -> None:
        verdict, given = self.round(which)
        record = Submission.objects.select_related("verdict__claim").get(pk=given.pk)
        own = by in verdict.authors or by == given.by
        expected = self.refused("submit", by, (not own, PermissionDenied), (not self.is_open(verdict, given), Outdated))
        self.attempt(
            "verdict.withdraw", by, lambda: handing.withdraw(record, by=self.cast[by]), expected,
            (f"/desk/submissions/{given.pk}/withdrawal/", {}) if screen else None,
        )  # fmt: skip
        if expected is None:
            given.outcome, verdict.stage = "withdraw", Stage.DRAFT

    @precondition(any_round)
    @rule(by=somebody("assign"), which=which, to=st.sampled_from([None, *CAST]), late=is_late, screen=on_screen)
    def hand_over(self, by: str, which: int, to: str | None, late: bool, screen: bool) -> None:
        verdict, given = self.round(which)
        record = Submission.objects.select_related("verdict__claim").get(pk=given.pk)
        late = late and bool(verdict.handed_to)
        was = 0 if late else verdict.handed_to
        cannot = to is not None and (to not in able("decide") or to in verdict.authors or to == given.by)
        gone = late or not self.is_open(verdict, given)
        # The form knows whom it offers before the verb asks what stands there.
        expected = self.refused("assign", by, (gone, Outdated), (cannot, ValidationError))
        reviewer = self.cast[to] if to else None
        self.attempt(
            "verdict.hand_over", by, lambda: handing.hand_over(record, by=self.cast[by], reviewer=reviewer, was=was), expected,
            (f"/desk/submissions/{given.pk}/handover/", {"reviewer": reviewer.pk if reviewer else "", "was": was})
            if screen else None,
        )  # fmt: skip
        if expected is None:
            verdict.handed_to = Handover.objects.latest("pk").pk

    @precondition(any_round)
    @rule(
        by=somebody("decide"), which=which, approves=st.sampled_from([True, True, False]), screen=on_screen,
        reasons=st.sampled_from(["", "Look again.", "Look again."]),
    )  # fmt: skip
    def decide(self, by: str, which: int, approves: bool, reasons: str, screen: bool) -> None:
        verdict, given = self.round(which)
        record = Submission.objects.select_related("verdict__claim").get(pk=given.pk)
        own = by in verdict.authors or by == given.by
        stands = self.is_open(verdict, given) and given.words == self.words(verdict) and not verdict.claim.trashed
        expected = self.refused("decide", by, (own, PermissionDenied), (not stands, Outdated))
        if not approves and not reasons:
            expected = ValidationError
        verb, outcome = (deciding.approve, "approve") if approves else (deciding.send_back, "send_back")
        self.attempt(
            f"verdict.{outcome}", by, lambda: verb(record, by=self.cast[by], reasons=reasons), expected,
            (f"/desk/submissions/{given.pk}/decision/", {"outcome": outcome, "reasons": reasons}) if screen else None,
        )  # fmt: skip
        if expected is None:
            given.outcome, verdict.stage = outcome, Stage.APPROVED if approves else Stage.SENT_BACK

    @rule(by=somebody("discuss"), which=which, again=st.booleans())
    def discuss(self, by: str, which: int, again: bool) -> None:
        verdict = self.verdict(which)
        expected = self.refused("discuss", by)
        if again and verdict.threads:
            number, resolved = next(iter(verdict.threads.items()))
            thread = Remark.objects.select_related("verdict__claim").get(pk=number)
            verb, act = (discussing.reopen, "verdict.reopen") if resolved else (discussing.resolve, "verdict.resolve")
            self.attempt(act, by, lambda: verb(thread, by=self.cast[by]), expected)
            if expected is None:
                verdict.threads[number] = not resolved
            return
        record = Verdict.objects.select_related("claim").get(pk=verdict.pk)
        made = self.attempt(
            "verdict.remark", by, lambda: discussing.begin(record, by=self.cast[by], text="Why?"), expected
        )
        if made:
            verdict.threads[made.pk] = False

    # --- Publication ---

    def approved(self, verdict: VerdictTold) -> Round | None:
        """What may be published, or is: approved, and still what the verdict says."""
        last = verdict.rounds[-1] if verdict.rounds else None
        stands = last and last.outcome == "approve" and last.words == self.words(verdict) and not verdict.claim.trashed
        return last if stands else None

    @rule(
        by=somebody("publish"), which=which, kind=st.sampled_from([kind.value for kind in Kind]), screen=on_screen,
        reason=st.sampled_from(["", "We learned more.", "We learned more."]), fitting=st.sampled_from([True, True, True, False]),
    )  # fmt: skip
    def publish(self, by: str, which: int, kind: str, reason: str, screen: bool, fitting: bool) -> None:
        verdict = self.verdict(which)
        claim, approved = verdict.claim, self.approved(verdict)
        live = claim.versions[-1] if claim.versions else None
        if fitting:
            kind, reason = (Kind.UPDATE, "We learned more.") if live else (Kind.FIRST, "")
        same_rating = live is not None and live.rating == verdict.rating
        retracted = live is not None and live.kind == Kind.RETRACTION
        misfit = kind != Kind.FIRST if live is None else (
            kind not in {Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE}
            or not reason
            or (kind == Kind.CLARIFICATION and not same_rating)
            or (kind == Kind.CORRECTION and same_rating and not retracted)
        )  # fmt: skip
        seen_already = bool(live and approved and live.words == approved.words)
        expected = self.refused(
            "publish", by, (claim.waits is not None, Waiting), (approved is None, NotApproved),
            (verdict.stage == Stage.SETTLED or seen_already, AlreadyPublished), (misfit, ValidationError),
        )  # fmt: skip
        record = Verdict.objects.select_related("claim").get(pk=verdict.pk)
        self.attempt(
            "claim.publish", by, lambda: publishing.publish(record, by=self.cast[by], kind=kind, reason=reason), expected,
            (f"/desk/verdicts/{verdict.pk}/publication/", {"kind": kind, "reason": reason}) if screen else None,
        )  # fmt: skip
        if expected is None:
            verdict.stage = Stage.SETTLED
            claim.versions.append(
                Version(
                    len(claim.versions) + 1, kind, self.words(verdict), str(verdict.rating), verdict.summary, dict(verdict.cited),
                    list(verdict.authors), verdict.rationale,
                )
            )  # fmt: skip
            self.write_page(claim)

    @rule(by=somebody("publish"), which=which)
    def schedule(self, by: str, which: int) -> None:
        verdict = self.verdict(which)
        claim, approved = verdict.claim, self.approved(verdict)
        live = claim.versions[-1] if claim.versions else None
        seen_already = bool(live and approved and live.words == approved.words)
        expected = self.refused(
            "publish", by, (claim.waits is not None, Waiting), (approved is None, NotApproved),
            (verdict.stage == Stage.SETTLED or seen_already, AlreadyPublished),
        )  # fmt: skip
        record = Verdict.objects.select_related("claim").get(pk=verdict.pk)
        told = {"kind": Kind.UPDATE if live else Kind.FIRST, "reason": "We learned more.", "at": timezone.now() + DAY}
        self.attempt("claim.schedule", by, lambda: publishing.publish(record, by=self.cast[by], **told), expected)
        if expected is None:
            verdict.stage, claim.waits = Stage.SETTLED, verdict
            self.write_page(claim)

    @precondition(lambda self: any(claim.waits for claim in self.claims))
    @rule(by=somebody("publish"))
    def call_off(self, by: str) -> None:
        claim = next(claim for claim in self.claims if claim.waits)
        expected = self.refused("publish", by)
        record = Publication.objects.waiting().get(claim=claim.pk)
        self.attempt("claim.call_off", by, lambda: publishing.call_off(record, by=self.cast[by]), expected)
        if expected is None:
            self.write_page(claim)
            self.nothing_waits(claim)

    def nothing_waits(self, claim: ClaimTold) -> None:
        """What was to go out later is approved as before."""
        if claim.waits:
            claim.waits.stage, claim.waits = Stage.APPROVED, None

    def write_page(self, claim: ClaimTold) -> None:
        """The article's page is written anew with what it shows and what stands in it: what is in the trash leaves it then."""
        if not claim.trashed or claim.pk in self.on_page or claim.waits:
            self.on_page = {each.pk: len(each.versions) for each in self.claims if each.versions and not each.trashed}
        self.readers_see(claim)

    @precondition(lambda self: any(claim.versions for claim in self.claims) and len(self.verdicts) < 6)
    @rule(by=somebody("judge"), which=which, screen=on_screen)
    def correct(self, by: str, which: int, screen: bool) -> None:
        claim = self.claim(which)
        live = claim.versions[-1] if claim.versions else None
        nothing = live is None or claim.trashed
        expected = self.refused("judge", by, (nothing, ValidationError))
        record = Claim.objects.get(pk=claim.pk)
        verb = lambda: correcting.correct(record, by=self.cast[by])  # noqa: E731  # in the tests' list
        if screen and not nothing:
            self.attempt("verdict.correct", by, verb, expected, (f"/desk/claims/{claim.pk}/correction/", {}))
        else:
            self.attempt("verdict.correct", by, verb, expected)
        if expected is None and live:
            made = Verdict.objects.latest("pk")
            corrected = Publication.objects.live().get(claim=claim.pk).submission.verdict
            before = next(v for v in self.verdicts if v.pk == corrected.pk)
            self.verdicts.append(
                VerdictTold(
                    made.pk, claim, live.rating, live.summary, live.rationale,
                    [by, *(person for person in before.authors if person != by)], dict(live.cited), before.given,
                )
            )  # fmt: skip

    @rule(
        by=somebody("retract"), which=which, reason=st.sampled_from(["", "It is wrong.", "It is wrong."]), screen=on_screen
    )  # fmt: skip
    def retract(self, by: str, which: int, reason: str, screen: bool) -> None:
        claim = self.claim(which)
        live = claim.versions[-1] if claim.versions else None
        nothing = live is None or live.kind == Kind.RETRACTION
        expected = self.refused("retract", by, (not reason or nothing, ValidationError))
        record = Claim.objects.get(pk=claim.pk)
        self.attempt(
            "claim.retract", by, lambda: publishing.retract(record, by=self.cast[by], reason=reason), expected,
            (f"/desk/claims/{claim.pk}/retraction/", {"reason": reason}) if screen else None,
        )  # fmt: skip
        if expected is None and live:
            claim.versions.append(
                Version(
                    len(claim.versions) + 1, Kind.RETRACTION, live.words, live.rating, live.summary, live.cited, live.authors,
                    live.rationale,
                )
            )  # fmt: skip
            self.write_page(claim)
            self.nothing_waits(claim)

    # --- On the way that it usually takes: without it, hardly anything would ever be published ---

    def go_on(self, which: int, steps: int, screen: bool, kind: str) -> None:
        for _step in range(steps):
            self.usual_step(which, screen, kind)
            self.the_desk_says_so()

    def usual_step(self, which: int, screen: bool, kind: str) -> None:
        verdict = self.verdict(which)
        claim = verdict.claim
        if claim.trashed:
            return self.trash_claim("ada", self.claims.index(claim))
        verdict = next(iter(self.before_readers(claim)), verdict)
        at, last = len(self.verdicts) - 1 - self.verdicts.index(verdict), verdict.rounds[-1] if verdict.rounds else None
        stands = last is not None and last.words == self.words(verdict)
        if claim.waits:
            return self.call_off("cleo")
        seen = bool(claim.versions) and claim.versions[-1].words == self.words(verdict)
        if not verdict.cited:
            return self.cite("ada", at, 0, "supports")
        lacks = not (verdict.rating and verdict.summary and verdict.rationale)
        if lacks or ("[1]" in verdict.rationale and 1 not in verdict.cited) or (stands and seen):
            rating = "False" if verdict.rating == "True" else "True"
            if verdict.stage == Stage.SETTLED and len(self.verdicts) < 6:
                return self.correct("ada", self.claims.index(claim), screen)
            return self.revise_verdict("ada", at, rating, False, f"So says number {verdict.version}.", RATIONALES[2])
        if not (stands and verdict.is_finished):
            return self.submit("ada", at, False, screen)
        if verdict.stage == Stage.SUBMITTED:
            later = sum(r.pk > verdict.rounds[-1].pk for v in self.verdicts for r in v.rounds)
            return self.decide("rae", later, True, "", screen)
        if kind == Kind.UPDATE and not screen:
            return self.schedule("cleo", at)
        return self.publish(
            "cleo", at, kind, "We learned more.", screen, kind not in {Kind.CORRECTION, Kind.CLARIFICATION}
        )

    usual = rule(
        which=which, screen=on_screen, kind=st.sampled_from([Kind.UPDATE, Kind.CORRECTION, Kind.CLARIFICATION]),
        steps=st.integers(1, 5),
    )  # fmt: skip
    # As likely as three of the others.
    first, second, third = usual(go_on), usual(go_on), usual(go_on)

    # --- What must always be so ---

    def readers_see(self, claim: ClaimTold) -> None:
        """The page of a claim is its last version, whatever has been typed at the desk since."""
        live = Publication.objects.filter(claim=claim.pk).live().first()
        assert bool(live) == bool(claim.versions)
        if live is None:
            return
        last, answer = claim.versions[-1], Client().get(live.get_absolute_url())
        page = answer.content.decode()
        assert answer.status_code == 200
        assert last.summary in page
        assert last.words[0] in page
        assert ("This check no longer stands." in page) == (last.kind == Kind.RETRACTION)
        assert ("ClaimReview" in page) == (last.kind != Kind.RETRACTION)
        assert all(self.cast[name].name in page for name in last.authors)
        pages = [
            {each["path"]: each["version"] for each in page.content["claims"]}
            for page in ArticlePublication.objects.live()
        ]
        paths = {pk: Publication.objects.live().get(claim=pk).get_absolute_url() for pk in self.on_page}
        assert pages == [{paths[pk]: number for pk, number in self.on_page.items()}]

    @invariant()
    def the_desk_says_so(self) -> None:
        told = {verdict.pk: verdict for verdict in self.verdicts}
        records = Verdict.objects.filter(pk__in=told).select_related("claim").prefetch_related("authors__person")
        assert len(records) == len(told)
        for record in records:
            verdict = told[record.pk]
            assert (record.stage, record.version) == (verdict.stage, verdict.version)
            assert [author.person.username for author in record.authors.all()] == verdict.authors
            approved, expected = publishing.approved_submission(record), self.approved(verdict)
            assert (approved and approved.pk) == (expected and expected.pk)
        left = {
            v.pk for v in self.verdicts if v.stage in {Stage.SUBMITTED, Stage.APPROVED} and v.rounds[-1].words != self.words(v)
        }  # fmt: skip
        assert freezing.left_behind(told) == left

    @invariant()
    def one_verdict_of_a_claim_is_before_the_readers(self) -> None:
        assert all(len(self.before_readers(claim)) <= 1 for claim in self.claims)

    @invariant()
    def readers_have_the_versions_in_their_order(self) -> None:
        rows = (
            Publication.objects.seen()
            .filter(claim__in=[claim.pk for claim in self.claims])
            .order_by("claim", "version")
        )
        told = [
            (claim.pk, each.number, each.kind, each.summary)
            for claim in sorted(self.claims, key=lambda claim: claim.pk)
            for each in claim.versions
        ]
        assert [(row.claim_id, row.version, row.kind, row.content["verdict"]["summary"]) for row in rows] == told

    @invariant()
    def whoever_decides_had_no_hand_in_it(self) -> None:
        for verdict in self.verdicts:
            for given in verdict.rounds:
                if given.outcome in {"approve", "send_back"}:
                    decision = Submission.objects.get(pk=given.pk).decision
                    assert decision.decided_by.username not in {given.by, *given.words[-1]}


@pytest.mark.django_db
def test_the_newsroom_goes_the_ways_it_should(db: None) -> None:
    Newsroom.cast = {name: newsroom.person(name, *roles) for name, roles in CAST.items()}
    Newsroom.clients = {name: Client() for name in CAST}
    for name, client in Newsroom.clients.items():
        client.force_login(Newsroom.cast[name])
    scale = ScaleVersion.objects.in_use(Settings.objects.current().scale)
    Newsroom.ratings = {rating.name: rating for rating in scale.ratings.all()}
    run_state_machine_as_test(Newsroom, settings=SETTINGS)
    if WAYS:
        print("\n".join(f"{number:6} {what}" for what, number in sorted(Newsroom.walked.items())))
