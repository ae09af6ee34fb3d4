#include "delivery/mail_text.hpp"

#include <crypto/base64.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace clerk::instance {
namespace {

constexpr std::size_t base64LineBytes = 57;  // give 76 characters (RFC 2045 §6.8)
/// An encoded word has at most 75 characters (RFC 2047 §2); `=?utf-8?B?` and `?=` take 12.
constexpr std::size_t encodedWordBytes = 45;

bool isPlain(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
}

/// The end of a piece of at most `limit` bytes that cuts no character apart.
std::size_t pieceEnd(std::string_view text, std::size_t start, std::size_t limit) {
  std::size_t end = std::min(start + limit, text.size());
  while (end > start + 1 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return end;
}

std::string withoutLineBreaks(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

std::string headerText(std::string_view text) {
  const auto line = withoutLineBreaks(text);
  if (isPlain(line)) return line;
  std::string words;
  for (std::size_t start = 0; start < line.size();) {
    const auto end = pieceEnd(line, start, encodedWordBytes);
    if (!words.empty()) words += "\r\n ";
    words += "=?utf-8?B?" + crypto::base64Encode(std::string_view(line).substr(start, end - start)) + "?=";
    start = end;
  }
  return words;
}

std::string mailboxText(std::string_view mailbox) {
  const auto address = withoutLineBreaks(addressOf(mailbox));
  if (address.size() == mailbox.size()) return address;
  auto name = mailbox.substr(0, mailbox.find('<'));
  while (name.ends_with(' ')) name.remove_suffix(1);
  return headerText(name) + " <" + address + ">";
}

std::string dateText(Time time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time) - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::string bodyText(std::string_view body) {
  std::string lines;
  for (std::size_t start = 0; start < body.size(); start += base64LineBytes) {
    lines += crypto::base64Encode(body.substr(start, base64LineBytes)) + "\r\n";
  }
  return lines;
}

}  // namespace

std::string_view addressOf(std::string_view mailbox) noexcept {
  const auto open = mailbox.rfind('<');
  const auto close = mailbox.rfind('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return mailbox;
  return mailbox.substr(open + 1, close - open - 1);
}

std::string mailText(const Message& message, std::string_view from) {
  const auto sender = addressOf(from);
  const auto host = sender.substr(std::min(sender.rfind('@') + 1, sender.size()));
  std::string text;
  const auto header = [&](std::string_view name, const std::string& value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  header("From", mailboxText(from));
  header("To", mailboxText(message.to));
  header("Subject", headerText(message.subject));
  header("Date", dateText(message.createdAt));
  header("Message-ID", "<" + message.id + "@" + withoutLineBreaks(host) + ">");
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", "base64");
  return text + "\r\n" + bodyText(message.body);
}

}  // namespace clerk::instance
