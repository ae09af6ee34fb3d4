#pragma once
// What the dashboard refuses, in words for its operator.

#include "model/outcome.hpp"

#include <chrono>
#include <string_view>

namespace clerk::instance::dashboard::wrong {

Failure wrongKey();
Failure signedOut();
/// The request did not come from the dashboard's own page.
Failure foreignPage();
Failure tooManyKeys(std::chrono::seconds wait);
/// A message that was sent or given up: what it said is forgotten.
Failure messageIsOver();
/// A delivery that somebody is making right now.
Failure deliveryUnderWay();

}  // namespace clerk::instance::dashboard::wrong
