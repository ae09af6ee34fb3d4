#pragma once
// The page of a test run's result, for the administrator who walked it.

#include "flows/enterprise/test_run.hpp"

#include <string>

namespace clerk::instance::frontend_api {

std::string testRunPage(const TestRun& run);

}  // namespace clerk::instance::frontend_api
