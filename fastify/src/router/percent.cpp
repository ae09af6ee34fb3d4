#include "percent.hpp"

#include <ecmascript/hex.hpp>
#include <ecmascript/text.hpp>

#include <optional>

namespace fastify::router {
namespace {

bool isReserved(char c) noexcept { return std::string_view("#$%&+,/:;=?@").find(c) != std::string_view::npos; }

/// Decodes what `keep` does not hold back. What is decoded must be UTF-8; what was not encoded is ASCII in a target,
/// and is left alone anywhere else.
template <class Keep>
bool decode(std::string_view text, std::string& out, Keep&& keep) {
  std::size_t runStart = out.size();  // of adjacent decoded bytes: a character is encoded in one run
  auto endRun = [&] { return ecmascript::isValidUtf8(std::string_view(out).substr(runStart)); };
  bool inRun = false;
  while (!text.empty()) {
    if (text.front() != '%') {
      if (inRun && !endRun()) return false;
      inRun = false;
      const auto plain = text.substr(0, text.find('%'));
      out.append(plain);
      text.remove_prefix(plain.size());
      continue;
    }
    const auto byte = ecmascript::escapedByte(text);
    if (!byte) return false;
    if (keep(*byte)) {
      if (inRun && !endRun()) return false;
      inRun = false;
      out.append(text.substr(0, 3));
    } else {
      if (!inRun) runStart = out.size();
      inRun = true;
      out.push_back(*byte);
    }
    text.remove_prefix(3);
  }
  return !inRun || endRun();
}

}  // namespace

bool decodePath(std::string_view path, std::string& out, bool& reservedLeft) {
  reservedLeft = false;
  return decode(path, out, [&](char byte) {
    const bool reserved = isReserved(byte);
    reservedLeft |= reserved;
    return reserved;
  });
}

void decodeReserved(std::string_view value, std::string& out) {
  while (true) {
    const auto percent = value.find('%');
    out.append(value.substr(0, percent));
    if (percent == value.npos) return;
    value.remove_prefix(percent);
    // Nothing but the escapes that were left is here.
    out.push_back(ecmascript::escapedByte(value).value_or('%'));
    value.remove_prefix(std::min<std::size_t>(3, value.size()));
  }
}

bool decodeComponent(std::string_view text, std::string& out) {
  const auto before = out.size();
  if (decode(text, out, [](char) { return false; })) return true;
  out.resize(before);
  return false;
}

}  // namespace fastify::router
