"""Every edit that readers would see in a check, each by the verb that makes it."""

from collections.abc import Callable
from datetime import date

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant, ClaimantKind, Topic
from factcheck.newsroom import settling
from factcheck.newsroom.models import Settings
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation, Rating, Verdict
from tests import newsroom

Edit = Callable[[Verdict, User], object]


def _claim(**changes: object) -> Edit:
    def edit(verdict: Verdict, by: User) -> object:
        claim = Claim.objects.get(pk=verdict.claim_id)
        return highlighting.revise(claim, by=by, version=claim.version, **changes)

    return edit


def _claimant(**changes: object) -> Edit:
    def edit(verdict: Verdict, by: User) -> object:
        claimant = Claimant.objects.get(claims=verdict.claim_id)
        return registering.revise_claimant(claimant, by=by, version=claimant.version, **changes)

    return edit


def _verdict(**changes: object) -> Edit:
    def edit(verdict: Verdict, by: User) -> object:
        fresh = Verdict.objects.get(pk=verdict.pk)
        return judging.revise(fresh, by=by, version=fresh.version, **changes)

    return edit


def _citation(**changes: object) -> Edit:
    def edit(verdict: Verdict, by: User) -> object:
        citation = Citation.objects.get(verdict=verdict)
        return judging.revise_citation(citation, by=by, version=citation.version, **changes)

    return edit


def _source(**changes: object) -> Edit:
    def edit(verdict: Verdict, by: User) -> object:
        source = Source.objects.get(citations__verdict=verdict)
        return keeping.revise(source, by=by, version=source.version, **changes)

    return edit


def _another_claimant(verdict: Verdict, by: User) -> object:
    return _claim(claimant=highlighting.find_or_add_claimant("Petra Port", by=by))(verdict, by)


def _another_rating(verdict: Verdict, by: User) -> object:
    return _verdict(rating=Rating.objects.get(version=verdict.scale_id, name="False"))(verdict, by)


def _topics(verdict: Verdict, by: User) -> object:
    return _claim(topics=highlighting.find_or_add_topics(["Harbours"], by=by))(verdict, by)


def _topic_renamed(verdict: Verdict, by: User) -> object:
    topic = Topic.objects.get(claims=verdict.claim_id)
    return registering.rename_topic(topic, by=by, was=topic.name, name="Bridges")


def _cited(verdict: Verdict, by: User) -> object:
    source = keeping.find_or_add(by=by, url="https://port.example/letter", title="A letter", kind="official")
    return judging.cite(verdict, source, by=by, stance="context")


def _uncited(verdict: Verdict, by: User) -> object:
    return judging.uncite(Citation.objects.get(verdict=verdict), by=by)


def _another_author(verdict: Verdict, by: User) -> object:
    return _verdict()(verdict, newsroom.anybody("finn", newsroom.CHECKER))


def _language(verdict: Verdict, by: User) -> object:
    settings = Settings.objects.current()
    return settling.settle(by=newsroom.anybody("dee", ADMINISTRATOR), version=settings.version, language="de")


# What an approval locks: who edits it at the same moment waits for the decision, or the decision waits for them.
LOCKED: dict[str, Edit] = {
    "claim.wording": _claim(wording="The harbour was dredged in 1922."),
    "claim.claimant": _another_claimant,
    "claim.said_on": _claim(said_on=date(2026, 2, 3)),
    "claim.place": _claim(place="The port"),
    "claim.topics": _topics,
    "claimant.name": _claimant(name="Maria Major"),
    "claimant.kind": _claimant(kind=ClaimantKind.ORGANISATION),
    "claimant.description": _claimant(description="Mayor"),
    "claimant.same_as": _claimant(same_as="https://people.example/mayor"),
    "verdict.rating": _another_rating,
    "verdict.summary": _verdict(summary="The register says nothing."),
    "verdict.rationale": _verdict(rationale="The register *of works* lists it [1]."),
    "verdict.authors": _another_author,
    "citation.stance": _citation(stance="context"),
    "citation.quoted": _citation(quoted="Dredged, 1922"),
    "citation.note": _citation(note="A copy."),
    "citation.read_on": _citation(read_on=date(2026, 2, 3)),
    "citation more": _cited,
    "citation less": _uncited,
    "source.url": _source(url="https://port.example/register-of-works"),
    "source.title": _source(title="The register of works"),
    "source.publisher": _source(publisher="The port"),
    "source.kind": _source(kind="dataset"),
    "source.published_on": _source(published_on=date(1922, 1, 1)),
}
ALL: dict[str, Edit] = LOCKED | {"topic.name": _topic_renamed, "newsroom.language": _language}
