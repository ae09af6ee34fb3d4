# Writes the files of FOLDER as one C++ source, OUTPUT: cmake -DFOLDER=… -DOUTPUT=… -P embed_assets.cmake
file(GLOB files "${FOLDER}/*")
list(SORT files)
set(arrays "")
set(entries "")
set(number 0)
foreach(file ${files})
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" bytes HEX)
  # Adjacent literals are one; a line of a hundred bytes or so keeps the file readable by tools.
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  string(REGEX REPLACE "(\\\\x0a)" "\\1\"\n  \"" bytes "${bytes}")
  string(APPEND arrays "constexpr char file${number}[] =\n  \"${bytes}\";\n")
  string(APPEND entries "  {\"${name}\", {file${number}, sizeof(file${number}) - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}"
"// Made by embed_assets.cmake.
#include \"dashboard/assets.hpp\"

namespace clerk::instance::dashboard {
namespace {
${arrays}
constexpr EmbeddedFile all[] = {
${entries}};
}  // namespace

std::span<const EmbeddedFile> embeddedFiles() noexcept { return all; }

}  // namespace clerk::instance::dashboard
")
