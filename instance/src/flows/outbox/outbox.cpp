#include "flows/outbox/outbox.hpp"

namespace clerk::instance {

async::Task<std::vector<Message>> listMessages(Core& core, std::string to, PageRequest page) {
  co_return co_await core.store().read([&](const Transaction& tx) { return tx.outbox().list(to, page); });
}

}  // namespace clerk::instance
