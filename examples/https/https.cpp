// HTTPS and HTTP/2 at one port: `https_example KEY.pem CERT.pem [PORT]`; without files in clear text, where HTTP/2
// comes with prior knowledge. Try `curl -k https://localhost:3000` and `curl -k --http1.1 https://localhost:3000`.
#include <fastify/fastify.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

using namespace fastify;

namespace {

std::string contentOf(const char* file) {
  std::ifstream stream(file);
  if (!stream) {
    std::cerr << "cannot read " << file << '\n';
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

int main(int argc, char** argv) {
  FastifyOptions options{.http2 = Http2Options{.allowHTTP1 = true}};
  if (argc > 2) options.https = HttpsOptions{.key = contentOf(argv[1]), .cert = contentOf(argv[2])};
  const char* port = argc > 3 ? argv[3] : argc == 2 ? argv[1] : "3000";

  Fastify app(std::move(options));
  app.get("/", [](Request& request) {
    return Json{{"hello", "world"}, {"protocol", request.protocol()}, {"version", request.raw().httpVersion()}};
  });
  app.post("/length", [](Request& request) { return Json{{"length", request.body()->as_string().size()}}; });
  return app.run({.port = static_cast<std::uint16_t>(std::atoi(port)), .host = "127.0.0.1"});
}
