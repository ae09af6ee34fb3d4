#include "crashing_files.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace faults::crashing_files {
namespace {

constexpr auto never = std::numeric_limits<std::uint64_t>::max();
std::atomic<std::uint64_t> writesLeft = never;
std::atomic<bool> isCrashed = false;
sqlite3_vfs* system = nullptr;

struct File {
  sqlite3_file base;
  sqlite3_file* real() noexcept { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* fileOf(sqlite3_file* file) noexcept { return reinterpret_cast<File*>(file); }
sqlite3_file* realOf(sqlite3_file* file) noexcept { return fileOf(file)->real(); }

/// Whether this change is still made; `torn` is set for the one that is made by half.
bool arrives(bool& torn) noexcept {
  if (isCrashed) return false;
  if (writesLeft == never) return true;
  if (writesLeft-- > 0) return true;
  torn = isCrashed = true;
  return false;
}

int close(sqlite3_file* file) { return realOf(file)->pMethods->xClose(realOf(file)); }
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  return realOf(file)->pMethods->xRead(realOf(file), to, count, at);
}
int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  bool torn = false;
  if (arrives(torn)) return realOf(file)->pMethods->xWrite(realOf(file), from, count, at);
  if (torn && count > 1) realOf(file)->pMethods->xWrite(realOf(file), from, count / 2, at);
  return SQLITE_IOERR_WRITE;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  bool torn = false;
  return arrives(torn) ? realOf(file)->pMethods->xTruncate(realOf(file), size) : SQLITE_IOERR_TRUNCATE;
}
// A killed process loses nothing that it wrote: flushing to disk would only take time.
int sync(sqlite3_file*, int) { return isCrashed ? SQLITE_IOERR_FSYNC : SQLITE_OK; }
int fileSize(sqlite3_file* file, sqlite3_int64* size) { return realOf(file)->pMethods->xFileSize(realOf(file), size); }
int lock(sqlite3_file* file, int level) { return realOf(file)->pMethods->xLock(realOf(file), level); }
int unlock(sqlite3_file* file, int level) { return realOf(file)->pMethods->xUnlock(realOf(file), level); }
int checkReservedLock(sqlite3_file* file, int* result) {
  return realOf(file)->pMethods->xCheckReservedLock(realOf(file), result);
}
int fileControl(sqlite3_file* file, int operation, void* argument) {
  return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}
int sectorSize(sqlite3_file* file) { return realOf(file)->pMethods->xSectorSize(realOf(file)); }
int deviceCharacteristics(sqlite3_file* file) { return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file)); }
int shmMap(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return realOf(file)->pMethods->xShmMap(realOf(file), page, size, extend, memory);
}
int shmLock(sqlite3_file* file, int offset, int count, int flags) {
  return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}
void shmBarrier(sqlite3_file* file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); }
// The last connection that closes would take the log along; a killed process leaves everything.
int shmUnmap(sqlite3_file* file, int remove) {
  return realOf(file)->pMethods->xShmUnmap(realOf(file), isCrashed ? 0 : remove);
}
int fetch(sqlite3_file* file, sqlite3_int64 at, int count, void** memory) {
  return realOf(file)->pMethods->xFetch(realOf(file), at, count, memory);
}
int unfetch(sqlite3_file* file, sqlite3_int64 at, void* memory) {
  return realOf(file)->pMethods->xUnfetch(realOf(file), at, memory);
}

constexpr sqlite3_io_methods methods{3,
                                     close,
                                     read,
                                     write,
                                     truncate,
                                     sync,
                                     fileSize,
                                     lock,
                                     unlock,
                                     checkReservedLock,
                                     fileControl,
                                     sectorSize,
                                     deviceCharacteristics,
                                     shmMap,
                                     shmLock,
                                     shmBarrier,
                                     shmUnmap,
                                     fetch,
                                     unfetch};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
  file->pMethods = nullptr;
  const int code = system->xOpen(system, name, realOf(file), flags, outFlags);
  if (code == SQLITE_OK && realOf(file)->pMethods) file->pMethods = &methods;
  return code;
}
int remove(sqlite3_vfs*, const char* name, int sync) {
  return isCrashed ? SQLITE_IOERR_DELETE : system->xDelete(system, name, sync);
}

}  // namespace

void install() {
  static sqlite3_vfs ours;
  if (system) return;
  system = sqlite3_vfs_find(nullptr);
  ours = *system;
  ours.pNext = nullptr;
  ours.zName = "crashing";
  ours.szOsFile = static_cast<int>(sizeof(File)) + system->szOsFile;
  ours.xOpen = open;
  ours.xDelete = remove;
  // The other calls look into their first argument only for pAppData, which is the same.
  if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK) throw std::runtime_error("SQLite takes no file system of ours");
}

void crashAt(std::uint64_t write) noexcept { writesLeft = write; }
void heal() noexcept {
  writesLeft = never;
  isCrashed = false;
}
bool crashed() noexcept { return isCrashed; }

}  // namespace faults::crashing_files
