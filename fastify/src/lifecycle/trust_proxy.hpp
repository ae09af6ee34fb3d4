#pragma once
// Whose X-Forwarded-… headers are believed.

#include <fastify/options.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fastify {

/// `trustProxy`, compiled. Immutable.
class ProxyTrust {
 public:
  ProxyTrust() = default;
  /// Throws FastifyError for something that is neither an address, a network, nor one of the names loopback, linklocal
  /// and uniquelocal.
  explicit ProxyTrust(const TrustProxy& option);

  bool enabled() const noexcept { return enabled_; }
  bool trusts(std::string_view address, int hop) const;
  /// From the peer outward, cut behind the first that is not trusted; never empty.
  std::vector<std::string> addresses(std::string_view peer, std::string_view forwardedFor) const;

 private:
  struct Network {
    std::vector<unsigned char> bytes;  // 4 or 16
    unsigned prefix = 0;
  };
  static void addNetworks(std::string_view text, std::vector<Network>& networks);

  bool enabled_ = false;
  bool everybody_ = false;
  std::vector<Network> networks_;
  TrustProxy::Function function_;
};

}  // namespace fastify
