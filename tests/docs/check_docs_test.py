#!/usr/bin/python3
"""What scripts/check-docs finds, and what it lets pass. RW_BINARY_DIR says where restorewatch is."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["RW_BINARY_DIR"]) / "restorewatch"

SOUND = """# A program

See [the other](docs/other.md#the-2nd-part-it-is), [here](#a-program), ![a picture](docs/picture.png) and
[elsewhere](https://example.net/nothing). Run `restorewatch check` and [not a link in code](docs/other.md): `[x](y.md)`.

```sh
sudo restorewatch targets --probe --config.file=x.yaml | grep x   # --no-flag
scripts/run --for 20s
```

```yaml
poll: {interval: 30s}
```

```yaml
scrape_configs: []
```

<!-- check: refused -->
```yaml
poll: {interval: 30}
```

```text
restorewatch.yaml:1:1: credentials: is missing: …
restorewatch.yaml:1:18: poll.interval: must be a duration from …
```

| It says | What to do |
| --- | --- |
| `is … down`, or `warning: nothing works` | wait |

| About | Alerts |
| --- | --- |
| it | **Down**, Slow |
| you | *Asleep* |

"""

ALERTS = """groups:
  - rules:
      - {alert: Down, labels: {severity: critical}}
      - {alert: Slow, labels: {severity: warning}}
  - rules: [{alert: Asleep, labels: {severity: info}}]
"""

MISTAKES = {
    "a link to nothing": ("docs/other.md#the", "docs/another.md#the", "there is no docs/another.md"),
    "a picture that is not there": ("picture.png", "pictures.png", "there is no docs/pictures.png"),
    "an anchor to nothing": ("#the-2nd-part", "#the-3rd-part", "there is no heading docs/other.md#the-3rd"),
    "an anchor to nothing here": ("#a-program", "#the-program", "there is no heading #the-program"),
    "a long line": ("See [the", "See " + "x" * 121 + " [the", "README.md:3: 2"),
    "a key that is none": ("{interval: 30s}", "{intervall: 30s}", "did you mean interval?"),
    "a mistake that is none": ("{interval: 30}", "{interval: 1h}", "the answer is"),
    "another answer": ("must be a duration", "must be a number", "the answer is"),
    "a command that is none": ("restorewatch check", "restorewatch verfy", "has no command verfy"),
    "a flag that is none": ("--probe", "--prob", "has no flag --prob"),
    "another command's flag": ("targets --probe", "verify --probe", "has no flag --probe"),
    "a script that is none": ("scripts/run", "scripts/walk", "there is no scripts/walk"),
    "a message that nobody gives": ("nothing works", "all is well", "never says “all is well”"),
    "an alert too few": (", Slow", "", "differ in Slow"),
    "an alert too many": (", Slow", ", Slow, Fast", "differ in Fast"),
    "another severity": ("*Asleep*", "Asleep", "differ in *Asleep*"),
    "an alert twice": ("*Asleep*", "*Asleep*, Slow", "differ in Slow"),
    "a document that nobody finds": ("docs/other.md", "docs/picture.png", "no link leads here"),
}


def check(readme):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {
                "README.md": readme,
                "docs/other.md": "## The 2nd part: \"it is\"\n",
                "docs/picture.png": "",
                "dashboards/alerts.yaml": ALERTS,
                "scripts/run": "",
                "daemon/words.cpp": 'auto a = "is it "\n    "down"; auto b = "nothing works";\n'}.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        done = subprocess.run([ROOT / "scripts/check-docs", "--root", folder, "--binary", BINARY],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


class CheckDocs(unittest.TestCase):
    def test_lets_what_is_right_pass(self):
        self.assertEqual(check(SOUND), (0, "the documents hold together\n"))

    def test_finds_each_mistake(self):
        for name, (right, wrong, finding) in MISTAKES.items():
            with self.subTest(name):
                self.assertIn(right, SOUND)
                code, said = check(SOUND.replace(right, wrong))
                self.assertEqual(code, 1)
                self.assertIn(finding, said)


if __name__ == "__main__":
    sys.exit(unittest.main())
