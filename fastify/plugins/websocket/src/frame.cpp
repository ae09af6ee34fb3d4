#include "frame.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>

namespace fastify::detail {
namespace {

constexpr std::size_t maskSize = 4;
constexpr std::size_t longestControl = 125;

bool isControl(Opcode opcode) noexcept { return static_cast<unsigned>(opcode) >= 8; }
bool isKnown(unsigned opcode) noexcept { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }
unsigned byteAt(std::string_view bytes, std::size_t at) noexcept { return static_cast<unsigned char>(bytes[at]); }

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  if (failure_) return;
  buffer_.erase(0, at_);
  at_ = 0;
  buffer_ += bytes;
}

std::optional<FrameReader::Event> FrameReader::fail(int code) {
  failure_ = code;
  buffer_.clear();
  message_.clear();
  at_ = 0;
  return std::nullopt;
}

/// nullopt: not all of it is here, or it is wrong.
std::optional<FrameReader::Head> FrameReader::readHead() {
  const auto bytes = std::string_view(buffer_).substr(at_);
  if (bytes.size() < 2) return std::nullopt;
  const unsigned first = byteAt(bytes, 0), second = byteAt(bytes, 1);
  const unsigned opcode = first & 0x0F;
  const bool reserved = (first & 0x30) != 0, masked = (second & 0x80) != 0;
  if (reserved || !isKnown(opcode) || !masked) return fail(1002), std::nullopt;
  Head head{.fin = (first & 0x80) != 0,
            .compressed = (first & 0x40) != 0,
            .opcode = static_cast<Opcode>(opcode),
            .length = second & 0x7F,
            .size = 2};
  // RFC 7692 §6: said by the first frame of a message.
  const bool begins = head.opcode == Opcode::Text || head.opcode == Opcode::Binary;
  if (head.compressed && (!inflater_ || !begins)) return fail(1002), std::nullopt;
  if (isControl(head.opcode) && (!head.fin || head.length > longestControl)) return fail(1002), std::nullopt;
  const std::size_t lengthSize = head.length == 126 ? 2 : head.length == 127 ? 8 : 0;
  if (bytes.size() < 2 + lengthSize) return std::nullopt;
  if (lengthSize > 0) {
    head.length = 0;
    for (std::size_t i = 0; i < lengthSize; ++i) head.length = head.length << 8 | byteAt(bytes, 2 + i);
    const bool tooShort = head.length < (lengthSize == 2 ? 126U : 65536U);  // §5.2: the shortest form must be used
    if (tooShort || head.length >> 63) return fail(1002), std::nullopt;
    head.size += lengthSize;
  }
  // Before a byte of it is kept.
  const auto kept = isControl(head.opcode) ? 0 : message_.size();
  if (!isControl(head.opcode) && head.length > maxPayload_ - std::min(kept, maxPayload_))
    return fail(1009), std::nullopt;
  head.size += maskSize;
  return head;
}

std::optional<FrameReader::Event> FrameReader::next() {
  while (!failure_) {
    const auto head = readHead();
    if (!head) return std::nullopt;
    if (buffer_.size() - at_ < head->size + head->length) return std::nullopt;
    const auto mask = std::string_view(buffer_).substr(at_ + head->size - maskSize, maskSize);
    std::string payload = buffer_.substr(at_ + head->size, static_cast<std::size_t>(head->length));
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ mask[i % maskSize]);
    at_ += head->size + static_cast<std::size_t>(head->length);
    if (auto event = take(*head, std::move(payload))) return event;
  }
  return std::nullopt;
}

/// nullopt: a fragment in the middle of a message, or it is wrong.
std::optional<FrameReader::Event> FrameReader::take(const Head& head, std::string payload) {
  if (isControl(head.opcode)) return Event{head.opcode, std::move(payload)};
  const bool continues = head.opcode == Opcode::Continuation;
  if (continues != fragmented_.has_value()) return fail(1002);
  if (!continues) {
    fragmented_ = head.opcode;
    compressed_ = head.compressed;
  }
  if (message_.empty())
    message_ = std::move(payload);
  else
    message_ += payload;
  return head.fin ? finish() : std::nullopt;
}

/// The message is whole.
std::optional<FrameReader::Event> FrameReader::finish() {
  Event event{*fragmented_, std::move(message_)};
  fragmented_.reset();
  message_.clear();
  if (compressed_) {
    int failure = 0;
    auto inflated = inflater_->inflate(event.payload, maxPayload_, failure);
    if (!inflated) return fail(failure);
    event.payload = std::move(*inflated);
  }
  if (event.opcode == Opcode::Text && !ecmascript::isValidUtf8(event.payload)) return fail(1007);
  return event;
}

std::string frameOf(Opcode opcode, std::string_view payload, bool compressed) {
  std::string frame;
  frame.reserve(payload.size() + 10);
  frame += static_cast<char>(0x80 | (compressed ? 0x40 : 0) | static_cast<unsigned>(opcode));
  if (payload.size() < 126) {
    frame += static_cast<char>(payload.size());
  } else {
    const std::size_t lengthSize = payload.size() < 65536 ? 2 : 8;
    frame += static_cast<char>(lengthSize == 2 ? 126 : 127);
    for (std::size_t i = lengthSize; i-- > 0;)
      frame += static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> (8 * i) & 0xFF);
  }
  return frame += payload;
}

bool isCloseCode(int code) noexcept {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

std::optional<CloseFrame> parseClose(std::string_view payload, int& failure) {
  if (payload.empty()) return CloseFrame{};
  failure = 1002;
  if (payload.size() == 1) return std::nullopt;
  CloseFrame frame{static_cast<int>(byteAt(payload, 0) << 8 | byteAt(payload, 1)), std::string(payload.substr(2))};
  if (!isCloseCode(frame.code)) return std::nullopt;
  failure = 1007;
  if (!ecmascript::isValidUtf8(frame.reason)) return std::nullopt;
  failure = 0;
  return frame;
}

std::string closePayload(int code, std::string_view reason) {
  if (code == 1005) return {};
  std::string text = ecmascript::repairUtf8(reason.substr(0, 123));
  // A cut may have made a longer sign of a letter's half.
  while (text.size() > 123 || !ecmascript::isValidUtf8(text)) text.pop_back();
  return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)} + text;
}

}  // namespace fastify::detail
