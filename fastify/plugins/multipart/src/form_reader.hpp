#pragma once
// A form's parts, one after the other, from a request's body.

#include "part_parser.hpp"

#include <fastify/multipart.hpp>

#include <memory>
#include <optional>
#include <string>

namespace fastify::detail {

class FormReader : public std::enable_shared_from_this<FormReader> {
 public:
  /// `boundary` is absent when the Content-Type has none: the first read fails then, as in Fastify.
  FormReader(Stream source, const std::optional<std::string>& boundary, MultipartOptions options);

  /// The next part; what is left of the one before is skipped. nullptr at the end.
  Task<MultipartPartPtr> next();
  /// The next piece of the file `part`; nullopt at its end.
  Task<std::optional<std::string>> readFile(MultipartPartPtr part);

  const std::shared_ptr<MultipartFields>& fields() const noexcept { return fields_; }
  const MultipartOptions& options() const noexcept { return options_; }

 private:
  Task<PartParser::Event> nextEvent();
  MultipartPartPtr partFrom(const PartHeaders& headers) const;
  void admit(const MultipartPart& part);
  Task<> readField(MultipartPartPtr part, std::string charset);

  Stream source_;
  std::optional<PartParser> parser_;
  const MultipartOptions options_;
  std::shared_ptr<MultipartFields> fields_ = std::make_shared<MultipartFields>();
  MultipartPartPtr open_;  // a file whose end was not seen
  bool ended_ = false;
  std::size_t partCount_ = 0, fileCount_ = 0, fieldCount_ = 0;
};

/// What JSON tells of a part: the body of `attachFieldsToBody`.
Json jsonOf(const MultipartPart& part);
/// The bodies of AttachFieldsToBody::Yes and KeyValues. `all` and values that came several times are arrays.
JsonObject bodyOf(const MultipartFields& fields, AttachFieldsToBody how);

}  // namespace fastify::detail
