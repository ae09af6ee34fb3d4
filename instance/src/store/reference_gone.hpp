#pragma once
// What is to be written refers to something that is not there (any more).

#include "store/store_error.hpp"

namespace clerk::instance {

/// A unit looked something up before it began, and somebody else deleted it meanwhile: an outcome of two requests that
/// crossed, not broken machinery. Who answers requests says that the thing is not found.
class ReferenceGone : public StoreError {
 public:
  explicit ReferenceGone(const std::string& what) : StoreError(Reason::Failed, what) {}
};

}  // namespace clerk::instance
