#pragma once
// How the files of errors put theirs together.

#include "model/outcome.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace clerk::instance::errors {

inline std::string text(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (auto part : parts) whole += part;
  return whole;
}

/// The beginning of what was sent, for repeating it: whole characters, since half of one is no text any more.
inline std::string_view beginning(std::string_view sent, std::size_t most) {
  if (sent.size() <= most) return sent;
  while (most > 0 && (static_cast<unsigned char>(sent[most]) & 0xc0) == 0x80) --most;
  return sent.substr(0, most);
}

inline Error make(Trouble trouble, std::string_view code, std::string_view message, std::string longMessage,
                  std::string_view param = {}) {
  return {trouble, std::string(code), std::string(message), std::move(longMessage), std::string(param), {}};
}

/// Clerk has one text for it.
inline Error plain(Trouble trouble, std::string_view code, std::string_view message, std::string_view param = {}) {
  return make(trouble, code, message, std::string(message), param);
}

}  // namespace clerk::instance::errors
