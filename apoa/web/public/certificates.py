"""The certificate of an integration that has shown every step; open to everybody."""

from flask import jsonify, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.conformance.certificate import find_certificate
from apoa.web.conformance_words import step_word
from apoa.web.public import blueprint


@blueprint.get("/certificates/<certificate_number>")
def certificate(certificate_number: str) -> str | tuple[str, int]:
    """What was shown, when, and whether the signature is right."""
    found = find_certificate(certificate_number)
    if found is None:
        return render_template("public/certificate_unknown.html"), 404
    return render_template("public/certificate.html", certificate=found, step_word=step_word)


@blueprint.get("/certificates/<certificate_number>.json")
def certificate_json(certificate_number: str) -> Response | tuple[Response, int]:
    """The same for programs, with all that is needed to check the signature oneself."""
    found = find_certificate(certificate_number)
    if found is None:
        answer = jsonify(
            status=404, code="certificate-unknown", title=_("Sertifikat ini tidak terdaftar.")
        )
        answer.mimetype = "application/problem+json"
        return answer, 404
    return jsonify(
        genuine=found.genuine,
        number=found.number,
        integration=found.integration,
        contract_version=found.contract_version,
        started_at=found.started_at.isoformat(),
        passed_at=found.passed_at.isoformat(),
        steps=[{"name": name, "at": at.isoformat()} for name, at in found.steps],
        payload=found.payload,
        signature=found.signature,
        key_id=found.key_id,
        public_key=found.public_key,
    )
