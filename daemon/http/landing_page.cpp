#include "http/landing_page.h"

#include <fmt/format.h>

#include "base/version.h"

namespace restorewatch {

std::string landing_page() {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>restorewatch</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; margin-bottom: 0; }}
p.version {{ margin-top: 0; opacity: .7; }}
dt {{ font-family: ui-monospace, monospace; margin-top: .75rem; }}
dd {{ margin-left: 0; opacity: .85; }}
</style>
</head>
<body>
<h1>restorewatch</h1>
<p class="version">{} ({})</p>
<p>Watches the backup restore jobs of MongoDB Atlas clusters.</p>
<dl>
<dt><a href="/metrics">/metrics</a></dt>
<dd>For Prometheus: restore jobs by state, when each cluster was last restored, failures, and how
well this daemon itself is doing.</dd>
<dt><a href="/-/ready">/-/ready</a></dt>
<dd>Whether it does its work: the store can be written and a page is there. An Atlas outage is
no reason not to be ready; that is what the metrics tell.</dd>
<dt><a href="/-/healthy">/-/healthy</a></dt>
<dd>Whether the process answers.</dd>
</dl>
</body>
</html>
)",
                     version(), revision());
}

}  // namespace restorewatch
