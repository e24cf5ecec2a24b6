#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "metrics/self_families.h"

namespace restorewatch {
namespace {

Family gauge(std::string name, std::string help, double value) {
  return {std::move(name), std::move(help), "gauge", {{"", value}}};
}

std::string read_file(const char* path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// Fields of /proc/self/stat that are wanted, numbered as proc(5) does.
struct ProcessStat {
  double cpu_ticks = 0;    // 14 + 15
  double threads = 0;      // 20
  double start_ticks = 0;  // 22, since boot
  double virtual_bytes = 0;
  double resident_pages = 0;
};

bool read_stat(ProcessStat& stat) {
  const std::string text = read_file("/proc/self/stat");
  const auto name_end = text.rfind(')');  // the second field may hold blanks
  if (name_end == std::string::npos) return false;
  std::istringstream rest(text.substr(name_end + 1));
  std::string state;
  rest >> state;
  double value = 0;
  for (int field = 4; field <= 24 && rest >> value; ++field) {
    if (field == 14 || field == 15) stat.cpu_ticks += value;
    if (field == 20) stat.threads = value;
    if (field == 22) stat.start_ticks = value;
    if (field == 23) stat.virtual_bytes = value;
    if (field == 24) stat.resident_pages = value;
  }
  return static_cast<bool>(rest);
}

double boot_time() {
  std::istringstream lines(read_file("/proc/stat"));
  std::string word;
  while (lines >> word) {
    double value = 0;
    if (word == "btime" && lines >> value) return value;
  }
  return 0;
}

double open_files() {
  DIR* directory = opendir("/proc/self/fd");
  if (directory == nullptr) return 0;
  int entries = 0;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread has this directory stream
  while (readdir(directory) != nullptr) ++entries;
  closedir(directory);
  return entries - 3;  // ".", ".." and the directory itself
}

}  // namespace

std::vector<Family> process_families() {
  std::vector<Family> families;
  ProcessStat stat;
  if (read_stat(stat)) {
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    families.push_back({"process_cpu_seconds_total",
                        "Total user and system CPU time spent in seconds.",
                        "counter",
                        {{"", stat.cpu_ticks / ticks}}});
    families.push_back(gauge("process_threads", "Number of OS threads.", stat.threads));
    families.push_back(gauge("process_start_time_seconds",
                             "Start time of the process since unix epoch in seconds.",
                             boot_time() + stat.start_ticks / ticks));
    families.push_back(
        gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", stat.virtual_bytes));
    families.push_back(gauge("process_resident_memory_bytes", "Resident memory size in bytes.",
                             stat.resident_pages * page));
  }
  families.push_back(gauge("process_open_fds", "Number of open file descriptors.", open_files()));
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    families.push_back(gauge("process_max_fds", "Maximum number of open file descriptors.",
                             static_cast<double>(limit.rlim_cur)));
  }
  return families;
}

}  // namespace restorewatch
