#include "logging/error_fields.hpp"

#include <fastify/error.hpp>

#include <cxxabi.h>
#include <cstdlib>
#include <memory>
#include <typeinfo>

namespace fastify::logging {
namespace {

std::string typeName(const std::exception& error) {
  const char* mangled = typeid(error).name();
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, &status),
                                                         &std::free);
  return status == 0 ? name.get() : mangled;
}

// "outer: inner: innermost", with a bound on how deep it goes.
std::string messageWithCauses(const std::exception& error, int depth = 0) {
  std::string message = error.what();
  const auto* nested = dynamic_cast<const std::nested_exception*>(&error);
  if (!nested || !nested->nested_ptr() || depth == 8) return message;
  try {
    nested->rethrow_nested();
  } catch (const std::exception& cause) {
    message += ": " + messageWithCauses(cause, depth + 1);
  } catch (...) {
    message += ": unknown";
  }
  return message;
}

// The order is the one in which Fastify gives its errors these fields: its own kind first gets code, name and status,
// a plain one is given its status and code later.
void addFrameworkFields(JsonObject& fields, const FastifyError& error) {
  const bool ownKind = error.name != "Error";
  if (ownKind && !error.code.empty()) fields["code"] = error.code;
  if (ownKind) fields["name"] = error.name;
  if (error.statusCode) fields["statusCode"] = *error.statusCode;
  if (!ownKind && !error.code.empty()) fields["code"] = error.code;
  if (!error.validation.is_null()) fields["validation"] = error.validation;
  if (!error.validationContext.empty()) fields["validationContext"] = error.validationContext;
  for (const auto& property : error.properties) fields.insert_or_assign(property.key(), property.value());
}

}  // namespace

JsonObject errorFields(const std::exception& error) {
  const auto* known = dynamic_cast<const FastifyError*>(&error);
  JsonObject fields;
  fields.reserve(8);
  fields["type"] = known ? known->name : typeName(error);
  fields["message"] = messageWithCauses(error);
  if (known) addFrameworkFields(fields, *known);
  return fields;
}

}  // namespace fastify::logging
