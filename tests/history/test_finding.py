"""An index answers for words of three letters and more, in every script."""

from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import models

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim, Claimant
from factcheck.sources.models import Source
from tests import newsroom

SCRIPTS = ("The harbour was dredged", "Мэр города заявил", "قالت العمدة إن المدينة", "市长说城市港口疏浚了")


def _fill(ada: User, number: int = 3000) -> None:
    lines = [f"{SCRIPTS[at % 4]} {at}" for at in range(number)]
    claimants = Claimant.objects.bulk_create(Claimant(name=line) for line in lines)
    Claim.objects.bulk_create(
        Claim(wording=line, claimant=who, made_by=ada) for line, who in zip(lines, claimants, strict=True)
    )
    Source.objects.bulk_create(Source(title=line, kind="official", made_by=ada) for line in lines)
    Article.objects.bulk_create(Article(title=line, publisher="Herald", made_by=ada) for line in lines)
    place = settings.DATABASES["owner"]
    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=name, autocommit=True
    ) as owner:
        owner.execute("VACUUM ANALYZE")


@pytest.mark.django_db(transaction=True)
def test_lists_are_narrowed_by_an_index_in_every_script(ada: User) -> None:
    _fill(ada)
    everything: list[tuple[Any, set[str]]] = [
        (Claim.objects, {"claim_like", "claimant_like"}),
        (Claimant.objects, {"claimant_like", "claimant_described"}),
        (Source.objects, {"source_like"}),
        (Article.objects, {"foundby_signs"}),
    ]
    for records, indexes in everything:
        for word in ("dredged 1232", "заявил 1233", "العمدة 1234", "城市港口 1235"):
            found: models.QuerySet[Any] = records.matching(word)
            assert len(found) == 1
            plan = found.explain()
            assert "Seq Scan" not in plan, (word, plan)
            assert all(index in plan for index in indexes), (word, plan)


def test_words_of_the_same_signs_are_told_apart(ada: User) -> None:
    one, other = "港口城市", "".join(chr(ord(letter) + 36) for letter in "港口城市")
    newsroom.claim(ada, wording=one, claimant="")
    newsroom.article(ada, body=one)
    for records in (Claim.objects, Article.objects):
        assert records.matching(one).count() == 1
        assert records.matching(other).count() == 0


def test_short_words_narrow_in_every_script(ada: User) -> None:
    newsroom.claim(ada, wording="城市港口疏浚了", claimant="")
    newsroom.claim(ada, wording="The bridge is 40 years old", claimant="")
    assert [claim.wording for claim in Claim.objects.matching("港口")] == ["城市港口疏浚了"]
    assert [claim.wording for claim in Claim.objects.matching("bridge 40")] == ["The bridge is 40 years old"]
    assert not Claim.objects.matching("bridge 41")
