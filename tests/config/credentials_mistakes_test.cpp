// Each mistake in `credentials`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class CredentialsSection : public MistakeTest {};

TEST_P(CredentialsSection, IsAnsweredWith) {
  expect_answer(kProjects);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, CredentialsSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"NotAList", "credentials: main\n", {"1:14: credentials: must be a list"}},
        Mistake{"Null", "credentials:\n", {"1:1: credentials: has no value"}},
        Mistake{"EmptyList", "credentials: []\n", {"1:14: credentials: must not be an empty list"}},
        Mistake{"ItemNotAMap",
                "credentials: [main]\n",
                {"1:15: credentials[0]: must be a map of keys and values"}},
        Mistake{"ItemNull",
                "credentials:\n"
                "  -\n",
                {"2:3: credentials[0]: has no value"}},
        Mistake{"NoName",
                "credentials: [{api_key: {public_key: abc, private_key_file: key}}]\n",
                {"1:15: credentials[0].name: is missing: what projects call this credential"}},
        Mistake{"NameWithCapitals",
                "credentials: [{name: Main, api_key: {public_key: abc, private_key_file: key}}]\n",
                {"1:22: credentials[0].name: must be of lower-case letters, digits, - and _"}},
        Mistake{
            "NameIsAList",
            "credentials: [{name: [main], api_key: {public_key: abc, private_key_file: key}}]\n",
            {"1:22: credentials[0].name: must be a text"}},
        Mistake{"NameTwice",
                "credentials:\n"
                "- {name: main, api_key: {public_key: abc, private_key_file: key}}\n"
                "- {name: main, api_key: {public_key: abc, private_key_file: key}}\n",
                {"3:10: credentials[1].name: is the name of two credentials"}},
        Mistake{"NoLogin",
                "credentials: [{name: main}]\n",
                {"1:15: credentials[0]: must have exactly one of service_account and api_key"}},
        Mistake{"BothLogins",
                "credentials:\n"
                "- name: main\n"
                "  api_key: {public_key: abc, private_key_file: key}\n"
                "  service_account: {client_id: abc, client_secret_file: key}\n",
                {"2:3: credentials[0]: must have exactly one of service_account and api_key"}},
        Mistake{"LoginNull",
                "credentials: [{name: main, api_key: }]\n",
                {"1:28: credentials[0].api_key: has no value"}},
        Mistake{"LoginIsAText",
                "credentials: [{name: main, api_key: abc}]\n",
                {"1:37: credentials[0].api_key: must be a map of keys and values"}},
        Mistake{"UnknownKey",
                "credentials: [{name: main, api_keys: {public_key: abc}}]\n",
                {"1:15: credentials[0]: must have exactly one of service_account and api_key",
                 "1:28: credentials[0].api_keys: unknown key; did you mean api_key?"}},
        Mistake{"NoClientId",
                "credentials: [{name: main, service_account: {client_secret_file: key}}]\n",
                {"1:45: credentials[0].service_account.client_id: is missing: the service "
                 "account's client ID"}},
        Mistake{"ClientIdEmpty",
                "credentials: [{name: main, service_account: {client_id: \"\", client_secret_file: "
                "key}}]\n",
                {"1:57: credentials[0].service_account.client_id: must not be empty"}},
        Mistake{"NoClientSecretFile",
                "credentials: [{name: main, service_account: {client_id: abc}}]\n",
                {"1:45: credentials[0].service_account.client_secret_file: is missing: the file "
                 "that holds the secret"}},
        Mistake{
            "SecretInsteadOfFile",
            "credentials: [{name: main, service_account: {client_id: abc, client_secret: key}}]\n",
            {"1:45: credentials[0].service_account.client_secret_file: is missing: the file that "
             "holds the secret",
             "1:62: credentials[0].service_account.client_secret: unknown key; known here: "
             "client_id, client_secret_file"}},
        Mistake{"NoPublicKey",
                "credentials: [{name: main, api_key: {private_key_file: key}}]\n",
                {"1:37: credentials[0].api_key.public_key: is missing: the API key's public half"}},
        Mistake{"PublicKeyIsAMap",
                "credentials: [{name: main, api_key: {public_key: {}, private_key_file: key}}]\n",
                {"1:50: credentials[0].api_key.public_key: must be a text"}},
        Mistake{"NoPrivateKeyFile",
                "credentials: [{name: main, api_key: {public_key: abc}}]\n",
                {"1:37: credentials[0].api_key.private_key_file: is missing: the file that holds "
                 "the secret"}},
        Mistake{"SecretFileMissing",
                "credentials: [{name: main, api_key: {public_key: abc, private_key_file: "
                "/nowhere/key}}]\n",
                {"1:73: credentials[0].api_key.private_key_file: no such file: /nowhere/key"}},
        Mistake{"SecretFileIsAFolder",
                "credentials: [{name: main, api_key: {public_key: abc, private_key_file: /}}]\n",
                {"1:73: credentials[0].api_key.private_key_file: / is a directory, not a file"}},
        Mistake{"OrgIdTooShort",
                "credentials: [{name: main, org_id: 5b69, api_key: {public_key: abc, "
                "private_key_file: key}}]\n",
                {"1:36: credentials[0].org_id: must be an organization's id: 24 hexadecimal "
                 "digits"}},
        Mistake{"OrgIdNull",
                "credentials: [{name: main, org_id: , api_key: {public_key: abc, private_key_file: "
                "key}}]\n",
                {"1:28: credentials[0].org_id: has no value"}},
        Mistake{"SecretFileEmptyName",
                "credentials: [{name: main, api_key: {public_key: abc, private_key_file: \"\"}}]\n",
                {"1:73: credentials[0].api_key.private_key_file: must not be empty"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
