"""Conformance runs of a test key: the manager starts one, watches it, and finds its certificate."""

from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from apoa.access.list_keys import KeyView
from apoa.base.errors import NotFound, Refused
from apoa.conformance.runs import RunInputSchema, RunView, list_runs, read_run, start_run
from apoa.web.conformance_words import STEP_WORDS
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.key_forms import RunForm
from apoa.web.frontdesk.keys import open_key
from apoa.web.frontdesk.lodging import Lodging, lodging_page
from apoa.web.refusals import status_of


@blueprint.get("/<uuid:property_id>/keys/<uuid:key_id>/conformance")
def conformance(property_id: UUID, key_id: UUID) -> str:
    """The runs of a key, and the form of a new one."""
    lodging, key = open_key(property_id, key_id)
    return _runs_page(lodging, key, RunForm(formdata=None))


@blueprint.post("/<uuid:property_id>/keys/<uuid:key_id>/conformance")
def start_conformance(property_id: UUID, key_id: UUID) -> Response | tuple[str, int]:
    """Starts a run: from now on the key's calls count."""
    lodging, key = open_key(property_id, key_id)
    form = RunForm()
    try:
        name = RunInputSchema().read({"integration": form.integration.data or ""})
        run = start_run(g.actor, key_id, name)
    except Refused as error:
        copy_problems(form, error)
        return _runs_page(lodging, key, form), status_of(error)
    return redirect(
        url_for(
            "frontdesk.conformance_run", property_id=property_id, key_id=key_id, run_id=run.run_id
        ),
        303,
    )


@blueprint.get("/<uuid:property_id>/keys/<uuid:key_id>/conformance/<uuid:run_id>")
def conformance_run(property_id: UUID, key_id: UUID, run_id: UUID) -> str:
    """How a run stands; the page asks again by itself while the run is open."""
    lodging, key = open_key(property_id, key_id)
    run = read_run(g.actor, run_id)
    if run.key_id != key_id:
        raise NotFound("run")
    if request.headers.get("HX-Request"):
        return render_template(
            "frontdesk/conformance_progress.html",
            lodging=lodging,
            run=run,
            steps=_steps(run),
            time_zone=lodging.time_zone,
        )
    return lodging_page(
        "frontdesk/conformance_run.html", lodging, key=key, run=run, steps=_steps(run)
    )


def _runs_page(lodging: Lodging, key: KeyView, form: RunForm) -> str:
    return lodging_page(
        "frontdesk/conformance.html",
        lodging,
        key=key,
        form=form,
        runs=list_runs(g.actor, key.key_id),
        step_count=len(STEP_WORDS),
    )


def _steps(run: RunView) -> list[tuple[object, object, object]]:
    """Each step as its words, how it is shown, and where it was seen."""
    return [(*STEP_WORDS[step], seen) for step, seen in run.steps.items()]
