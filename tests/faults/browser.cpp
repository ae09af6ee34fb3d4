#include "browser.hpp"

namespace faults {

void Browser::take(const Answer& answer) {
  for (const auto& line : answer.setCookies) {
    const auto equals = line.find('=');
    const auto end = line.find(';');
    if (equals == std::string::npos || equals > end) continue;
    const auto name = line.substr(0, equals);
    if (line.find("Max-Age=0") != std::string::npos) {
      cookies.erase(name);
    } else {
      cookies[name] = line.substr(equals + 1, end - equals - 1);
      if (name == "__client") cookieIsSure = true;
    }
  }
}

std::string Browser::cookieHeader() const {
  std::string text;
  for (const auto& [name, value] : cookies) text += (text.empty() ? "" : "; ") + name + "=" + value;
  return text;
}

}  // namespace faults
