"""P2 to P4: the page over loopback http, beside the same bytes from nginx."""

import re
import shutil

from table import Row, bounded, compared
from workplace import Workplace, free_port, listens, run, wait_until

SCRAPES = 20  # in each round
SECONDS = 30  # that the page is served, and changes
SECONDS_BESIDE_GO = 120

NGINX = """\
worker_processes 1; pid {folder}/nginx.pid; daemon off; error_log {folder}/nginx_error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  types {{}} default_type text/plain;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/html; }}
}}
"""


def start_nginx(place):
    port = free_port()
    configuration = place.folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=place.folder, port=port))
    (place.folder / "html").chmod(0o755)
    place.folder.chmod(0o755)  # its worker is another user
    nginx = place.start("nginx", ["nginx", "-c", configuration, "-e",
                                  place.folder / "nginx_error.log"])
    wait_until(lambda: listens(port), nginx)
    return port


def start_page_server(place, bins, series, seconds):
    html = place.folder / "html"
    html.mkdir()
    server = place.start("page_server", [bins / "page_server", series, seconds, html / "page"])
    wait_until(lambda: said(server, "port") is not None, server)
    return server


def said(server, word):
    """The number that it has printed behind the word."""
    found = re.search(rf"^{word} ([0-9.e-]+)$", server.said(), re.MULTILINE)
    return float(found.group(1)) if found else None


def start_go(place, program, series):
    port = free_port()
    go = place.start("go", [program, "serve", series, port, SECONDS_BESIDE_GO])
    wait_until(lambda: listens(port), go)
    return port


def measure(bins, peers, series, rounds):
    """Milliseconds of a scrape by server: medians of the rounds' medians; and "core", what making
    the page takes of one."""
    go = peers.program("expo.go")
    with Workplace() as place:
        seconds = SECONDS_BESIDE_GO if go else SECONDS
        server = start_page_server(place, bins, series, seconds)
        servers = {"ours": f"{said(server, 'port'):.0f}/metrics"}
        servers["openmetrics"] = servers["ours"] + ",openmetrics"
        servers["gzip"] = servers["ours"] + ",gzip,openmetrics"  # as Prometheus asks
        if shutil.which("nginx"):
            servers["nginx"] = f"{start_nginx(place)}/page"
        if go:
            servers["Go"] = f"{start_go(place, go, series)}/metrics"
        output = run([bins / "scrape_bench", rounds, SCRAPES] +
                     [f"{name}={place_of}" for name, place_of in servers.items()])
        server.wait(seconds + 30)
        return dict(medians_in(output, servers), core=said(server, "render_core_share"))


def medians_in(output, servers):
    of = {}
    for line in output.splitlines():
        words = line.split()
        if words and words[0] in servers:
            numbers = [float(word) for word in words[1:] if re.fullmatch(r"[0-9.]+", word)]
            of[words[0]] = numbers[1]  # behind the bytes
    return of


def rows_of_scrapes(bins, peers, rounds, wanted):
    rows = []
    for number, series, of_nginx, of_go in (("P2", 100_000, 1.3, 50), ("P3", 10_000, 2.5, 40)):
        if not wanted(number) and not wanted("P4"):
            continue
        of = measure(bins, peers, series, rounds)
        what = f"scrape of {series:,} series"
        if "nginx" in of:
            rows.append(compared(number, what, of["ours"], of["nginx"], "ms", at_most=of_nginx,
                                 other_name="nginx"))
        if "Go" in of:
            rows.append(compared(number, what, of["ours"], of["Go"], "ms", at_least=of_go,
                                 other_name="Go"))
        else:
            rows.append(Row(number, what + ", beside Go", why_not="needs expo.go"))
        rows.append(compared(number, what + ", OpenMetrics", of["openmetrics"], of["ours"], "ms",
                             at_most=1.1, other_name="text"))
        rows.append(compared("P4", what + ", gzip", of["gzip"], of["ours"], "ms", at_most=1,
                             other_name="plain"))
        rows.append(bounded("P4", f"making and compressing {series:,} series, a core", of["core"],
                            "", 0.05))
    return rows
