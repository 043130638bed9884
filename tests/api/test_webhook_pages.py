"""The deliveries of an endpoint, read to the end in the longest pages that may be asked for."""

from sqlalchemy import text

from apoa.db.base import db
from apoa.db.scope import scope
from tests.api.client import ApiClient
from tests.cast import EVERYWHERE

_MORE_EVENTS = """
INSERT INTO webhook_events (property_id, id, office_id, type, data, occurred_at, told_at)
SELECT property_id, gen_random_uuid(), office_id, type, data, occurred_at, told_at
FROM webhook_events, generate_series(1, 500)
"""
_MORE_DELIVERIES = """
INSERT INTO webhook_deliveries
  (property_id, id, office_id, event_id, endpoint_id, state, tries, attempts,
   give_up_at, created_at)
SELECT d.property_id, gen_random_uuid(), d.office_id, e.id, d.endpoint_id, 'failed', 0, '[]',
       d.give_up_at, d.created_at
FROM webhook_deliveries d, webhook_events e WHERE e.id <> d.event_id
"""


def test_the_longest_page_leads_to_the_next(api: ApiClient) -> None:
    asked = {"url": "https://pms.example.com/hook", "events": ["stay.accepted"]}
    path = f"/webhook-endpoints/{api.post('/webhook-endpoints', asked).get_json()['id']}"
    assert api.post(f"{path}/test").status_code == 202
    with scope(EVERYWHERE):
        db.session.execute(text(_MORE_EVENTS))
        db.session.execute(text(_MORE_DELIVERIES))
        db.session.commit()
    first = api.get(f"{path}/deliveries?limit=500")
    cursor = first.get_json()["next_cursor"]
    assert f"limit=500&cursor={cursor}" in first.headers["Link"]
    second = api.get(f"{path}/deliveries?limit=500&cursor={cursor}").get_json()
    assert second["next_cursor"] is None
    seen = {one["id"] for one in (*first.get_json()["items"], *second["items"])}
    assert len(seen) == len(first.get_json()["items"]) + 1 == 501
