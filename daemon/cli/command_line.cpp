#include "cli/command_line.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <functional>

#include "base/version.h"
#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/standard_files.h"

namespace restorewatch {
namespace {

void add_flags(CLI::App& app, Flags& flags) {
  app.add_option("--config.file", flags.config_file, "Configuration file.")->capture_default_str();
  app.add_option("--storage.path", flags.storage_path, "The store's file (storage.path).");
  app.add_option("--web.listen-address", flags.listen_address,
                 "Address to serve on, host:port (web.listen_address).");
  app.add_option("--web.config.file", flags.web_config_file,
                 "Who may come in, and over TLS: a file as Prometheus has it (web.config_file).");
  app.add_flag("--web.enable-lifecycle", flags.enable_lifecycle,
               "Answer POST /-/reload (web.enable_lifecycle).");
  app.add_option("--log.level", flags.log_level, "debug, info, warn or error (log.level).");
  app.add_option("--log.format", flags.log_format, "logfmt or json (log.format).");
  app.set_version_flag("--version", fmt::format("restorewatch {} (revision {}, {})", version(),
                                                revision(), compiler()));
}

void add_arguments(CLI::App& report, ReportArguments& arguments) {
  report.add_option("--since", arguments.since,
                    "Its beginning: a day (2026-06-01, in UTC), a time (RFC 3339), or how long "
                    "before its end (90d, the default).");
  report.add_option("--until", arguments.until,
                    "Its end, which is no part of it: a day or a time (default: now).");
  report.add_option("--format", arguments.format, "csv, json or markdown.")->capture_default_str();
  report.add_option("--table", arguments.table,
                    "What a file of CSV holds: restores (the default), downloads, clusters, gaps, "
                    "rules or about.");
  report.add_option("--project", arguments.project, "Only projects of this name or id; * and ?.");
  report.add_option("--cluster", arguments.cluster, "Only clusters of this name; * and ?.");
  report.add_option("--output", arguments.output, "The file to write (default: standard output).");
}

/// A copy of a store can be reported on where its configuration is not: then without objectives.
int report_on_store(const ReportArguments& arguments, const Flags& flags, bool names_config) {
  if (flags.storage_path && !names_config) {
    return run_report(ReportRequest{arguments, *flags.storage_path});
  }
  const auto config = settings_of(flags);
  if (!config) return kExitBadConfig;
  return run_report(ReportRequest{arguments, config->storage.path, flags.config_file,
                                  config->objectives, config->poll.stale_after});
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  if (!open_standard_files()) {
    fmt::print(stderr, "standard output is closed, but events and answers go there\n");
    return kExitBadConfig;
  }
  CLI::App app(
      "Watches the backup restore jobs of MongoDB Atlas clusters for Prometheus.\n"
      "Without a command it runs the daemon.",
      "restorewatch");
  Flags flags;
  flags.credentials_directory = credentials_directory();
  add_flags(app, flags);
  std::function<int(const Config&)> command = [&](const Config& config) {
    return run_daemon(config, [&] { return read_settings(flags); });
  };
  app.require_subcommand(0, 1);
  app.fallthrough();  // flags may stand behind the command
  app.add_subcommand("check", "Validate the configuration, and ask nobody.")->callback([&] {
    command = run_check;
  });
  app.add_subcommand("once", "Look at every target once and print the metrics.")->callback([&] {
    command = run_once;
  });
  TargetsOptions targets;
  std::string format = "text";
  CLI::App* const list = app.add_subcommand(
      "targets", "Ask Atlas what there is and say what would be watched, and why the rest is not.");
  list->add_flag("--probe", targets.probe, "Make one real listing for each project and source.");
  list->add_option("--format", format, "text or json.")->check(CLI::IsMember({"text", "json"}));
  list->callback([&] {
    targets.json = format == "json";
    command = [&](const Config& config) { return run_targets(config, targets); };
  });
  std::string job_id;
  CLI::App* const explain = app.add_subcommand(
      "explain", "Tell what is known of a restore job, and which rules gave that.");
  explain->add_option("JOB_ID", job_id, "24 hex digits.")->required();
  std::function<int(const std::string&)> store_command;  // needs the store and nothing else
  explain->callback(
      [&] { store_command = [&](const std::string& path) { return run_explain(path, job_id); }; });
  std::optional<std::string> expected_head;
  CLI::App* const verify = app.add_subcommand(
      "verify", "Prove that nobody has changed the journal, and that counters follow from it.");
  verify->add_option("--expect-head", expected_head,
                     "A head announced earlier, <seq>:<hash>, that the journal must contain.");
  verify->callback([&] {
    store_command = [&](const std::string& path) { return run_verify(path, expected_head); };
  });
  ReportArguments report_arguments;
  CLI::App* const report =
      app.add_subcommand("report", "Write the evidence of restores in a period, for an auditor.");
  add_arguments(*report, report_arguments);
  const CLI::App* const healthcheck = app.add_subcommand(
      "healthcheck", "Ask the daemon of this machine whether it is alive, for a container engine.");
  for (CLI::App* const subcommand : app.get_subcommands({})) {
    subcommand->footer(
        "The flags of restorewatch itself may be given as well, such as\n"
        "--config.file=FILE: see restorewatch --help.");
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    app.exit(error);
    fmt::print(stderr, "A configuration is given as --config.file=FILE.\n");
    return kExitBadConfig;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitBadConfig;
  }
  if (healthcheck->parsed()) return run_healthcheck(flags);
  if (report->parsed()) {
    return report_on_store(report_arguments, flags, app.count("--config.file") > 0);
  }
  if (store_command && flags.storage_path) return store_command(*flags.storage_path);
  const auto config = settings_of(flags);
  if (config && store_command) return store_command(config->storage.path);
  return config ? command(*config) : kExitBadConfig;
}

}  // namespace restorewatch
