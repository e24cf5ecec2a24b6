#include "config/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <cstddef>
#include <exception>
#include <sstream>
#include <utility>

#include "config/text_checks.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxDepth = 16;  // the deepest key is at six; yaml-cpp recurses per level

Place place_of(const YAML::Mark& mark) {
  return {mark.line + 1, mark.column + 1};
}

/// Ends the parse; the problem is already among the findings.
struct Stop : std::exception {};

/// Builds the tree from the parser's events. yaml-cpp's own tree would keep neither repeated keys
/// nor what was an alias, and grows without bound when aliases are walked.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Findings& findings) : findings_(findings) {}

  std::optional<YamlNode> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(started_, true)) {
      stop(mark, "the file must hold one YAML document, and a second one begins here");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(node(YamlNode::Kind::Null, mark, anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    findings_.problem(place_of(mark), "", "aliases (*name) are not read; repeat the value");
    add(node(YamlNode::Kind::Refused, mark, YAML::NullAnchor));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    YamlNode scalar = node(YamlNode::Kind::Scalar, mark, anchor);
    scalar.text = value;
    scalar.quoted = tag == "!";  // yaml-cpp's mark for a scalar in quotes
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::List, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::Map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    YamlNode node;
    std::optional<YamlNode> key;  // of the entry whose value comes next
  };

  [[noreturn]] void stop(const YAML::Mark& mark, std::string message) {
    findings_.problem(place_of(mark), "", std::move(message));
    throw Stop();
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    const bool untagged = tag.empty() || tag == "?" || tag == "!";
    if (!untagged) findings_.problem(place_of(mark), "", "tags (!name) are not read; leave it out");
  }

  YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      findings_.problem(place_of(mark), "", "anchors (&name) are not read; leave it out");
    }
    YamlNode made;
    made.kind = kind;
    made.place = place_of(mark);
    return made;
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    if (levels_.size() == kMaxDepth) stop(mark, "lists and maps are nested too deeply");
    check_tag(mark, tag);
    levels_.push_back({node(kind, mark, anchor), std::nullopt});
  }

  void close() {
    YamlNode done = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(done));
  }

  void add(YamlNode value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (levels_.back().node.kind == YamlNode::Kind::Map) {
      add_to_map(levels_.back(), std::move(value));
    } else {
      // yaml-cpp places an omitted value at whatever comes next, which may be far away.
      if (value.kind == YamlNode::Kind::Null) value.place = levels_.back().node.place;
      levels_.back().node.children.push_back(std::move(value));
    }
  }

  void add_to_map(Level& map, YamlNode value) {
    if (!map.key) {
      if (value.kind != YamlNode::Kind::Scalar) {
        findings_.problem(value.place, "", "a key must be a word");
      }
      map.key = std::move(value);
      return;
    }
    const YamlNode key = *std::exchange(map.key, std::nullopt);
    if (key.kind != YamlNode::Kind::Scalar) return;
    value.key = key.text;
    value.key_place = key.place;
    if (value.kind == YamlNode::Kind::Null) value.place = key.place;
    map.node.children.push_back(std::move(value));
  }

  Findings& findings_;
  bool started_ = false;
  std::vector<Level> levels_;
  std::optional<YamlNode> root_;
};

std::optional<YamlNode> build(std::string_view text, Findings& findings) {
  std::istringstream stream{std::string(text)};
  YAML::Parser parser(stream);
  TreeBuilder builder(findings);
  while (parser.HandleNextDocument(builder)) {
  }
  return builder.take();
}

}  // namespace

std::optional<YamlNode> parse_yaml(std::string_view text, Findings& findings) {
  if (const std::optional<Problem> bad = find_text_problem(text)) {
    findings.problem({bad->line, bad->column}, "", bad->message);
    return std::nullopt;
  }
  try {
    std::optional<YamlNode> root = build(text, findings);
    if (root && root->kind != YamlNode::Kind::Null) return root;
    findings.problem({}, "", "the file is empty; credentials are needed");
  } catch (const Stop&) {
  } catch (const YAML::Exception& error) {
    const Place place = error.mark.is_null() ? Place{} : place_of(error.mark);
    findings.problem(place, "", "not valid YAML: " + error.msg);
  } catch (const std::exception&) {
    findings.problem({}, "", "not valid YAML");
  }
  return std::nullopt;
}

}  // namespace restorewatch
