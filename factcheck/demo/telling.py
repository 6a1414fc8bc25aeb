"""The demo newsroom, told with the newsroom's own verbs: whatever stands there, somebody had the right to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from factcheck.accounts import employing
from factcheck.accounts.adapter import ClosedAccountAdapter
from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.articles.assigning import assign as assign_article
from factcheck.articles.importing import import_article
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting, registering
from factcheck.claims.assigning import assign as assign_claim
from factcheck.claims.models import Claim, Claimant
from factcheck.demo import texts
from factcheck.demo.logins import DOMAIN, PEOPLE
from factcheck.demo.texts import ArticleText, CitationText, ClaimantText, ClaimText, JudgementText
from factcheck.newsroom import settling
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Notice
from factcheck.notices.reading import see_all
from factcheck.notices.telling import unmailed
from factcheck.publication import publishing
from factcheck.publication.models import Kind
from factcheck.review import deciding, freezing
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict


@dataclass(frozen=True)
class Cast:
    ada: User
    bo: User
    cleo: User
    dee: User


def is_empty() -> bool:
    """Whether nobody has begun to use this newsroom."""
    return not (User.objects.exists() or Article.objects.exists())


def tell(password: str) -> None:
    """Load the demo newsroom in one transaction, for an empty newsroom; its four people get the password."""
    with transaction.atomic(), unmailed():
        Telling(_gather(password)).tell()


class Telling:
    """The story under way: who is there, and what has been written down so far."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.articles: dict[ArticleText, Article] = {}
        self.claimants: dict[ClaimantText, Claimant] = {}

    def tell(self) -> None:
        """Ada judges, Bo decides, Cleo publishes; something is left for each of them to do."""
        self._introduce()
        for told in texts.ARTICLES:
            self.articles[told] = self._take_in(told)

        # Before the readers: as first judged, updated, corrected, undecidable, taken back.
        self._publish(self._judge(self._word(texts.RESOLUTIONS), texts.RESOLUTIONS_JUDGED))
        permits = self._judge(self._word(texts.PERMITS), texts.PERMITS_JUDGED)
        self._publish(permits)
        losses = self._judge(self._word(texts.LOSSES), texts.LOSSES_JUDGED)
        self._publish(losses)
        self._publish(self._judge(self._word(texts.BILLION), texts.BILLION_JUDGED))
        reply = self._word(texts.REPLY)
        self._publish(self._judge(reply, texts.REPLY_JUDGED))
        publishing.retract(reply, by=self.cast.cleo, reason=texts.REPLY_RETRACTED)
        permits = self._rejudge(permits, texts.PERMITS_LATER)
        self._publish(permits, Kind.UPDATE, texts.PERMITS_REASON)
        losses = self._rejudge(losses, texts.LOSSES_CORRECTED)
        self._publish(losses, Kind.CORRECTION, texts.LOSSES_REASON)
        self._see_what_they_were_told()

        # On its way: for Cleo to publish, for Bo to decide on, for Ada to improve.
        self._approve(self._judge(self._word(texts.YEMEN), texts.YEMEN_JUDGED))
        freezing.submit(self._judge(self._word(texts.FIGHTERS), texts.FIGHTERS_JUDGED), by=self.cast.ada)
        no_reason = self._judge(self._word(texts.NO_REASON), texts.NO_REASON_JUDGED)
        handed_in = freezing.submit(no_reason, by=self.cast.ada)
        deciding.send_back(handed_in, by=self.cast.bo, reasons=texts.NO_REASON_SENT_BACK)

        # Begun by each of the two checkers, and not begun at all.
        self._judge(self._word(texts.CAMERAS), texts.CAMERAS_BEGUN)
        self._judge(self._word(texts.CRITICISM), texts.CRITICISM_BEGUN, by=self.cast.bo)
        self._word(texts.SEVEN)
        self._give()

    def _see_what_they_were_told(self) -> None:
        newest = Notice.objects.latest("pk").pk
        for person in (self.cast.ada, self.cast.bo, self.cast.cleo):
            see_all(person, newest)

    def _give(self) -> None:
        """Somebody has the first article in hand, and what was sent back is wanted soon."""
        today = localdate()
        first = self.articles[texts.ARTICLES[0]]
        assign_article(
            first,
            by=self.cast.ada,
            version=first.assigned_version,
            assignee=self.cast.ada,
            due_on=today + timedelta(days=3),
        )
        sent_back = Claim.objects.get(wording=texts.NO_REASON.wording)
        assign_claim(
            sent_back,
            by=self.cast.bo,
            version=sent_back.assigned_version,
            assignee=self.cast.ada,
            due_on=today + timedelta(days=1),
        )

    def _introduce(self) -> None:
        current = Settings.objects.current()
        newsroom = {name: texts.flowing(text) for name, text in texts.NEWSROOM.items()}
        settling.settle(by=self.cast.dee, version=current.version, **newsroom)

    def _take_in(self, told: ArticleText) -> Article:
        return import_article(
            by=self.cast.ada,
            title=told.title,
            publisher=told.publisher,
            author=told.author,
            published_on=told.published_on,
            rights=told.rights,
            body=told.body,
        )

    def _word(self, told: ClaimText) -> Claim:
        """Write a claim down and highlight it wherever it stands."""
        ada = self.cast.ada
        claim = highlighting.word_claim(
            by=ada,
            wording=told.wording,
            claimant=self._claimant(told.claimant),
            said_on=told.said_on,
            place=told.place,
            topics=highlighting.find_or_add_topics(told.topics, by=ada),
        )
        for article, words in told.stands:
            highlighting.highlight(claim, Snapshot.objects.latest_of(self.articles[article]), Quote(words), by=ada)
        return claim

    def _claimant(self, told: ClaimantText) -> Claimant:
        if told not in self.claimants:
            self.claimants[told] = registering.add_claimant(
                by=self.cast.ada,
                name=told.name,
                kind=told.kind,
                description=told.description,
                same_as=told.same_as,
            )
        return self.claimants[told]

    def _judge(self, claim: Claim, told: JudgementText, by: User | None = None) -> Verdict:
        by = by or self.cast.ada
        verdict = judging.draft(claim, by=by)
        verdict = judging.revise(
            verdict,
            by=by,
            version=verdict.version,
            rating=verdict.scale.ratings.get(name=told.rating),
            summary=told.summary,
            rationale=texts.flowing(told.rationale),
        )
        self._cite(verdict, told.citations, by)
        return _fresh(verdict)

    def _rejudge(self, verdict: Verdict, told: JudgementText) -> Verdict:
        """Judge again what is published, with the sources that came to light since."""
        verdict = _fresh(verdict)
        judging.revise(
            verdict,
            by=self.cast.ada,
            version=verdict.version,
            rating=verdict.scale.ratings.get(name=told.rating),
            summary=told.summary,
            rationale=texts.flowing(told.rationale),
        )
        self._cite(verdict, told.citations, self.cast.ada)
        return _fresh(verdict)

    def _cite(self, verdict: Verdict, citations: Iterable[CitationText], by: User) -> None:
        for told in citations:
            source = keeping.find_or_add(
                by=by,
                title=told.source.title,
                kind=told.source.kind,
                url=told.source.url,
                publisher=told.source.publisher,
                published_on=told.source.published_on,
            )
            judging.cite(
                verdict,
                source,
                by=by,
                stance=told.stance,
                quoted=told.quoted,
                note=told.note,
                read_on=texts.READ_ON,
            )

    def _approve(self, verdict: Verdict) -> None:
        deciding.approve(freezing.submit(verdict, by=self.cast.ada), by=self.cast.bo)

    def _publish(self, verdict: Verdict, kind: str = Kind.FIRST, reason: str = "") -> None:
        self._approve(verdict)
        publishing.publish(_fresh(verdict), by=self.cast.cleo, kind=kind, reason=reason)


def _gather(password: str) -> Cast:
    """The Administrator starts the newsroom and takes the others on, who set their passwords."""
    people = {"dee": employing.found(**_particulars("dee"), password=password)}
    for login, (_byline, roles) in PEOPLE.items():
        if login not in people:
            people[login] = employing.employ(by=people["dee"], **_particulars(login), roles=roles)
            ClosedAccountAdapter().set_password(people[login], password)
    return Cast(**people)


def _particulars(login: str) -> dict[str, str]:
    byline, _roles = PEOPLE[login]
    return {"username": login, "email": f"{login}@{DOMAIN}", "byline": byline}


def _fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)
