#include "on_demand_schemas.hpp"

#include "compile_responses.hpp"
#include "compile_schemas.hpp"

#include <ecmascript/json_text.hpp>

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace fastify {
namespace {

/// What was compiled, by the schema's text. Bounded: a program may make schemas of what clients send.
template <class Function>
class Remembered {
 public:
  Function find(const std::string& text) {
    std::lock_guard lock(mutex_);
    const auto known = compiled_.find(text);
    return known == compiled_.end() ? Function() : known->second;
  }

  Function remember(std::string text, Function function) {
    std::lock_guard lock(mutex_);
    if (compiled_.size() >= most) compiled_.clear();
    compiled_.emplace(std::move(text), function);
    return function;
  }

 private:
  static constexpr std::size_t most = 1000;
  std::mutex mutex_;
  std::map<std::string, Function, std::less<>> compiled_;
};

class Compiled final : public OnDemandSchemas {
 public:
  explicit Compiled(SchemaCompilers compilers) : compilers_(std::move(compilers)) {}

  ValidatorFunction validator(const Json& schema, HttpPart part) override {
    auto text = ecmascript::stringify(schema);
    if (auto known = validators_.find(text)) return known;
    return validators_.remember(std::move(text), compilers_.validator({schema, "", "", std::string(nameOf(part))}, ""));
  }

  SerializerFunction serializer(const Json& schema, std::string_view status, std::string_view mediaType) override {
    auto text = ecmascript::stringify(schema);
    if (auto known = serializers_.find(text)) return known;
    return serializers_.remember(std::move(text),
                                 compilers_.serializer({schema, "", "", std::string(status), std::string(mediaType)}));
  }

  ValidatorFunction findValidator(const Json& schema) override {
    return validators_.find(ecmascript::stringify(schema));
  }
  SerializerFunction findSerializer(const Json& schema) override {
    return serializers_.find(ecmascript::stringify(schema));
  }

 private:
  SchemaCompilers compilers_;
  Remembered<ValidatorFunction> validators_;
  Remembered<SerializerFunction> serializers_;
};

}  // namespace

std::shared_ptr<OnDemandSchemas> onDemandSchemas(const Fastify::Scope& scope, ValidatorCompiler validatorCompiler,
                                                 SerializerCompiler serializerCompiler) {
  auto compilers = compilersOf(scope);
  if (validatorCompiler) compilers.ownValidator = std::move(validatorCompiler);
  if (serializerCompiler) compilers.ownSerializer = std::move(serializerCompiler);
  return std::make_shared<Compiled>(std::move(compilers));
}

}  // namespace fastify
