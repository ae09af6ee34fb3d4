// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "typed_calls.hpp"

namespace conformance {

void addTypedMethods1(TypedMethods& methods);
void addTypedMethods2(TypedMethods& methods);
void addTypedMethods3(TypedMethods& methods);
void addTypedMethods4(TypedMethods& methods);

const TypedMethods& typedMethods() {
  static const TypedMethods methods = [] {
    TypedMethods all;
    addTypedMethods1(all);
    addTypedMethods2(all);
    addTypedMethods3(all);
    addTypedMethods4(all);
    return all;
  }();
  return methods;
}

}  // namespace conformance
