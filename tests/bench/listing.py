"""Lists of the administration and of the desk at 100,000 claims: `BENCH=lists make bench` takes these figures alone."""

import time
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.db import connections
from django.urls import reverse

from factcheck.accounts.roles import ADMINISTRATOR, CHECKER
from factcheck.articles.models import Article
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.sources.models import Source
from tests import newsroom
from tests.bench import serving
from tests.bench.inventing import words
from tests.bench.serving import Pace
from tests.bench.telling import goal, heading

CLAIMS = 100_000
LIST, SEARCH, QUERIES = 60, 100, 12  # milliseconds, milliseconds, queries
# (table, columns, what stands in them for row n, how many rows). `saying(n, 5)` are five words, always the same.
ROWS: tuple[tuple[str, str, str, int], ...] = (
    (
        "accounts_user",
        "password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, byline, version, sessions_ended",
        "'!', false, 'person' || n, '', '', 'person' || n || '@newsroom.example', false, n % 9 > 0, now(), initcap(saying(n, 2)), 1, 0",
        500,
    ),
    (
        "claims_claimant",
        "name, kind, description, same_as, version",
        "initcap(saying(n, 2)) || ' ' || n, 'person', saying(n + 7, 3), '', 1",
        20_000,
    ),
    (
        "claims_topic",
        "name, parent_id",
        "saying(n, 2) || ' ' || n, (SELECT min(id) + n % 100 FROM claims_topic)",
        2_000,
    ),
    (
        "articles_article",
        "assigned_version, title, publisher, author, url, language, published_on, rights, trashed_at, version, made_by_id",
        "1, initcap(saying(n, 8)), initcap(saying(n % 97, 2)), initcap(saying(n % 997, 2)), 'https://herald.example/' || n,"
        " CASE n % 9 WHEN 0 THEN 'de' ELSE 'en' END, date '2020-01-01' + n % 2000, 'excerpts', CASE n % 50 WHEN 0 THEN now() END,"
        " 1, {person}",
        20_000,
    ),
    (
        "claims_claim",
        "assignee_id, due_on, assigned_version, wording, claimant_id, said_on, place, trashed_at, version, made_by_id",
        "CASE n % 20 WHEN 0 THEN {person} END, CASE n % 40 WHEN 0 THEN date '2026-01-01' + n % 400 END, 1,"
        " initcap(saying(n, 11)) || '.', CASE WHEN n % 10 > 0 THEN {claimant} + n % 20000 END, date '2020-01-01' + n % 2000,"
        " initcap(saying(n % 499, 1)), CASE n % 50 WHEN 0 THEN now() END, 1, {person}",
        CLAIMS,
    ),
    ("claims_claim_topics", "claim_id, topic_id", "{claim} + n / 2, {topic} + (n * 13) % 2000", 2 * CLAIMS),
    (
        "claims_highlight",
        "claim_id, article_id, version, made_by_id, removed_at",
        "{claim} + (n * 7) % 100000, {article} + n % 20000, 1, {person}, CASE n % 30 WHEN 0 THEN now() END",
        150_000,
    ),
    (
        "verdicts_verdict",
        "claim_id, scale_id, rating_id, summary, rationale, rationale_html, stage, citations_given, version, made_by_id",
        "{claim} + n, (SELECT max(id) FROM verdicts_scaleversion), NULL, saying(n, 9), '', '',"
        " CASE n % 5 WHEN 0 THEN 'submitted' WHEN 1 THEN 'settled' WHEN 2 THEN 'sent_back' ELSE 'draft' END, 0, 1, {person}",
        75_000,
    ),
    ("verdicts_author", "verdict_id, person_id", "{verdict} + n, {person}", 75_000),
    (
        "sources_source",
        "url, normal_url, title, publisher, kind, published_on, version, made_by_id",
        "'https://port.example/' || n, 'port.example/' || n, initcap(saying(n, 6)), initcap(saying(n % 97, 2)), 'media',"
        " date '2020-01-01' + n % 2000, 1, {person}",
        50_000,
    ),
    (
        "verdicts_citation",
        "verdict_id, source_id, number, stance, quoted, note, version",
        "{verdict} + n / 2, {source} + (n * 13) % 50000, 1 + n % 2, 'supports', '', '', 1",
        150_000,
    ),
    (
        "history_entry",
        "at, act, person_id, person_name, via, reason, subjects",
        "now() - n * interval '1 minute', 'claim.word', {person}, 'Ada', 'screen', '', ARRAY['claim:' || {claim} + n % 100000]",
        200_000,
    ),
)
# The number of the first of them is known by this name in what comes after.
FIRST = {
    "claims_claimant": "claimant",
    "claims_topic": "topic",
    "articles_article": "article",
    "claims_claim": "claim",
    "verdicts_verdict": "verdict",
    "sources_source": "source",
}
SAYING = f"""
CREATE FUNCTION pg_temp.saying(number bigint, many integer) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(said.word, ' ' ORDER BY at) FROM generate_series(1, many) AS at
    JOIN pg_temp.said ON said.n = (hashint8(number * 31 + at) & 2147483647) % {len(words())}
$$
"""


def fill() -> None:
    """All of it in a minute: by the owner, with triggers off, since nobody did any of it."""
    began = time.monotonic()
    dee = newsroom.anybody("dee", ADMINISTRATOR)
    dee.groups.set(Group.objects.filter(name__in=[ADMINISTRATOR.value, CHECKER.value]))
    first = {"person": newsroom.anybody("ada", CHECKER).pk}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE said AS SELECT n - 1 AS n, word FROM unnest(%s::text[]) WITH ORDINALITY AS w(word, n)",
            [words()],
        )
        cursor.execute("CREATE INDEX ON said (n)")
        cursor.execute(SAYING)
        for table, columns, values, number in ROWS:
            told = values.format(**first).replace("saying(", "pg_temp.saying(")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {told} FROM generate_series(0, {number - 1}) AS n")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            if name := FIRST.get(table):
                cursor.execute(f"SELECT max(id) - {number - 1} FROM {table}")
                first[name] = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO articles_foundby SELECT id, words_folded(text), words_signs(text) FROM (SELECT id,"
            " concat_ws(' ', pg_temp.saying(id + 5, 80), title, publisher, author, url) AS text FROM articles_article"
            " WHERE id >= %s) AS article",
            [first["article"]],
        )
        cursor.execute("VACUUM ANALYZE")
    connections["owner"].close()
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)


def common(number: int) -> str:
    """A word that stands in very many texts."""
    found = sorted({word for word in words() if len(word) > 3}, key=words().count, reverse=True)
    return found[number]


def rare(of: Iterable[str]) -> str:
    """A word of a text that hardly stands in another."""
    return min((word for text in of for word in text.lower().strip(".").split() if len(word) > 5), key=words().count)


def asked() -> list[tuple[str, str, float]]:
    """Each list: what it is called, its address, and its goal in milliseconds."""

    def admin(model: str, **query: object) -> str:
        return f"{reverse(f'admin:{model}_changelist')}?{urlencode(query)}"

    def desk(name: str, **query: object) -> str:
        return f"{reverse(f'desk:{name}')}?{urlencode(query)}"

    claim = Claim.objects.order_by("pk")[CLAIMS // 2]
    wording, often = claim.wording, common(0)
    seldom = rare(Claim.objects.order_by("pk").values_list("wording", flat=True)[1_000:1_200])
    claimant, source = Claimant.objects.order_by("-pk")[77], Source.objects.order_by("-pk")[77]
    article, topic = Article.objects.order_by("-pk")[77], Topic.objects.order_by("-pk")[77]
    return [
        ("front page", reverse("admin:index"), LIST),
        ("claims", admin("claims_claim"), LIST),
        ("  last page that is turned to", admin("claims_claim", p=40), LIST),
        ("  on the desk, without a verdict", admin("claims_claim", **{"in": "desk", "stage": "none"}), LIST),
        ("  handed in", admin("claims_claim", stage="submitted"), LIST),
        ("  in the trash", admin("claims_claim", **{"in": "trash"}), LIST),
        ("  in hand of somebody", admin("claims_claim", hands="somebody"), LIST),
        ("  in hand of somebody who left", admin("claims_claim", hands="left"), LIST),
        ("  of a day", admin("claims_claim", said_on__gte="2024-03-01", said_on__lt="2024-03-02"), LIST),
        ("  without a claimant", admin("claims_claim", claimant__isempty=1), LIST),
        ("  of a claimant", admin("claims_claim", claimant__id__exact=claim.claimant_id or claimant.pk), LIST),
        ("  of a topic", admin("claims_claim", topics__id__exact=topic.pk), LIST),
        ("  of a source", admin("claims_claim", source=source.pk), LIST),
        ("  of an article", admin("claims_claim", article=article.pk), LIST),
        ("  oldest first", admin("claims_claim", o="8"), LIST),
        ("  search, a whole wording", admin("claims_claim", q=wording), SEARCH),
        ("  search, a rare word", admin("claims_claim", q=seldom), SEARCH),
        ("  search, a word of very many", admin("claims_claim", q=often), SEARCH),
        ("  search, two letters", admin("claims_claim", q=often[:2]), SEARCH),
        ("  search, what is nowhere", admin("claims_claim", q="zyzzyva"), SEARCH),
        ("  search, often, in the trash", admin("claims_claim", q=often, **{"in": "trash"}), SEARCH),
        ("claimants", admin("claims_claimant"), LIST),
        ("  most claims first", admin("claims_claimant", o="-4"), LIST),
        ("  who look like others", admin("claims_claimant", alike="yes"), LIST),
        ("  search", admin("claims_claimant", q=claimant.name), SEARCH),
        ("  search, a word of very many", admin("claims_claimant", q=often), SEARCH),
        ("sources", admin("sources_source"), LIST),
        ("  cited by nobody", admin("sources_source", cited="no"), LIST),
        ("  search", admin("sources_source", q=source.title), SEARCH),
        ("  search, a word of very many", admin("sources_source", q=often), SEARCH),
        ("articles", admin("articles_article"), LIST),
        ("  without claims", admin("articles_article", marked="no"), LIST),
        ("  in German", admin("articles_article", language="de"), LIST),
        ("  search", admin("articles_article", q=article.title), SEARCH),
        ("  search, a word of very many", admin("articles_article", q=often), SEARCH),
        ("people", admin("accounts_user"), LIST),
        ("  most claims in hand first", admin("accounts_user", o="-7"), LIST),
        ("  search", admin("accounts_user", q="person77"), SEARCH),
        ("topics", admin("claims_topic"), LIST),
        ("  most claims first", admin("claims_topic", o="-3"), LIST),
        ("  that no claim has", admin("claims_topic", used="no"), LIST),
        ("  search", admin("claims_topic", q=topic.name), SEARCH),
        ("history", admin("history_entry"), LIST),
        ("  of one claim", admin("history_entry", q=f"claim:{claim.pk}"), SEARCH),
        ("  search", admin("history_entry", q="Ada"), SEARCH),
        (
            "choosing a claimant",
            f"{reverse('admin:autocomplete')}?app_label=claims&model_name=claim&field_name=claimant&term={claimant.name[:4]}",
            SEARCH,
        ),
        ("a claim", reverse("admin:claims_claim_change", args=[claim.pk]), LIST),
        ("the desk: claims", desk("claims"), LIST),
        ("  without a verdict", desk("claims", stage="none"), LIST),
        ("  search", desk("claims", q=seldom), SEARCH),
        ("  search, a word of very many", desk("claims", q=often), SEARCH),
        ("the desk: articles", desk("articles"), LIST),
        ("the desk: sources", desk("sources"), LIST),
        ("the desk: my work", desk("queue"), LIST),
        ("the desk: search", desk("search", q=seldom), SEARCH),
        ("  a word of very many", desk("search", q=often), SEARCH),
    ]


def speed(pace: Pace) -> None:
    fill()
    heading(f"Lists: {CLAIMS:,} claims")
    client = serving.logged_in("dee")

    def get(path: str) -> Callable[[], object]:
        def work() -> object:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return work

    for name, path, most in asked():
        figure = serving.take(name, get(path), pace)
        more = f"{figure.ratio:.1f} login pages, {figure.queries} queries, {figure.kilobytes:.0f} kB"
        goal(f"{name}, median", figure.median, most, "ms", more)
