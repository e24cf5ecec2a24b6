# What "cmake --install" puts where. The component `image` is all that a container needs.

include(GNUInstallDirs)

install(FILES config/restorewatch.yaml DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/restorewatch
  COMPONENT image)
install(TARGETS restorewatch RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT image)

install(FILES packaging/restorewatch.bash RENAME restorewatch
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(DIRECTORY dashboards DESTINATION ${CMAKE_INSTALL_DATADIR}/restorewatch)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md"
  PATTERN openapi.yaml PATTERN images EXCLUDE PATTERN adding-a-source.md EXCLUDE)
foreach(example restorewatch.yaml prometheus.yaml alertmanager.yaml)
  install(FILES config/${example} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
endforeach()
install(DIRECTORY config/grafana DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

if(RW_PACKAGE)
  include(packaging/debian.cmake)
else()
  install(FILES systemd/restorewatch.service DESTINATION lib/systemd/system)
  install(FILES packaging/restorewatch.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
