# The language, the warnings and the sanitizers that every target of this project shares.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles ordinary coroutine code (`if (co_await ok()) co_return x;` returns a "
    "wrong value, `co_await f({.url = u})` destroys its argument twice). Use clang 19: `apt-get install clang-19 lld-19`, "
    "then configure with a preset of this project (cmake --preset release).")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1 -fno-omit-frame-pointer")  # to optimise costs more than the tests gain by it

set(CLERK_SANITIZERS "" CACHE STRING "Sanitizers of every target, e.g. address,undefined")
add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -Wno-missing-designated-field-initializers)
if(CLERK_SANITIZERS)
  add_compile_options(-fsanitize=${CLERK_SANITIZERS} -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${CLERK_SANITIZERS})
  # Asio reuses coroutine frames otherwise, and AddressSanitizer then misses captures that died.
  add_compile_definitions(BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
endif()

find_program(CLERK_CCACHE ccache)
if(CLERK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # A checkout elsewhere, or another build folder, finds what was compiled before.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      CCACHE_PCH_EXTSUM=1 CCACHE_SLOPPINESS=pch_defines,time_macros "${CLERK_CCACHE}")
endif()
find_program(CLERK_LLD NAMES ld.lld-19 ld.lld)
find_program(CLERK_MOLD mold)
if(CLERK_MOLD)
  add_link_options(-fuse-ld=mold)
elseif(CLERK_LLD)
  add_link_options(-fuse-ld=lld)
endif()
