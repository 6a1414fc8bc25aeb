"""Lists of the desk that ask several stages of the work at once: what is in them, and what waits for whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.accounts.work import AssignedQuerySet
from factcheck.articles.models import Article, ArticleQuerySet
from factcheck.claims.models import Claim, Claimant, ClaimQuerySet, Highlight
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.review.models import Decision, Handover, Outcome, Submission
from factcheck.sources.models import Source, SourceQuerySet
from factcheck.verdicts.models import Citation, Verdict
from factcheck.verdicts.stages import Stage

ME, NOBODY = "me", "nobody"
OVERDUE, THIS_WEEK = "overdue", "week"

# What waits for somebody, in the order of their day: {name: (words, the act of roles.MAY that it asks for)}.
WAITING = {
    "review": (_("To review"), "decide"),
    "sent_back": (_("Sent back to you"), "judge"),
    "assigned": (_("Assigned to you"), "judge"),
    "drafts": (_("Your drafts"), "judge"),
    "publish": (_("Approved, to be published"), "publish"),
    "scheduled": (_("To go out at a set time"), "publish"),
    "signature": (_("Awaiting a second person"), "countersign"),
    "untaken": (_("Claims nobody has taken"), "judge"),
}


def claims_at(stage: str) -> ClaimQuerySet:
    """Claims on the desk at a stage of the claims' filter; all of them for ""; those in the trash for "trash"."""
    if stage == "trash":
        return Claim.objects.in_trash()
    claims = Claim.objects.on_desk()
    verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
    live = Publication.objects.filter(claim=OuterRef("pk")).live()
    if stage == "none":
        return claims.filter(~Exists(verdicts))
    if stage == "published":
        return claims.filter(Exists(live.standing()))
    if stage == "retracted":
        return claims.filter(Exists(live.filter(kind=Kind.RETRACTION)))
    if stage:
        return claims.filter(Exists(verdicts.at_stage(Stage(stage))))
    return claims


def claims_waiting(what: str, person: User) -> ClaimQuerySet:
    """Claims that wait for this person (a key of WAITING), by due day and age, with `waiting_verdict` (or None) and `since`."""
    claims = Claim.objects.on_desk()
    verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
    sent_back = verdicts.at_stage(Stage.SENT_BACK).filter(authors__person=person)
    if what == "review":
        handed_in = Submission.objects.waiting_for(person).filter(verdict__claim=OuterRef("pk"))
        found = _since(claims.filter(Exists(handed_in)), handed_in.values("verdict"), handed_in.values("submitted_at"))
        return _mine_first(found, person)
    if what == "sent_back":
        said = Decision.objects.filter(
            submission__verdict__claim=OuterRef("pk"),
            submission__verdict__stage=Stage.SENT_BACK,
            submission__verdict__authors__person=person,
        ).order_by("-pk")
        return _since(
            claims.filter(Exists(sent_back)), sent_back.order_by("-pk").values("pk"), said.values("decided_at")
        )
    if what == "assigned":
        found = _unfinished(claims.assigned_to(person)).filter(~Exists(sent_back))
        return _since(found, verdicts.order_by("-pk").values("pk"), None)
    if what == "drafts":
        mine = verdicts.at_stage(Stage.DRAFT).filter(authors__person=person)
        found = claims.filter(Exists(mine)).exclude(assignee=person)
        return _since(found, mine.order_by("-pk").values("pk"), mine.order_by("-pk").values("made_at"))
    if what == "publish":
        approved = verdicts.at_stage(Stage.APPROVED)
        decided = Decision.objects.filter(
            submission__verdict__claim=OuterRef("pk"), submission__verdict__stage=Stage.APPROVED
        ).order_by("-pk")
        return _since(claims.filter(Exists(approved)), approved.values("pk"), decided.values("decided_at"))
    if what == "scheduled":
        waits = Publication.objects.filter(claim=OuterRef("pk")).waiting()
        return _since(claims.filter(Exists(waits)), waits.values("submission__verdict"), waits.values("published_at"))
    if what == "signature":
        alone = Publication.objects.unsigned().filter(claim=OuterRef("pk"))
        # Who acted alone can do nothing more, but where it was sent back.
        alone = alone.filter(
            ~Q(published_by=person) | Q(submission__decision__outcome=Outcome.SEND_BACK, urgency__gt="")
        )
        return _since(claims.filter(Exists(alone)), alone.values("submission__verdict"), alone.values("published_at"))
    if what == "untaken":
        return _since(claims.untaken().filter(~Exists(verdicts)), None, None)
    raise KeyError(what)


def _mine_first(claims: ClaimQuerySet, person: User) -> ClaimQuerySet:
    """What this person was given to review first, what was given to somebody else last; with `turn` and `given_to` (a name, or None)."""
    given = Handover.objects.filter(verdict=OuterRef("waiting_verdict")).order_by("-pk")
    told = claims.annotate(
        reviewer=Subquery(given.values("reviewer")[:1]), given_to=Subquery(given.values("reviewer__byline")[:1])
    ).annotate(turn=Case(When(reviewer=None, then=1), When(reviewer=person.pk, then=0), default=2))
    return told.order_by("turn", F("due_on").asc(nulls_last=True), "since", "pk")  # type: ignore[misc]  # annotated by _since


def _since(
    claims: ClaimQuerySet, verdict: QuerySet[Any, Any] | None, moment: QuerySet[Any, Any] | None
) -> ClaimQuerySet:
    return claims.annotate(
        waiting_verdict=Subquery(verdict[:1]) if verdict is not None else Value(None, Verdict._meta.pk),
        since=Subquery(moment[:1]) if moment is not None else F("made_at"),
    ).order_by(F("due_on").asc(nulls_last=True), "since", "pk")


# --- Lists, as somebody has narrowed them: `given` is what the list's form holds ---

CLAIM_ORDERS = {
    "": ("-pk",),
    "newest": ("-pk",),
    "oldest": ("pk",),
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "wording": (Lower("wording"), "pk"),
}
ARTICLE_ORDERS = {
    "": ("-pk",),
    "oldest": ("pk",),
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "title": (Lower("title"), "pk"),
    "published": (F("published_on").desc(nulls_last=True), "-pk"),
}
SOURCE_ORDERS = {"": ("-pk",), "uses": ("-uses", "-pk"), "title": (Lower("title"), "pk")}


def claims_found(given: Mapping[str, Any], person: User) -> ClaimQuerySet:
    """The claims of the list."""
    if what := given.get("waiting"):
        found = claims_waiting(what, person)
        stage = given.get("stage", "")
        found = found.filter(pk__in=claims_at(stage).values("pk")) if stage else found
    else:
        found = claims_at(given.get("stage", ""))
    found = _in_hand(found, given, person).matching(given.get("q", ""))
    if given.get("due"):
        found = _unfinished(found)
    if name := given.get("claimant"):
        found = found.filter(claimant__in=Claimant.objects.matching(name))
    if topic := given.get("topic"):
        found = found.filter(topics=topic)
    sort = given.get("sort", "")
    # What waits is in its own order: by due day, then by age.
    return found if what and not sort else found.order_by(*CLAIM_ORDERS[sort])


def articles_found(given: Mapping[str, Any], person: User) -> ArticleQuerySet:
    """The articles of the list."""
    found = Article.objects.in_trash() if given.get("place") else Article.objects.on_desk()
    found = _in_hand(found, given, person).matching(given.get("q", ""))
    if language := given.get("language"):
        found = found.filter(language__istartswith=language)
    if stage := given.get("claims"):
        standing = Highlight.objects.standing().filter(article=OuterRef("pk"))
        if stage == "unmarked":
            found = found.filter(~Exists(standing))
        elif stage == OVERDUE:
            found = found.filter(Exists(standing.filter(claim__in=_unfinished(Claim.objects.on_desk().overdue()))))
        else:
            found = found.filter(Exists(standing.filter(claim__in=claims_at(stage))))
    return found.order_by(*ARTICLE_ORDERS[given.get("sort", "")])


def sources_found(given: Mapping[str, Any]) -> SourceQuerySet:
    """The sources of the list, with `uses`: how often each is cited."""
    found = Source.objects.matching(given.get("q", "")).annotate(uses=_uses())
    if kind := given.get("kind"):
        found = found.filter(kind=kind)
    if cited := given.get("cited"):
        citing = Exists(Citation.objects.filter(source=OuterRef("pk")))
        found = found.filter(citing if cited == "yes" else ~citing)
    return found.order_by(*SOURCE_ORDERS[given.get("sort", "")])


def _uses() -> Coalesce:
    """How often a source is cited, counted for those alone that are shown."""
    citing = Citation.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk"))
    return Coalesce(Subquery(citing.values("n")), 0)


def uses_of(sources: Iterable[int]) -> dict[int, int]:
    """How often each of these sources is cited; without those that are not."""
    return dict(Citation.objects.filter(source__in=sources).values_list("source").annotate(Count("pk")))


def _unfinished(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Without those handed in, approved or published with no correction begun: they are late for nobody."""
    return claims.filter(~Exists(Verdict.objects.filter(claim=OuterRef("pk")).finished()))


def _in_hand[Found: AssignedQuerySet[Any]](found: Found, given: Mapping[str, Any], person: User) -> Found:
    who, when = given.get("assignee"), given.get("due")
    if who == NOBODY:
        found = found.untaken()
    elif who:
        found = found.filter(assignee=person if who == ME else int(who))
    if when == OVERDUE:
        found = found.overdue()
    elif when == THIS_WEEK:
        found = found.due_this_week()
    return found


COUNTS = ("claims", "without", "working", "review", "done", "overdue")


def claim_counts(articles: list[int]) -> dict[int, dict[str, int]]:
    """For each of these articles with claims: how many different claims stand in it, and of them how many at each stage.

    Keys: claims, without (a verdict), working (draft or sent back), review, done (approved or published), overdue.
    """
    verdicts = Verdict.objects.filter(claim=OuterRef("claim"))
    late = Q(claim__in=_unfinished(Claim.objects.on_desk().overdue()))
    rows = (
        Highlight.objects.standing()
        .filter(article__in=articles)
        .annotate(
            judged=Exists(verdicts),
            finished=Exists(verdicts.finished()),
            submitted=Exists(verdicts.at_stage(Stage.SUBMITTED)),
        )
        .values("article")
        .annotate(
            claims=Count("claim", distinct=True),
            without=Count("claim", distinct=True, filter=Q(judged=False)),
            working=Count("claim", distinct=True, filter=Q(judged=True, finished=False)),
            review=Count("claim", distinct=True, filter=Q(submitted=True)),
            done=Count("claim", distinct=True, filter=Q(finished=True, submitted=False)),
            overdue=Count("claim", distinct=True, filter=late),
        )
    )
    return {row["article"]: {name: row[name] for name in COUNTS} for row in rows}  # type: ignore[literal-required]  # named above


def articles_with(claims: Iterable[int]) -> dict[int, list[Article]]:
    """The articles on the desk in which each of these claims stands, each once, in the order of marking."""
    standing = Highlight.objects.standing().on_desk().filter(claim__in=claims).order_by("pk").select_related("article")
    found: dict[int, dict[int, Article]] = {}
    for each in standing:
        found.setdefault(each.claim_id, {})[each.article_id] = each.article
    return {claim: list(articles.values()) for claim, articles in found.items()}


def topics_of(claims: Iterable[int]) -> dict[int, list[str]]:
    """The names of each claim's topics, in their order; without the claims that have none."""
    found: dict[int, list[str]] = {}
    named = Claim.topics.through.objects.filter(claim__in=claims).order_by("topic__name")
    for claim, name in named.values_list("claim", "topic__name"):
        found.setdefault(claim, []).append(name)
    return found


def live_pages(articles: list[int]) -> dict[int, str]:
    """Where readers find each of these articles that is published."""
    live = ArticlePublication.objects.filter(article__in=articles).live().defer("document")
    return {each.article_id: each.get_absolute_url() for each in live}
