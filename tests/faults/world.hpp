#pragma once
// Where a history is played: one server or two over one database, and what can be done to them.

#include "exchange.hpp"

#include "model/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace faults {

using clerk::instance::Time;

/// What strikes while a request is under way.
enum class Blow {
  None,
  CutRequest,   ///< the connection is reset after so many bytes of the request
  CutAnswer,    ///< … of the answer
  Kill,         ///< kill -9 of the server, after so many microseconds, or at that write to its files
  EndBackends,  ///< the database's connections are ended after so many microseconds
};

struct Injury {
  Blow blow = Blow::None;
  std::uint32_t measure = 0;
};

/// Only `send` may be called from several threads, for one server each.
class World {
 public:
  virtual ~World() = default;

  virtual std::size_t servers() const = 0;
  virtual Result send(std::size_t server, const Request& request, Injury injury) = 0;
  /// What was asked for and not answered is done by now, or will never be.
  virtual bool settlesAtOnce() const = 0;
  virtual const std::string& secretKey() const = 0;
  /// The code of the newest message to an address; empty when there is none.
  virtual std::string codeFor(const std::string& emailAddress) = 0;

  /// kill -9 while nothing is under way, and a new start.
  virtual void kill(std::size_t server) = 0;
  /// Ends the servers' connections to their database, while nothing is under way.
  virtual void endBackends() = 0;
  /// Stops the database as a crash of its machine would, and starts it again.
  virtual void restartDatabase() = 0;
  /// What the server does every minute.
  virtual void tidy(std::size_t server) = 0;
  virtual void setClock(std::size_t server, std::chrono::milliseconds offset) = 0;
  virtual Time now(std::size_t server) const = 0;
};

}  // namespace faults
