"""Reads a report from standard input as Python's email package sees it, and answers in JSON: a second reader for tests."""
import email, email.policy, json, sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(message.iter_parts()) if message.is_multipart() else []
groups = []
for part in parts:
    if part.get_content_type().endswith("delivery-status"):
        groups = [dict(group.items()) for group in part.get_payload()]
returned = None
if len(parts) > 2:
    payload = parts[2].get_payload()
    returned = payload[0]["Subject"] if isinstance(payload, list) else email.message_from_string(parts[2].get_content())["Subject"]
answer = {
    "type": message.get_content_type(),
    "reportType": message["Content-Type"].params.get("report-type"),
    "to": str(message["To"]),
    "parts": [part.get_content_type() for part in parts],
    "groups": groups,
    "returned": returned,
    "defects": [type(d).__name__ for part in message.walk() for d in part.defects],
}
json.dump(answer, sys.stdout)
