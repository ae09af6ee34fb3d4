#pragma once
// The database of an instance, opened by itself: by commands that need no more of the instance.

#include <clerk/instance.hpp>

#include "store/schema_report.hpp"
#include "store/writing_connection.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace clerk::instance {

std::filesystem::path databaseFileOf(const InstanceOptions& options);

/// Throws StoreError.
SchemaReport schemaReportOf(const InstanceOptions& options);

/// Runs `work` on what was written, and changes nothing. Throws StoreError, also for tables that are not up to date.
void readOperatorDatabase(const InstanceOptions& options, const std::function<void(sql::Connection&)>& work);

/// Runs `work` in one transaction. Throws StoreError, also for tables that are not up to date.
void inOperatorTransaction(const InstanceOptions& options, const std::function<void(sql::Connection&)>& work);

}  // namespace clerk::instance
