# Every third-party library, all from Debian packages. A missing one stops here with the
# package that provides it, instead of with an error somewhere in a compiler's output.

set(rw_missing "")

macro(rw_require package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND rw_missing "  ${package} ${ARGN}: apt-get install ${debian}")
  endif()
endmacro()

rw_require(Threads libc6-dev)
rw_require(PkgConfig pkg-config)
rw_require(OpenSSL libssl-dev 3.0)
rw_require(ZLIB zlib1g-dev)
rw_require(CURL libcurl4-openssl-dev 7.88)
rw_require(simdjson libsimdjson-dev 3.0)
rw_require(spdlog libspdlog-dev 1.10)
rw_require(yaml-cpp libyaml-cpp-dev 0.7)
rw_require(SQLite3 libsqlite3-dev 3.40)
rw_require(prometheus-cpp prometheus-cpp-dev)  # its package states no version
rw_require(CLI11 libcli11-dev 2.1)
if(RW_TESTS)
  rw_require(GTest libgtest-dev 1.12)
  rw_require(benchmark libbenchmark-dev 1.7)
endif()

# cpp-httplib has no CMake package. Its flags must come from pkg-config: the installed shared
# library was built with TLS, zlib and brotli, and without the same macros class layouts differ.
if(PkgConfig_FOUND)
  pkg_check_modules(XXHASH QUIET IMPORTED_TARGET libxxhash>=0.8)
  pkg_check_modules(CRYPT QUIET IMPORTED_TARGET libxcrypt>=4.4)
  pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib>=0.11)
endif()
if(RW_SYSTEMD AND PkgConfig_FOUND)
  pkg_check_modules(SYSTEMD QUIET IMPORTED_TARGET libsystemd>=252)
endif()
if(RW_SYSTEMD AND NOT TARGET PkgConfig::SYSTEMD)
  list(APPEND rw_missing "  libsystemd 252: apt-get install libsystemd-dev, or -DRW_SYSTEMD=OFF")
endif()
if(NOT TARGET PkgConfig::HTTPLIB)
  list(APPEND rw_missing "  cpp-httplib 0.11: apt-get install libcpp-httplib-dev")
endif()

if(NOT TARGET PkgConfig::CRYPT)
  list(APPEND rw_missing "  libxcrypt 4.4: apt-get install libcrypt-dev")
endif()

if(NOT TARGET PkgConfig::XXHASH)
  list(APPEND rw_missing "  xxHash 0.8: apt-get install libxxhash-dev")
endif()

if(rw_missing)
  list(JOIN rw_missing "\n" rw_missing)
  message(FATAL_ERROR "Missing libraries (scripts/install-dependencies installs them all):\n${rw_missing}")
endif()

# yaml-cpp 0.7 exports `yaml-cpp`, 0.8 `yaml-cpp::yaml-cpp`.
add_library(rw_yaml INTERFACE)
if(TARGET yaml-cpp::yaml-cpp)
  target_link_libraries(rw_yaml INTERFACE yaml-cpp::yaml-cpp)
else()
  target_link_libraries(rw_yaml INTERFACE yaml-cpp)
endif()
