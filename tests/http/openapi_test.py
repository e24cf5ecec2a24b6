#!/usr/bin/python3
"""Compares docs/openapi.yaml with what a daemon really answers, and with what it can be asked."""

import json
import pathlib
import re
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import programs
from programs import SOURCE, daemon, request, wait_until

programs.needs(modules=["jsonschema", "yaml"])
import jsonschema  # pylint: disable=wrong-import-position
import yaml  # pylint: disable=wrong-import-position

API = yaml.safe_load((SOURCE / "docs/openapi.yaml").read_text())

CONFIGURATION = """
credentials:
  - name: payments
    api_key: {public_key: demopubl, private_key_file: payments.key}
sources: [dedicated, flex, collection, serverless, tenant]
discovery: {interval: 2s}
poll: {interval: 1s, collection_interval: 1s, lost_after: 2s, rate_budget: 1}
objectives:
  - {project: "*", drill_interval: 30d, restore_duration: 4h, recovery_point: 24h}
"""


def resolved(node):
    """The node itself, or the one that its $ref names."""
    while "$ref" in node:
        found = API
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def operations():
    for path, methods in API["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def parameters(operation):
    return [resolved(parameter) for parameter in operation.get("parameters", [])]


def problems(value, schema):
    schema = {**schema, "components": API["components"]}
    return [f"{list(e.absolute_path)}: {e.message}"
            for e in jsonschema.Draft202012Validator(schema).iter_errors(value)]


class OpenApiTest(unittest.TestCase):
    """One daemon for all."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        (folder / "payments.key").write_text("SECRETKEY-demo-0001")
        (folder / "payments.key").chmod(0o600)
        scenario = SOURCE / "tests/simulator/scenarios/demo.yaml"
        context = daemon(folder, scenario, CONFIGURATION)
        cls.address = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        wait_until(lambda: len(cls.get("/api/v1/transitions")["items"]) >= 8, "eight transitions")

    @classmethod
    def ask(cls, path, query=None, method="GET"):
        return request(cls.address + path + ("?" + urllib.parse.urlencode(query) if query else ""),
                       method)

    @classmethod
    def get(cls, path, **query):
        answer = cls.ask(path, query)
        assert answer.status in (200, 503), answer.body
        return json.loads(answer.body) if answer.status == 200 else {"items": []}

    def check(self, operation, answer):
        """The answer is one that the operation documents."""
        described = operation["responses"].get(str(answer.status))
        self.assertIsNotNone(described, f"status {answer.status} is not documented")
        content = resolved(described)["content"]
        media_type = answer.headers.get_content_type()
        self.assertIn(media_type, content)
        if "schema" in content[media_type]:
            value = json.loads(answer.body)
            self.assertEqual(problems(value, content[media_type]["schema"]), [])
            return value
        return None

    def test_answers_are_as_documented(self):
        for path, method, operation in operations():
            with self.subTest(path=path):
                self.check(operation, self.ask(path, method=method))

    def test_every_state_that_is_documented_can_be_asked_for(self):
        for path, method, operation in operations():
            for parameter in parameters(operation):
                for word in parameter["schema"].get("enum", []):
                    with self.subTest(path=path, word=word):
                        page = self.check(operation, self.ask(path, {parameter["name"]: word}))
                        self.assertIn("items", page)

    def test_every_state_that_can_be_asked_for_is_documented(self):
        for path in ("/api/v1/targets", "/api/v1/jobs"):
            documented = [p for p in parameters(API["paths"][path]["get"]) if p["name"] == "state"]
            error = json.loads(self.ask(path, {"state": "?"}).body)["error"]
            words = re.split(", | or ", error.removeprefix("state: must be "))
            self.assertEqual(set(words), set(documented[0]["schema"]["enum"]), path)

    def test_bad_parameters_are_errors_that_name_them(self):
        for path, method, operation in operations():
            if not path.startswith("/api/"):
                continue
            names = {p["name"] for p in parameters(operation)} - {"project", "cluster"}
            queries = [(name, {name: "?"}) for name in names]
            queries += [("unknown", {"unknown": "1"}), ("limit", {"limit": "1001"})]
            queries += [(p["name"], {p["name"]: "x" * (p["schema"]["maxLength"] + 1)})
                        for p in parameters(operation) if "maxLength" in p["schema"]]
            for name, query in queries:
                with self.subTest(path=path, query=query):
                    answer = self.ask(path, query)
                    self.assertEqual(answer.status, 400)
                    self.assertTrue(self.check(operation, answer)["error"].startswith(name + ": "))

    def test_defaults_and_bounds_are_as_documented(self):
        for path, method, operation in operations():
            for parameter in parameters(operation):
                schema = parameter["schema"]
                for bound in ("minimum", "maximum"):
                    if bound in schema:
                        answer = self.ask(path, {parameter["name"]: schema[bound]})
                        self.assertEqual(answer.status, 200, (path, parameter["name"], bound))
                if "minimum" in schema:
                    below = self.ask(path, {parameter["name"]: schema["minimum"] - 1})
                    self.assertEqual(below.status, 400, (path, parameter["name"]))

    def test_pages_are_the_whole_list(self):
        for path, key in (("/api/v1/targets", "cluster_name"), ("/api/v1/jobs", "job_id")):
            whole = self.get(path, limit=1000, project="prod-payments", cluster="carts")["items"]
            whole += self.get(path, limit=1000, project="prod-payments", cluster="drill-1")["items"]
            walked, query = [], {"limit": 1, "project": "prod-payments", "cluster": "none"}
            self.assertEqual(self.get(path, **query), {"items": [], "next_cursor": None})
            query["cluster"] = "*"
            while True:
                page = self.get(path, **query)
                walked += [item[key] for item in page["items"]]
                if page["next_cursor"] is None:
                    break
                query["cursor"] = page["next_cursor"]
            self.assertTrue(whole)
            self.assertEqual(len(walked), len(set(walked)))
            self.assertLessEqual({item[key] for item in whole}, set(walked))

    def test_transitions_can_be_followed(self):
        first = self.get("/api/v1/transitions", limit=3)
        self.assertEqual(len(first["items"]), 3)
        self.assertTrue(first["more"])
        second = self.get("/api/v1/transitions", after=first["next_after"], limit=3)
        numbers = [item["seq"] for item in first["items"] + second["items"]]
        self.assertEqual(numbers, sorted(set(numbers)))
        beyond = self.ask("/api/v1/transitions", {"after": 10**18})
        self.assertEqual(beyond.status, 400)
        self.assertIn(b"after: the newest entry is ", beyond.body)

    def test_every_path_that_is_served_is_documented_and_the_other_way_round(self):
        site = (SOURCE / "daemon/http/site.h").read_text()
        routes = (SOURCE / "daemon/http/routes.cpp").read_text()
        served = set(re.findall(r'"(/[a-z0-9/]*)"', site))
        served |= set(re.findall(r'"(/(?:metrics|-/[a-z]+))"', routes))
        self.assertEqual(served, set(API["paths"]))
        self.assertEqual(self.ask("/api/v1/other").status, 404)

    def test_nothing_secret_is_told(self):
        for path in ("/", "/api/v1/targets", "/api/v1/jobs", "/api/v1/transitions"):
            body = self.ask(path).body
            for secret in (b"SECRET", b"://restore-", b"deliveryUrl", b".tar.gz"):
                self.assertNotIn(secret, body, path)

    def test_answers_are_not_kept_and_not_guessed_at(self):
        for path in ("/", "/api/v1/targets", "/api/v1/jobs?limit=0"):
            headers = self.ask(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store", path)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", path)


if __name__ == "__main__":
    unittest.main()
