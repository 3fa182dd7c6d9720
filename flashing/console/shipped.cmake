# SPDX-License-Identifier: Apache-2.0
# The profiles of this folder, built into the programs: they are found from anywhere and cannot be another release's.
file(GLOB profiles CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/console/profiles/*.toml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${profiles})
set(entries "")
foreach(profile IN LISTS profiles)
  get_filename_component(name ${profile} NAME_WE)
  file(READ ${profile} text)
  string(APPEND entries "    {\"${name}\", R\"toml(${text})toml\"},\n")
endforeach()
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/console/shipped.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/console/shipped.cpp @ONLY)
