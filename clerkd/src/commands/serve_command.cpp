// `clerkd serve`, as it is typed.

#include "commands/commands.hpp"

#include "serve.hpp"

#include <memory>

namespace clerkd {

ReadyCommand declareServe(OptionList& options) {
  auto values = std::make_shared<ServeOptions>();
  declareServeOptions(options, *values);
  return {[values] { return problemsOf(*values); }, [values] { return runServe(*values); }};
}

}  // namespace clerkd
