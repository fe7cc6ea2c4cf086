"""A test in Python, nothing but the standard library: what my application sends arrives.

RELAYSCOPE_API=http://127.0.0.1:8026 RELAYSCOPE_TOKEN=... SMTP_PORT=2525 python3 wait_for_mail.py
"""

import json
import os
import smtplib
import unittest
from email.message import EmailMessage
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

BASE, TOKEN = os.environ["RELAYSCOPE_API"], os.environ["RELAYSCOPE_TOKEN"]


def ask(path, method="GET", **query):
    """One call of the API. A refusal is problem+json: its `detail` says what was wrong, in a sentence."""
    request = Request(f"{BASE}/api/v1{path}?{urlencode(query)}", method=method)
    request.add_header("Authorization", f"Bearer {TOKEN}")
    try:
        with urlopen(request, timeout=130) as answer:
            return json.load(answer)
    except HTTPError as refusal:
        raise AssertionError(json.load(refusal)["detail"]) from None


def sign_up(address):
    """Stands in for the application under test."""
    message = EmailMessage()
    message["From"], message["To"] = "Shop <shop@shop.test>", address
    message["Subject"] = "Confirm your address"
    message.set_content("Welcome. Open https://shop.test/confirm?code=4711 to confirm.")
    with smtplib.SMTP("127.0.0.1", int(os.environ["SMTP_PORT"])) as smtp:
        smtp.send_message(message)


class SignUp(unittest.TestCase):
    def test_a_new_customer_gets_a_link(self):
        mark = ask("/mark")["mark"]  # first the mark, then the act: nothing can be missed
        sign_up("ines+python@customer.test")
        query = 'to:ines subject:"confirm your address" tag:python'
        message = ask("/messages/wait", since=mark, query=query, timeout=10000)["message"]
        self.assertEqual(message["envelope"]["rcptTo"], ["ines+python@customer.test"])
        self.assertEqual(message["links"][0]["href"], "https://shop.test/confirm?code=4711")
        ask(f"/messages/{quote(message['id'])}", method="DELETE")


if __name__ == "__main__":
    unittest.main()
