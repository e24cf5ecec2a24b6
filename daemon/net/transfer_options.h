#pragma once

namespace restorewatch {

class Answer;
class TrustAnchors;
enum class UrlClass;

/// The options that no request may vary: what is spoken, what is trusted, where connections may
/// go. False if libcurl refuses one; then the handle must not be used.
bool apply_fixed_options(void* easy, UrlClass url_class, const TrustAnchors& anchors);

/// Sends what arrives on `easy` into `answer`.
bool receive_into(void* easy, Answer& answer);

}  // namespace restorewatch
