#pragma once
// Which file below a root answers a path: the file itself, one that lies compressed beside it, a folder's index file,
// one with an extension.

#include "open_file.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::detail {

/// What is looked for. Owns its texts: the search may run on another thread.
struct Wanted {
  std::string root;
  std::string pathname;
  std::vector<std::string> index;
  std::vector<std::string> extensions;
  /// Accepted encodings, the best first, of files that may lie compressed beside others.
  std::vector<std::string> encodings;
  /// A folder without a slash at its end is told as such, instead of answered by its index file.
  bool tellFolders = false;
};

struct Finding {
  enum class Kind {
    File,
    Folder,   // the path names one, without a slash at its end
    Unnamed,  // a folder with a slash at its end, when no index file may stand for it
    Nothing
  };
  Kind kind = Kind::Nothing;
  std::shared_ptr<OpenFile> file;
  std::string path;      // what the file contains, without the suffix of an encoding
  std::string encoding;  // empty: as it is
};

/// Throws WouldBlock with Patience::FromCache, FastifyError when a file is there and cannot be read.
Finding lookUp(const Wanted& wanted, Patience patience);

/// A root and a path below it, with one slash between.
std::string joinedPath(std::string_view root, std::string_view pathname);

}  // namespace fastify::detail
