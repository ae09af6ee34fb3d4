#pragma once
// Percent-decoding in find-my-way's two steps: a path is decoded once before it is matched, but for the characters that
// JavaScript's decodeURI leaves alone; those are decoded in the values of parameters.

#include <string>
#include <string_view>

namespace fastify::router {

/// Appends `path` to `out`, decoded but for the encodings of `# $ % & + , / : ; = ? @`, which stay as they are; so
/// `%2F` never makes a segment. `reservedLeft` is set when there were any. False when an escape is malformed or what it
/// stands for is no UTF-8; `out` is then not to be used.
bool decodePath(std::string_view path, std::string& out, bool& reservedLeft);

/// Appends a piece of a path that `decodePath` gave, with the rest of it decoded.
void decodeReserved(std::string_view value, std::string& out);

/// Appends `text` decoded whole. False, and nothing appended, when it cannot be.
bool decodeComponent(std::string_view text, std::string& out);

}  // namespace fastify::router
