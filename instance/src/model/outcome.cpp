#include "model/outcome.hpp"

#include <stdexcept>

namespace clerk::instance {

void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
  throw std::logic_error("the value of a failure was asked for: " + failure.first().code);
}

}  // namespace clerk::instance
