#pragma once
// All commands. A new one is a file with its declaration, and a line here and in the table.

#include "command_line/command.hpp"

#include <span>

namespace clerkd {

ReadyCommand declareDev(OptionList& options);
ReadyCommand declareServe(OptionList& options);
ReadyCommand declareMigrate(OptionList& options);
ReadyCommand declareKeys(OptionList& options);
ReadyCommand declareImport(OptionList& options);
ReadyCommand declareExport(OptionList& options);
ReadyCommand declareDoctor(OptionList& options);

ReadyCommand declareListUsers(OptionList& options);
ReadyCommand declareShowUser(OptionList& options);
ReadyCommand declareCreateUser(OptionList& options);
ReadyCommand declareBanUsers(OptionList& options);
ReadyCommand declareUnbanUsers(OptionList& options);
ReadyCommand declareLockUsers(OptionList& options);
ReadyCommand declareUnlockUsers(OptionList& options);
ReadyCommand declareDeleteUsers(OptionList& options);

ReadyCommand declareListSessions(OptionList& options);
ReadyCommand declareRevokeSessions(OptionList& options);

ReadyCommand declareListOutbox(OptionList& options);
ReadyCommand declareShowOutbox(OptionList& options);
ReadyCommand declareRetryOutbox(OptionList& options);

std::span<const Command> allCommands() noexcept;

}  // namespace clerkd
