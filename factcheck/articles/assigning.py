"""Giving articles to somebody, with the day they are due."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts import assigning
from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import Article
from factcheck.history.recording import act


def assign(article: Article, *, by: User, version: int, assignee: User | None, due_on: date | None) -> Article:
    """Give the article to somebody, or to nobody. No part of what readers see: approvals hold. Raises Stale, ValidationError."""
    require(by, "assign")
    if assigning.is_given(article, assignee, due_on):
        return article
    if article.trashed_at:
        raise ValidationError(_("It is in the trash. Put it back on the desk first."), code="trashed")
    with act("article.assign", article, by=by):
        return assigning.give(article, version, assignee=assignee, due_on=due_on)
