#pragma once
// One operation of the Frontend API: what it is given, and in which envelope its answer goes.

#include "api/text_fields.hpp"
#include "flows/client/client.hpp"
#include "wire/error.hpp"

#include <fastify/request.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::frontend_api {

/// One request, while its operation runs.
struct Call {
  Core& core;
  fastify::Request& request;
  Visitor& visitor;
  /// Origins besides this machine that browsers may be sent back to.
  const std::vector<std::string>& allowedOrigins;
  wire::View view;
  /// A native app: the client token travels in `Authorization`, not in cookies.
  bool native = false;
  /// Of an answer that is bare, when all goes well.
  int status = 200;
  /// Set-Cookie texts for the answer, whatever it is.
  std::vector<std::string> cookies{};
  /// Further headers of the answer.
  std::vector<std::pair<std::string_view, std::string>> headers{};
  /// What a native app must present from now on; empty: nothing new.
  std::string authorization{};

  /// The fields of the body; none when there was no body.
  api::TextFields form() const;
  api::TextFields query() const;
  /// A query parameter's first value.
  std::optional<std::string> queryText(std::string_view name) const;
  /// A parameter of the path.
  std::string param(std::string_view name) const;
  /// The bytes of an uploaded file: the field `file` of a multipart form, or a body of bytes or base64. Errors:
  /// `request_body_invalid`. For operations that take uploads.
  Outcome<std::string> upload() const;
  /// True when cookies must not travel over plain http.
  bool secure() const;
};

using Endpoint = async::Task<Outcome<wire::Json>> (*)(Call& call);

/// What is put around an operation's answer. Contract 1.6.
enum class Envelope {
  Mutation,     ///< `{"response": …, "client": …}` and the client's cookies
  Client,       ///< the same with the client itself as the response; what the endpoint gives is dropped
  Read,         ///< `{"response": …, "client": null}`
  Bare,         ///< the answer alone
  Redirect,     ///< 307 to the address that the endpoint gives
  Redirect301,  ///< 301 there
  Html,         ///< the page that the endpoint gives
  Xml,          ///< the text that the endpoint gives, as a document
  Redirect303,  ///< 303 there; or a form that the browser posts there, see form_post.hpp
  Document,     ///< 303 there, with the client's cookies: a browser comes back from a mail or a provider
};

/// Whether an operation wants to know who asks.
enum class Asker {
  Known,    ///< a development browser that nobody made is refused
  Anybody,  ///< such a browser is a new one
  Ignored,  ///< nobody is looked up
};

struct Operation {
  std::string_view method;
  Envelope envelope;
  Endpoint endpoint;
  Asker asker = Asker::Known;
  /// Takes a file: a body of bytes, up to the size of a picture.
  bool upload = false;
};

/// All operations by path (below `/v1`, with `:names`).
class Operations {
 public:
  void add(std::string_view path, Operation operation);

  using Path = std::pair<std::string, std::vector<Operation>>;
  const std::vector<Path>& paths() const noexcept { return paths_; }

 private:
  std::vector<Path> paths_;
};

}  // namespace clerk::instance::frontend_api
