#include "app.hpp"

#include <array>

namespace conformance {

std::span<const App> apps() noexcept {
  static constexpr std::array table{
      App{"auth", buildAuth},
      App{"body", buildBody},
      App{"core", buildCore},
      App{"errors", buildErrors},
      App{"h2", buildH2},
      App{"hooks", buildHooks},
      App{"lifecycle", buildLifecycle},
      App{"logging", buildLogging},
      App{"notfound", buildNotFound},
      App{"plugins", buildPlugins},
      App{"request", buildRequest},
      App{"routing", buildRouting},
      App{"serialization", buildSerialization},
      App{"validation", buildValidation},
  };
  return table;
}

}  // namespace conformance
