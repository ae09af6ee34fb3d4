#include "store/settings_record.hpp"

#include "store/stored_json.hpp"

namespace clerk::instance {

RuntimeSettings SettingsRecord::read(const RuntimeSettings& defaults) const {
  auto rows = sql_.query("select document from settings where id = 1", {});
  return rows.next() ? withChanges(defaults, storedObject(rows.text(0))) : defaults;
}

std::string SettingsRecord::text() const {
  auto rows = sql_.query("select document from settings where id = 1", {});
  return rows.next() ? rows.string(0) : std::string();
}

void SettingsRecord::write(const RuntimeSettings& defaults, const RuntimeSettings& settings, Time now) {
  sql_.execute(
      "insert into settings (id, document, updated_at) values (1, $1, $2) "
      "on conflict (id) do update set document = excluded.document, updated_at = excluded.updated_at",
      {storedText(changesFrom(defaults, settings)), now});
}

}  // namespace clerk::instance
