"""The engine behind a service: JSON in, plan and explanations out, several requests at once.

    python examples/service.py          starts the service, sends it a few requests at once, and ends
    python examples/service.py 8080     serves at http://127.0.0.1:8080 until it is interrupted

POST /plans takes {"instance": …, "policy": …, "params": …, "explain": [household ids], "language": "en"}; only the
instance is required, everything is what `model_dump_json` writes. The answer is {"result": …, "explanations": …}, or
{"error": …} with every fault of the input. For a service of your own put a web framework, a queue and access control
around `plan`; the standard library is enough to show what the engine needs: nothing but a function call.
"""

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import dezentral as dz

SOLVES_AT_ONCE = threading.BoundedSemaphore(2)  # a solve keeps a core busy: as many as there are cores
MOST_BYTES = 50_000_000
MOST_SECONDS = 30.0
FIELDS = {"instance", "policy", "params", "explain", "language"}


def plan(asked: dict[str, Any]) -> dict[str, Any]:
    """Plan what a request asks for, and explain the households that it names."""
    instance = dz.Instance.model_validate_json(json.dumps(asked["instance"]))
    policy = dz.Policy.model_validate_json(json.dumps(asked["policy"])) if "policy" in asked else dz.Policy.default()
    params = dz.SolveParams(**{"time_limit": MOST_SECONDS, **asked.get("params", {})})
    params = params.model_copy(update={"time_limit": min(params.time_limit, MOST_SECONDS)})
    with SOLVES_AT_ONCE:
        result = dz.solve(instance, policy, params)
    explanations = {}
    if result.plan is not None:
        for household in asked.get("explain", []):
            explained = dz.explain(instance, policy, result.plan, household)
            explanations[household] = explained.text(asked.get("language", "en"))
    return {"result": json.loads(result.model_dump_json()), "explanations": explanations}


def answer(body: bytes) -> tuple[HTTPStatus, dict[str, Any]]:
    """Answer a request: the plan, or what is wrong with the request."""
    try:
        asked = json.loads(body)
    except ValueError:
        return HTTPStatus.BAD_REQUEST, {"error": "The request is not JSON."}
    if not isinstance(asked, dict) or "instance" not in asked or asked.keys() - FIELDS:
        return HTTPStatus.BAD_REQUEST, {"error": f"The request needs an instance and may have {sorted(FIELDS)}."}
    named = asked.get("explain", [])
    if not isinstance(named, list) or not all(isinstance(household, str) for household in named):
        return HTTPStatus.BAD_REQUEST, {"error": "explain is a list of household ids."}
    if not isinstance(asked.get("params", {}), dict):
        return HTTPStatus.BAD_REQUEST, {"error": "params is an object."}
    try:
        return HTTPStatus.OK, plan(asked)
    except dz.DezentralError as error:
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/plans":
            self._send(HTTPStatus.NOT_FOUND, {"error": "There is only POST /plans."})
        elif not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True  # the body stays unread
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": f"At most {MOST_BYTES} bytes, of known length."})
        else:
            self._send(*answer(self.rfile.read(int(length))))

    def _send(self, status: HTTPStatus, answered: dict[str, Any]) -> None:
        body = json.dumps(answered, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep no log: a request holds personal data."""


def post(address: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Send a request as any client would."""
    request = Request(f"{address}/plans", data=json.dumps(asked).encode(), method="POST")  # noqa: S310  our own address
    try:
        with urlopen(request) as answered:  # noqa: S310
            return answered.status, json.load(answered)
    except HTTPError as error:
        return error.code, json.load(error)


def requests() -> dict[str, dict[str, Any]]:
    """Three cities to plan, and one with a fault."""
    cities = {f"city {seed}": dz.datasets.stuttgart(persons=200, seed=seed) for seed in range(3)}
    policy = json.loads(dz.Policy.stuttgarter_weg().model_dump_json())
    asked = {
        name: {
            "instance": json.loads(city.model_dump_json()),
            "policy": policy,
            "params": {"gap": 0.02},
            "explain": [city.households[-1].id],
        }
        for name, city in cities.items()
    }
    faulty = json.loads(json.dumps(asked["city 0"]["instance"]))
    faulty["households"][0]["size"] = 0
    faulty["households"][1]["current_site"] = "nowhere"
    return {**asked, "a city with faults": {"instance": faulty}}


def demonstrate() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)  # any free port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    asked = requests()
    with ThreadPoolExecutor(len(asked)) as clients:
        answers = dict(zip(asked, clients.map(lambda one: post(address, one), asked.values()), strict=True))
    server.shutdown()
    server.server_close()
    for name, (status, answered) in answers.items():
        if status == HTTPStatus.OK:
            result = dz.Result.model_validate_json(json.dumps(answered["result"]))
            print(f"{name}: {status} {result.status}, {len(result.plan.placements)} households placed")
        else:
            print(f"{name}: {status} {answered['error']}")
    [explained] = answers["city 0"][1]["explanations"].values()
    print("\n" + "\n".join(explained.splitlines()[:4]))


def main(arguments: list[str]) -> None:
    if not arguments:
        demonstrate()
        return
    server = ThreadingHTTPServer(("127.0.0.1", int(arguments[0])), Handler)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main(sys.argv[1:])
