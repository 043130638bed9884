"""How the verification address becomes a QR picture: one form for paper and pages."""

import io

import segno

_QUIET_ZONE_MODULES = 4


def qr_svg(url: str) -> str:
    """The address as an inline SVG without size, style or script (so a strict CSP allows it).

    Error level M: a quarter-dirty print still reads, and the modules stay large. The quiet zone
    of four modules and the white ground are inside the picture (ISO/IEC 18004).
    """
    code = segno.make(url, error="m", boost_error=False, micro=False)
    out = io.BytesIO()
    code.save(
        out, kind="svg", border=_QUIET_ZONE_MODULES, light="#ffffff", dark="#000000",
        omitsize=True, xmldecl=False, nl=False, svgclass="qr", lineclass=None,
    )  # fmt: skip
    return out.getvalue().decode("utf-8")
