// The daemon's reload in one process, with an Atlas that nobody answers for.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/app.h"
#include "store/sqlite_store.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

using Problems = std::vector<std::string>;

class AppReloadTest : public testing::Test {
 protected:
  AppReloadTest() {
    config_.atlas.base_url = "http://127.0.0.1:1";  // nobody listens there
    config_.storage.path = folder_.file("store.db");
    config_.credentials = {{"main", ApiKey{"key", Secret("hunter2")}}};
    App::Mode mode;
    mode.serve = false;
    mode.event_log_fd = null_;
    mode.read_config = [this] { return ConfigReading{config_, {}, {}}; };
    app_ = std::move(*App::create(config_, Log(), std::move(mode)));
  }
  ~AppReloadTest() override {
    app_.reset();
    close(null_);
  }

  /// What the journal says of reloads, once the daemon has ended.
  Problems noted() {
    app_.reset();
    const SystemClock clock;
    Telemetry telemetry;
    auto store = SqliteStore::open({config_.storage.path}, {clock, telemetry, Log()});
    EXPECT_TRUE(store.ok());
    Problems details;
    const auto entries = (*store)->read_after(0, 1000);
    for (const JournalEntry& entry : *entries) {
      const Note* note = entry.note();
      if (note != nullptr && note->kind == NoteKind::ConfigurationLoaded) {
        details.push_back(note->detail);
      }
    }
    return details;
  }

  TemporaryFolder folder_;
  Config config_;
  int null_ = open("/dev/null", O_WRONLY | O_CLOEXEC);
  std::unique_ptr<App> app_;
};

TEST_F(AppReloadTest, TheJournalNotesWhichSectionsHaveChanged) {
  app_->start();
  EXPECT_EQ(app_->reload(), Problems{});
  config_.poll.interval = std::chrono::seconds(5);
  config_.credentials[0].login = ApiKey{"key", Secret("hunter3")};
  EXPECT_EQ(app_->reload(), Problems{});
  config_.web.listen_address.port = 1;  // needs a restart: nothing is noted
  EXPECT_EQ(app_->reload().size(), 1U);
  EXPECT_EQ(noted(), (Problems{"nothing has changed", "credentials, poll"}));
}

TEST_F(AppReloadTest, WhatIsRefusedDoesNotCountForTheNextOne) {
  app_->start();
  config_.poll.interval = std::chrono::seconds(5);
  config_.storage.path = folder_.file("other.db");
  EXPECT_EQ(app_->reload().size(), 1U);
  config_.storage.path = folder_.file("store.db");
  EXPECT_EQ(app_->reload(), Problems{});
  EXPECT_EQ(noted(), Problems{"poll"});
}

TEST_F(AppReloadTest, AfterTheEndAReloadIsRefusedAndDoesNotHang) {
  app_->start();
  app_->stop();
  config_.poll.interval = std::chrono::seconds(5);
  const Problems problems = app_->reload();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].find("the daemon is ending"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
