# The Debian package, by `cpack -G DEB` (preset "package"). What it depends on is read from the
# binary. All dates in it are those of the source, so that two builds give the same bytes.

set(RW_DEBIAN_REVISION 1)  # of the packaging, for the same version of the program
set(RW_MAINTAINER "Whoever built it <restorewatch@localhost>" CACHE STRING
  "Who answers for the package that is built")

# The version's Debian changelog: one entry, which refers to the real one.
set(ENV{SOURCE_DATE_EPOCH} ${RW_SOURCE_DATE})
string(TIMESTAMP RW_CHANGELOG_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(packaging/debian/changelog.in ${CMAKE_BINARY_DIR}/changelog.Debian @ONLY)

# rw_install_compressed(<file> <name, without .gz> <folder>)
function(rw_install_compressed file name folder)
  set(compressed ${CMAKE_BINARY_DIR}/compressed/${name}.gz)
  add_custom_command(OUTPUT ${compressed} DEPENDS ${file} VERBATIM
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/compressed
    COMMAND sh -c "gzip -9nc \"$1\" >\"$2\"" sh ${file} ${compressed})
  add_custom_target(compressed_${name} ALL DEPENDS ${compressed})
  install(FILES ${compressed} DESTINATION ${folder})
endfunction()
rw_install_compressed(${CMAKE_SOURCE_DIR}/CHANGELOG.md changelog ${CMAKE_INSTALL_DOCDIR})
rw_install_compressed(${CMAKE_BINARY_DIR}/changelog.Debian changelog.Debian ${CMAKE_INSTALL_DOCDIR})
rw_install_compressed(${CMAKE_SOURCE_DIR}/packaging/restorewatch.1 restorewatch.1
  ${CMAKE_INSTALL_MANDIR}/man1)

install(FILES packaging/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES packaging/debian/lintian-overrides RENAME restorewatch
  DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides)
# Debian 12 has it there, not below /usr.
install(FILES systemd/restorewatch.service DESTINATION /lib/systemd/system)

# Once everything is built: it reads what the compiler and the linker took.
set(RW_BILL ${CMAKE_BINARY_DIR}/restorewatch.spdx.json)
install(CODE "execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND
    [[${CMAKE_SOURCE_DIR}/packaging/make-sbom]] --build [[${CMAKE_BINARY_DIR}]]
    --date ${RW_SOURCE_DATE} --version ${PROJECT_VERSION} --revision ${RW_REVISION}
    --output [[${RW_BILL}]])" COMPONENT image)
install(FILES ${RW_BILL} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT image)

set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_PACKAGE_CONTACT "${RW_MAINTAINER}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${RW_DEBIAN_REVISION})
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "prometheus, prometheus-alertmanager")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
foreach(file conffiles postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/packaging/debian/${file})
endforeach()
set(CPACK_PACKAGE_DESCRIPTION
"restorewatch polls the MongoDB Atlas Administration API for the backup restore
jobs of clusters, keeps every change that it sees in a hash-chained journal,
and serves Prometheus metrics, a status page and a JSON API. It tells of
restores that fail, hang or vanish, of clusters that were never restored for a
test, and of download links that are open. It changes nothing in Atlas.
.
Alert rules and Grafana dashboards come with it, in /usr/share/restorewatch.")

# When cpack runs: the dates of the files in the package, and the modes of the folders, which would
# depend on the umask.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cpack_date.cmake
  CONTENT "set(ENV{SOURCE_DATE_EPOCH} @RW_SOURCE_DATE@)\n" @ONLY)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_BINARY_DIR}/cpack_date.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/open-folders.cmake)
include(CPack)
