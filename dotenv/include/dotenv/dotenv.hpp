#pragma once
// Environment variables from a .env file, by the rules of Node's dotenv (https://github.com/motdotla/dotenv).

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace dotenv {

using Values = std::map<std::string, std::string, std::less<>>;

/// Reads the lines of a .env text; what is no assignment is passed over. The last of several equal names counts.
///
///   NAME=value            blanks around the value are dropped, a `#` starts a comment; `export NAME=…` and `NAME: …`
///   too NAME='it is # this'   quotes ('…', "…" or `…`) keep everything, also line breaks; "…" turns \n and \r into
///   line breaks NAME=                 the empty text
Values parse(std::string_view text);

/// One file or several.
class Paths {
 public:
  Paths(const char* path) : paths_{path} {}
  Paths(std::string path) : paths_{std::move(path)} {}
  Paths(std::initializer_list<std::string> paths) : paths_(paths) {}
  Paths(std::vector<std::string> paths) : paths_(std::move(paths)) {}
  const std::vector<std::string>& list() const noexcept { return paths_; }

 private:
  std::vector<std::string> paths_;
};

struct Options {
  /// Relative to the working directory. Of a variable that several files set, the first counts.
  Paths path = ".env";
  /// Also sets what the environment has already; then the last file counts.
  bool override = false;
};

struct Result {
  /// What the files say, whether it was set or not.
  Values parsed;
  /// Why a file could not be read: that of the last such file; none otherwise. A missing file is no misfortune.
  std::error_code error;
};

/// Sets the variables of `.env` (or of the files that are named) in the environment of this process, but for those that
/// are set already. Never throws for a file that cannot be read. Call it in `main` before there are threads: the
/// environment belongs to the whole process.
Result config(const Options& options = {});

}  // namespace dotenv
