"""Where readers find what is published: choosing another address, from which the earlier ones lead on."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.forms.addresses import AddressForm
from factcheck.desk.restoring import restored
from factcheck.publication import addressing
from factcheck.publication.models import Address

TEMPLATE = "desk/publication/address.html"


@require_http_methods(["GET", "HEAD", "POST"])
@may("publish")
def claim(request: DeskRequest, pk: int) -> HttpResponse:
    return _changed(request, get_object_or_404(Claim, pk=pk), "claims")


@require_http_methods(["GET", "HEAD", "POST"])
@may("publish")
def article(request: DeskRequest, pk: int) -> HttpResponse:
    return _changed(request, get_object_or_404(Article, pk=pk), "articles")


def _changed(request: DeskRequest, record: Claim | Article, face: str) -> HttpResponse:
    address = Address.objects.newest_of(record)
    if address is None:
        raise Http404
    context = {"record": record, "face": face, "address": address, "earlier": Address.objects.before(record)}
    if request.method != "POST":
        draft = f"{record._meta.model_name}:{record.pk}:address"
        form = restored(AddressForm(face=face, initial={"slug": address.slug}), draft, request.user)
        return render(request, TEMPLATE, context | {"form": form, "draft": draft})
    form = AddressForm(request.POST, face=face)
    verb = (
        partial(addressing.readdress, record)
        if isinstance(record, Claim)
        else partial(addressing.readdress_article, record)
    )

    def make() -> Address:
        given = form.cleaned_data
        return verb(by=request.user, slug=given["slug"], reason=given["reason"])

    if location := created(request, form, make):
        return SeeOther(location)
    return wrong(request, TEMPLATE, context | {"form": form})
