// Each mistake in the section `events`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class EventsSection : public MistakeTest {};

TEST_P(EventsSection, IsAnsweredWith) {
  expect_answer(std::string(kCredentials) + std::string(kProjects));
}

/// A webhook with this URL, and what is said of it.
Mistake url(std::string name, const std::string& text, const std::string& answer) {
  return {std::move(name),
          "events: {webhooks: [{secret_file: key, url: '" + text + "'}]}\n",
          {"1:45: events.webhooks[0].url: " + answer}};
}

/// The same of its name.
Mistake name(std::string test, const std::string& text) {
  return {std::move(test),
          "events: {webhooks: [{secret_file: key, url: https://a, name: '" + text + "'}]}\n",
          {"1:62: events.webhooks[0].name: must be of lower-case letters, digits, ., _ and -, at "
           "most 64 of them"}};
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, EventsSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"NoWebhook",
                "events: {webhooks: []}\n",
                {"1:20: events.webhooks: must not be an empty list"}},
        Mistake{"UnknownKey",
                "events: {webhook: [{}]}\n",
                {"1:10: events.webhook: unknown key; did you mean webhooks?"}},
        Mistake{"UnknownKeyOfAWebhook",
                "events: {webhooks: [{url: https://a, secret_file: key, secret: x}]}\n",
                {"1:56: events.webhooks[0].secret: unknown key; known here: name, url, "
                 "secret_file, timeout, proxy_url"}},
        Mistake{"NeitherUrlNorSecret",
                "events: {webhooks: [{}]}\n",
                {"1:21: events.webhooks[0].url: is missing: where to send events",
                 "1:21: events.webhooks[0].secret_file: is missing: the file that holds the "
                 "secret"}},
        Mistake{"SecretFileMissing",
                "events: {webhooks: [{url: https://a, secret_file: /nowhere/x}]}\n",
                {"1:51: events.webhooks[0].secret_file: no such file: /nowhere/x"}},
        url("UrlOtherScheme", "ftp://a", "must begin with https://"),
        url("UrlPlain", "http://hooks.example.net/SECRETPATH",
            "must be https; plain http is for loopback addresses only"),
        url("UrlPlainLikeLoopback", "http://127.0.0.1.example.net/",
            "must be https; plain http is for loopback addresses only"),
        url("UrlUser", "https://me:SECRETPW@a/b", "must not hold a user or password"),
        url("UrlNoHost", "https:///b", "must name a host, such as example.net"),
        url("UrlPortZero", "https://a:0/b", "must have a port from 1 to 65535, or none"),
        url("UrlFragment", "https://a/b#c", "must not have a fragment"),
        url("UrlSpace", "https://a/b c",
            "must be written in printable ASCII without spaces; %20 stands for one"),
        url("UrlNotAscii", "https://a/\xC3\xBC",
            "must be written in printable ASCII without spaces; %20 stands for one"),
        url("UrlHostIsNoName", "https://[2001:db8::1]/b",
            "has a host that cannot be a name; add name"),
        url("UrlHostIsTooLong", "https://" + std::string(65, 'a'),
            "has a host that cannot be a name; add name"),
        url("UrlHostIsTheLogs", "https://log/b",
            "log is the name of the event log; give another name"),
        name("NameCapitals", "Hooks"),
        name("NameSpace", "a b"),
        name("NameSlash", "a/b"),
        name("NameTooLong", std::string(65, 'a')),
        Mistake{"NameIsTheLogs",
                "events: {webhooks: [{name: log, url: https://a, secret_file: key}]}\n",
                {"1:28: events.webhooks[0].name: log is the name of the event log; give another "
                 "name"}},
        Mistake{"NameTwice",
                "events:\n"
                "  webhooks:\n"
                "  - {name: a, url: https://b, secret_file: key}\n"
                "  - {name: a, url: https://c, secret_file: key}\n",
                {"4:12: events.webhooks[1].name: is the name of two webhooks"}},
        Mistake{"HostTwice",
                "events:\n"
                "  webhooks:\n"
                "  - {url: https://b/1, secret_file: key}\n"
                "  - {url: https://B/2, secret_file: key}\n",
                {"4:11: events.webhooks[1].url: has the host of another webhook; tell them apart "
                 "by name"}},
        Mistake{"TimeoutZero",
                "events: {webhooks: [{url: https://a, secret_file: key, timeout: 0s}]}\n",
                {"1:65: events.webhooks[0].timeout: must be a duration from 1ms to 5m, such as "
                 "30s, 15m or 1h30m"}},
        Mistake{"ProxyUser",
                "events: {webhooks: [{url: https://a, secret_file: key, proxy_url: "
                "'http://me:SECRETPW@p'}]}\n",
                {"1:67: events.webhooks[0].proxy_url: must not hold a user or password"}},
    }),
    name_of);

TEST(EventsSectionTest, WarnsOfAShortSecret) {
  const ConfigFolder folder;
  folder.write("key", "private\n");
  folder.write("long", "0123456789abcdef\n");
  const ConfigOutcome outcome = folder.load(
      std::string(kCredentials) +
      "events: {webhooks: [{url: https://a, secret_file: key}, {url: https://b, secret_file: "
      "long}]}\n");
  EXPECT_TRUE(outcome.config);
  EXPECT_EQ(lines(outcome.warnings),
            (std::vector<std::string>{"2:21: events.webhooks[0]: the secret is shorter than 16 "
                                      "characters: whoever sees a delivery may guess it"}));
}

}  // namespace
}  // namespace restorewatch
