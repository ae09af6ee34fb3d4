// A state for each place that the input may be cut at.

#include "chunked_body.hpp"

#include "characters.hpp"

#include <ecmascript/hex.hpp>

#include <algorithm>

namespace fastify::http {
namespace {

constexpr std::uint8_t maxSizeDigits = 16;

}  // namespace

enum class ChunkedBody::State : std::uint8_t {
  Size,  // the first state: a value-initialised decoder is here
  ExtensionStart,
  Extension,
  SizeLineFeed,
  Data,
  DataReturn,
  DataLineFeed,
  TrailerStart,
  TrailerName,
  TrailerValue,
  TrailerLineFeed,
  LastLineFeed,
  Done
};

/// Takes one byte of what is around the data. False: it may not stand there.
bool ChunkedBody::readFraming(char c) noexcept {
  switch (state_) {
    case State::Size: return readSize(c);
    case State::ExtensionStart: state_ = State::Extension; return isTokenCharacter(c) && countExtension();
    case State::Extension:
      if (c == '\r') {
        state_ = State::SizeLineFeed;
        return true;
      }
      return isValueCharacter(c) && countExtension();
    case State::SizeLineFeed:
      state_ = left_ > 0 ? State::Data : State::TrailerStart;
      sizeDigits_ = 0;
      return c == '\n';
    case State::DataReturn: state_ = State::DataLineFeed; return c == '\r';
    case State::DataLineFeed: state_ = State::Size; return c == '\n';
    case State::TrailerStart:
      if (c == '\r') {
        state_ = State::LastLineFeed;
        return true;
      }
      state_ = State::TrailerName;
      trailerNameLength_ = 0;
      return isTokenCharacter(c) && keepTrailerName(c) && countTrailer();
    case State::TrailerName:
      if (c == ':') {
        state_ = State::TrailerValue;
        return isTrailerAllowed() && countTrailer();
      }
      return isTokenCharacter(c) && keepTrailerName(c) && countTrailer();
    case State::TrailerValue:
      if (c == '\r') state_ = State::TrailerLineFeed;
      return (c == '\r' || isValueCharacter(c)) && countTrailer();
    case State::TrailerLineFeed: state_ = State::TrailerStart; return c == '\n';
    case State::LastLineFeed: state_ = State::Done; return c == '\n';
    case State::Data:
    case State::Done: break;
  }
  return false;
}

bool ChunkedBody::readSize(char c) noexcept {
  if (const int digit = ecmascript::hexDigit(c); digit >= 0) {
    left_ = sizeDigits_ == 0 ? 0 : left_;
    if (++sizeDigits_ > maxSizeDigits) return false;
    left_ = left_ << 4 | static_cast<std::uint64_t>(digit);
    return true;
  }
  if (sizeDigits_ == 0 || (c != '\r' && c != ';')) return false;
  state_ = c == ';' ? State::ExtensionStart : State::SizeLineFeed;
  return true;
}

bool ChunkedBody::keepTrailerName(char c) noexcept {
  if (trailerNameLength_ < trailerName_.size()) trailerName_[trailerNameLength_++] = lowerCase(c);
  return true;
}

/// What frames a message has no place behind it (RFC 9110 §6.5.1).
bool ChunkedBody::isTrailerAllowed() const noexcept {
  const std::string_view name(trailerName_.data(), trailerNameLength_);
  return name != "content-length" && name != "transfer-encoding";
}

bool ChunkedBody::countExtension() noexcept { return ++extensionBytes_ <= maxOverhead_; }

bool ChunkedBody::countTrailer() noexcept {
  if (++trailerBytes_ <= maxOverhead_) return true;
  refusal_ = Refusal::HeaderOverflow;
  return false;
}

ChunkedBody::Step ChunkedBody::read(std::string_view input) noexcept {
  std::size_t at = 0;
  while (state_ != State::Done) {
    if (at == input.size()) return {Status::NeedMore, at, {}};
    if (state_ != State::Data) {
      if (!readFraming(input[at++])) return {Status::Refused, at, {}};
      continue;
    }
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size() - at));
    left_ -= size;
    if (left_ == 0) state_ = State::DataReturn;
    return {Status::Data, at + size, input.substr(at, size)};
  }
  return {Status::Done, at, {}};
}

}  // namespace fastify::http
