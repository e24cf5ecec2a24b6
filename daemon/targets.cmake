# How a folder becomes a target: one static library per role, warnings, sanitizers.

add_library(rw_flags INTERFACE)
target_compile_options(rw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wduplicated-cond -Wlogical-op
  -Wuseless-cast)
if(RW_WERROR)
  target_compile_options(rw_flags INTERFACE -Werror)
endif()
if(RW_SANITIZE)
  target_compile_options(rw_flags INTERFACE
    -fsanitize=${RW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(RW_SANITIZE_NOT)
    target_compile_options(rw_flags INTERFACE -fno-sanitize=${RW_SANITIZE_NOT})
  endif()
  target_link_options(rw_flags INTERFACE -fsanitize=${RW_SANITIZE})
else()
  # scripts/check-hardening holds the program to these; docs/performance.md has what they cost.
  # _FORTIFY_SOURCE needs an optimizer.
  target_compile_options(rw_flags INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_compile_definitions(rw_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=3>)
  target_link_options(rw_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# Neither where the sources lay nor how ccache calls the compiler is part of what is built: two builds
# in two folders give the same bytes (scripts/check-reproducible).
set(RW_REPRODUCIBLE -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -gno-record-gcc-switches)

# The standard headers that nearly every file needs, compiled once for all roles. A header may not rely on it:
# all_verify_interface_header_sets compiles each one alone.
set(RW_STD_HEADERS <algorithm> <array> <chrono> <functional> <map> <memory> <mutex> <optional>
  <string> <string_view> <utility> <variant> <vector>)

# rw_library(<folder> SOURCES <file>... [HEADERS <file>...] [LINK <ours>...] [USES <third party>...])
# USES stays private: no third-party type appears in another folder's headers.
function(rw_library folder)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;LINK;USES" ${ARGN})
  set(target rw_${folder})
  list(TRANSFORM arg_SOURCES PREPEND ${CMAKE_SOURCE_DIR}/daemon/${folder}/)
  list(TRANSFORM arg_HEADERS PREPEND ${CMAKE_SOURCE_DIR}/daemon/${folder}/)
  add_library(${target} STATIC ${arg_SOURCES})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/daemon
    FILES ${arg_HEADERS})
  target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE rw_flags ${arg_USES})
  target_compile_options(${target} PRIVATE ${RW_REPRODUCIBLE})
  if(folder STREQUAL base)  # it comes first
    target_precompile_headers(${target} PRIVATE ${RW_STD_HEADERS})
  else()
    target_precompile_headers(${target} REUSE_FROM rw_base)
  endif()
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()
