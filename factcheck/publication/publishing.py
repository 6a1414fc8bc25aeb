"""Giving a check to the readers, now or later, and taking it back: one transaction writes the claim's page and every article's."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import Article, Rights, Snapshot
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.history.recording import act
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Kind as Told
from factcheck.notices.telling import tell
from factcheck.publication.addressing import first_slug
from factcheck.publication.claimreview import missing_for_claimreview
from factcheck.publication.models import ArticlePublication, CallingOff, Countersignature, Kind, Publication
from factcheck.publication.moments import looked_at, looking_at, now
from factcheck.review.documents import FORMAT, canonical, hash_of
from factcheck.review.freezing import Incomplete, document_of, lock
from factcheck.review.models import Outcome, Submission
from factcheck.verdicts import stages
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage

LONGEST_WAIT = timedelta(days=366)


class NotApproved(Exception):
    """What the verdict says now has not been approved by a second person."""


class AlreadyPublished(Exception):
    """Readers see exactly this already, or it has been retracted: what comes back must say something else."""


class Waiting(Exception):
    """A version of this claim's check goes out later: nothing else does before that has been called off."""


class NotHandedIn(Exception):
    """There is nothing in review that the verdict still says: nothing handed in, or decided on, taken back, or changed since."""


class AlreadySigned(Exception):
    """A second person has signed, or a later version stands in its place."""


class GoneOut(Exception):
    """Readers see it, or it has been called off already."""


def publish(
    verdict: Verdict,
    *,
    by: User,
    kind: str = Kind.FIRST,
    reason: str = "",
    submission: int | None = None,
    slug: str = "",
    at: datetime | None = None,
) -> Publication:
    """Publish a verdict as approved, and the pages of the articles it stands in, in one transaction.

    submission -- the number of the approved submission that was seen; None for whichever is approved now.
    slug -- where readers find the first version; "" for one made of its words.
    kind -- first for the first version, later one of correction, clarification and update with a public reason.
    at -- when readers see it; None for at once.
    Raises PermissionDenied, Waiting, NotApproved, AlreadyPublished, Incomplete (what ClaimReview lacks), ValidationError.
    """
    require(by, "publish")
    acting = act("claim.schedule", by=by, reason=reason) if at else act("claim.publish", by=by, reason=reason)
    with acting as publishing:
        verdict = lock(verdict)
        claim = verdict.claim
        publishing.about(verdict, claim)
        if Publication.objects.filter(claim=claim).waiting().exists():
            raise Waiting
        approved = approved_submission(verdict)
        if approved is None or submission not in {None, approved.pk}:
            raise NotApproved
        if verdict.stage == Stage.SETTLED:
            raise AlreadyPublished
        publication = _next_version(approved, by, kind, reason, slug=slug, at=at)
        stages.check(verdict.stage, Stage.SETTLED)
        Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.SETTLED)
        publishing.about(*_publish_articles_of(claim, by))
        _tell(publication, Told.SCHEDULED if at else Told.PUBLISHED, by)
    return publication


def publish_unreviewed(
    verdict: Verdict,
    *,
    by: User,
    urgency: str,
    kind: str = Kind.FIRST,
    reason: str = "",
    submission: int | None = None,
    slug: str = "",
) -> Publication:
    """Publish at once what was handed in and nobody has decided on. Readers are told until somebody else approves the same.

    urgency -- why it cannot wait, for the newsroom; the verdict stays in review. The rest is as publish has it.
    Raises PermissionDenied, Waiting, NotHandedIn, AlreadyPublished, Incomplete, ValidationError.
    """
    require(by, "publish_unreviewed")
    if not urgency.strip():
        raise ValidationError({"urgency": _("Say why it cannot wait for a second person.")}, code="required")
    with act("claim.publish_unreviewed", by=by, reason=urgency) as publishing:
        verdict = lock(verdict)
        claim = verdict.claim
        publishing.about(verdict, claim)
        if Publication.objects.filter(claim=claim).waiting().exists():
            raise Waiting
        handed_in = undecided_submission(verdict)
        if handed_in is None or submission not in {None, handed_in.pk}:
            raise NotHandedIn
        publication = _next_version(handed_in, by, kind, reason, slug=slug, urgency=urgency)
        publishing.about(*_publish_articles_of(claim, by))
        _tell(publication, Told.UNREVIEWED, by, User.objects.able_to("decide"))
    return publication


def _next_version(
    handed_in: Submission,
    by: User,
    kind: str,
    reason: str,
    *,
    slug: str,
    at: datetime | None = None,
    urgency: str = "",
) -> Publication:
    claim = handed_in.verdict.claim
    if missing := missing_for_claimreview(handed_in.content, Settings.objects.current()):
        raise Incomplete(missing)
    live = Publication.objects.filter(claim=claim).live().first()
    if live and live.sha256 == handed_in.sha256:
        raise AlreadyPublished
    _check_kind(kind, reason, live, handed_in.content)
    _check_moment(at)
    return Publication.objects.create(
        claim=claim,
        slug=live.slug if live else first_slug(claim, slug, by=by),
        version=live.version + 1 if live else 1,
        previous=live,
        kind=kind,
        reason=reason,
        submission=handed_in,
        document=handed_in.document,
        sha256=handed_in.sha256,
        reviewer="" if urgency else handed_in.decision.decided_by.byline,
        urgency=urgency,
        published_by=by,
        **({"published_at": at} if at else {}),
    )


def call_off(publication: Publication, *, by: User) -> CallingOff:
    """Keep back what was to go out later; its verdict is approved as before. Raises PermissionDenied, GoneOut."""
    require(by, "publish")
    claim = publication.claim
    try:
        with act("claim.call_off", claim, by=by) as calling:
            Claim.objects.select_for_update().get(pk=claim.pk)
            waits = Publication.objects.filter(pk=publication.pk).waiting().first()
            if waits is None:
                raise GoneOut
            called_off = _call_off(waits, by)
            calling.about(waits.submission.verdict, *_publish_articles_of(claim, by))
            _tell(waits, Told.CALLED_OFF, by)
    except IntegrityError as error:
        # The moment came before the end of the transaction.
        raise GoneOut from error
    return called_off


def _call_off(waits: Publication, by: User) -> CallingOff:
    verdict = waits.submission.verdict
    called_off = CallingOff.objects.create(publication=waits, called_off_by=by)
    stages.check(verdict.stage, Stage.APPROVED)
    Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.APPROVED)
    return called_off


def retract(claim: Claim, *, by: User, reason: str) -> Publication:
    """Take a published check back, at once. The page stays and says so; a version that was to go out later is called off.

    Raises ValidationError, PermissionDenied.
    """
    require(by, "retract")
    if not reason.strip():
        raise ValidationError({"reason": _("Tell readers why it is retracted.")}, code="required")
    with act("claim.retract", claim, by=by, reason=reason) as retracting:
        Claim.objects.select_for_update().get(pk=claim.pk)
        live = Publication.objects.filter(claim=claim).live().first()
        if live is None or live.is_retracted:
            raise ValidationError(_("There is nothing published to retract."), code="nothing")
        retracting.about(live.submission.verdict)
        if waits := Publication.objects.filter(claim=claim).waiting().first():
            _call_off(waits, by)
            retracting.about(waits.submission.verdict)
        retraction = Publication.objects.create(
            claim=claim,
            slug=live.slug,
            version=live.version + 1,
            previous=live,
            kind=Kind.RETRACTION,
            reason=reason,
            submission=live.submission,
            document=live.document,
            sha256=live.sha256,
            reviewer=live.reviewer,
            published_by=by,
        )
        retracting.about(*_publish_articles_of(claim, by))
        _tell(retraction, Told.RETRACTED, by)
    return retraction


def countersign(publication: Publication, *, by: User) -> Countersignature:
    """Stand for somebody else's retraction, as the second person. Raises PermissionDenied, AlreadySigned."""
    require(by, "countersign")
    with act("claim.countersign", publication.claim, by=by):
        Claim.objects.select_for_update().get(pk=publication.claim_id)
        open_still = Publication.objects.unsigned().filter(pk=publication.pk, kind=Kind.RETRACTION)
        if not open_still.exists():
            raise AlreadySigned
        if publication.published_by_id == by.pk:
            raise PermissionDenied(_("You retracted it, so somebody else must sign."))
        signature = Countersignature.objects.create(publication=publication, signed_by=by)
        signature.refresh_from_db()
    return signature


def undecided_submission(verdict: Verdict) -> Submission | None:
    """What was handed in last, if nobody has decided on it or taken it back, and the verdict still says the same."""
    last = Submission.objects.latest_of(verdict)
    if last is None or verdict.stage != Stage.SUBMITTED or verdict.claim.trashed_at:
        return None
    return last if hash_of(document_of(verdict)) == last.sha256 else None


def approved_submission(verdict: Verdict) -> Submission | None:
    """The submission that was approved, if the verdict still says the same and its claim is on the desk; None otherwise."""
    last = Submission.objects.latest_of(verdict)
    approved = verdict.stage in {Stage.APPROVED, Stage.SETTLED}
    if last is None or not approved or not hasattr(last, "decision") or verdict.claim.trashed_at:
        return None
    if last.decision.outcome != Outcome.APPROVE or hash_of(document_of(verdict)) != last.sha256:
        return None
    return last


def publish_article(article: Article, *, by: User) -> ArticlePublication | None:
    """Make the next version of an article's page from what is published now; None when readers would see no difference."""
    require(by, "publish")
    with act("article.publish", article, by=by):
        return _publish_article(article, by, Snapshot.objects.latest_of(article))


def page_is_behind(article: Article) -> bool:
    """Whether the article's page would look different if it were published now."""
    snapshot = Snapshot.objects.latest_of(article)
    return any(_page_at(article, snapshot, moment) for moment in _moments_of(article, snapshot))


def waiting_in(article: Article) -> list[Publication]:
    """The checks that this article's page shows later, the next first."""
    claims = Highlight.objects.standing().filter(article=article).values("claim")
    waits = Publication.objects.filter(claim__in=claims).waiting().select_related("claim", "published_by")
    return list(waits.defer("document").order_by("published_at", "pk"))


def article_document(article: Article, snapshot: Snapshot) -> tuple[str, list[Publication]]:
    """The document of an article's page, canonical, and the publications it shows.

    Keys: format, article (title, publisher, author, url, language, published_on, rights), snapshot (number, sha256,
    taken_on), claims (in reading order: path, version, wording, claimant, said_on, kind, rating name, hue and sign,
    passages as [start, end] in code points). The text itself stands in the snapshot, which never changes.
    """
    placements = list(Placement.objects.current_in(snapshot).select_related("highlight__claim", "highlight__claimant"))
    claims = {placement.highlight.claim_id for placement in placements}
    live = {
        publication.claim_id: publication
        for publication in Publication.objects.filter(claim__in=claims).live().with_text()
    }
    marks = [
        _mark(live[placement.highlight.claim_id], placement)
        for placement in sorted(placements, key=lambda placement: (placement.spans(), placement.pk))
        if placement.highlight.claim_id in live
    ]
    document = canonical({
        "format": FORMAT,
        "article": {
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "language": article.language,
            "published_on": article.published_on and article.published_on.isoformat(),
            "rights": Rights(article.rights).value,
        },
        "snapshot": {
            "number": snapshot.number,
            "sha256": snapshot.sha256,
            "taken_on": snapshot.taken_at.astimezone(UTC).date().isoformat(),
        },
        "claims": marks,
    })  # fmt: skip
    return document, list(live.values())


def _mark(publication: Publication, placement: Placement) -> dict[str, Any]:
    claim, rating = (
        publication.content["claim"],
        publication.content["verdict"]["rating"],
    )
    highlight = placement.highlight
    claimant = highlight.claimant.name if highlight.claimant else claim["claimant"] and claim["claimant"]["name"]
    return {
        "publication": publication.pk,
        "path": publication.path,
        "version": publication.version,
        "kind": publication.kind,
        "wording": claim["wording"],
        "claimant": claimant,
        "said_on": highlight.said_on.isoformat() if highlight.said_on else claim["said_on"],
        "rating": {name: rating[name] for name in ("name", "hue", "sign")},
        "summary": publication.content["verdict"]["summary"],
        "passages": [list(span) for span in placement.spans()],
    }


def live_article_pages(articles: list[Article]) -> dict[int, str]:
    """The addresses of these articles' pages, for those that have one."""
    pages = ArticlePublication.objects.filter(article__in=articles).live().defer("document")
    return {page.article_id: page.get_absolute_url() for page in pages}


def _publish_articles_of(claim: Claim, by: User) -> list[Article]:
    """The pages of the articles on the desk in which it is marked, and of those whose page shows it, wherever they are."""
    marked = Article.objects.on_desk().filter(highlights__in=Highlight.objects.standing().filter(claim=claim))
    # What was called off just now, too: it left a gap in the pages to come.
    now_or_later = Q(pk__in=ArticlePublication.objects.live().values("pk")) | Q(published_at__gt=looked_at())
    shown = ArticlePublication.objects.filter(now_or_later, shown__claim=claim)
    touched = Q(pk__in=marked.values("pk")) | Q(pk__in=shown.values("article"))
    articles = list(Article.objects.filter(touched).order_by("pk"))
    # All of them before the first is written, so that nobody who waits here holds what others need for theirs.
    for article in articles:
        _one_at_a_time(article)
    return [article for article in articles if _publish_article(article, by)]


def _publish_article(article: Article, by: User, snapshot: Snapshot | None = None) -> ArticlePublication | None:
    """Write the page for now and for each later moment at which it changes, where it differs; give the first written.

    snapshot -- the text that readers see from now on; None for the one that they see, which only a publisher changes.
    """
    _one_at_a_time(article)
    article = Article.objects.get(pk=article.pk)
    snapshot = snapshot or _snapshot_shown(article)
    written = [
        _write_page(article, snapshot, document, moment, by)
        for moment in _moments_of(article, snapshot)
        if (document := _page_at(article, snapshot, moment))
    ]
    return written[0] if written else None


def _moments_of(article: Article, snapshot: Snapshot) -> list[datetime | None]:
    """Now (None), and when something of what the page shows goes out."""
    claims = Placement.objects.current_in(snapshot).values("highlight__claim")
    checks = Publication.objects.filter(claim__in=claims).waiting().values_list("published_at", flat=True)
    pages = ArticlePublication.objects.filter(article=article).waiting().values_list("published_at", flat=True)
    return [None, *sorted({*checks, *pages})]


def _page_at(article: Article, snapshot: Snapshot, moment: datetime | None) -> str:
    """What the page must say at that moment; "" if it says that already, or there is none and needs none."""
    with looking_at(moment):
        document, shown = article_document(article, snapshot)
        live = ArticlePublication.objects.filter(article=article).live().first()
    if (live and live.document == document) or not (shown or live):
        return ""
    return document


def _write_page(
    article: Article, snapshot: Snapshot, document: str, moment: datetime | None, by: User
) -> ArticlePublication:
    last = ArticlePublication.objects.filter(article=article).in_line().order_by("-version").first()
    return ArticlePublication.objects.create(
        article=article,
        slug=last.slug if last else first_slug(article),
        version=last.version + 1 if last else 1,
        snapshot=snapshot,
        document=document,
        sha256=hash_of(document),
        published_by=by,
        **({"published_at": moment} if moment else {}),
    )


def _snapshot_shown(article: Article) -> Snapshot:
    """The text that the article's page shows, or will; the newest while there is no page."""
    pages = ArticlePublication.objects.filter(article=article).in_line().select_related("snapshot")
    last = pages.order_by("-version").first()
    return last.snapshot if last else Snapshot.objects.latest_of(article)


def _one_at_a_time(article: Article) -> None:
    """Claims of one article can be published at the same moment; each page must show what the one before it showed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('article page'), %s)", [article.pk])


def _tell(publication: Publication, kind: Told, by: User, others: Iterable[User] = ()) -> None:
    """Whoever worked on the check, who decided on it, and these others."""
    submission = publication.submission
    people = [*submission.workers(), *others]
    if hasattr(submission, "decision"):
        people.append(submission.decision.decided_by)
    tell(people, kind, by=by, words=publication.content["claim"]["wording"], path=publication.claim.get_absolute_url())


def _check_kind(kind: str, reason: str, live: Publication | None, content: dict[str, Any]) -> None:
    if live is None:
        if kind != Kind.FIRST:
            raise ValidationError(
                {"kind": _("Nothing is published yet: this is the first publication.")},
                code="first",
            )
        return
    if kind not in {Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE}:
        raise ValidationError({"kind": _("Say what kind of change this is.")}, code="kind")
    if not reason.strip():
        raise ValidationError({"reason": _("Tell readers what changed and why.")}, code="required")
    same_rating = live.content["verdict"]["rating"]["name"] == content["verdict"]["rating"]["name"]
    if kind == Kind.CLARIFICATION and not same_rating:
        raise ValidationError(
            {"kind": _("The verdict changes, so this is no clarification.")},
            code="kind",
        )
    if kind == Kind.CORRECTION and same_rating and not live.is_retracted:
        raise ValidationError(
            {"kind": _("The verdict stays the same, so this is no correction.")},
            code="kind",
        )


def _check_moment(at: datetime | None) -> None:
    if at is None:
        return
    moment = now()
    if at <= moment:
        raise ValidationError(
            {"at": _("That moment has passed. Choose a later one, or publish it at once.")}, code="past"
        )
    if at > moment + LONGEST_WAIT:
        raise ValidationError({"at": _("That is more than a year away.")}, code="far")
