#pragma once
// Messages with `{}` in them.

#include <fastify/logger.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fastify::logging {

/// `format` with its arguments, by fmt's rules; a format that does not fit them stays as it is, with the reason behind
/// it.
std::string formatMessage(std::string_view format, const LogArgument* arguments, std::size_t count);

}  // namespace fastify::logging
