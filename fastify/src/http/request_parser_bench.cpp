#include "request_parser.hpp"

#include "chunked_body.hpp"
#include "response_writer.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <string>

namespace fastify::http {
namespace {

/// What a browser sends: 15 headers, a cookie of a kilobyte.
std::string typicalRequest() {
  return "GET /api/v1/users/user_2abc?include=organizations&limit=20 HTTP/1.1\r\n"
         "Host: app.example.com\r\n"
         "Connection: keep-alive\r\n"
         "sec-ch-ua: \"Chromium\";v=\"124\", \"Google Chrome\";v=\"124\", \"Not-A.Brand\";v=\"99\"\r\n"
         "sec-ch-ua-mobile: ?0\r\n"
         "sec-ch-ua-platform: \"Linux\"\r\n"
         "Upgrade-Insecure-Requests: 1\r\n"
         "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
         "Safari/537.36\r\n"
         "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
         "Sec-Fetch-Site: same-origin\r\n"
         "Sec-Fetch-Mode: navigate\r\n"
         "Sec-Fetch-Dest: document\r\n"
         "Referer: https://app.example.com/dashboard\r\n"
         "Accept-Encoding: gzip, deflate, br, zstd\r\n"
         "Accept-Language: en-US,en;q=0.9,de;q=0.8\r\n"
         "Cookie: __session=" +
         std::string(1000, 'e') + "\r\n\r\n";
}

void parseAgain(benchmark::State& state, const std::string& request) {
  RequestParser parser;
  for (auto _ : state) {
    parser.reset();
    benchmark::DoNotOptimize(parser.parse(request));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * request.size()));
}

void BM_typical_head(benchmark::State& state) { parseAgain(state, typicalRequest()); }
void BM_tiny_head(benchmark::State& state) { parseAgain(state, "GET /hello HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"); }

void BM_chunked_body(benchmark::State& state) {
  std::string body;
  for (int i = 0; i < 16; ++i) appendChunk(body, std::string(4096, 'x'));
  appendLastChunk(body);
  for (auto _ : state) {
    ChunkedBody decoder;
    std::string_view rest(body);
    while (true) {
      const auto step = decoder.read(rest);
      rest.remove_prefix(step.consumed);
      if (step.status != ChunkedBody::Status::Data) break;
    }
    benchmark::DoNotOptimize(rest);
  }
}

void BM_response_head(benchmark::State& state) {
  const std::array<HeaderField, 2> headers{
      {{"content-type", "application/json; charset=utf-8"}, {"content-length", "17"}}};
  std::string out;
  DateClock clock;
  for (auto _ : state) {
    out.clear();
    appendHead(out, {.headers = headers}, clock);
    benchmark::DoNotOptimize(out);
  }
}

BENCHMARK(BM_typical_head);
BENCHMARK(BM_tiny_head);
BENCHMARK(BM_chunked_body);
BENCHMARK(BM_response_head);

}  // namespace
}  // namespace fastify::http
