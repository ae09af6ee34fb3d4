#include "request/backend_request.hpp"

#include "json/json_reader.hpp"
#include "request/join_paths.hpp"
#include "request/wire_names.hpp"
#include "text/ascii.hpp"
#include "url/url.hpp"

#include <async/deferred.hpp>
#include <async/event_loop.hpp>
#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stop_token>

namespace clerk::request {
namespace {

using boost::json::value;
using Clock = std::chrono::steady_clock;

/// The members of an error's `meta` that Clerk's SDK passes on, by their wire names.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kMetaNames{{
    {"param_name", "paramName"},
    {"session_id", "sessionId"},
    {"email_addresses", "emailAddresses"},
    {"identifiers", "identifiers"},
    {"zxcvbn", "zxcvbn"},
    {"plan", "plan"},
    {"is_plan_upgrade_possible", "isPlanUpgradePossible"},
    {"seats_quantity_to_add", "seatsQuantityToAdd"},
    {"seats_quantity", "seatsQuantity"},
    {"trace_id", "traceId"},
    {"kind", "kind"},
    {"title", "title"},
    {"description", "description"},
    {"link_url", "linkUrl"},
    {"link_text", "linkText"},
    {"data", "data"},
}};

}  // namespace

ClerkAPIError errorOf(const value& wire) {
  ClerkAPIError error;
  error.code = json::textMember(wire, "code").value_or("");
  error.message = json::textMember(wire, "message").value_or("");
  if (auto text = json::textMember(wire, "long_message")) error.longMessage = *text;
  error.meta.emplace();
  if (const auto* meta = json::member(wire, "meta")) {
    for (const auto& [wireName, name] : kMetaNames) {
      if (const auto* found = json::member(*meta, wireName)) (*error.meta)[name] = *found;
    }
  }
  return error;
}

namespace {

/// JavaScript's parseInt of the header; absent for a date or a blank.
std::optional<int> retryAfterOf(const fetch::Response& response) {
  const auto header = response.header("retry-after");
  if (!header) return {};
  auto text = *header;
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  int seconds = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), seconds).ec != std::errc()) return {};
  return seconds;
}

bool isJson(const fetch::Response& response, Strictness strictness) {
  const auto type = response.header("content-type");
  if (!type) return false;
  if (strictness == Strictness::AsReference) return *type == "application/json";
  auto media = type->substr(0, type->find(';'));
  while (media.ends_with(' ')) media.remove_suffix(1);
  return text::equalsIgnoringCase(media, "application/json");
}

/// No answer, or none that can be read: there is no status, and one error that is not the API's.
ClerkAPIResponseError unexpected(std::string message, std::string code = "unexpected_error") {
  ClerkAPIResponseError error("");
  error.errors.push_back({std::move(code), std::move(message), {}, {}});
  return error;
}

/// Clerk's SDK has neither deadlines nor cancellation: those have codes of their own.
ClerkAPIResponseError noAnswer(const fetch::Error& error) {
  switch (error.code()) {
    case fetch::ErrorCode::Timeout: return unexpected(error.what(), "request_timeout");
    case fetch::ErrorCode::Cancelled: return unexpected(error.what(), "request_cancelled");
    default: return unexpected(error.what());
  }
}

ClerkAPIResponseError failureOf(const fetch::Response& response, const std::optional<value>& body) {
  ClerkAPIResponseError error(response.statusText);
  error.status = response.status;
  error.retryAfter = retryAfterOf(response);
  const auto traceId = body ? json::textMember(*body, "clerk_trace_id") : std::nullopt;
  error.clerkTraceId = traceId ? *traceId : response.header("cf-ray").value_or("");
  const auto* list = body ? json::member(*body, "errors") : nullptr;
  if (list && list->is_array()) {
    for (const auto& item : list->get_array()) error.errors.push_back(errorOf(item));
  }
  return error;
}

std::optional<value> resultOf(const fetch::Response& response, Strictness strictness) {
  std::optional<value> body;
  const bool none = response.status == 204;
  if (!none && isJson(response, strictness)) {
    body = json::parseAsJavaScript(response.body);
    if (!body) throw unexpected("The answer of the Backend API is no JSON.");
  }
  if (response.status < 200 || response.status > 299) throw failureOf(response, body);
  if (none) return {};
  return body ? body : value(response.body);
}

bool isEmpty(const value& body) {
  if (const auto* object = body.if_object()) return object->empty();
  if (const auto* list = body.if_array()) return list->empty();
  return false;
}

fetch::Request requestOf(const Connection& connection, const Call& call) {
  const auto target = connection.apiUrl.empty()
                          ? std::string()
                          : joinPaths({connection.apiUrl, call.versioned ? connection.apiVersion : "", call.path});
  auto url = url::Url::parse(target);
  if (!url) throw Error("Invalid URL");
  if (const auto query = toQuery(call.query); !query.empty()) {
    url->query = url->query && !url->query->empty() ? *url->query + '&' + query : query;
  }
  const std::string& bearer = call.bearer ? *call.bearer : connection.secretKey;
  fetch::Request request{
      .method = call.method, .url = url->href(), .headers = standardHeaders(bearer, connection.userAgent)};
  request.headers.insert(request.headers.end(), call.headers.begin(), call.headers.end());
  if (call.rawBody) {
    request.headers.emplace_back("Content-Type", call.rawBody->first);
    request.body = call.rawBody->second;
  } else {
    request.headers.emplace_back("Content-Type", "application/json");
    if (call.method != "GET" && call.body && !isEmpty(*call.body)) request.body = ecmascript::stringify(*call.body);
  }
  return request;
}

/// How long to wait before the call is repeated; absent when it is not to be.
class RetryDecision {
 public:
  RetryDecision(const Connection& connection, const Call& call)
      : policy_(connection.policy),
        runtime_(*connection.runtime),
        left_(call.method == "GET" && call.retry == Retry::WhenReading ? call.options.retries.value_or(policy_.retries)
                                                                       : 0),
        deadline_(Clock::now() + call.options.deadline.value_or(policy_.deadline)) {}

  std::chrono::milliseconds timeLeft() const {
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()),
                    std::chrono::milliseconds(1));
  }

  std::optional<std::chrono::milliseconds> after(const fetch::Error& error) {
    const bool again =
        error.neverSent() ? error.code() == fetch::ErrorCode::Connect : error.code() == fetch::ErrorCode::Protocol;
    return again ? next(pause()) : std::nullopt;
  }

  std::optional<std::chrono::milliseconds> after(const fetch::Response& response) {
    const int status = response.status;
    if (status == 429) {
      const auto seconds = std::chrono::seconds(std::max(retryAfterOf(response).value_or(1), 0));
      return seconds <= policy_.maximumRetryAfter ? next(seconds) : std::nullopt;
    }
    return status == 408 || status >= 500 ? next(pause()) : std::nullopt;
  }

 private:
  std::chrono::milliseconds pause() {
    const double spread = 1 + runtime_.random();
    return std::chrono::milliseconds(static_cast<int>(125 * std::pow(2, done_) * spread));
  }

  std::optional<std::chrono::milliseconds> next(std::chrono::milliseconds wait) {
    if (left_ <= 0 || wait >= timeLeft()) return {};
    --left_;
    ++done_;
    return wait;
  }

  const RequestPolicy& policy_;
  const Runtime& runtime_;
  int left_;
  int done_ = 0;
  Clock::time_point deadline_;
};

}  // namespace

void requireSecretKey(std::string_view secretKey) {
  if (!secretKey.empty()) return;
  throw Error("Missing Clerk Secret Key. Go to https://dashboard.clerk.com and get your key for your instance.");
}

std::vector<std::pair<std::string, std::string>> standardHeaders(std::string_view bearer, std::string_view userAgent) {
  std::vector<std::pair<std::string, std::string>> headers{{"Clerk-API-Version", std::string(kClerkApiVersion)},
                                                           {"User-Agent", std::string(userAgent)}};
  if (!bearer.empty()) headers.emplace_back("Authorization", "Bearer " + std::string(bearer));
  return headers;
}

namespace {

/// Waits, but not longer than the call is wanted.
async::Task<> pause(std::shared_ptr<Runtime> runtime, std::chrono::milliseconds wait, std::stop_token stop) {
  auto* loop = async::EventLoop::find();
  if (!stop.stop_possible() || !loop) {
    co_await runtime->sleep(wait);
    co_return;
  }
  const async::Deferred<> over;
  const std::stop_callback onStop(stop, [loop, over] { loop->post([over] { over.resolve(); }); });
  async::detach(
      [](std::shared_ptr<Runtime> runtime, std::chrono::milliseconds wait, async::Deferred<> over) -> async::Task<> {
        co_await runtime->sleep(wait);
        over.resolve();
      }(runtime, wait, over));
  co_await over;
}

/// Tells the observer when the request has ended, however it ended.
class Report {
 public:
  Report(const CallObserver& observer, const Call& call)
      : observer_(observer), report_{.name = call.name, .method = call.method, .route = call.route} {}
  Report(const Report&) = delete;
  Report& operator=(const Report&) = delete;
  ~Report() {
    if (!observer_) return;
    report_.duration = Clock::now() - begin_;
    observer_(report_);
  }

  void attempt() { ++report_.attempts; }
  void answer(std::optional<int> status) { report_.status = status; }

 private:
  const CallObserver& observer_;
  CallReport report_;
  Clock::time_point begin_ = Clock::now();
};

}  // namespace

async::Task<std::optional<value>> send(Connection connection, Call call) {
  if (call.needsSecretKey) requireSecretKey(call.bearer ? *call.bearer : connection.secretKey);
  connection.runtime = runtimeOr(connection.runtime);
  const auto request = requestOf(connection, call);
  RetryDecision retry(connection, call);
  Report report(connection.observer, call);
  for (;;) {
    std::optional<std::chrono::milliseconds> wait;
    std::optional<fetch::Response> response;
    std::optional<ClerkAPIResponseError> problem;
    if (call.options.stop.stop_requested()) throw unexpected("The call was cancelled.", "request_cancelled");
    try {
      auto attempt = request;
      attempt.timeout = retry.timeLeft();
      attempt.stop = call.options.stop;
      report.attempt();
      response = co_await connection.runtime->fetch(std::move(attempt));
      report.answer(response->status);
      wait = retry.after(*response);
    } catch (const fetch::Error& error) {
      report.answer({});
      problem = noAnswer(error);
      wait = retry.after(error);
    }
    if (wait) {
      co_await pause(connection.runtime, *wait, call.options.stop);
    } else if (response) {
      co_return resultOf(*response, connection.strictness);
    } else {
      throw *problem;
    }
  }
}

}  // namespace clerk::request
