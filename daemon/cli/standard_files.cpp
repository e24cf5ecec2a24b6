#include "cli/standard_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>

namespace restorewatch {

bool open_standard_files() {
  const bool had_output = fcntl(STDOUT_FILENO, F_GETFD) != -1;
  // open() gives the lowest number that is free, so one for each closed file fills the gaps.
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", O_RDWR) == -1) return false;
  }
  return had_output;
}

}  // namespace restorewatch
