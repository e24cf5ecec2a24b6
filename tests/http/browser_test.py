#!/usr/bin/python3
"""Looks at the status page with a real browser, Debian's Chromium. With --shots FOLDER it takes the pictures in
docs/images instead, which needs pngquant."""

import base64
import contextlib
import functools
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import programs
from programs import BINARIES, address_in, program

programs.needs(modules=["selenium"], commands=["chromium", "chromedriver"])
from selenium import webdriver  # pylint: disable=wrong-import-position
from selenium.webdriver.common.by import By  # pylint: disable=wrong-import-position
from selenium.webdriver.common.keys import Keys  # pylint: disable=wrong-import-position

SCENES = ("healthy", "trouble", "large", "hostile")
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 900
LEAST_CONTRAST = 4.5

# Of every piece of text that is seen: its colour, what is behind it, and some of it.
TEXTS = """
const seen = [];
const behind = element => {
  for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
  return 'rgb(255, 255, 255)';
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const parent = walker.currentNode.parentElement;
  const text = walker.currentNode.textContent.trim();
  if (text && parent.getClientRects().length)
    seen.push([getComputedStyle(parent).color, behind(parent), text.slice(0, 30)]);
}
return seen;
"""


def browser(scripts=True):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     "--disable-dev-shm-usage", "--force-color-profile=srgb"):
        options.add_argument(argument)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    service = webdriver.ChromeService("/usr/bin/chromedriver") if hasattr(
        webdriver, "ChromeService") else webdriver.chrome.service.Service("/usr/bin/chromedriver")
    return webdriver.Chrome(service=service, options=options)


def show(driver, width, scheme, height=HEIGHT):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": scheme}]})


@contextlib.contextmanager
def sites(folder):
    """Each scene on a server of its own: its address by its name."""
    with contextlib.ExitStack() as servers:
        addresses = {}
        for scene in SCENES:
            log = folder / f"{scene}.log"
            process = servers.enter_context(program([BINARIES / "site_server", scene], log))
            addresses[scene] = address_in(log, process)
        yield addresses


def luminance(colour):
    """Source: WCAG 2.1, relative luminance."""
    channels = [int(c) / 255 for c in colour[colour.index("(") + 1:-1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class BrowserTest(unittest.TestCase):
    """One browser for all, and one more that runs no scripts."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        context = sites(pathlib.Path(temporary.name))
        cls.addresses = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        cls.driver = browser()
        cls.addClassCleanup(cls.driver.quit)

    def open(self, scene, path="/", width=1280, scheme="light"):
        show(self.driver, width, scheme)
        self.driver.get(self.addresses[scene] + path)

    def texts(self, selector):
        return [e.text for e in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def test_nothing_is_complained_about_and_nothing_else_is_asked_for(self):
        for log in ("browser", "performance"):
            self.driver.get_log(log)  # what was said before
        for scene in SCENES:
            self.open(scene)
        self.assertEqual([entry["message"] for entry in self.driver.get_log("browser")], [])
        asked = [entry["message"] for entry in self.driver.get_log("performance")
                 if '"Network.requestWillBeSent"' in entry["message"]]
        others = [a for a in asked if '"type":"Document"' not in a and '"url":"data:,"' not in a]
        self.assertGreaterEqual(len(asked), len(SCENES))
        self.assertEqual(others, [])

    def test_the_style_is_in_force(self):
        self.open("trouble")
        body = self.driver.find_element(By.TAG_NAME, "body")
        self.assertEqual(body.value_of_css_property("margin-left"), "0px")
        self.assertNotEqual(body.value_of_css_property("background-color"), "rgba(0, 0, 0, 0)")

    def test_nothing_is_wider_than_the_screen(self):
        for scene in SCENES:
            for width in WIDTHS:
                with self.subTest(scene=scene, width=width):
                    self.open(scene, width=width)
                    wide = self.driver.execute_script(
                        "return document.documentElement.scrollWidth")
                    self.assertLessEqual(wide, width)

    def test_text_stands_out_from_what_is_behind_it(self):
        for scene in ("healthy", "trouble"):
            for scheme in SCHEMES:
                self.open(scene, scheme=scheme)
                texts = self.driver.execute_script(TEXTS)
                self.assertGreater(len(texts), 50)
                for colour, background, text in texts:
                    with self.subTest(scheme=scheme, text=text):
                        self.assertGreaterEqual(contrast(colour, background), LEAST_CONTRAST)

    def test_dark_is_dark(self):
        shades = {}
        for scheme in SCHEMES:
            self.open("healthy", scheme=scheme)
            shades[scheme] = luminance(self.driver.execute_script(
                "return getComputedStyle(document.body).backgroundColor"))
        self.assertLess(shades["dark"], 0.05)
        self.assertGreater(shades["light"], 0.8)

    def test_keys_lead_through_the_page_in_its_order(self):
        self.open("trouble")
        self.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        first = self.driver.switch_to.active_element
        self.assertEqual(first.get_attribute("class"), "skip")
        self.assertGreaterEqual(first.rect["x"], 0)  # seen, once it has the focus
        tops, names = [], []
        for _ in range(60):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            element = self.driver.switch_to.active_element
            tops.append(round(element.location["y"]))
            names.append(element.get_attribute("name") or element.tag_name)
            self.assertNotEqual(self.driver.execute_script(
                "return getComputedStyle(document.activeElement).outlineStyle"), "none")
            if names[-1] == "button":
                break
        self.assertEqual(names[-4:], ["project", "cluster", "state", "button"])
        main = tops[5:-4]
        backward = [(a, b) for a, b in zip(main, main[1:]) if b < a - HEIGHT]
        self.assertEqual(backward, [])

    def test_the_skip_link_leads_to_the_state(self):
        self.open("trouble")
        self.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertEqual(self.driver.switch_to.active_element.tag_name, "main")

    def test_assistive_technology_is_told_what_things_are(self):
        self.open("trouble", width=360)  # where the table is laid out otherwise
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = {}
        for node in nodes:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                roles.setdefault(node["role"]["value"], []).append(name)
        for role in ("banner", "main", "contentinfo", "navigation", "search", "table", "rowheader"):
            self.assertIn(role, roles)
        self.assertIn("Wrong now", roles["heading"])
        self.assertIn("Project", roles["textbox"])
        self.assertIn("State", roles["combobox"])
        self.assertNotIn("", roles["link"])
        self.assertTrue(all(roles["table"]))
        self.assertIn("Time used", roles["progressbar" if "progressbar" in roles
                                         else "ProgressIndicator"])

    def test_the_form_filters(self):
        self.open("trouble")
        self.driver.find_element(By.ID, "project").send_keys("*analytics")
        self.driver.find_element(By.ID, "project").submit()
        programs.wait_until(lambda: "project=" in self.driver.current_url, "the filtered page")
        self.assertEqual(self.driver.find_element(By.ID, "project").get_attribute("value"),
                         "*analytics")
        names = self.texts("tbody .name a")
        self.assertIn("warehouse-eu", names)
        self.assertNotIn("ledger", names)

    def test_the_pages_follow_one_another(self):
        self.open("large")
        before = self.texts("tbody .name a")
        self.driver.find_element(By.CSS_SELECTOR, "a[rel=next]").click()
        programs.wait_until(lambda: "cursor=" in self.driver.current_url, "the next page")
        after = self.texts("tbody .name a")
        self.assertEqual((len(before), len(after)), (100, 100))
        self.assertLess(before[-1], after[0])

    def test_names_stay_text(self):
        self.open("hostile")
        self.assertNotIn("owned", self.driver.title)
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "script, img"), [])
        self.assertTrue(any("onerror=" in name for name in self.texts(".name a")))
        link = next(e for e in self.driver.find_elements(By.CSS_SELECTOR, "tbody .name a")
                    if "onerror=" in e.text)
        text = link.text
        link.click()
        programs.wait_until(lambda: "cluster=" in self.driver.current_url, "the cluster's page")
        self.assertEqual(self.texts("tbody .name a"), [text])

    def test_all_of_it_is_there_without_scripts(self):
        self.without_scripts.get("data:text/html,<title>a</title><script>document.title='b'</script>")
        self.assertEqual(self.without_scripts.title, "a")
        for scene, headline in (("healthy", "All is well"),
                                ("trouble", "5 clusters need attention; 3 more are not as they should be")):
            self.open(scene)
            with_scripts = self.driver.page_source
            without = self.without_scripts
            without.get(self.addresses[scene])
            self.assertEqual(without.find_element(By.ID, "verdict").text, headline)
            self.assertEqual(without.page_source, with_scripts)

    @functools.cached_property
    def without_scripts(self):
        driver = browser(scripts=False)
        self.addCleanup(driver.quit)
        return driver


def take_pictures(folder):
    """As they are in docs/images."""
    shots = (("healthy", "healthy", 1280, "light", 980), ("trouble", "trouble", 1280, "light", 1500),
             ("trouble", "trouble-dark", 1280, "dark", 1500), ("trouble", "phone", 360, "light", 1500),
             ("large", "large", 1280, "dark", 1500))
    with tempfile.TemporaryDirectory() as temporary, \
            sites(pathlib.Path(temporary)) as addresses, \
            browser() as driver:
        for scene, name, width, scheme, height in shots:
            show(driver, width, scheme, height)
            driver.get(addresses[scene])
            picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            subprocess.run(["pngquant", "--force", "--output", folder / f"status-{name}.png", "-"],
                           input=base64.b64decode(picture["data"]), check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--shots":
        take_pictures(pathlib.Path(sys.argv[2]))
    else:
        unittest.main()
