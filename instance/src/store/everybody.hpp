#pragma once
// Forgetting all people at once, and what they did: between two tests.

#include "store/sql.hpp"

namespace clerk::instance {

/// Erases users, organizations, clients, sessions, attempts, messages and what hangs on them. Keys, settings, roles,
/// templates, applications and lists stay: the instance is as it was when nobody had come yet. Tells no listener.
void eraseEverybody(sql::Connection& connection);

}  // namespace clerk::instance
