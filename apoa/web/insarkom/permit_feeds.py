"""Feeds of permits: the list with the register's freshness, and taking in a new file."""

import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, time
from typing import Any, BinaryIO, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response as FlaskResponse
from flask import current_app, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.places import office_names
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, NotFound, Problem, Refused
from apoa.offices.regions import WESTERN
from apoa.permits.feed.freshness import freshness, list_freshness
from apoa.permits.feed.listing import PAGE_SIZE, list_feeds
from apoa.permits.feed.models import FeedSource
from apoa.permits.feed.receive import find_same_file, receive_feed
from apoa.permits.feed.report import csv_lines, template_notes, template_rows, write_xlsx
from apoa.permits.feed.start import get_feed
from apoa.permits.feed.table import LARGEST_FILE, MEGABYTE, unreadable
from apoa.web.forms import copy_problems
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.permit_feed_forms import FeedFileForm, office_choices
from apoa.web.locale import select_locale

# The body holds the file and little else.
_LARGEST_BODY = LARGEST_FILE + MEGABYTE
Sheets = list[tuple[str, Iterable[Sequence[Any]]]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/permit-feeds")
def permit_feeds() -> str:
    """What came in lately, how fresh the register is, and the form for a file."""
    return _page(FeedFileForm(formdata=None))


@blueprint.post("/permit-feeds")
def send_feed() -> Response | tuple[str, int]:
    """Keeps the file; its columns are looked at on the page that follows.

    The only page that takes more than a form: who asks is known before the body is read, and the
    form's token is checked here, since the common check would read the body first.
    """
    require(g.actor, Action.IMPORT_PERMITS)
    request.max_content_length = _LARGEST_BODY
    try:
        current_app.extensions["csrf"].protect()
        form = FeedFileForm()
        feed_id = _receive(form)
    except RequestEntityTooLarge:
        form = FeedFileForm(formdata=None)
        copy_problems(form, unreadable("feed-too-large", max=LARGEST_FILE // MEGABYTE))
        return _page(form), 413
    except Refused as error:
        copy_problems(form, error)
        return _page(form), 422
    same = find_same_file(get_feed(g.actor, feed_id).file_digest, feed_id)
    if same is not None:
        flash(_("Berkas yang sama sudah pernah dimuat. Yang tidak berubah tetap sama."), "info")
    return redirect(url_for("insarkom.permit_feed", feed_id=feed_id), 303)


@blueprint.get("/permit-feeds/template.<any(csv,xlsx):form>")
def permit_feed_template(form: str) -> FlaskResponse:
    """The template in the language of the page; the XLSX explains each column on a second sheet."""
    locale = select_locale()
    name = "permits-template" if locale == "en" else "templat-izin-tinggal"
    if form == "csv":
        content = b"".join(csv_lines(template_rows(locale)))
        return FlaskResponse(
            content,
            mimetype="text/csv",
            headers={"Content-Disposition": f"attachment; filename={name}.csv"},
        )
    sheets: Sheets = [
        (_("Data"), template_rows(locale)),
        (_("Keterangan"), template_notes(locale)),
    ]
    return xlsx_answer(f"{name}.xlsx", sheets)


def xlsx_answer(name: str, sheets: Sheets) -> FlaskResponse:
    """A workbook as a download."""
    file = io.BytesIO()
    write_xlsx(file, sheets)
    file.seek(0)
    return send_file(file, mimetype=_XLSX, as_attachment=True, download_name=name)


def import_offices() -> dict[UUID, str]:
    """The offices for which this person may load permits; none for the directorate."""
    if g.actor.may(Action.IMPORT_PERMITS) and g.actor.national_roles:
        return {}
    wanted = Action.IMPORT_PERMITS
    return office_names([one for one in g.actor.office_roles if g.actor.may(wanted, office_id=one)])


def _receive(form: FeedFileForm) -> UUID:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput([Problem("/file", "required")])
    with closing(file):
        return receive_feed(
            g.actor,
            cast(BinaryIO, file.stream),
            file_name=file.filename,
            source=FeedSource.PAGE,
            office_id=_office(form.office_id.data),
            data_as_of=_begin_of(form.data_as_of.data),
        )


def _office(chosen: str | None) -> UUID | None:
    offices = import_offices()
    if len(offices) < 2:
        return next(iter(offices), None)
    found = next((one for one in offices if str(one) == chosen), None)
    if found is None:
        raise NotFound("office")
    return found


def _begin_of(day: str | None) -> datetime | None:
    """The first moment of the day: what is newer than that stays as it is."""
    if not day:
        return None
    try:
        found = datetime.fromisoformat(day)
    except ValueError:
        raise InvalidInput([Problem("/data_as_of", "invalid-date")]) from None
    return datetime.combine(found.date(), time.min, ZoneInfo(WESTERN))


def _page(form: FeedFileForm) -> str:
    feeds = list_feeds(g.actor, request.args.get("before", type=UUID))
    offices = import_offices()
    form.office_id.choices = list(office_choices(offices))
    following = None
    if len(feeds) > PAGE_SIZE:
        feeds = feeds[:PAGE_SIZE]
        following = url_for("insarkom.permit_feeds", before=feeds[-1].id)
    return render_template(
        "insarkom/permit_feeds.html",
        form=form,
        feeds=feeds,
        offices=offices,
        following=following,
        freshness=freshness(),
        senders=list_freshness(),
        zone=WESTERN,
        may_manage_keys=g.actor.may(Action.MANAGE_OFFICE_KEYS),
        largest=LARGEST_FILE // MEGABYTE,
    )
