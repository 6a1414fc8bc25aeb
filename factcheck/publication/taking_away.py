"""Taking away what a court or a privacy law says must go: one text, all its copies, and a tombstone in its place.

For the owner of the tables alone: the program's role has no grant for it. Whoever calls this has made the owner's
connection the default one (see the command take_away). Backups keep what they have until they are thrown away.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from factcheck.articles.models import Snapshot
from factcheck.claims.models import Claim, Placement
from factcheck.drafting.models import Draft
from factcheck.history.models import RowChange
from factcheck.history.recording import Act, act
from factcheck.intake.keeping import path_of
from factcheck.intake.models import Intake, Original
from factcheck.notices.models import WORDS_LIMIT, Notice
from factcheck.publication.models import ArticlePublication, ChangeNotice, Publication, Tombstone
from factcheck.review.documents import canonical, hash_of
from factcheck.review.models import Remark, Submission
from factcheck.sources import attaching
from factcheck.sources.models import Evidence
from factcheck.verdicts.models import Citation, Verdict

GONE = "[taken away]"
NAMELESS = "—"  # where a rating was
FILLER = "-"  # for each character of a text, so that what points into it still fits
# Columns of the desk's rows that hold words of a check.
_OF_CLAIM, _OF_VERDICT, _OF_CITATION = ("wording", "place"), ("summary", "rationale"), ("quoted", "note")


type Goes = Callable[[Any], bool]


@dataclass
class Taking:
    """What is taken away: how many rows of each kind lose their words, and which bytes go."""

    of: Publication | Snapshot | Evidence
    rows: dict[str, int] = field(default_factory=dict)
    is_done: bool = False  # it had been taken away before

    def counted(self, kind: str, rows: int) -> None:
        if rows:
            self.rows[kind] = self.rows.get(kind, 0) + rows


def take_away(of: Publication | Snapshot | Evidence, *, reason: str) -> Taking:
    """Empty it and every copy, leave tombstones, and enter it in the history: one transaction, safe to repeat.

    reason -- readers see it. Raises ProgrammingError (insufficient privilege) for whoever is not the owner.
    """
    if isinstance(of, Publication):
        with act("claim.take_away", of.claim, by=None, reason=reason) as taking:
            return _take_publication(of, reason, taking)
    if isinstance(of, Snapshot):
        with act("article.take_away", of.article, by=None, reason=reason):
            return _take_snapshot(of, reason)
    with act("source.take_away", of.source, by=None, reason=reason):
        return _take_file(of, reason)


def what_would_go(of: Publication | Snapshot | Evidence) -> Taking:
    """The same, told and not done."""
    with transaction.atomic():
        found = take_away(of, reason=GONE)
        transaction.set_rollback(True)
    return found


def _take_publication(publication: Publication, reason: str, taking: Act) -> Taking:
    _begin()
    Claim.objects.select_for_update().get(pk=publication.claim_id)
    found = Taking(publication, is_done=publication.is_taken_away)
    if found.is_done:
        return found
    same = Q(sha256=publication.sha256, document=publication.document)
    publications = list(Publication.objects.filter(same, claim=publication.claim_id))
    submissions = list(Submission.objects.filter(same, verdict__claim=publication.claim_id))
    taking.about(*(each.verdict for each in submissions))
    emptied = _emptied(publication.content)
    gone, kept = _words_gone(publication, publications)
    for each in publications:
        Tombstone.objects.create(publication=each, sha256=each.sha256, reason=reason)
    changes = {"document": emptied, "sha256": hash_of(emptied)}
    found.counted(
        "published versions", Publication.objects.filter(pk__in=[each.pk for each in publications]).update(**changes)
    )
    found.counted("submissions", Submission.objects.filter(pk__in=[each.pk for each in submissions]).update(**changes))
    found.counted("versions of articles’ pages", _take_from_pages(publications))
    found.counted("notices of changes", _take_from_notices(publications, gone))
    _take_from_desk(found, publication.claim_id, {each.verdict_id for each in submissions}, gone, kept)
    return found


def _words_gone(publication: Publication, publications: list[Publication]) -> tuple[set[str], set[str]]:
    """The words that stand in what goes and in nothing else published of the claim; and those that stay."""
    stay = Publication.objects.filter(claim=publication.claim_id).exclude(pk__in=[each.pk for each in publications])
    kept = {words for each in stay if not each.is_taken_away for words in _words_of(each.content)}
    return set(_words_of(publication.content)) - kept, kept


def _words_of(content: dict[str, Any]) -> Iterable[str]:
    claim, verdict = content["claim"], content["verdict"]
    words = [claim["wording"], claim["place"], verdict["summary"], verdict["rationale"], verdict["html"]]
    words += [cited[name] for cited in content["citations"] for name in _OF_CITATION]
    return filter(None, words)


def _emptied(content: dict[str, Any]) -> str:
    """A document with the same keys that says nothing; that of the claim stays, as what follows is of the same."""
    nothing = {"position": None, "name": NAMELESS, "definition": "", "hue": "grey", "sign": "none"}
    return canonical({
        "format": content["format"],
        "taken_away": True,
        "language": content["language"],
        "claim": {
            "id": content["claim"]["id"], "wording": GONE, "claimant": None, "said_on": None, "place": "", "topics": [],
        },
        "verdict": {
            "rating": nothing,
            "scale": {"name": NAMELESS, "number": content["verdict"]["scale"]["number"], "ratings": []},
            "summary": "", "rationale": "", "html": "",
        },
        "citations": [],
        "authors": content["authors"],
    })  # fmt: skip


def _take_from_pages(publications: list[Publication]) -> int:
    """What articles' pages say of these versions goes from their documents."""
    numbers = {each.pk for each in publications}
    pages = list(ArticlePublication.objects.filter(shown__in=numbers).distinct())
    for page in pages:
        content = page.content | {
            "claims": [each for each in page.content["claims"] if each["publication"] not in numbers]
        }
        document = canonical(content)
        ArticlePublication.objects.filter(pk=page.pk).update(document=document, sha256=hash_of(document))
    return len(pages)


def _take_from_notices(publications: list[Publication], gone: set[str]) -> int:
    """The same of what readers were told of changes of those articles, as far as the words stand in nothing else."""
    path, counted = publications[0].path, 0
    pages = ArticlePublication.objects.filter(shown__in=publications)
    for notice in ChangeNotice.objects.filter(article__in=pages.values("article")):
        claims = [each for each in notice.content["claims"] if each["path"] != path or each["wording"] not in gone]
        if claims != notice.content["claims"]:
            document = canonical(notice.content | {"claims": claims})
            counted += ChangeNotice.objects.filter(pk=notice.pk).update(document=document, sha256=hash_of(document))
    return counted


def _take_from_desk(found: Taking, claim: int, verdicts: set[int], gone: set[str], kept: set[str]) -> None:
    """The same words on the desk: as they stand, as they were, as they are being typed, as people were told of them."""
    counted, version = 0, F("version") + 1
    counted += Claim.objects.filter(pk=claim, wording__in=gone).update(wording=GONE, version=version)
    counted += Claim.objects.filter(pk=claim, place__in=gone).update(place="", version=version)
    of_claim = Verdict.objects.filter(claim=claim)
    counted += of_claim.filter(summary__in=gone).update(summary="", version=version)
    counted += of_claim.filter(rationale__in=gone).update(rationale="", rationale_html="", version=version)
    cited = Citation.objects.filter(verdict__claim=claim)
    counted += cited.filter(quoted__in=gone).update(quoted="", version=version)
    counted += cited.filter(note__in=gone).update(note="", version=version)
    found.counted("rows of the desk", counted)
    told = {words[:WORDS_LIMIT] for words in gone}
    found.counted("notices", Notice.objects.filter(words__in=told).update(words=GONE))
    remarks = Remark.objects.filter(verdict__in=verdicts).exclude(passage__isnull=True)
    of_remarks = [str(pk) for pk in remarks.values_list("pk", flat=True)]
    found.counted("remarks that quote it", remarks.update(passage=None))
    forms = Q(form__regex=rf"^claim:{claim}(:|$)")
    for number in of_claim.values_list("pk", flat=True):
        forms |= Q(form__regex=rf"^verdict:{number}(:|$)")
    for number in cited.values_list("pk", flat=True):
        forms |= Q(form__regex=rf"^citation:{number}(:|$)")
    found.counted("drafts", _forget(forms, gone))
    of_citations = RowChange.objects.filter(table_name="verdicts_citation").filter(
        Q(before__verdict_id__in=list(of_claim.values_list("pk", flat=True)))
        | Q(after__verdict_id__in=list(of_claim.values_list("pk", flat=True)))
    )
    now = {words for row in of_claim.values_list(*_OF_VERDICT) for words in row}
    now |= {words for row in Claim.objects.filter(pk=claim).values_list(*_OF_CLAIM) for words in row}
    now |= {words for row in cited.values_list(*_OF_CITATION) for words in row}
    stays = kept | now
    own = {str(pk) for pk in verdicts}
    of_own = set(
        of_citations.filter(
            Q(before__verdict_id__in=list(verdicts)) | Q(after__verdict_id__in=list(verdicts))
        ).values_list("row_id", flat=True)
    )
    history: list[tuple[str, set[str], tuple[str, ...], Goes]] = [
        # Of what became of it on the way nothing stays but what stands elsewhere; of other work on the claim only its words go.
        ("claims_claim", {str(claim)}, _OF_CLAIM, lambda words: words not in stays),
        ("verdicts_verdict", own, _OF_VERDICT, lambda words: words not in stays),
        (
            "verdicts_verdict",
            {str(pk) for pk in of_claim.values_list("pk", flat=True)} - own,
            _OF_VERDICT,
            gone.__contains__,
        ),
        ("verdicts_citation", of_own, _OF_CITATION, lambda words: words not in stays),
        (
            "verdicts_citation",
            set(of_citations.values_list("row_id", flat=True)) - of_own,
            _OF_CITATION,
            gone.__contains__,
        ),
        ("review_remark", set(of_remarks), ("passage",), bool),
    ]
    for table, numbers, columns, goes in history:
        rows = RowChange.objects.filter(table_name=table, row_id__in=numbers)
        found.counted("rows of the history", _blank(rows, columns, goes))


def _take_snapshot(snapshot: Snapshot, reason: str) -> Taking:
    _begin()
    found = Taking(snapshot, is_done=hasattr(snapshot, "tombstone"))
    if original := Original.objects.filter(snapshot=snapshot).first():
        # What was read of the same bytes and is no article yet.
        found.counted("articles on their way", Intake.objects.filter(stored=original.stored).delete()[0])
        _file_goes(found, path_of(original.stored))
    if found.is_done:
        return found
    Tombstone.objects.create(snapshot=snapshot, sha256=snapshot.sha256, reason=reason)
    text = "\n\n".join(FILLER * len(block) for block in snapshot.text.split("\n\n"))
    found.counted("texts", Snapshot.objects.filter(pk=snapshot.pk).update(text=text, sha256=hash_of(text)))
    placements = list(Placement.objects.filter(snapshot=snapshot))
    for placement in placements:
        passages = [
            passage | {"exact": FILLER * len(passage["exact"]), "prefix": "", "suffix": ""}
            for passage in placement.passages
        ]
        Placement.objects.filter(pk=placement.pk).update(passages=passages)
    found.counted("places of highlights", len(placements))
    rows = RowChange.objects.filter(table_name="claims_placement", row_id__in=[str(each.pk) for each in placements])
    found.counted("rows of the history", _blank(rows, ("passages",), bool))
    _take_what_was_looked_up(snapshot, found)
    found.counted("drafts", _forget(Q(form__regex=rf"^article:{snapshot.article_id}(:|$)"), set()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_write_found_by(%s)", [snapshot.article_id])
    return found


def _take_what_was_looked_up(snapshot: Snapshot, found: Taking) -> None:
    """What was found of its words in later texts, and of earlier words in it; what readers were told of both."""
    looked_up = Placement.objects.filter(Q(snapshot=snapshot) | Q(carried_from__snapshot=snapshot), found__isnull=False)
    numbers = [str(number) for number in looked_up.values_list("pk", flat=True)]
    looked_up.update(found=None)
    rows = RowChange.objects.filter(table_name="claims_placement", row_id__in=numbers)
    found.counted("rows of the history", _blank(rows, ("found",), bool))
    for notice in ChangeNotice.objects.filter(Q(checked=snapshot) | Q(now=snapshot)):
        content = notice.content
        for claim in content["claims"]:
            claim |= {"was": FILLER * len(claim["was"]), "now": FILLER * len(claim["now"])}
        document = canonical(content)
        ChangeNotice.objects.filter(pk=notice.pk).update(document=document, sha256=hash_of(document))
        found.counted("notices of changes", 1)


def _take_file(evidence: Evidence, reason: str) -> Taking:
    _begin()
    same = list(Evidence.objects.filter(sha256=evidence.sha256).select_related("tombstone"))
    found = Taking(evidence, is_done=hasattr(evidence, "tombstone"))
    for each in same:
        if not hasattr(each, "tombstone"):
            Tombstone.objects.create(evidence=each, sha256=each.sha256, reason=reason)
    rows = RowChange.objects.filter(table_name="sources_evidence", row_id__in=[str(each.pk) for each in same])
    noted = Evidence.objects.filter(pk__in=[each.pk for each in same]).exclude(note="", name=GONE)
    found.counted("names and notes of files", noted.update(name=GONE, note=""))
    found.counted("rows of the history", _blank(rows, ("name", "note"), lambda words: words != GONE))
    _file_goes(found, evidence.path)
    return found


def _file_goes(found: Taking, path: str) -> None:
    """After the commit: a file that is gone while its row stands would be damage. Whoever repeats it finds it here."""
    if attaching.place().exists(path):
        found.counted("files", 1)
        transaction.on_commit(lambda: attaching.place().delete(path))


def _begin() -> None:
    """Say, for this transaction, what only the owner of the tables may say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.taking_away', 'yes', true)")


def _forget(forms: Q, words: set[str]) -> int:
    """What is being typed in these forms, or holds these words anywhere."""
    of_words = [
        draft.pk
        for draft in Draft.objects.exclude(forms).iterator()
        if words and any(each in value for each in words if len(each) > 20 for value in _texts(draft.fields))
    ]
    return Draft.objects.filter(forms | Q(pk__in=of_words)).delete()[0]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _blank(rows: QuerySet[RowChange], columns: tuple[str, ...], goes: Goes) -> int:
    """In the history of these rows the values of these columns go that `goes` says so of."""
    counted = 0
    for row in rows.filter(Q(before__has_any_keys=list(columns)) | Q(after__has_any_keys=list(columns))):
        before, after = (_blanked(values, columns, goes) for values in (row.before, row.after))
        if (before, after) != (row.before, row.after):
            counted += RowChange.objects.filter(pk=row.pk).update(before=before, after=after)
    return counted


def _blanked(values: dict[str, Any] | None, columns: tuple[str, ...], goes: Goes) -> dict[str, Any] | None:
    return values and {
        name: _nothing(value) if name in columns and value and goes(value) else value for name, value in values.items()
    }


def _nothing(value: Any) -> Any:
    return GONE if isinstance(value, str) else [] if isinstance(value, list) else None
