#include "test_control/exchange_log.hpp"

#include <boost/json/parse.hpp>

#include <string_view>

namespace clerk::instance::test_control {
namespace {

namespace json = boost::json;

constexpr std::size_t mostExchanges = 1000;
constexpr std::size_t mostBytes = 32 * 1024 * 1024;

/// What lives longer than the request whose memory it was in.
json::value kept(const json::value& value) { return json::value(value, json::storage_ptr()); }

std::string_view bytesOf(const fastify::Payload& payload) {
  if (payload.isBuffer()) return payload.buffer().view();
  return payload.isText() ? std::string_view(payload.text()) : std::string_view();
}

json::value answerOf(const fastify::Payload& payload) {
  boost::system::error_code isOther;
  auto value = json::parse(bytesOf(payload), isOther);
  return isOther ? json::value() : value;
}

json::value bodyOf(fastify::Request& request) {
  const auto& body = request.body();
  return body && body.isJson() ? kept(body.json()) : json::value();
}

json::object requestOf(fastify::Request& request) {
  const auto url = request.url();
  json::object said{{"method", request.method()}, {"path", url.substr(0, url.find('?'))}};
  auto& query = request.query();
  if (const auto* method = query.if_contains("_method")) said["override"] = kept(*method);
  said["query"] = kept(query);
  said["headers"] = kept(request.headers().json());
  said["body"] = bodyOf(request);
  return said;
}

}  // namespace

void ExchangeLog::add(fastify::Request& request, const fastify::Reply& reply, const fastify::Payload& payload) {
  Entry entry;
  entry.exchange["request"] = requestOf(request);
  entry.exchange["response"] =
      json::object{{"status", reply.statusCode()}, {"headers", kept(reply.getHeaders())}, {"json", answerOf(payload)}};
  // Near enough: what is large is large in these.
  entry.bytes = request.url().size() + request.rawBody().size() + bytesOf(payload).size() + 1024;
  std::scoped_lock lock(mutex_);
  entry.exchange["n"] = ++count_;
  bytes_ += entry.bytes;
  entries_.push_back(std::move(entry));
  while (entries_.size() > mostExchanges || bytes_ > mostBytes) {
    bytes_ -= entries_.front().bytes;
    entries_.pop_front();
  }
}

json::array ExchangeLog::list() const {
  std::scoped_lock lock(mutex_);
  json::array list;
  for (const auto& entry : entries_) list.push_back(entry.exchange);
  return list;
}

void ExchangeLog::clear() {
  std::scoped_lock lock(mutex_);
  entries_.clear();
  bytes_ = 0;
}

}  // namespace clerk::instance::test_control
