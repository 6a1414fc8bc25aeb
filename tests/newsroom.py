"""Builders: a newsroom's records made with the newsroom's own verbs."""

from django.contrib.auth.models import Group

from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER, PUBLISHER, REVIEWER, Role
from factcheck.anchoring.quote import Quote
from factcheck.articles.importing import import_article
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import carrying, highlighting
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.intake import keeping as keeping_originals
from factcheck.intake import taking
from factcheck.intake.models import Intake, Original
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.review import deciding, freezing
from factcheck.review.models import Submission
from factcheck.sources import attaching, keeping
from factcheck.sources.models import Evidence, Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.web.extracting import Extracted
from factcheck.web.kinds import Kind

PASSWORD = "correct horse battery"
BODY = (
    "The harbour and the bridge\n\n"
    "The mayor said that the harbour was dredged in 1921. She added that the bridge carries 40,000 cars a day.\n\n"
    "A speaker of the port called the bridge the oldest in the country, and said it would be closed in May."
)


def person(username: str, *roles: Role) -> User:
    user = User(username=username, byline=username.title(), email=f"{username}@newsroom.example")
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return User.objects.get(pk=user.pk)


def anybody(username: str, *roles: Role) -> User:
    """The person of this name, made when first asked for."""
    return User.objects.filter(username=username).first() or person(username, *roles)


def article(by: User, *, title: str = "The harbour and the bridge", body: str = BODY, **more: object) -> Article:
    return import_article(by=by, title=title, publisher="Example Herald", body=body, **more)


def snapshot(of: Article) -> Snapshot:
    return Snapshot.objects.latest_of(of)


def claim(by: User, wording: str = "The harbour was dredged in 1921.", claimant: str = "Maria Mayor") -> Claim:
    return highlighting.word_claim(by=by, wording=wording, claimant=highlighting.find_or_add_claimant(claimant, by=by))


def highlight(a_claim: Claim, an_article: Article, words: str, *, by: User) -> Highlight:
    return highlighting.highlight(a_claim, snapshot(an_article), Quote(words), by=by)


def waiting(by: User, body: str = BODY.replace("dredged", "deepened")) -> Placement:
    """A highlight that needs a look, since the article was taken in again with other words in its place."""
    an_article = article(by)
    mark = highlight(claim(by), an_article, "dredged in 1921", by=by)
    carrying.take_in_again(an_article, body, by=by)
    return Placement.objects.waiting().get(highlight=mark)


def verdict(a_claim: Claim, *, by: User, rating: str = "True", cited: bool = True) -> Verdict:
    """A complete draft."""
    made = judging.draft(a_claim, by=by)
    made = judging.revise(
        made,
        by=by,
        version=made.version,
        rating=made.scale.ratings.get(name=rating),
        summary="The port’s own register says so.",
        rationale="The register of works lists it [1].",
    )
    if cited:
        source = keeping.find_or_add(
            by=by, url="https://port.example/register", title="Register of works", kind="primary", publisher="Port"
        )
        judging.cite(made, source, by=by, stance="supports", quoted="Dredged, 1921")
    return Verdict.objects.get(pk=made.pk)


def evidence(source: Source, *, by: User, data: bytes = b"%PDF-1.7\n%%EOF\n") -> Evidence:
    """A PDF of the source, the same for each but for who attached it."""
    return attaching.attach(source, by=by, name="register.pdf", data=data + by.username.encode())


def intake(by: User, text: str = "The harbour was dredged in 1921.") -> Intake:
    """A plain text that somebody uploaded, read without the process that reads such things."""
    sha256, stored = keeping_originals.keep(text.encode())
    found = Extracted(Kind.TEXT, [("paragraph", text)], [("paragraph", text, True)]).as_json()
    made = Intake.objects.create(
        name="harbour.txt",
        kind="text",
        size=len(text),
        sha256=sha256,
        stored=stored,
        found=found,
        stage="ready",
        made_by=by,
    )
    return Intake.objects.get(pk=made.pk)


def original(by: User) -> Original:
    """What an article was made of."""
    text = f"The harbour was dredged, as {by} wrote."
    made = taking.make_article(intake(by, text), by=by, title="From a file", publisher="Herald", body="The harbour.")
    return Original.objects.get(snapshot__article=made)


def submission(a_verdict: Verdict, *, by: User) -> Submission:
    return freezing.submit(a_verdict, by=by)


def approved(a_verdict: Verdict, *, by: User, reviewer: User | None = None) -> Submission:
    handed_in = submission(a_verdict, by=by)
    deciding.approve(handed_in, by=reviewer or anybody("bo", REVIEWER, CHECKER))
    return handed_in


def published(a_claim: Claim, *, by: User, rating: str = "True") -> Publication:
    made = verdict(a_claim, by=by, rating=rating)
    approved(made, by=by)
    return publishing.publish(Verdict.objects.get(pk=made.pk), by=anybody("cleo", PUBLISHER))
