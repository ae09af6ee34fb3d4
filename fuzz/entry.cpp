// Where libFuzzer enters.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fuzz {
void FUZZ_FUNCTION(std::string_view input);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::FUZZ_FUNCTION({reinterpret_cast<const char*>(data), size});
  return 0;
}
