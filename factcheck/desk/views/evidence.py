"""Files that people attach to sources. They come into memory, never past their limit, and leave as files to be saved:
never as something that a browser shows as ours."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.http.response import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.forms.verdicts import EvidenceForm, SourceEditForm
from factcheck.desk.views.sources import source_context
from factcheck.publication.models import Tombstone
from factcheck.sources import attaching
from factcheck.sources.models import LARGEST_EVIDENCE, Evidence, Source

# Beyond it nothing is read at all.
LARGEST_REQUEST = 4 * LARGEST_EVIDENCE


class Capped(FileUploadHandler):
    """Takes files into memory. Of one that is too large, no more than shows that it is."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.data, self.came = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.came += len(raw_data)
        if self.data.tell() <= LARGEST_EVIDENCE:
            self.data.write(raw_data[: LARGEST_EVIDENCE + 1 - self.data.tell()])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.data.tell()
        self.data.seek(0)
        return InMemoryUploadedFile(
            self.data, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )


# The token stands in the form, which is not read before its handler is there.
@csrf_exempt
@require_POST
def attach(request: DeskRequest, pk: int) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return HttpResponse(_("The file is larger than 10 MB."), status=413, content_type="text/plain")
    request.upload_handlers = [Capped(request)]
    answer: HttpResponse = take(request, pk)
    return answer


@csrf_protect
@may("judge")
def take(request: DeskRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = EvidenceForm(request.POST, request.FILES, auto_id="evidence_%s")

    def make() -> str:
        given, file = form.cleaned_data, form.cleaned_data["file"]
        attaching.attach(source, by=request.user, name=file.name, data=file.read(), note=given["note"])
        return f"{source.get_absolute_url()}#evidence"

    if location := created(request, form, make):
        messages.success(request, _("The file is attached."))
        return SeeOther(location)
    context = source_context(source) | {"form": SourceEditForm.of(source), "evidence_form": form}
    return wrong(request, "desk/sources/show.html", context)


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    """The file, to be saved. Were it opened in spite of that, it could load and run nothing."""
    evidence = get_object_or_404(Evidence, pk=pk)
    if stone := Tombstone.objects.filter(evidence=evidence).first():
        says = _("The file has been taken away: %(reason)s") % {"reason": stone.reason}
        return HttpResponse(says, status=410, content_type="text/plain; charset=utf-8")
    try:
        data = attaching.content(evidence)
    except attaching.Damaged:
        says = _(
            "The file is missing or has changed since it was attached, so it is not given out. Tell an administrator."
        )
        return HttpResponse(says, status=410, content_type="text/plain; charset=utf-8")
    answer = FileResponse(BytesIO(data), as_attachment=True, filename=evidence.file_name, content_type=evidence.kind)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
