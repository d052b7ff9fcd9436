"""What does the model see? A text before and after, and documents without names."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.forms_pruefen import DocumentForm, RestoreForm, TextForm
from leitplanke.apps.gateway.looking import Noting, look_at
from leitplanke.apps.gateway.page import frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import PrintError
from leitplanke.base.documents.pseudonymising.key_file import KeyFileError, Passphrase
from leitplanke.base.documents.pseudonymising.service import (
    OtherCopyError,
    open_key,
    pseudonymise_document,
    restore_document,
)
from leitplanke.base.llm.loading import detector_of
from leitplanke.base.policy import profile_of
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from django.http import HttpRequest


@requires("gateway.look")
def sehen(request: HttpRequest) -> HttpResponse:
    """Show a text as a model would get it; nothing of it is kept."""
    mandant = actor_of(request).mandant
    form = TextForm(request.POST if request.method == "POST" else None)
    look = look_at(form.cleaned_data["text"], detector_of(mandant), profile_of(mandant)) if form.is_valid() else None
    if request.headers.get("HX-Request"):
        return render(request, "gateway/_gesehen.html", {"blick": look})
    context = {**frame(request, "sehen"), "form": form, "blick": look}
    return render(request, "gateway/sehen.html", context, status=422 if form.errors else 200)


@requires("gateway.look")
def dokument(request: HttpRequest) -> HttpResponse:
    """Hand out a copy of a document without names, and its key."""
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_valid():
        file, secret = form.cleaned_data["datei"], Passphrase(form.cleaned_data["passphrase"])
        find = Noting(detector_of(actor_of(request).mandant).find)
        try:
            made = pseudonymise_document(file.read(), file.name, secret=secret, day=timezone.localdate(), find=find)
        except KeyFileError as error:
            form.add_error("passphrase", str(error))
        except (ExtractionError, PrintError) as error:
            form.add_error("datei", str(error))
        else:
            packed = _packed(made.name, made.data, made.key, made.warnings, find.words())
            return _attached(packed, "kopie-und-schluessel.zip", "application/zip")
    crumbs = ((_("Was sieht das Modell?"), reverse("gateway:sehen")), (_("Dokument ohne Namen"), ""))
    context = {**frame(request, "sehen", *crumbs), "form": form}
    return render(request, "gateway/dokument.html", context, status=422 if form.errors else 200)


def _attached(data: bytes, name: str, kind: str) -> HttpResponse:
    disposition = content_disposition_header(True, name)
    headers = {"Content-Disposition": disposition or "attachment", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)


def _packed(name: str, data: bytes, key: bytes, warnings: tuple[str, ...], left: tuple[str, ...]) -> bytes:
    """Return copy and key as one file; what names people lies beside the key."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"weitergeben/{name}", data)
        archive.writestr("im-haus-behalten/schluessel.json", key)
        if left:
            archive.writestr("im-haus-behalten/nicht-verdeckt.txt", "\n".join(left) + "\n")
        if warnings:
            archive.writestr("bitte-lesen.txt", "\n".join(warnings) + "\n")
    return stream.getvalue()


@requires("gateway.look")
def zurueck(request: HttpRequest) -> HttpResponse:
    """Hand out a copy with its names back."""
    form = RestoreForm(request.POST, request.FILES) if request.method == "POST" else RestoreForm()
    if form.is_valid():
        said = form.cleaned_data
        try:
            key = open_key(said["schluessel"].read(), Passphrase(said["passphrase"]))
            found = restore_document(
                said["datei"].read(), said["datei"].name, key, day=timezone.localdate(), changed=said["veraendert"]
            )
        except KeyFileError as error:
            form.add_error("schluessel", str(error))
        except OtherCopyError as error:
            form.add_error("veraendert", str(error))
        except (ExtractionError, PrintError) as error:
            form.add_error("datei", str(error))
        else:
            return _attached(found.data, found.name, "application/octet-stream")
    crumbs = ((_("Was sieht das Modell?"), reverse("gateway:sehen")), (_("Namen zurückholen"), ""))
    context = {**frame(request, "sehen", *crumbs), "form": form}
    return render(request, "gateway/zurueck.html", context, status=422 if form.errors else 200)
