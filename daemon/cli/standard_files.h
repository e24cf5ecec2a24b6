#pragma once

namespace restorewatch {

/// Opens /dev/null in the place of each standard file that is closed: otherwise the next file to
/// be opened, the store's for instance, would become standard output. Before anything is opened.
/// Returns whether standard output had been open.
bool open_standard_files();

}  // namespace restorewatch
