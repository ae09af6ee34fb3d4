#include "outputs.hpp"

#include "model.hpp"
#include "text.hpp"

#include <map>
#include <set>

namespace generator {
namespace {

using namespace clerk;

constexpr std::string_view kMade =
    "// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.\n// clang-format off\n";
constexpr std::size_t kColumns = 120;

/// What classes have besides their members.
const std::map<std::string_view, std::string_view> kExtras{
    {"User", R"(
  const boost::json::object& raw() const noexcept { return _raw; }
  /// nullptr when there is none.
  const EmailAddress* primaryEmailAddress() const noexcept;
  const PhoneNumber* primaryPhoneNumber() const noexcept;
  const Web3Wallet* primaryWeb3Wallet() const noexcept;
  /// First and last name, joined by a blank.
  std::optional<std::string> fullName() const;
)"},
    {"Organization", "\n  const boost::json::object& raw() const noexcept { return _raw; }\n"},
    {"OrganizationMembership", "\n  const boost::json::object& raw() const noexcept { return _raw; }\n"},
    {"OrganizationInvitation", "\n  const boost::json::object& raw() const noexcept { return _raw; }\n"},
    {"Invitation", "\n  const boost::json::object& raw() const noexcept { return _raw; }\n"},
};

std::string membersText(const Struct& of) {
  std::string text;
  for (const auto& member : of.members) {
    if (member.name == "_raw") text += "  /// The API's object as it came, with its names.\n";
    text += "  " + member.type + ' ' + member.name + member.initializer + ";\n";
  }
  return text;
}

// --- Classes

std::string resourcesHeader() {
  std::string text =
      "#pragma once\n" + std::string(kMade) +
      R"(// What the Backend API gives, with the SDK's names. Each resource converts to boost::json::value and is then exactly
// what JSON.stringify gives of Clerk's object: same members, same order; what the API left out stays out.

#include <clerk/api/resource.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clerk {
)";
  for (const auto& made : orderedClasses()) {
    const bool wire = made.row->names == api::Names::Wire;
    text += '\n';
    if (wire) text += "/// With the wire's names.\n";
    text += "struct " + made.definition.name + " : " + (wire ? "WireResource" : "Resource") + " {\n";
    text += membersText(made.definition);
    if (const auto extra = kExtras.find(made.definition.name); extra != kExtras.end()) text += extra->second;
    if (made.definition.name == "User") text += "\n  /// Everything, private metadata too: see publicJson.\n";
    text += "  operator boost::json::value() const;\n};\n";
  }
  return text +
         "\n/// What a method gave, without private metadata on any level: what an answer to a browser may contain.\n"
         "/// `publicJson(user)`, `publicJson(page)`.\n"
         "boost::json::value publicJson(boost::json::value json);\n\n}  // namespace clerk\n";
}

std::string describe(const Struct& of) {
  std::string text = "BOOST_DESCRIBE_STRUCT(" + of.name + ", (), (";
  std::size_t column = text.size();
  bool first = true;
  for (const auto& member : of.members) {
    if (!first) text += ',';
    if (column + member.name.size() + 4 > kColumns) {
      text += "\n    ";
      column = 4;
    } else if (!first) {
      text += ' ';
    }
    text += member.name;
    column += member.name.size() + 2;
    first = false;
  }
  return text + "))\n";
}

std::string describedResources() {
  std::string text =
      "#pragma once\n" + std::string(kMade) +
      "// The members of the resources, in JSON order.\n\n#include \"api/typed.hpp\"\n\n"
      "#include <clerk/api/resources.hpp>\n\n#include <boost/describe/class.hpp>\n\nnamespace clerk {\n\n";
  const auto classes = orderedClasses();
  for (const auto& made : classes) text += describe(made.definition);
  text += "\n// Each is compiled once.\n";
  for (const auto& made : classes) {
    text += "extern template " + made.definition.name + " api::fromJson<" + made.definition.name +
            ">(const boost::json::value&);\n";
  }
  return text + "\n}  // namespace clerk\n";
}

std::string resourcesSource(const std::vector<Class>& classes, std::size_t from, std::size_t to) {
  std::string text = std::string(kMade) +
                     "// Resources from and to JSON.\n\n#include \"api/generated/described_resources.hpp\"\n\n"
                     "namespace clerk {\n\n";
  for (auto i = from; i < to; ++i) {
    const auto& name = classes[i].definition.name;
    text += name + "::operator boost::json::value() const { return api::toJson(*this); }\n";
    text += "template " + name + " api::fromJson<" + name + ">(const boost::json::value&);\n";
  }
  return text + "\n}  // namespace clerk\n";
}

// --- Methods

std::string declaration(const Method& method, const std::string& prefix, bool withDefaults) {
  std::vector<std::string> arguments;
  // What follows an argument that may be left out may be, too.
  bool optional = true;
  std::vector<bool> optionals(method.arguments.size());
  for (auto i = method.arguments.size(); i-- > 0;) optionals[i] = optional = optional && method.arguments[i].isOptional;
  for (std::size_t i = 0; i < method.arguments.size(); ++i) {
    const auto& argument = method.arguments[i];
    arguments.push_back(argument.type + ' ' + argument.name + (withDefaults && optionals[i] ? " = {}" : ""));
  }
  arguments.push_back(std::string("CallOptions call") + (withDefaults ? " = {}" : ""));
  const auto head = "async::Task<" + method.result + "> " + prefix + method.name + '(';
  auto text = head + join(arguments, ", ") + ") const";
  if (text.size() + 4 <= kColumns) return text;
  text = head + "\n      " + join(arguments, ", ") + ") const";
  return text;
}

std::string requestOf(const api::Endpoint& endpoint) {
  return std::string(endpoint.method) + (endpoint.marks & api::kUnversioned ? " " : " /v1") +
         std::string(endpoint.path) + (endpoint.marks & api::kPaginated ? "?paginated=true" : "");
}

std::string apiHeader(const Api& api) {
  std::string text = "#pragma once\n" + std::string(kMade) + "// `client." + std::string(api.row->cppName) +
                     "`: " + std::string(api.row->topic) + R"(. See Clerk docs: "Backend API".

#include <clerk/api/call_options.hpp>
#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}
)";
  const auto define = [&](const Struct& of) { text += "\nstruct " + of.name + " {\n" + membersText(of) + "};\n"; };
  for (const auto& shape : api.shapes) define(shape);
  for (const auto& method : api.methods) {
    for (const auto& made : method.structs) define(made);
  }
  const std::string name(api.row->className);
  text += "\n/// Errors and threads: see BackendApi.\nclass " + name + " {\n public:\n  explicit " + name +
          "(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}\n\n";
  for (const auto& method : api.methods) {
    text += "  /// " + requestOf(*method.endpoint) + "\n";
    if (!method.note.empty()) text += "  /// " + method.note + "\n";
    text += "  " + declaration(method, "", true) + ";\n";
  }
  return text + "\n private:\n  std::shared_ptr<const api::ClientContext> context_;\n};\n\n}  // namespace clerk\n";
}

std::string backendApiHeader(const std::vector<Api>& apis) {
  std::string text = "#pragma once\n" + std::string(kMade) + "// All resources of the Backend API.\n\n";
  std::set<std::string> files;
  for (const auto& api : apis) files.insert(api.file);
  for (const auto& file : files) text += "#include <clerk/api/" + file + ".hpp>\n";
  text += R"(
#include <memory>

namespace clerk {

/// The resources of a client: `client.users`, `client.organizations`, …
/// Every method throws ClerkAPIResponseError when the API refuses or cannot be reached, and clerk::Error before anything
/// is sent (no secret key, an empty id). Its last argument is for this call alone: deadline, repetitions, cancellation.
/// To be called on a thread with a running EventLoop; see clerk::blockOn for programs without one. Safe from any thread:
/// each call runs on its caller's loop, and does not need the client any more once it has begun.
class BackendApi {
 public:
  explicit BackendApi(const std::shared_ptr<const api::ClientContext>& context);

)";
  for (const auto& api : apis)
    text += "  const " + std::string(api.row->className) + ' ' + std::string(api.row->cppName) + ";\n";
  return text + "};\n\n}  // namespace clerk\n";
}

std::string backendApiSource(const std::vector<Api>& apis) {
  std::string text = std::string(kMade) +
                     "\n#include <clerk/api/backend_api.hpp>\n\nnamespace clerk {\n\n"
                     "BackendApi::BackendApi(const std::shared_ptr<const api::ClientContext>& context)\n    : ";
  std::vector<std::string> made;
  for (const auto& api : apis) made.push_back(std::string(api.row->cppName) + "(context)");
  return text + join(made, ",\n      ") + " {}\n\n}  // namespace clerk\n";
}

std::string describedParameters(const std::vector<Api>& apis) {
  std::string text =
      "#pragma once\n" + std::string(kMade) +
      "// The members of the methods' parameters for Boost.Describe, in the order in which they are sent.\n\n"
      "#include <clerk/api/backend_api.hpp>\n\n#include <boost/describe/class.hpp>\n\nnamespace clerk {\n\n";
  for (const auto& api : apis) {
    for (const auto& shape : api.shapes) text += describe(shape);
    for (const auto& method : api.methods) {
      for (const auto& made : method.structs) text += describe(made);
    }
  }
  return text + "\n}  // namespace clerk\n";
}

std::string definition(const Api& api, const Method& method) {
  std::vector<std::string> values{"context_", '"' + std::string(method.endpoint->name) + '"', "std::move(call)"};
  for (const auto& argument : method.arguments) values.push_back(argument.name);
  return declaration(method, std::string(api.row->className) + "::", false) + " {\n  return api::call<" +
         method.result + ">(" + join(values, ", ") + ");\n}\n";
}

std::string methodsSource(const std::vector<Api>& apis, std::size_t from, std::size_t to) {
  std::string text = std::string(kMade) +
                     "\n#include \"api/typed_call.hpp\"\n\n#include <clerk/api/described_parameters.hpp>\n\n"
                     "namespace clerk {\n";
  for (auto i = from; i < to; ++i) {
    text += "\n// --- client." + std::string(apis[i].row->cppName) + "\n\n";
    for (const auto& method : apis[i].methods) text += definition(apis[i], method);
  }
  return text + "\n}  // namespace clerk\n";
}

std::string typedCalls(const std::vector<Api>& apis, std::size_t from, std::size_t to, std::size_t part) {
  std::string text = std::string(kMade) +
                     "\n#include \"typed_calls.hpp\"\n\nnamespace conformance {\n\n"
                     "void addTypedMethods" +
                     std::to_string(part) +
                     "(TypedMethods& methods);\n\n"
                     "void addTypedMethods" +
                     std::to_string(part) + "(TypedMethods& methods) {\n";
  for (auto i = from; i < to; ++i) {
    for (const auto& method : apis[i].methods) {
      text += "  methods[\"" + std::string(method.endpoint->name) +
              "\"] = typed<&clerk::BackendApi::" + std::string(apis[i].row->cppName) +
              ", &clerk::" + std::string(apis[i].row->className) + "::" + method.name + ">;\n";
    }
  }
  return text + "}\n\n}  // namespace conformance\n";
}

/// The one that knows all parts.
std::string allTypedCalls(std::size_t parts) {
  std::string declarations, calls;
  for (std::size_t part = 1; part <= parts; ++part) {
    declarations += "void addTypedMethods" + std::to_string(part) + "(TypedMethods& methods);\n";
    calls += "    addTypedMethods" + std::to_string(part) + "(all);\n";
  }
  return std::string(kMade) + "\n#include \"typed_calls.hpp\"\n\nnamespace conformance {\n\n" + declarations +
         "\nconst TypedMethods& typedMethods() {\n  static const TypedMethods methods = [] {\n    TypedMethods all;\n" +
         calls + "    return all;\n  }();\n  return methods;\n}\n\n}  // namespace conformance\n";
}

/// A value for a parameter, as JSON.
std::string sampleOf(const std::string& name, std::string_view type);

/// `{"name": value}` with all of a struct's members.
std::string sampleOf(std::string_view fields) {
  std::vector<std::string> members;
  for (const auto& field : split(fields, " ")) {
    const auto end = std::min(field.find_first_of("?:"), field.size());
    const auto colon = field.find(':');
    const auto name = field.substr(0, end);
    members.push_back('"' + name + "\": " + sampleOf(name, colon == std::string::npos ? "" : field.substr(colon + 1)));
  }
  return "{" + join(members, ", ") + "}";
}

std::string sampleOf(const std::string& name, std::string_view type) {
  static const std::map<std::string_view, std::string_view> kValues{{"bool", "true"},
                                                                    {"int", "7"},
                                                                    {"number", "7"},
                                                                    {"time", "1750000000000"},
                                                                    {"date", "\"2025-06-15T15:06:40.000Z\""},
                                                                    {"object", "{\"a\": 1}"},
                                                                    {"any", "{\"a\": 1}"},
                                                                    {"file", "{\"bytes\": \"x\"}"}};
  if (type.ends_with("[]")) return "[" + sampleOf(name, type.substr(0, type.size() - 2)) + "]";
  for (const auto& shape : api::shapes()) {
    if (shape.name == type) return sampleOf(shape.fields);
  }
  const auto found = kValues.find(type);
  return found == kValues.end() ? '"' + name + "_1\"" : std::string(found->second);
}

/// Arguments of each method, for the test that its two forms send the same.
std::string samples() {
  std::map<std::string, std::string> fieldsOf;
  std::vector<std::string> rows;
  for (const auto& endpoint : api::endpoints()) {
    std::vector<std::string> arguments;
    const auto parameters = split(endpoint.parameters, " ; ");
    std::size_t next = 0;
    for (const auto& text : split(endpoint.arguments, ",")) {
      std::string name(api::argumentName(text));
      const auto colon = text.find(':');
      static const std::set<std::string> kObjects{"query", "body", "multipart", "path", "options"};
      if (!kObjects.contains(name)) {
        if (name.starts_with('=')) name.erase(0, 1);
        arguments.push_back(sampleOf(name, colon == std::string::npos ? "" : text.substr(colon + 1)));
        continue;
      }
      const auto& parameter = parameters.at(next++);
      const auto at = parameter.find(": ");
      if (at != std::string::npos) fieldsOf[parameter.substr(0, at)] = parameter.substr(at + 2);
      const auto sample = sampleOf(fieldsOf.at(parameter.substr(0, at)));
      arguments.push_back(text.find("[]") == std::string::npos ? sample : "[" + sample + "]");
    }
    rows.push_back("\"" + std::string(endpoint.name) + "\": [" + join(arguments, ", ") + "]");
  }
  return "{\n" + join(rows, ",\n") + "\n}\n";
}

// --- Webhooks

/// `user.created` is `UserCreated`.
std::string constantName(std::string_view type) {
  std::string name;
  bool upper = true;
  for (char c : type) {
    if (c == '.') {
      upper = true;
      continue;
    }
    name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return name;
}

std::set<std::string_view> webhookClasses() {
  std::set<std::string_view> names;
  for (const auto& kind : api::webhookKinds()) names.insert(kind.className);
  return names;
}

std::string webhookHeader() {
  std::string text =
      "#pragma once\n" + std::string(kMade) + R"(// The kinds of webhook events, and their data as structs.

#include <clerk/api/resources.hpp>
#include <clerk/webhooks.hpp>

#include <optional>
#include <string_view>

namespace clerk {

/// Values of WebhookEvent::type, each with the struct of its data: see WebhookEvent::as.
namespace WebhookEventType {
)";
  for (const auto& kind : api::webhookKinds()) {
    text += "inline constexpr std::string_view " + constantName(kind.type) + " = \"" + std::string(kind.type) +
            "\";  // " + std::string(kind.className) + "\n";
  }
  text += "}  // namespace WebhookEventType\n\n";
  for (auto name : webhookClasses())
    text +=
        "template <>\nstd::optional<" + std::string(name) + "> WebhookEvent::as<" + std::string(name) + ">() const;\n";
  return text + "\n}  // namespace clerk\n";
}

std::string webhookSource() {
  std::string text = std::string(kMade) +
                     "\n#include <clerk/webhook_events.hpp>\n\n#include \"webhooks/event_data.hpp\"\n\n"
                     "namespace clerk {\n\n";
  for (auto view : webhookClasses()) {
    const std::string name(view);
    text += "template <>\nstd::optional<" + name + "> WebhookEvent::as<" + name +
            ">() const {\n  return webhooks::dataOf<" + name + ">(*this, \"" + name + "\");\n}\n";
  }
  return text + "\n}  // namespace clerk\n";
}

// --- Documentation

std::string signature(const Api& api, const Method& method) {
  std::vector<std::string> arguments;
  for (const auto& argument : method.arguments) {
    const bool scalar = argument.name != "params" && argument.name != "options";
    arguments.push_back((scalar ? argument.name : argument.type) + (argument.isOptional ? "?" : ""));
  }
  return "client." + std::string(api.row->cppName) + '.' + method.name + '(' + join(arguments, ", ") + ')';
}

std::string documentation(const std::vector<Api>& apis) {
  std::size_t count = 0;
  for (const auto& api : apis) count += api.methods.size();
  std::string text =
      "# The methods of the Backend API client\n\n"
      "Made of the table in `clerk/src/api/endpoints.cpp` by `clerk_sdk_generator`; a test compares both, and the "
      "table\n"
      "with the list of Clerk's methods in `conformance/clerk/methods.txt`.\n\n"
      "All " +
      std::to_string(count) +
      " methods of `@clerk/backend` are here. Each is a coroutine (`async::Task<…>`) and takes a\n"
      "`clerk::CallOptions` (deadline, repetitions, cancellation) as its last argument, which is not shown. `?` marks "
      "what\n"
      "may be left out. Structs named `…Params` are in `<clerk/api/….hpp>` of the resource; all others in\n"
      "`<clerk/api/resources.hpp>`. `delete` is a word of C++: it is `del` here.\n";
  for (const auto& api : apis) {
    text += "\n## " + std::string(api.row->name) + "\n\n" + std::string(api.row->topic) + ". `<clerk/api/" + api.file +
            ".hpp>`\n\n| `@clerk/backend` | C++ | Request | Result |\n|---|---|---|---|\n";
    for (const auto& method : api.methods) {
      const auto& name = method.endpoint->name;
      text += "| `" + std::string(name.substr(name.find('.') + 1)) + "` | `" + signature(api, method) + "` | `" +
              requestOf(*method.endpoint) + "` | `" + method.result + "` |\n";
    }
  }
  return text;
}

/// A path without the names of its ids.
std::string withoutNames(std::string_view path) {
  std::string text;
  bool inName = false;
  for (char c : path) {
    if (!inName || c == '}') text += c;
    inName = c == '{' || (inName && c != '}');
  }
  return text;
}

/// Where to cut a list into `parts` of about the same weight.
template <class T, class Weight>
std::vector<std::size_t> cuts(const std::vector<T>& items, std::size_t parts, Weight weight) {
  std::size_t total = 0, sum = 0;
  for (const auto& item : items) total += weight(item);
  std::vector<std::size_t> at{0};
  for (std::size_t i = 0; i < items.size(); ++i) {
    sum += weight(items[i]);
    if (at.size() < parts && sum * parts >= total * at.size()) at.push_back(i + 1);
  }
  at.push_back(items.size());
  return at;
}

}  // namespace

std::map<std::string, std::string> outputs() {
  const auto all = apis();
  const auto classes = orderedClasses();
  const std::string headers = "clerk/include/clerk/api/", sources = "clerk/src/api/generated/";
  std::map<std::string, std::string> files;
  files[headers + "resources.hpp"] = resourcesHeader();
  files[headers + "backend_api.hpp"] = backendApiHeader(all);
  for (const auto& api : all) files[headers + api.file + ".hpp"] = apiHeader(api);
  files[sources + "described_resources.hpp"] = describedResources();
  files[headers + "described_parameters.hpp"] = describedParameters(all);
  files[sources + "backend_api.cpp"] = backendApiSource(all);
  const auto classCuts = cuts(classes, 3, [](const Class& made) { return made.definition.members.size(); });
  for (std::size_t i = 0; i + 1 < classCuts.size(); ++i) {
    files[sources + "resources_" + std::to_string(i + 1) + ".cpp"] =
        resourcesSource(classes, classCuts[i], classCuts[i + 1]);
  }
  const auto apiCuts = cuts(all, 4, [](const Api& api) { return api.methods.size(); });
  for (std::size_t i = 0; i + 1 < apiCuts.size(); ++i) {
    const auto part = std::to_string(i + 1);
    files[sources + "methods_" + part + ".cpp"] = methodsSource(all, apiCuts[i], apiCuts[i + 1]);
    files["conformance/clerk/generated/typed_calls_" + part + ".cpp"] =
        typedCalls(all, apiCuts[i], apiCuts[i + 1], i + 1);
  }
  files["clerk/include/clerk/webhook_events.hpp"] = webhookHeader();
  files["clerk/src/webhooks/generated/webhook_events.cpp"] = webhookSource();
  files["conformance/clerk/generated/typed_calls.cpp"] = allTypedCalls(apiCuts.size() - 1);
  files["conformance/clerk/generated/samples.json"] = samples();
  files["docs/sdk-methods.md"] = documentation(all);
  return files;
}

namespace {

/// The names in `…: {a, b?, c?}`, of all such objects.
std::set<std::string> parametersOf(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    for (auto name : split(text.substr(open + 1, text.find('}', open) - open - 1), ", ")) {
      if (name.ends_with('?')) name.pop_back();
      names.insert(name);
    }
  }
  return names;
}

std::set<std::string> parametersOf(const api::Endpoint& endpoint) {
  std::set<std::string> names;
  for (const auto& parameter : split(endpoint.parameters, " ; ")) {
    auto fields = parameter;
    // A name alone: the struct of an earlier method.
    for (const auto& other : api::endpoints()) {
      for (const auto& text : split(other.parameters, " ; ")) {
        if (text.starts_with(parameter + ": ")) fields = text;
      }
    }
    for (const auto& field : split(fields.substr(fields.find(": ") + 2), " "))
      names.insert(field.substr(0, field.find_first_of("?:")));
  }
  return names;
}

std::string fieldNames(const api::ClassRow& row) {
  std::vector<std::string> names;
  for (const auto& field : split(row.fields, " ")) names.emplace_back(api::fieldText(field).name);
  return join(names, " ");
}

}  // namespace

std::vector<std::string> methodDifferences(std::string_view inventory) {
  std::vector<std::string> problems;
  std::map<std::string, const api::Endpoint*, std::less<>> ours;
  for (const auto& endpoint : api::endpoints()) ours[std::string(endpoint.name)] = &endpoint;
  for (const auto& line : split(inventory, "\n")) {
    if (line.starts_with('#')) continue;
    const auto cells = split(line, " | ");
    if (cells.size() < 4) {
      problems.push_back("no row: " + line);
      continue;
    }
    const auto found = ours.find(cells[0]);
    if (found == ours.end()) {
      problems.push_back(cells[0] + " is missing");
      continue;
    }
    const auto request = withoutNames(requestOf(*found->second));
    if (!withoutNames(cells[2]).starts_with(request))
      problems.push_back(cells[0] + " is " + cells[2] + ", not " + request);
    if (parametersOf(cells[1]) != parametersOf(*found->second)) problems.push_back(cells[0] + " has other parameters");
    ours.erase(found);
  }
  for (const auto& [name, endpoint] : ours) problems.push_back(name + " is not in it");
  return problems;
}

std::vector<std::string> classDifferences(std::string_view inventory) {
  std::vector<std::string> problems;
  std::map<std::string, const api::ClassRow*, std::less<>> ours;
  for (const auto& row : api::classes()) ours[std::string(row.name)] = &row;
  for (const auto& line : split(inventory, "\n")) {
    if (line.starts_with('#')) continue;
    const auto cells = split(line, " | ");
    const auto found = cells.size() == 3 ? ours.find(cells[0]) : ours.end();
    if (found == ours.end()) {
      problems.push_back(line + ": is missing");
      continue;
    }
    const auto& row = *found->second;
    if (cells[1] != (row.object.empty() ? "-" : row.object)) problems.push_back(cells[0] + " is another object");
    if (cells[2] != fieldNames(row)) problems.push_back(cells[0] + " has other fields: " + fieldNames(row));
  }
  return problems;
}

}  // namespace generator
