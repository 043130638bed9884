"""The QR picture reads back and brings nothing that a strict policy forbids."""

from xml.etree import ElementTree

import pytest

from apoa.stays.receipt.qr import qr_svg
from tests.stays.receipt.sample import URL


def test_picture_is_plain_svg_without_style_or_script():
    picture = ElementTree.fromstring(qr_svg(URL))  # noqa: S314  # our own picture
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    for element in picture.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "path"}
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}


def test_picture_has_a_quiet_zone_of_four_modules():
    picture = ElementTree.fromstring(qr_svg(URL))  # noqa: S314  # our own picture
    _, _, width, height = picture.attrib["viewBox"].split()
    assert width == height
    assert (int(width) - 8 - 17) % 4 == 0
    dark = [path for path in picture.iter() if path.attrib.get("stroke")]
    assert dark[0].attrib["d"].startswith(("M4 4.5", "M4,4.5"))


@pytest.mark.parametrize("url", ["https://a.example/x?<script>", 'https://a.example/"'])
def test_address_is_never_written_into_the_picture_as_text(url):
    assert "script" not in qr_svg(url)
