#include "expression.hpp"

#include "router.hpp"

#include <re2/re2.h>

namespace fastify::router {

std::string translateExpression(std::string_view expression) {
  std::string translated;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const auto rest = expression.substr(at);
    if (rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!")) {
      translated += "(?P<";
      at += 2;
    } else if (rest.starts_with("\\u{")) {
      translated += "\\x{";
      at += 2;
    } else if (rest.starts_with("\\u") && rest.size() >= 6) {
      translated.append("\\x{").append(rest.substr(2, 4)).append("}");
      at += 5;
    } else if (rest.front() == '\\' && rest.size() > 1) {
      translated.append(rest.substr(0, 2));
      at += 1;
    } else {
      translated += rest.front();
    }
  }
  return translated;
}

std::unique_ptr<re2::RE2> compileExpression(const std::string& translated) {
  RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_unique<RE2>(translated, options);
  if (!compiled->ok()) {
    throw RouterError(RouterError::Kind::InvalidRegex, "The regex '" + translated +
                                                           "' cannot be used: " + compiled->error() +
                                                           " (look-around and back-references are not supported)");
  }
  return compiled;
}

}  // namespace fastify::router
