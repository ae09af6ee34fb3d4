#pragma once
// One recorded case: its inputs, the world it runs in, and what it must give.

#include <clerk/backend.hpp>

#include <boost/json.hpp>

#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

namespace json = boost::json;

/// Whether the product runs as it is shipped, or with its switches set to do as the reference does.
enum class Mode { Product, Parity };

/// The whole file.
struct CaseFile {
  json::object root;
  static CaseFile load(const std::string& path);
  const json::object& keys() const { return root.at("keys").as_object(); }
};

/// The outside of one case: clock, network, environment, console. Several steps of a sequence share one.
class World {
 public:
  explicit World(Mode mode);

  Mode mode;
  std::int64_t now = 1'750'000'000'000;
  json::object environment;
  json::array routes;
  std::vector<bool> used;

  // What happened.
  json::array requests;
  json::array console;
  json::array sleeps;
  /// Takes the methods that were called with C++'s types, too.
  std::set<std::string>* typedCalls = nullptr;

  std::shared_ptr<clerk::Runtime> runtime;

  void setRoutes(const json::array& list);
  clerk::Strictness strictness() const {
    return mode == Mode::Parity ? clerk::Strictness::AsReference : clerk::Strictness::Strict;
  }
  clerk::KeySetPolicy keySetPolicy() const;

 private:
  async::Task<fetch::Response> answer(fetch::Request request);
};

/// What came out: one of the results, with everything else that the file records of it.
using Outcome = json::object;

/// Runs a case and gives its outcome in the form of the file's `expect`; absent when the program cannot run it.
std::optional<Outcome> run(const CaseFile& file, const json::object& recorded, World& world);
/// The groups that need the framework.
std::optional<Outcome> runServerCase(const CaseFile& file, const json::object& recorded, World& world);
/// Calls of the Backend API client.
Outcome runClientCase(const json::object& recorded, World& world);

/// The first difference between an outcome and what was recorded; empty when there is none.
std::string differenceOf(const json::object& recorded, const json::object& expected, const Outcome& outcome, Mode mode);

// Conversions that several kinds of cases need.
json::object describe(std::exception_ptr error);
std::string textOf(const json::object& object, std::string_view name, std::string_view fallback = {});
bool flagOf(const json::object& object, std::string_view name, bool fallback = false);
std::vector<std::string> textsOf(const json::object& object, std::string_view name);
clerk::AuthenticateRequestOptions requestOptionsOf(const json::object& client, const json::object& options,
                                                   const World& world);
clerk::AcceptsToken acceptsTokenOf(const json::value* value);
void addAuth(Outcome& outcome, const json::object& recorded, const std::optional<clerk::Auth>& auth);
json::value member(const json::object& object, std::string_view name);

}  // namespace conformance
