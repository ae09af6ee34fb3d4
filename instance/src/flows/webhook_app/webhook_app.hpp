#pragma once
// The instance's one webhook application, as backends switch it on and off (Backend API: `/webhooks/svix`).

#include "flows/core.hpp"

#include <async/task.hpp>

namespace clerk::instance {

/// Errors: `svix_app_exists`.
async::Task<Outcome<>> enableWebhookApp(Core& core);
/// Errors: `svix_app_missing`.
async::Task<Outcome<>> disableWebhookApp(Core& core);
/// Errors: `svix_app_missing`.
async::Task<Outcome<>> requireWebhookApp(Core& core);

}  // namespace clerk::instance
