"""The service of the examples: what it answers to requests that are as they should be, and to others."""

from __future__ import annotations

import json
import runpy
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

import dezentral as dz

SERVICE = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "service.py"))
TOWN = dz.Instance(
    districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    sites=[dz.Site(id=f"s{key}", district=key, units=[dz.Unit(id="flat", beds=4)]) for key in ("a", "b")],
    households=[dz.Household(id="h", size=3)],
)


def answer(asked: object):
    return SERVICE["answer"](json.dumps(asked).encode())


def town(**more: object) -> dict[str, object]:
    return {"instance": json.loads(TOWN.model_dump_json()), **more}


@pytest.fixture
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), SERVICE["Handler"])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_answer_is_the_plan_of_the_library_and_its_explanation():
    status, answered = answer(town(explain=["h"], language="de"))
    assert status == HTTPStatus.OK
    result = dz.Result.model_validate_json(json.dumps(answered["result"]))
    assert result.plan == dz.solve(TOWN).plan
    assert answered["explanations"] == {"h": dz.explain(TOWN, dz.Policy.default(), result.plan, "h").text("de")}


def test_several_requests_at_once_get_each_its_own_answer(address):
    asked = [town(explain=["h"])] * 4 + [{"instance": {}}]
    with ThreadPoolExecutor(len(asked)) as clients:
        answers = list(clients.map(lambda one: SERVICE["post"](address, one), asked))
    assert [status for status, _ in answers] == [200, 200, 200, 200, 422]
    assert len({answered["result"]["plan"]["placements"][0]["site"] for _, answered in answers[:4]}) == 1


def test_a_plan_that_cannot_be_is_an_answer_too():
    fixed = TOWN.households[0].model_copy(update={"fixed_site": "sa", "excluded_sites": frozenset({"sa"})})
    instance = TOWN.model_copy(update={"households": (fixed,)})
    status, answered = answer({"instance": json.loads(instance.model_dump_json()), "explain": ["h"]})
    assert (status, answered["result"]["status"], answered["explanations"]) == (HTTPStatus.OK, "INFEASIBLE", {})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "needs an instance"),
        ({}, "needs an instance"),
        (town(plan="now"), "needs an instance"),
        (town(params=3), "params is an object"),
        (town(explain="h"), "list of household ids"),
        (town(explain=[{}]), "list of household ids"),
    ],
)
def test_a_request_of_another_form_is_refused(asked, said):
    status, answered = answer(asked)
    assert status == HTTPStatus.BAD_REQUEST
    assert said in answered["error"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"instance": {"districts": [], "sites": [], "wall": 1}}, "wall"),
        ({"policy": {"levels": [{"goals": [{"goal": "speed"}]}]}}, "speed"),
        ({"params": {"time_limit": -1}}, "time_limit"),
        ({"params": {"speed": 1}}, "speed"),
        ({"explain": ["nobody"]}, "nobody"),
        ({"explain": ["h"], "language": "fr"}, "fr"),
    ],
)
def test_bad_input_is_named(more, said):
    status, answered = answer(town(**more))
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answered["error"]


def test_what_is_no_json_is_refused():
    assert SERVICE["answer"](b"\xff{")[0] == HTTPStatus.BAD_REQUEST
