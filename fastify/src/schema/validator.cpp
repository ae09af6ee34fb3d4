#include "schema/validator.hpp"

#include "schema/node.hpp"

namespace fastify::schema {

JsonArray toJson(const std::vector<ValidationFailure>& failures) {
  JsonArray list;
  list.reserve(failures.size());
  for (const auto& failure : failures) {
    auto& error = list.emplace_back(JsonObject()).get_object();
    error.reserve(6);
    error["instancePath"] = failure.instancePath;
    error["schemaPath"] = failure.schemaPath;
    error["keyword"] = failure.keyword;
    error["params"] = failure.params;
    error["message"] = failure.message;
    if (failure.propertyName) error["propertyName"] = *failure.propertyName;
  }
  return list;
}

std::string failureText(const std::vector<ValidationFailure>& failures, std::string_view dataVar) {
  std::string text;
  for (const auto& failure : failures) {
    if (!text.empty()) text += ", ";
    (text += dataVar) += failure.instancePath;
    (text += ' ') += failure.message;
  }
  return text;
}

Validator::Validator(std::unique_ptr<const Program> program, bool changesData)
    : program_(std::move(program)), changesData_(changesData) {}
Validator::~Validator() = default;

// Rules take their data as they would change it; with these options none does.
Json& Validator::unchanged(const Json& data) const {
  if (changesData_) throw std::logic_error("a validator that changes its data cannot check what must stay as it is");
  return const_cast<Json&>(data);
}

std::vector<ValidationFailure> Validator::check(const Json& data) const { return validate(unchanged(data)); }
bool Validator::accepts(const Json& data) const { return isValid(unchanged(data)); }

bool Validator::isValid(Json& data) const {
  Run run;
  return program_->root->validate(data, {}, run);
}

std::vector<ValidationFailure> Validator::validate(Json& data) const {
  Run run;
  std::vector<ValidationFailure> failures;
  if (program_->root->validate(data, {}, run)) return failures;
  failures.reserve(run.failures.size());
  for (auto& failure : run.failures) {
    auto& told = failures.emplace_back();
    told.instancePath = std::move(failure.instancePath);
    told.schemaPath = failure.rule->schemaPath();
    told.keyword = failure.rule->keyword();
    told.propertyName = std::move(failure.propertyName);
    failure.rule->describe(failure, told);
  }
  return failures;
}

}  // namespace fastify::schema
