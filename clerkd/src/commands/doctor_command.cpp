// `clerkd doctor`: what is wrong with an installation, before somebody notices.

#include "commands/commands.hpp"

#include "findings.hpp"
#include "serve_options.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

struct Doctor {
  ServeOptions serve;
  bool json = false;
};

const char* spoken(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::Good: return "ok";
    case Finding::Kind::Warning: return "warning";
    default: return "problem";
  }
}

int run(const Doctor& options) {
  const auto findings = findingsOf(options.serve);
  bool good = true;
  boost::json::array json;
  for (const auto& [kind, subject, text] : findings) {
    good = good && kind != Finding::Kind::Problem;
    if (options.json) {
      json.push_back({{"kind", spoken(kind)}, {"subject", subject}, {"text", text}});
    } else {
      std::cout << spoken(kind) << ": " << subject << ": " << text << '\n';
    }
  }
  if (options.json) std::cout << boost::json::serialize(json) << '\n';
  std::cout << std::flush;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

ReadyCommand declareDoctor(OptionList& options) {
  auto values = std::make_shared<Doctor>();
  declareServeOptions(options, values->serve);
  options.flag("json", values->json, "Prints JSON");
  return {[] { return std::vector<std::string>(); }, [values] { return run(*values); }};
}

}  // namespace clerkd
