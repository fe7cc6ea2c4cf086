"""Reads a message from standard input as Python's email package sees it, and answers in JSON: a second parser for tests."""
import email, email.policy, hashlib, json, sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)


def addresses(name):
    field = message[name]
    return [] if field is None else [[a.display_name, a.addr_spec] for a in field.addresses]


def text(part):
    return None if part is None else part.get_content()


files = [
    {
        "name": part.get_filename(),
        "type": part.get_content_type(),
        "id": part["Content-ID"],
        "disposition": part.get_content_disposition(),
        "sha256": hashlib.sha256(part.get_payload(decode=True)).hexdigest(),
    }
    for part in message.walk()
    if part.get_content_disposition() is not None and not part.is_multipart()
]
answer = {
    "subject": message["Subject"],
    "from": addresses("From"),
    "to": addresses("To"),
    "cc": addresses("Cc"),
    "bcc": message["Bcc"],
    "date": message["Date"],
    "id": message["Message-ID"],
    "own": message.get_all("X-Own"),
    "text": text(message.get_body(("plain",))),
    "html": text(message.get_body(("html",))),
    "files": files,
    "defects": [type(d).__name__ for part in message.walk() for d in part.defects],
}
json.dump(answer, sys.stdout)
