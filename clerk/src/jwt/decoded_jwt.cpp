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

/// Room for all texts of documents of `size` bytes together. Each of their bytes becomes three at most, as U+FFFD in
/// place of a broken one (of AsReference).
std::size_t roomForTexts(std::size_t size, Strictness strictness) {
  return strictness == Strictness::Strict ? size : 3 * size;
}

Field::Kind kindOf(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return Field::Kind::Null;
    case boost::json::kind::bool_: return Field::Kind::Boolean;
    case boost::json::kind::string: return Field::Kind::String;
    case boost::json::kind::array:
    case boost::json::kind::object: return Field::Kind::Other;
    default: return Field::Kind::Number;
  }
}

Field::Kind kindOf(simdjson::dom::element element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::NULL_VALUE: return Field::Kind::Null;
    case element_type::BOOL: return Field::Kind::Boolean;
    case element_type::STRING: return Field::Kind::String;
    case element_type::ARRAY:
    case element_type::OBJECT: return Field::Kind::Other;
    default: return Field::Kind::Number;
  }
}

std::string_view textOf(const boost::json::value& value) { return value.get_string(); }
std::string_view textOf(simdjson::dom::element element) { return element.get_string().value_unsafe(); }
double numberOf(const boost::json::value& value) { return json::numberOf(value).value(); }
double numberOf(simdjson::dom::element element) { return element.get_double().value_unsafe(); }

Field* fieldOf(Header& header, std::string_view name) {
  if (name == "alg") return &header.alg;
  if (name == "typ") return &header.typ;
  if (name == "kid") return &header.kid;
  if (name == "cat") return &header.cat;
  return nullptr;
}

Field* fieldOf(Payload& payload, std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Field Payload::*>, 15> fields{{
      {"sub", &Payload::sub},
      {"sid", &Payload::sid},
      {"sts", &Payload::sts},
      {"iss", &Payload::iss},
      {"azp", &Payload::azp},
      {"exp", &Payload::exp},
      {"nbf", &Payload::nbf},
      {"iat", &Payload::iat},
      {"v", &Payload::v},
      {"o", &Payload::o},
      {"fea", &Payload::fea},
      {"org_id", &Payload::org_id},
      {"org_role", &Payload::org_role},
      {"org_slug", &Payload::org_slug},
      {"org_permissions", &Payload::org_permissions},
  }};
  for (const auto& [known, field] : fields) {
    if (name == known) return &(payload.*field);
  }
  return nullptr;
}

Field* fieldOf(Payload::Organization& organization, std::string_view name) {
  if (name == "id") return &organization.id;
  if (name == "rol") return &organization.rol;
  if (name == "slg") return &organization.slg;
  if (name == "per") return &organization.per;
  if (name == "fpm") return &organization.fpm;
  return nullptr;
}

/// Calls `visit(name, value)` for each member, when it is an object.
template <class Visit>
void eachMember(const boost::json::value& value, Visit visit) {
  const auto* object = value.if_object();
  if (!object) return;
  for (const auto& [name, member] : *object) visit(std::string_view(name), member);
}
template <class Visit>
void eachMember(simdjson::dom::element element, Visit visit) {
  simdjson::dom::object object;
  if (element.get_object().get(object)) return;
  for (const auto [name, member] : object) visit(name, member);
}

/// Fills the fields from an object's members; `keep` gives their texts a place. Of equal names the last one counts.
template <class Fields, class Element, class Keep>
void readFields(Fields& fields, const Element& object, Keep& keep) {
  eachMember(object, [&](std::string_view name, const auto& element) {
    auto* field = fieldOf(fields, name);
    if (!field) return;
    *field = {.kind = kindOf(element)};
    if (field->kind == Field::Kind::Number) field->number = numberOf(element);
    if (field->kind == Field::Kind::String) field->text = keep(textOf(element));
    if constexpr (std::is_same_v<Fields, Payload>) {
      if (field != &fields.o) return;
      fields.organization = {};
      readFields(fields.organization, element, keep);
    }
  });
}

/// Fills the fields from strict JSON. The whole document is checked, not only what is read.
template <class Fields>
bool readStrictly(std::string& text, Fields& fields, DecodedJwt& jwt) {
  thread_local simdjson::dom::parser parser = [] {
    simdjson::dom::parser made;
    [[maybe_unused]] const auto failed = made.allocate(4096, json::kMaximumDepth);
    return made;
  }();
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  simdjson::dom::element document;
  if (parser.parse(text.data(), text.size(), false).get(document)) return false;
  auto keep = [&jwt](std::string_view part) { return jwt.keep(part); };
  readFields(fields, document, keep);
  return true;
}

template <class Fields>
bool readAsJavaScript(std::string_view text, Fields& fields, DecodedJwt& jwt) {
  const auto document = json::parseAsJavaScript(text);
  if (!document) return false;
  auto keep = [&jwt](std::string_view part) { return jwt.keep(part); };
  readFields(fields, *document, keep);
  return true;
}

template <class Fields>
bool read(std::string& text, Fields& fields, DecodedJwt& jwt) {
  return jwt.strictness == Strictness::Strict ? readStrictly(text, fields, jwt) : readAsJavaScript(text, fields, jwt);
}

crypto::Base64Padding paddingOf(Strictness strictness) {
  return strictness == Strictness::Strict ? crypto::Base64Padding::Refused : crypto::Base64Padding::Ignored;
}

/// The JSON of a part that was read before.
boost::json::value valueOf(std::string_view encoded, Strictness strictness) {
  const auto text = crypto::base64urlDecode(encoded, paddingOf(strictness)).value_or("");
  auto value = strictness == Strictness::Strict ? json::parseStrictly(text) : json::parseAsJavaScript(text);
  return value ? *std::move(value) : boost::json::value();
}

}  // namespace

class Reader {
  /// A thread's memory for the JSON of tokens, which is not kept: the token is.
  struct Buffers {
    std::string header, payload, signature;
  };
  static Buffers& buffers() {
    constexpr std::size_t kept = 64 * 1024;
    thread_local Buffers buffers;
    if (buffers.header.capacity() + buffers.payload.capacity() + buffers.signature.capacity() > kept) buffers = {};
    return buffers;
  }

 public:
  static boost::system::result<std::shared_ptr<const DecodedJwt>, Refusal> decode(std::string_view token,
                                                                                  Strictness strictness) {
    const auto parts = split(token);
    if (!parts) return invalid(kNotThreeParts);
    const auto padding = paddingOf(strictness);
    auto& decoded = buffers();
    if (!crypto::base64urlDecode(parts->header, decoded.header, padding) ||
        !crypto::base64urlDecode(parts->payload, decoded.payload, padding) ||
        !crypto::base64urlDecode(parts->signature, decoded.signature, padding)) {
      return invalid(kUndecodable);
    }
    const auto texts = roomForTexts(decoded.header.size() + decoded.payload.size(), strictness);
    auto jwt = std::make_shared<DecodedJwt>(token, strictness, texts + decoded.signature.size());
    // Where a token's parts are in its copy.
    auto kept = [&](std::string_view part) {
      return jwt->token.substr(static_cast<std::size_t>(part.data() - token.data()), part.size());
    };
    jwt->header.encoded = kept(parts->header);
    jwt->payload.token_ = jwt->token;
    jwt->payload.encoded_ = kept(parts->payload);
    jwt->signature = jwt->keep(decoded.signature);
    if (!read(decoded.header, jwt->header, *jwt) || !read(decoded.payload, jwt->payload, *jwt)) {
      return invalid(kUndecodable);
    }
    jwt->signedSize = parts->header.size() + 1 + parts->payload.size();
    return std::shared_ptr<const DecodedJwt>(std::move(jwt));
  }

  /// The fields refer to the payload's own value.
  static void readValue(Payload& payload) {
    auto keep = [](std::string_view text) { return text; };
    readFields(payload, payload.value_, keep);
  }
};

Payload::Payload(boost::json::value value) : value_(std::move(value)) {
  Reader::readValue(*this);
  std::call_once(once_, [] {});
}

const boost::json::value& Payload::value() const {
  std::call_once(once_, [this] { value_ = valueOf(encoded_, strictness_); });
  return value_;
}

boost::system::result<std::shared_ptr<const DecodedJwt>, Refusal> decode(std::string_view token,
                                                                         Strictness strictness) {
  return Reader::decode(token, strictness);
}

std::string jsonOf(const boost::json::value& object, std::string_view name) {
  const auto* value = json::member(object, name);
  return value ? ecmascript::stringify(*value) : "undefined";
}

std::string jsonOfHeader(const Header& header, std::string_view name, Strictness strictness) {
  return jsonOf(valueOf(header.encoded, strictness), name);
}

}  // namespace clerk::jwt

namespace clerk {

Jwt decodeJwt(std::string_view token, Strictness strictness) {
  const auto decoded = jwt::decode(token, strictness).value();
  return {jwt::valueOf(decoded->header.encoded, strictness), decoded->payload.value(), std::string(decoded->signature)};
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
