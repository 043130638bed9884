"""Signatures: as the standard's own sample has them, two while a secret is replaced."""

import base64
import hmac
from datetime import UTC, datetime
from hashlib import sha256

from apoa.webhooks.signing import new_secret, signed_headers

# The sample of the Standard Webhooks specification and its libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SENT_AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_standards_sample_is_signed_as_there() -> None:
    assert signed_headers([SECRET], ID, SENT_AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_both_secrets_sign_while_one_is_replaced() -> None:
    other = new_secret()
    both = signed_headers([other, SECRET], ID, SENT_AT, BODY)["webhook-signature"].split(" ")
    assert len(both) == 2
    assert both[1] == SIGNATURE
    key = base64.b64decode(other.removeprefix("whsec_"))
    digest = hmac.new(key, f"{ID}.1614265330.".encode() + BODY, sha256).digest()
    assert both[0] == "v1," + base64.b64encode(digest).decode()


def test_a_new_secret_has_256_bits_of_its_own() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(base64.b64decode(one.removeprefix("whsec_"))) == 32 for one in made)
