"""The bytes that came, kept packed outside the database, under the hash of the file as it is kept."""

import gzip
import zlib
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection

from factcheck.intake.models import Came, Intake, Original


class Damaged(Exception):
    """The file is not there, or not what came."""


def place() -> Storage:
    """Beside the evidence of sources: one folder to keep, and to back up."""
    return storages["evidence"]


def keep(data: bytes) -> tuple[str, str]:
    """Keep bytes, once; give their SHA-256 and that of the file. To be called in the transaction that writes their row."""
    packed = gzip.compress(data, mtime=0)
    stored = sha256(packed).hexdigest()
    _hold(stored)
    if not place().exists(path_of(stored)):
        written = place().save(path_of(stored), ContentFile(packed))
        if written != path_of(stored):
            # Somebody kept the same content in this moment.
            place().delete(written)
    return sha256(data).hexdigest(), stored


def content(came: Came) -> bytes:
    """The bytes as they came. Raises Damaged."""
    try:
        with place().open(path_of(came.stored)) as file:
            data = gzip.decompress(file.read())
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged from error
    if sha256(data).hexdigest() != came.sha256:
        raise Damaged
    return data


def let_go(stored: str) -> None:
    """Delete a file that no row tells of any more. To be called in the transaction that deleted a row of it."""
    _hold(stored)
    if (
        stored
        and not Intake.objects.filter(stored=stored).exists()
        and not Original.objects.filter(stored=stored).exists()
    ):
        place().delete(path_of(stored))


def path_of(stored: str) -> str:
    return f"{stored[:2]}/{stored}"


def _hold(stored: str) -> None:
    """Until the transaction ends, nobody else keeps or lets go of this file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stored])
