// clerk_methods SAMPLES.json: every method of the Backend API client, by its name and with C++'s types, with the same
// arguments: what leaves must be the same.

#include "typed_calls.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

using namespace conformance;

namespace {

/// Of an upload, the boundary is another each time.
std::string withoutBoundary(const fetch::Request& request, std::string text) {
  const fetch::Response headers{.headers = request.headers};
  const auto type = headers.header("content-type").value_or("");
  const auto at = type.find("boundary=");
  if (at == std::string_view::npos) return text;
  const auto boundary = std::string(type.substr(at + 9));
  for (auto found = text.find(boundary); found != std::string::npos; found = text.find(boundary, found))
    text.replace(found, boundary.size(), "boundary");
  return text;
}

/// The requests of a call, as text.
class Requests {
 public:
  Requests()
      : runtime(std::make_shared<clerk::Runtime>(
            clerk::RuntimeHooks{.fetch = [this](fetch::Request request) -> async::Task<fetch::Response> {
                                  note(request);
                                  co_return fetch::Response{.status = 204, .statusText = "No Content"};
                                },
                                .log = [](clerk::LogLevel, std::string_view) {}})) {}

  std::string take() { return std::exchange(text_, {}); }

  const std::shared_ptr<clerk::Runtime> runtime;

 private:
  void note(const fetch::Request& request) {
    text_ += request.method + ' ' + request.url + '\n';
    for (const auto& [name, value] : request.headers) text_ += name + ": " + withoutBoundary(request, value) + '\n';
    text_ += withoutBoundary(request, request.body) + "\n";
  }

  std::string text_;
};

/// What is wrong with a method; empty when nothing is.
std::string check(const std::string& name, const json::array& arguments) {
  Requests requests;
  const clerk::ClerkClient client({.secretKey = "sk_test_1", .machineSecretKey = "ak_1", .runtime = requests.runtime});
  client.call(name, arguments).take();
  const auto byName = requests.take();
  const auto method = typedMethods().find(name);
  if (method == typedMethods().end()) return "has no form with types";
  method->second(client, arguments);
  const auto typed = requests.take();
  if (byName.empty()) return "sends nothing";
  return typed == byName ? "" : "sends\n" + typed + "with types, and by its name\n" + byName;
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) {
    std::cerr << "usage: clerk_methods SAMPLES.json\n";
    return 2;
  }
  std::ifstream file(values[1]);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto samples = json::parse(text).as_object();
  std::size_t failed = 0;
  for (const auto& [key, arguments] : samples) {
    const std::string name(key);
    std::string problem;
    try {
      problem = check(name, arguments.as_array());
    } catch (const NotTyped&) {
      problem = "does not take its own sample";
    } catch (const std::exception& error) {
      problem = std::string("throws: ") + error.what();
    }
    if (problem.empty()) continue;
    ++failed;
    std::cout << name << ": " << problem << '\n';
  }
  std::cout << samples.size() - failed << " passed, " << failed << " failed\n";
  return failed || samples.empty() || samples.size() != typedMethods().size() ? 1 : 0;
}
