# What `cmake --install` lays down: find_package(clerk) then gives clerk::fastify, clerk::backend, fastify::fastify, … and the
# folder share/clerk/portal holds Clerk's browser components for clerkd. Each part that add_part() registered is exported under
# the namespace of its alias, in the order in which they build on one another.
include(CMakePackageConfigHelpers)

set(CLERK_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/clerk")
get_property(parts GLOBAL PROPERTY CLERK_PARTS)
set(CLERK_EXPORTS "")
set(includes "")
foreach(part ${parts})
  get_target_property(alias ${part} CLERK_ALIAS)
  string(REPLACE "::" ";" alias "${alias}")
  list(GET alias 0 namespace)
  list(GET alias 1 name)
  set_target_properties(${part} PROPERTIES EXPORT_NAME ${name})
  # An own folder: names like libasync.a are too common for lib/ itself.
  install(TARGETS ${part} EXPORT ${part}-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}/clerk")
  install(EXPORT ${part}-targets NAMESPACE ${namespace}:: FILE ${part}-targets.cmake DESTINATION "${CLERK_CMAKE_DIR}")
  list(APPEND CLERK_EXPORTS ${part})
  get_target_property(folder ${part} SOURCE_DIR)
  list(APPEND includes "${folder}/include")
endforeach()

list(REMOVE_DUPLICATES includes)
foreach(folder ${includes})
  if(IS_DIRECTORY "${folder}")
    install(DIRECTORY "${folder}/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
  endif()
endforeach()

if(TARGET clerkd)
  install(TARGETS clerkd RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT clerkd)
endif()
# Only what a browser fetches, with the licence; scripts/setup brings these packages from npm before the install.
foreach(package clerk-js ui)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/instance/portal/node_modules/@clerk/${package}"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/clerk/portal/node_modules/@clerk" COMPONENT clerkd OPTIONAL
    FILES_MATCHING PATTERN "dist/*.js" PATTERN "package.json" PATTERN "LICENSE*"
    PATTERN "*.test.js" EXCLUDE PATTERN "node_modules" EXCLUDE)
endforeach()

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/clerkConfig.cmake.in" "${PROJECT_BINARY_DIR}/clerkConfig.cmake"
  INSTALL_DESTINATION "${CLERK_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/clerkConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/clerkConfig.cmake" "${PROJECT_BINARY_DIR}/clerkConfigVersion.cmake"
  DESTINATION "${CLERK_CMAKE_DIR}")
