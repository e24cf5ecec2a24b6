# What is built, and when that was written: RW_REVISION (what build_info and --version report) and
# RW_SOURCE_DATE (seconds since 1970, for the dates in a package). From git; in an archive that git
# made, from revision.txt; or as given: -DRW_REVISION=…, SOURCE_DATE_EPOCH. Else unknown, and now.

# Only this checkout's own git: an archive may lie inside somebody else's.
function(rw_git result)
  execute_process(COMMAND git rev-parse --show-prefix WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
  if(failed OR prefix)
    set(${result} "" PARENT_SCOPE)
    return()
  endif()
  execute_process(COMMAND git ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  set(${result} "${output}" PARENT_SCOPE)
endfunction()

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/revision.txt rw_archived REGEX "^[0-9a-f]+$")

if(NOT DEFINED RW_REVISION)
  rw_git(RW_REVISION rev-parse --short=12 HEAD)
  if(NOT RW_REVISION AND rw_archived)
    list(GET rw_archived 0 RW_REVISION)
    string(SUBSTRING "${RW_REVISION}" 0 12 RW_REVISION)
  elseif(NOT RW_REVISION)
    set(RW_REVISION unknown)
  endif()
endif()

set(RW_SOURCE_DATE "$ENV{SOURCE_DATE_EPOCH}")
if(NOT RW_SOURCE_DATE)
  rw_git(RW_SOURCE_DATE log -1 --format=%ct)
endif()
if(NOT RW_SOURCE_DATE AND rw_archived)
  list(GET rw_archived 1 RW_SOURCE_DATE)
elseif(NOT RW_SOURCE_DATE)
  string(TIMESTAMP RW_SOURCE_DATE %s UTC)
endif()
