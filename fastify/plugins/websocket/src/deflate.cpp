#include "deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>
#include <utility>

namespace fastify::detail {
namespace {

// zlib writes no smaller one without its own header.
constexpr int smallestWindow = 9;
constexpr int largestWindow = 15;
// What ends every message and is not sent (§7.2.1).
constexpr std::string_view messageEnd("\0\0\xFF\xFF", 4);

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes what comes before `separator` off the front of `text`.
std::string_view cut(std::string_view& text, char separator) noexcept {
  const auto end = std::min(text.find(separator), text.size());
  const auto first = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return first;
}

/// One offer's parameters.
struct Offer {
  bool serverForgets = false;
  bool clientForgets = false;
  std::optional<int> serverWindowBits;
  std::optional<int> clientWindowBits;  // 0: the client would take any
};

/// "8" to "15", also in quotes.
std::optional<int> windowBits(std::string_view value) noexcept {
  if (value.size() > 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  int bits = 0;
  const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), bits);
  const bool number = failed == std::errc() && end == value.data() + value.size() && value.front() != '0';
  return number && bits >= 8 && bits <= largestWindow ? std::optional(bits) : std::nullopt;
}

/// False: it is malformed, unknown, or there twice.
bool addParameter(Offer& offer, std::string_view parameter) noexcept {
  const bool hasValue = parameter.find('=') != parameter.npos;
  const auto name = cut(parameter, '=');
  const auto bits = hasValue ? windowBits(trimmed(parameter)) : std::nullopt;
  if (name == "server_no_context_takeover") return !hasValue && !std::exchange(offer.serverForgets, true);
  if (name == "client_no_context_takeover") return !hasValue && !std::exchange(offer.clientForgets, true);
  if (name == "server_max_window_bits") {
    return bits && !std::exchange(offer.serverWindowBits, bits);
  }
  if (name == "client_max_window_bits") {
    return (bits || !hasValue) && !std::exchange(offer.clientWindowBits, bits.value_or(0));
  }
  return false;
}

std::optional<Offer> readOffer(std::string_view text) noexcept {
  if (cut(text, ';') != "permessage-deflate") return std::nullopt;
  Offer offer;
  while (!text.empty()) {
    if (!addParameter(offer, cut(text, ';'))) return std::nullopt;
  }
  return offer;
}

std::optional<DeflateAgreement> keep(const Offer& offer, const PerMessageDeflate& options) {
  const auto theirs = offer.serverWindowBits.value_or(largestWindow);
  if (theirs < smallestWindow || options.serverMaxWindowBits.value_or(0) > theirs) return std::nullopt;
  if (options.clientMaxWindowBits && !offer.clientWindowBits) return std::nullopt;
  DeflateAgreement agreed;
  agreed.serverForgets = offer.serverForgets || options.serverNoContextTakeover;
  agreed.clientForgets = offer.clientForgets || options.clientNoContextTakeover;
  agreed.serverWindowBits = options.serverMaxWindowBits.value_or(theirs);
  const bool theyChoose = offer.clientWindowBits.value_or(0) > 0;
  agreed.clientWindowBits = theyChoose ? *offer.clientWindowBits : largestWindow;
  if (options.clientMaxWindowBits)
    agreed.clientWindowBits = std::min(agreed.clientWindowBits, *options.clientMaxWindowBits);
  agreed.answer = "permessage-deflate";
  if (agreed.serverForgets) agreed.answer += "; server_no_context_takeover";
  if (agreed.clientForgets) agreed.answer += "; client_no_context_takeover";
  if (options.serverMaxWindowBits || offer.serverWindowBits)
    agreed.answer += "; server_max_window_bits=" + std::to_string(agreed.serverWindowBits);
  if (options.clientMaxWindowBits || theyChoose)
    agreed.answer += "; client_max_window_bits=" + std::to_string(agreed.clientWindowBits);
  return agreed;
}

unsigned char* bytesOf(std::string_view text) noexcept {
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));  // zlib reads it only
}

void check(int result) {
  if (result != Z_OK) throw std::bad_alloc();  // the arguments are right
}

}  // namespace

std::optional<DeflateAgreement> agreeOnDeflate(std::string_view offers, const PerMessageDeflate& options) {
  while (!offers.empty()) {
    const auto offer = readOffer(cut(offers, ','));
    if (auto agreed = offer ? keep(*offer, options) : std::nullopt) return agreed;
  }
  return std::nullopt;
}

struct Inflater::Stream {
  explicit Stream(const DeflateAgreement& agreed) : forgets(agreed.clientForgets) {
    check(::inflateInit2(&z, -std::max(agreed.clientWindowBits, smallestWindow)));
  }
  ~Stream() { ::inflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  z_stream z{};
  bool forgets;

  /// All of `compressed`; 0, or the close code for what is wrong with it.
  int add(std::string_view compressed, std::size_t limit, std::string& out) {
    std::array<unsigned char, 16 * 1024> piece;
    z.next_in = bytesOf(compressed);
    z.avail_in = static_cast<uInt>(compressed.size());
    while (true) {
      z.next_out = piece.data();
      z.avail_out = static_cast<uInt>(piece.size());
      const int result = ::inflate(&z, Z_SYNC_FLUSH);
      const auto made = piece.size() - z.avail_out;
      if (made > limit - out.size()) return 1009;
      out.append(reinterpret_cast<const char*>(piece.data()), made);
      if (result == Z_STREAM_END) {
        ::inflateReset(&z);  // §7.2.3.4: a client may end its stream, and begin another
        if (z.avail_in == 0) return 0;
      } else if (result == Z_BUF_ERROR || (result == Z_OK && z.avail_in == 0 && z.avail_out > 0)) {
        return 0;  // more is needed
      } else if (result != Z_OK) {
        return 1007;
      }
    }
  }
};

Inflater::Inflater(const DeflateAgreement& agreed) : stream_(std::make_unique<Stream>(agreed)) {}
Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;

std::optional<std::string> Inflater::inflate(std::string_view compressed, std::size_t limit, int& failure) {
  std::string message;
  failure = stream_->add(compressed, limit, message);
  if (failure == 0) failure = stream_->add(messageEnd, limit, message);
  if (failure != 0) return std::nullopt;
  if (stream_->forgets) ::inflateReset(&stream_->z);
  return message;
}

struct Deflater::Stream {
  Stream(const DeflateAgreement& agreed, const PerMessageDeflate& options)
      : forgets(agreed.serverForgets), threshold(options.threshold) {
    check(
        ::deflateInit2(&z, options.level, Z_DEFLATED, -agreed.serverWindowBits, options.memLevel, Z_DEFAULT_STRATEGY));
  }
  ~Stream() { ::deflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  z_stream z{};
  bool forgets;
  std::size_t threshold;
};

Deflater::Deflater(const DeflateAgreement& agreed, const PerMessageDeflate& options)
    : stream_(std::make_unique<Stream>(agreed, options)) {}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;

/// A message that the next ones may refer to is always worth it, as in ws.
bool Deflater::wants(std::size_t size) const noexcept { return !stream_->forgets || size >= stream_->threshold; }

std::string Deflater::deflate(std::string_view message) {
  auto& z = stream_->z;
  std::array<unsigned char, 16 * 1024> piece;
  std::string out;
  z.next_in = bytesOf(message);
  z.avail_in = static_cast<uInt>(message.size());
  do {
    z.next_out = piece.data();
    z.avail_out = static_cast<uInt>(piece.size());
    ::deflate(&z, Z_SYNC_FLUSH);
    out.append(reinterpret_cast<const char*>(piece.data()), piece.size() - z.avail_out);
  } while (z.avail_out == 0);
  // An empty message after another needs no end of its own: zlib then writes nothing.
  if (out.ends_with(messageEnd)) out.resize(out.size() - messageEnd.size());
  if (out.empty()) out += '\0';  // §7.2.3.6
  if (stream_->forgets) ::deflateReset(&z);
  return out;
}

}  // namespace fastify::detail
