#include <ecmascript/json_text.hpp>

#include <benchmark/benchmark.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/serializer.hpp>

namespace {

namespace json = boost::json;

// About the shape and size (1.9 KB) of a user object of Clerk's Backend API.
json::value user() {
  json::object email{
      {"id", "idn_2b6fcd92dvf96q05x8e4a8xvt6a"},
      {"object", "email_address"},
      {"email_address", "ada.lovelace@example.com"},
      {"reserved", false},
      {"verification",
       {{"status", "verified"}, {"strategy", "email_code"}, {"attempts", 1}, {"expire_at", 1709210096007}}},
      {"linked_to", json::array{{{"type", "oauth_google"}, {"id", "idn_2b6fcd92dvf96q05x8e4a8xvt6b"}}}},
      {"created_at", 1709210096007},
      {"updated_at", 1709210096123}};
  json::object user{
      {"id", "user_2b6fcd92dvf96q05x8e4a8xvt6a"},
      {"object", "user"},
      {"username", "ada"},
      {"first_name", "Ada"},
      {"last_name", "Lovelace"},
      {"image_url",
       "https://img.example.com/eyJ0eXBlIjoicHJveHkiLCJzcmMiOiJodHRwczovL2ltYWdlcy5jbGVyay5kZXYvdXBsb2FkZWQ"},
      {"has_image", true},
      {"primary_email_address_id", "idn_2b6fcd92dvf96q05x8e4a8xvt6a"},
      {"primary_phone_number_id", nullptr},
      {"password_enabled", true},
      {"two_factor_enabled", false},
      {"totp_enabled", false},
      {"email_addresses", {email, email, email}},
      {"phone_numbers", json::array{}},
      {"external_accounts", json::array{}},
      {"public_metadata", {{"role", "admin"}, {"plan", "pro \"plus\""}}},
      {"private_metadata", json::object{}},
      {"unsafe_metadata", json::object{}},
      {"external_id", nullptr},
      {"last_sign_in_at", 1709210096007},
      {"banned", false},
      {"locked", false},
      {"created_at", 1709210096007},
      {"updated_at", 1709210096007},
      {"delete_self_enabled", true},
      {"last_active_at", 1709210096007},
      {"score", 0.25}};
  return user;
}

void stringifyUser(benchmark::State& state) {
  const auto value = user();
  std::string out;
  for (auto _ : state) {
    out.clear();
    ecmascript::appendJson(out, value);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["bytes"] = static_cast<double>(out.size());
}
BENCHMARK(stringifyUser);

void boostSerializerUser(benchmark::State& state) {
  const auto value = user();
  json::serializer serializer;
  char buffer[8192];
  for (auto _ : state) {
    serializer.reset(&value);
    auto text = serializer.read(buffer);
    benchmark::DoNotOptimize(text.data());
  }
}
BENCHMARK(boostSerializerUser);

void stringifyHello(benchmark::State& state) {
  const json::value value{{"hello", "world"}};
  std::string out;
  for (auto _ : state) {
    out.clear();
    ecmascript::appendJson(out, value);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(stringifyHello);

void stringifyNumbers(benchmark::State& state) {
  const json::value value{0.1, 1e21, 1e-7, 12.5, 3.14159265358979, 100.0, 42, -1};
  std::string out;
  for (auto _ : state) {
    out.clear();
    ecmascript::appendJson(out, value);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(stringifyNumbers);

}  // namespace
