// What is at storage.path when the daemon starts, and what it says when that cannot be used.

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "store/child_process.h"
#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

constexpr uid_t kNobody = 65534;

std::string content_of(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

void write_file(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

class OpenRefusalsTest : public testing::Test {
 protected:
  std::string path() const { return folder_.file("store.db"); }

  /// A closed store with `targets` targets of a few jobs each.
  void make_store(unsigned targets = 1) {
    OpenStore store(path());
    for (unsigned i = 0; i < targets; ++i) {
      PollResult result = full_result(sample_target(i), 0);
      for (unsigned job = 1; job < 50; ++job) result.jobs.push_back(full_job(job));
      ASSERT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
    }
  }

  /// The file is refused, left as it was, and the message holds each of the words.
  void expect_refused(ErrorKind kind, std::initializer_list<std::string_view> words) {
    const std::string before = content_of(path());
    const Error error = refusal_of(path());
    EXPECT_EQ(label(error.kind), label(kind)) << error.detail;
    for (const std::string_view word : words) {
      EXPECT_NE(error.detail.find(word), std::string::npos) << word << " in: " << error.detail;
    }
    EXPECT_TRUE(content_of(path()) == before) << "the file was changed";
  }

  TemporaryFolder folder_;
};

TEST_F(OpenRefusalsTest, AMissingFolder) {
  const Error error = refusal_of(folder_.file("missing/store.db"));
  EXPECT_EQ(error.kind, ErrorKind::BadConfig);
  EXPECT_NE(error.detail.find("there is no folder " + folder_.file("missing")), std::string::npos)
      << error.detail;
  EXPECT_FALSE(std::filesystem::exists(folder_.file("missing")));
}

TEST_F(OpenRefusalsTest, AFolderInPlaceOfTheFile) {
  ASSERT_TRUE(std::filesystem::create_directory(path()));
  const Error error = refusal_of(path());
  EXPECT_EQ(error.kind, ErrorKind::BadConfig);
  EXPECT_NE(error.detail.find("is a folder"), std::string::npos) << error.detail;
}

TEST_F(OpenRefusalsTest, ANamedPipeInPlaceOfTheFile) {
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  const Error error = refusal_of(path());
  EXPECT_EQ(error.kind, ErrorKind::BadConfig);
  EXPECT_NE(error.detail.find("not an ordinary file"), std::string::npos) << error.detail;
}

TEST_F(OpenRefusalsTest, AFolderThatThisUserMayNotWrite) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  ChildProcess child([this](const ChildProcess::Say& say) {
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) return;  // nothing is closed to root
    say(refusal_of(path()).detail);
  });
  const std::string said = child.hear_all();
  EXPECT_NE(said.find("Permission denied"), std::string::npos) << said;
  EXPECT_NE(said.find("must be able to write it and the folder " + folder_.path()),
            std::string::npos)
      << said;
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
}

TEST_F(OpenRefusalsTest, AFileThatThisUserMayNotWrite) {
  make_store();
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  ASSERT_EQ(::chmod((path() + ".lock").c_str(), 0666), 0);
  ASSERT_EQ(::chmod(path().c_str(), 0444), 0);
  ChildProcess child([this](const ChildProcess::Say& say) {
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) return;
    say(refusal_of(path()).detail);
  });
  const std::string said = child.hear_all();
  EXPECT_NE(said.find("cannot write " + path() + ": Permission denied; user id"), std::string::npos)
      << said;
}

// A log that another user left, as when the daemon was once started by root.
TEST_F(OpenRefusalsTest, ALogThatThisUserMayNotWrite) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can leave files of another user";
  ChildProcess killed([this](const ChildProcess::Say& say) {
    make_store();
    OpenStore store(path());
    commit_and_wait(store.store(), sample_result(sample_target(7), 0));
    say("open");
    wait_to_be_killed();
  });
  ASSERT_EQ(killed.hear(), "open");
  killed.kill();
  killed.exit_code();
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  for (const char* const suffix : {"", ".lock"}) {
    ASSERT_EQ(::chmod((path() + suffix).c_str(), 0666), 0);
  }
  ChildProcess child([this](const ChildProcess::Say& say) {
    if (::setuid(kNobody) == 0) say(refusal_of(path()).detail);
  });
  const std::string said = child.hear_all();
  EXPECT_NE(said.find("cannot write " + path() + "-wal: Permission denied; user id 65534 must be"),
            std::string::npos)
      << said;
}

TEST_F(OpenRefusalsTest, AFileSystemThatIsReadOnly) {
  make_store();
  ChildProcess child([this](const ChildProcess::Say& say) {
    const char* const folder = folder_.path().c_str();
    const bool mounted =
        ::unshare(CLONE_NEWNS) == 0 &&
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        ::mount(folder, folder, nullptr, MS_BIND, nullptr) == 0 &&
        ::mount(nullptr, folder, nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    say(mounted ? refusal_of(path()).detail : "may not mount");
  });
  const std::string said = child.hear_all();
  if (said == "may not mount") GTEST_SKIP() << "this user may not mount";
  EXPECT_NE(said.find("cannot write " + path() + ": Read-only file system"), std::string::npos)
      << said;
}

TEST_F(OpenRefusalsTest, AnEmptyFileBesideALogBehindASymbolicLink) {
  write_file(path(), "");
  write_file(path() + "-wal", "what is left of a store");
  std::filesystem::create_symlink(path(), folder_.file("link.db"));
  const Error error = refusal_of(folder_.file("link.db"));
  EXPECT_NE(error.detail.find("the log beside it is not"), std::string::npos) << error.detail;
  EXPECT_EQ(content_of(path() + "-wal"), "what is left of a store");
}

TEST_F(OpenRefusalsTest, AFileThatIsNoDatabase) {
  write_file(path(), "Dear diary, this is certainly not a database.\n");
  expect_refused(ErrorKind::Storage, {path(), "not a sound store", "move it aside"});
}

TEST_F(OpenRefusalsTest, AFileOfAnotherProgram) {
  run_sql(path(), "PRAGMA application_id=252006673; CREATE TABLE places (id INTEGER)");
  expect_refused(ErrorKind::BadConfig, {path(), "another program", "storage.path"});
}

TEST_F(OpenRefusalsTest, ADatabaseThatDoesNotSayWhoseItIs) {
  run_sql(path(), "CREATE TABLE addresses (id INTEGER)");
  expect_refused(ErrorKind::BadConfig, {path(), "another program"});
}

TEST_F(OpenRefusalsTest, ANewerSchemaNamingBothVersions) {
  make_store();
  run_sql(path(), "PRAGMA user_version=99");
  expect_refused(ErrorKind::BadConfig, {path(), "version 99", "up to 4"});
}

TEST_F(OpenRefusalsTest, AStoreWithoutItsVersion) {
  make_store();
  run_sql(path(), "PRAGMA user_version=0");
  expect_refused(ErrorKind::Storage, {path(), "version is missing"});
}

TEST_F(OpenRefusalsTest, AStoreWithoutOneOfItsTables) {
  make_store();
  run_sql(path(), "DROP TABLE totals");
  const Error error = refusal_of(path());
  EXPECT_EQ(error.kind, ErrorKind::Storage);
  EXPECT_NE(error.detail.find("totals"), std::string::npos) << error.detail;
}

TEST_F(OpenRefusalsTest, AFileThatWasCutShort) {
  make_store(20);
  ASSERT_GT(std::filesystem::file_size(path()), 80'000U);
  std::filesystem::resize_file(path(), 40'000);
  expect_refused(ErrorKind::Storage, {path(), "malformed", "move it aside"});
}

TEST_F(OpenRefusalsTest, AFileWithDamagedPages) {
  make_store(20);
  std::string content = content_of(path());
  ASSERT_GT(content.size(), 80'000U);
  content.replace(60'000, 8192, 8192, '\xa5');
  write_file(path(), content);
  expect_refused(ErrorKind::Storage, {path(), "not a sound store", "move it aside"});
}

TEST_F(OpenRefusalsTest, AnEmptyFileIsANewStore) {
  write_file(path(), "");
  OpenStore store(path());
  EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 0)),
            CommitStatus::Committed);
}

TEST_F(OpenRefusalsTest, AnEmptyFileBesideALogIsNot) {
  write_file(path(), "");
  write_file(path() + "-wal", "what is left of a store");
  expect_refused(ErrorKind::Storage, {path(), "it is empty, but the log beside it is not"});
  EXPECT_EQ(content_of(path() + "-wal"), "what is left of a store");
}

TEST_F(OpenRefusalsTest, AStoreInUseNamingTheProcess) {
  ChildProcess child([this](const ChildProcess::Say& say) {
    const OpenStore store(path());
    say("open");
    wait_to_be_killed();
  });
  ASSERT_EQ(child.hear(), "open");
  const Error error = refusal_of(path());
  EXPECT_EQ(error.kind, ErrorKind::BadConfig);
  EXPECT_NE(error.detail.find("in use by process " + std::to_string(child.pid()) + ";"),
            std::string::npos)
      << error.detail;

  child.kill();
  child.exit_code();
  EXPECT_NO_THROW(OpenStore{path()});  // the kernel released it
}

TEST_F(OpenRefusalsTest, ASecondStoreInTheSameProcess) {
  OpenStore first(path());
  const Error error = refusal_of(path());
  EXPECT_NE(error.detail.find("process " + std::to_string(::getpid())), std::string::npos);
  EXPECT_EQ(commit_and_wait(first.store(), sample_result(sample_target(), 0)),
            CommitStatus::Committed);
}

struct UnknownValue {
  std::string_view name;
  const char* sql;
};

class UnknownValueTest : public OpenRefusalsTest,
                         public testing::WithParamInterface<UnknownValue> {};

TEST_P(UnknownValueTest, IsAnErrorAndNotAGuess) {
  make_store();
  run_sql(path(), GetParam().sql);
  OpenStore store(path());
  const bool all_read = store->load(sample_target()).ok() && store->load_totals().ok() &&
                        store->read_after(0, 10).ok();
  EXPECT_FALSE(all_read);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UnknownValueTest,
    testing::Values(UnknownValue{"State", "UPDATE jobs SET state = 99"},
                    UnknownValue{"Outcome", "UPDATE jobs SET outcome = 0"},
                    UnknownValue{"JobId",
                                 "UPDATE jobs SET job_id = x'0102'"
                                 " WHERE job_id = (SELECT max(job_id) FROM jobs)"},
                    UnknownValue{"EnteredState", "UPDATE jobs SET entered = x'6301'"},
                    UnknownValue{"EnteredHalf", "UPDATE jobs SET entered = x'0401ff'"},
                    UnknownValue{"HalfOfTheProgress", "UPDATE jobs SET total_documents = NULL"},
                    UnknownValue{"ClusterId", "UPDATE journal SET cluster_id = x'01'"},
                    UnknownValue{"Counter",
                                 "UPDATE target_counters SET name = 'requested/x'"
                                 " WHERE name LIKE 'requested/%'"},
                    UnknownValue{"Total", "INSERT INTO totals VALUES ('sheep', 1)"},
                    UnknownValue{"Scope", "UPDATE journal SET scope = 77"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
