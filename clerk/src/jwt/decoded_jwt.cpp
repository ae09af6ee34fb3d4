#include "jwt/decoded_jwt.hpp"

#include "json/json_reader.hpp"

#include <crypto/base64.hpp>
#include <ecmascript/json_text.hpp>

#include <simdjson.h>

#include <array>

namespace clerk::jwt {
namespace {

constexpr std::string_view kNotThreeParts = "Invalid JWT form. A JWT consists of three parts separated by dots.";
constexpr std::string_view kUndecodable = "Invalid JWT form. The header, payload, or signature could not be decoded.";

Refusal invalid(std::string_view message) { return {Reason::TokenInvalid, std::string(message)}; }

struct Parts {
  std::string_view header, payload, signature;
};

std::optional<Parts> split(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return {};
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return {};
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

void assign(Field& field, const boost::json::value& value) {
  field = {};
  switch (value.kind()) {
    case boost::json::kind::null: field.kind = Field::Kind::Null; break;
    case boost::json::kind::bool_: field.kind = Field::Kind::Boolean; break;
    case boost::json::kind::string:
      field.kind = Field::Kind::String;
      field.text = std::string_view(value.get_string());
      break;
    case boost::json::kind::array:
    case boost::json::kind::object: field.kind = Field::Kind::Other; break;
    default: field.kind = Field::Kind::Number; field.number = json::numberOf(value).value();
  }
}

void assign(Field& field, simdjson::dom::element element) {
  using simdjson::dom::element_type;
  field = {};
  switch (element.type()) {
    case element_type::NULL_VALUE: field.kind = Field::Kind::Null; break;
    case element_type::BOOL: field.kind = Field::Kind::Boolean; break;
    case element_type::STRING:
      field.kind = Field::Kind::String;
      field.text = element.get_string().value_unsafe();
      break;
    case element_type::ARRAY:
    case element_type::OBJECT: field.kind = Field::Kind::Other; break;
    default: field.kind = Field::Kind::Number; field.number = element.get_double().value_unsafe();
  }
}

Field* fieldOf(Header& header, std::string_view name) {
  if (name == "alg") return &header.alg;
  if (name == "typ") return &header.typ;
  if (name == "kid") return &header.kid;
  if (name == "cat") return &header.cat;
  return nullptr;
}

Field* fieldOf(Payload& payload, std::string_view name) {
  if (name.size() != 3) return nullptr;
  if (name == "sub") return &payload.sub;
  if (name == "sid") return &payload.sid;
  if (name == "iss") return &payload.iss;
  if (name == "azp") return &payload.azp;
  if (name == "exp") return &payload.exp;
  if (name == "nbf") return &payload.nbf;
  if (name == "iat") return &payload.iat;
  return nullptr;
}

/// Fills the fields from strict JSON. The whole document is checked, not only what is read.
template <class Fields>
bool readStrictly(std::string& text, Fields& fields) {
  thread_local simdjson::dom::parser parser = [] {
    simdjson::dom::parser made;
    [[maybe_unused]] const auto failed = made.allocate(4096, json::kMaximumDepth);
    return made;
  }();
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  simdjson::dom::element document;
  if (parser.parse(text.data(), text.size(), false).get(document)) return false;
  simdjson::dom::object object;
  if (document.get_object().get(object)) return true;  // no object: it has no members
  for (auto [name, value] : object) {
    if (auto* field = fieldOf(fields, name)) assign(*field, value);
  }
  return true;
}

template <class Fields>
bool readAsJavaScript(std::string_view text, Fields& fields) {
  const auto document = json::parseAsJavaScript(text);
  if (!document) return false;
  if (const auto* object = document->if_object()) {
    for (const auto& [name, value] : *object) {
      if (auto* field = fieldOf(fields, name)) assign(*field, value);
    }
  }
  return true;
}

template <class Fields>
bool read(std::string& text, Fields& fields, Strictness strictness) {
  return strictness == Strictness::Strict ? readStrictly(text, fields) : readAsJavaScript(text, fields);
}

boost::json::value valueOf(std::string_view text, Strictness strictness) {
  auto value = strictness == Strictness::Strict ? json::parseStrictly(text) : json::parseAsJavaScript(text);
  return value ? *std::move(value) : boost::json::value();
}

}  // namespace

class Reader {
 public:
  static boost::system::result<DecodedJwt, Refusal> decode(std::string_view token, Strictness strictness) {
    const auto parts = split(token);
    if (!parts) return invalid(kNotThreeParts);
    const auto padding =
        strictness == Strictness::Strict ? crypto::Base64Padding::Refused : crypto::Base64Padding::Ignored;
    DecodedJwt jwt;
    auto payload = std::make_shared<Payload>(std::string(), strictness);
    if (!crypto::base64urlDecode(parts->header, jwt.header.json, padding) ||
        !crypto::base64urlDecode(parts->payload, payload->json_, padding) ||
        !crypto::base64urlDecode(parts->signature, jwt.signature, padding) ||
        !read(jwt.header.json, jwt.header, strictness) || !read(payload->json_, *payload, strictness)) {
      return invalid(kUndecodable);
    }
    jwt.payload = std::move(payload);
    jwt.signedPart = token.substr(0, parts->header.size() + 1 + parts->payload.size());
    return jwt;
  }
};

Payload::Payload(boost::json::value value) : value_(std::move(value)) {
  if (const auto* object = value_.if_object()) {
    for (const auto& [name, claim] : *object) {
      if (auto* field = fieldOf(*this, name)) assign(*field, claim);
    }
  }
  std::call_once(once_, [] {});
}

const boost::json::value& Payload::value() const {
  std::call_once(once_, [this] { value_ = valueOf(json_, strictness_); });
  return value_;
}

boost::system::result<DecodedJwt, Refusal> decode(std::string_view token, Strictness strictness) {
  return Reader::decode(token, strictness);
}

std::string jsonOf(const boost::json::value& object, std::string_view name) {
  const auto* value = json::member(object, name);
  return value ? ecmascript::stringify(*value) : "undefined";
}

std::string jsonOfHeader(const Header& header, std::string_view name, Strictness strictness) {
  return jsonOf(valueOf(header.json, strictness), name);
}

}  // namespace clerk::jwt

namespace clerk {

Jwt decodeJwt(std::string_view token, Strictness strictness) {
  auto decoded = jwt::decode(token, strictness).value();
  return {jwt::valueOf(decoded.header.json, strictness), decoded.payload->value(), std::move(decoded.signature)};
}

namespace {
using jwt::Field;

std::optional<std::string_view> textOf(const Field& field) {
  if (!field.isText()) return {};
  return field.text;
}
std::chrono::system_clock::time_point timeOf(double seconds) {
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}
}  // namespace

std::string_view SessionClaims::sub() const { return payload_ ? textOf(payload_->sub).value_or("") : ""; }
std::optional<std::string_view> SessionClaims::sid() const { return payload_ ? textOf(payload_->sid) : std::nullopt; }
std::string_view SessionClaims::iss() const { return payload_ ? textOf(payload_->iss).value_or("") : ""; }
std::optional<std::string_view> SessionClaims::azp() const { return payload_ ? textOf(payload_->azp) : std::nullopt; }
std::chrono::system_clock::time_point SessionClaims::exp() const {
  return payload_ ? timeOf(payload_->exp.number) : std::chrono::system_clock::time_point();
}
std::optional<std::chrono::system_clock::time_point> SessionClaims::iat() const {
  if (!payload_ || payload_->iat.kind != Field::Kind::Number) return {};
  return timeOf(payload_->iat.number);
}

const boost::json::value* SessionClaims::find(std::string_view name) const {
  return payload_ ? json::member(payload_->value(), name) : nullptr;
}

const boost::json::object& SessionClaims::json() const {
  static const boost::json::object none;
  const auto* object = payload_ ? payload_->value().if_object() : nullptr;
  return object ? *object : none;
}

}  // namespace clerk
