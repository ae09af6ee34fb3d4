# Headers that are parsed once a build instead of once a file: it halves what the sanitizer builds take to compile. The
# release build does without, and so finds a source that includes too little.
if(CLERK_SANITIZERS AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(precompile ON)
else()
  set(precompile OFF)
endif()
option(CLERK_PRECOMPILED_HEADERS "Parse cmake/precompiled/*.hpp once (Clang)" ${precompile})
if(NOT CLERK_PRECOMPILED_HEADERS)
  function(use_precompiled_header)
  endfunction()
  return()
endif()

add_compile_options(-pthread)  # a header and its users must agree
string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
separate_arguments(precompiled_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${config}}")
# What Boost.JSON's macros say must be the same, too, in a target that does not link it.
get_target_property(precompiled_definitions Boost::json INTERFACE_COMPILE_DEFINITIONS)
get_target_property(container_definitions Boost::container INTERFACE_COMPILE_DEFINITIONS)
list(APPEND precompiled_definitions ${container_definitions})
list(FILTER precompiled_definitions EXCLUDE REGEX "NOTFOUND")

# precompile_header(sources FLAGS -fPIC …) builds cmake/precompiled/sources.hpp for use_precompiled_header(sources …).
function(precompile_header kind)
  cmake_parse_arguments(HEADER "" "" "FLAGS" ${ARGN})
  get_directory_property(options COMPILE_OPTIONS)
  get_directory_property(definitions COMPILE_DEFINITIONS)
  list(TRANSFORM definitions PREPEND -D)
  list(TRANSFORM precompiled_definitions PREPEND -D OUTPUT_VARIABLE needed)
  set(header "${CMAKE_SOURCE_DIR}/cmake/precompiled/${kind}.hpp")
  set(output "${CMAKE_BINARY_DIR}/precompiled/${kind}.pch")
  set(compile "${CMAKE_CXX_COMPILER}" ${precompiled_flags} ${options} ${definitions} ${needed} ${HEADER_FLAGS} -std=c++20 -x
              c++-header "${header}")
  # ccache takes the text in *.pch.sum for the header: the binary form holds the folder's name, and no other checkout would
  # find what was compiled with it.
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/precompiled"
    COMMAND ${compile} -E -P -o "${output}.sum"
    COMMAND ${compile} -MD -MF "${output}.d" -o "${output}"
    DEPENDS "${header}"
    DEPFILE "${output}.d"
    COMMENT "Precompiling ${kind}.hpp"
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(precompiled_${kind} DEPENDS "${output}")
endfunction()

# use_precompiled_header(sources TARGET SOURCE …): the sources of the target see cmake/precompiled/sources.hpp first.
function(use_precompiled_header kind target)
  set(output "${CMAKE_BINARY_DIR}/precompiled/${kind}.pch")
  target_compile_options(${target} PRIVATE "SHELL:-include-pch ${output}")
  target_compile_definitions(${target} PRIVATE ${precompiled_definitions})
  set_property(SOURCE ${ARGN} APPEND PROPERTY OBJECT_DEPENDS "${output}")
  add_dependencies(${target} precompiled_${kind})
endfunction()

precompile_header(sources FLAGS -fPIC)
# Most of what a source of the instance costs is the tables and flows that it sees.
set(instance_includes instance/src instance/include fastify/include clerk/include async/include crypto/include ecmascript/include
                      fetch/include)
list(TRANSFORM instance_includes PREPEND "-I${CMAKE_SOURCE_DIR}/")
precompile_header(instance FLAGS -fPIC -fpch-instantiate-templates ${instance_includes})
precompile_header(tests FLAGS -fPIE -DGTEST_HAS_PTHREAD=1)
