#include "api/multipart.hpp"

#include "json/json_reader.hpp"
#include "request/wire_names.hpp"

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

namespace clerk::api {
namespace {

/// Names in quotes: line breaks and quotes as browsers write them.
std::string inQuotes(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') {
      out += "%22";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

std::pair<std::string, std::string> multipart(const boost::json::object& params) {
  const auto boundary = "----clerk" + crypto::hexEncode(crypto::randomBytes(16));
  std::string body;
  for (const auto& [name, param] : params) {
    if (param.is_null()) continue;
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + inQuotes(request::toSnakeCase(name));
    if (const auto bytes = json::textMember(param, "bytes")) {
      auto type = std::string(json::textMember(param, "type").value_or("application/octet-stream"));
      if (type.find_first_of("\r\n") != std::string::npos) type = "application/octet-stream";
      body += "; filename=" + inQuotes(json::textMember(param, "name").value_or("file")) + "\r\nContent-Type: " + type +
              "\r\n\r\n";
      body += *bytes;
    } else {
      body += "\r\n\r\n";
      if (param.is_string()) body += std::string_view(param.get_string());
    }
    body += "\r\n";
  }
  return {"multipart/form-data; boundary=" + boundary, body + "--" + boundary + "--\r\n"};
}

}  // namespace clerk::api
