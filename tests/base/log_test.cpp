#include "base/log.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace restorewatch {
namespace {

class LogTest : public testing::Test {
 protected:
  LogTest() { testing::internal::CaptureStderr(); }

  static std::string written() {
    std::string text = testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    return text;
  }
  ~LogTest() override { testing::internal::GetCapturedStderr(); }

  SystemClock clock_;
  Log log_{clock_, {LogLevel::Warn, LogFormat::Logfmt}};
};

TEST_F(LogTest, WritesWhatHasItsLevel) {
  log_.info("quiet");
  log_.warn("loud");
  const std::string text = written();
  EXPECT_EQ(text.find("quiet"), std::string::npos);
  EXPECT_NE(text.find("level=warn msg=loud"), std::string::npos);
}

TEST_F(LogTest, OtherOptionsCountForAllCopies) {
  const Log copy = log_;
  log_.set_options({LogLevel::Debug, LogFormat::Json});
  copy.debug("detail");
  EXPECT_NE(written().find(R"("msg":"detail")"), std::string::npos);
  copy.set_options({LogLevel::Error, LogFormat::Json});
  log_.warn("loud");
  EXPECT_EQ(written(), "");
}

TEST_F(LogTest, ANullLogTakesOptionsAndStaysSilent) {
  const Log none;
  none.set_options({LogLevel::Debug, LogFormat::Json});
  none.error("lost");
  EXPECT_EQ(written(), "");
}

}  // namespace
}  // namespace restorewatch
