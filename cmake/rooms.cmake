# SPDX-License-Identifier: Apache-2.0
# One target a room. Every room includes from the root of the tree, with the same warnings; all of them are errors.

add_library(keystamp_options INTERFACE)
target_include_directories(keystamp_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(keystamp_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -fstack-protector-strong
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast>)
target_compile_definitions(keystamp_options INTERFACE
  $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2> KEYSTAMP_VERSION="${PROJECT_VERSION}")
if(KEYSTAMP_SANITIZE)
  target_compile_options(keystamp_options INTERFACE -fsanitize=${KEYSTAMP_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(keystamp_options INTERFACE -fsanitize=${KEYSTAMP_SANITIZE})
  # gcc 12 reports maybe-uninitialized falsely when it instruments
  target_compile_options(keystamp_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

# keystamp_room(NAME SOURCES ... USES ... LIBS ...)
#   USES  rooms below this one whose words stand in its public headers
#   LIBS  libraries it keeps to itself
function(keystamp_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_library(keystamp_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(keystamp_${name} PUBLIC ${ROOM_USES} PRIVATE keystamp_options ${ROOM_LIBS})
  target_include_directories(keystamp_${name} INTERFACE ${CMAKE_SOURCE_DIR})
endfunction()
