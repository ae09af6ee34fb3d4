#include "logging/message_format.hpp"

#include <ecmascript/json_text.hpp>

#include <fmt/args.h>
#include <fmt/core.h>

namespace fastify::logging {
namespace {

using Arguments = fmt::dynamic_format_arg_store<fmt::format_context>;

struct Push {
  Arguments& out;

  void operator()(const Json* json) const { out.push_back(ecmascript::stringify(*json)); }
  void operator()(std::string_view text) const { out.push_back(fmt::string_view(text.data(), text.size())); }
  template <class T>
  void operator()(const T& value) const {
    out.push_back(value);
  }
};

}  // namespace

std::string formatMessage(std::string_view format, const LogArgument* arguments, std::size_t count) {
  Arguments store;
  for (std::size_t i = 0; i < count; ++i) std::visit(Push{store}, arguments[i].value());
  try {
    return fmt::vformat(fmt::string_view(format.data(), format.size()), store);
  } catch (const fmt::format_error& problem) {
    return std::string(format) + " (bad format: " + problem.what() + ")";
  }
}

}  // namespace fastify::logging
