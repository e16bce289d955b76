"""Speaks to a terminal as an integration in Python would: python3 client.py requests|httpx plan.json

The plan names the terminal, the login and the calls; one JSON line is printed for each call.
"""

import json
import sys


def send_with_requests(plan):
    import requests
    from requests.auth import HTTPDigestAuth

    for call in plan["calls"]:
        # A fresh login for each call: a terminal's nonce lives for seconds.
        auth = HTTPDigestAuth(plan["username"], call.get("password", plan["password"]))
        yield call, requests.request(
            call["method"],
            plan["url"] + call["target"],
            auth=auth,
            timeout=20,
            **body_of(call),
        )


def send_with_httpx(plan):
    import httpx

    for call in plan["calls"]:
        auth = httpx.DigestAuth(plan["username"], call.get("password", plan["password"]))
        with httpx.Client(auth=auth, timeout=20) as client:
            yield call, client.request(
                call["method"], plan["url"] + call["target"], **body_of(call)
            )


def body_of(call):
    if "picture" in call:
        with open(call["picture"], "rb") as file:
            picture = file.read()
        return {
            "files": {
                "FaceDataRecord": (None, json.dumps(call["json"]), "application/json"),
                "img": ("face.jpg", picture, "image/jpeg"),
            }
        }
    return {"json": call["json"]} if "json" in call else {}


def main():
    library, plan_file = sys.argv[1:]
    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
    send = {"requests": send_with_requests, "httpx": send_with_httpx}[library]
    for call, answer in send(plan):
        print(json.dumps({"step": call["step"], "status": answer.status_code, "body": answer.text}))


main()
