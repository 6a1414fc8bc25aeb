"""Evidence: a picture or PDF of what a source shows, kept as it came, outside the database, under the hash of its content."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history.recording import act
from factcheck.sources.models import LARGEST_EVIDENCE, Evidence, EvidenceKind, Source

# How each kind begins: (offset, bytes). PNG specification 5.2; JPEG B.1.1.3; RFC 9649, 2.4; GIF89a, 17; ISO 32000-1, 7.5.2.
BEGINNINGS = {
    EvidenceKind.PNG: [(0, b"\x89PNG\r\n\x1a\n")],
    EvidenceKind.JPEG: [(0, b"\xff\xd8\xff")],
    EvidenceKind.WEBP: [(0, b"RIFF"), (8, b"WEBP")],
    EvidenceKind.GIF: [(0, b"GIF8"), (5, b"a")],
    EvidenceKind.PDF: [(0, b"%PDF-")],
}


class Damaged(Exception):
    """The file is not there, or not what was attached."""


def kind_of(data: bytes) -> EvidenceKind | None:
    """What a file is by how it begins, whatever its name says; None for what is not taken."""
    for kind, beginning in BEGINNINGS.items():
        if all(data.startswith(words, at) for at, words in beginning):
            return kind
    return None


def attach(source: Source, *, by: User, name: str, data: bytes, note: str = "") -> Evidence:
    """Keep a file with a source. name -- as its owner calls it. Raises ValidationError for what is not taken."""
    require(by, "judge")
    kind = kind_of(data)
    if len(data) > LARGEST_EVIDENCE:
        raise ValidationError({"file": _("The file is larger than 10 MB.")}, code="size")
    if kind is None:
        raise ValidationError({"file": _("It must be a PNG, JPEG, WebP, GIF or PDF, whatever its name.")}, code="kind")
    kept = Evidence(
        source=source,
        name="".join(sign for sign in name if sign.isprintable())[:200] or _("without a name"),
        note=note,
        kind=kind,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        made_by=by,
    )
    kept.full_clean(validate_constraints=False)
    # Before its row: what a row tells of is there. Without a row it is nobody's, and in nobody's way.
    _keep(kept.path, data)
    try:
        with act("source.attach", source, by=by), transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError({"file": _("This file is attached to the source already.")}, code="taken") from error
    return kept


def content(evidence: Evidence) -> bytes:
    """The file as it was attached. Raises Damaged."""
    try:
        with place().open(evidence.path) as file:
            data: bytes = file.read()
    except OSError as error:
        raise Damaged from error
    if sha256(data).hexdigest() != evidence.sha256:
        raise Damaged
    return data


def place() -> Storage:
    return storages["evidence"]


def _keep(path: str, data: bytes) -> None:
    if not place().exists(path):
        written = place().save(path, ContentFile(data))
        if written != path:
            # Somebody kept the same content in this moment.
            place().delete(written)
