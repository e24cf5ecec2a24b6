#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

#include "base/sha256.h"
#include "base/time.h"
#include "jobs/object_id.h"
#include "store/codes.h"
#include "store/query.h"

namespace restorewatch {

// One value of the domain <-> one column. put() fills a query's next parameter, get<T>() reads its
// next column; a column that holds no such value rejects the query.

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
void put(Query& query, const T& value) {
  if constexpr (IsOptional<T>::value) {  // absent is NULL
    value ? put(query, *value) : query.put_null();
  } else if constexpr (std::is_enum_v<T>) {
    query.put_integer(code_of(value));
  } else if constexpr (std::integral<T>) {  // 64 bits come back as they went
    query.put_integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::same_as<T, WallTime>) {  // milliseconds since the epoch
    query.put_integer(value.time_since_epoch().count());
  } else if constexpr (std::same_as<T, ObjectId>) {
    query.put_blob(value.bytes);
  } else if constexpr (std::same_as<T, Digest>) {
    query.put_blob(value);
  } else {
    query.put_text(value);
  }
}

ObjectId get_object_id(Query& query);
Digest get_digest(Query& query);

template <typename Enum>
Enum get_word(Query& query) {
  const std::optional<Enum> word = from_code<Enum>(query.get_integer());
  if (!word) query.reject();
  return word.value_or(Enum{});
}

template <typename T>
T get(Query& query) {
  if constexpr (IsOptional<T>::value) {
    if (!query.at_null()) return get<typename T::value_type>(query);
    query.skip();
    return std::nullopt;
  } else if constexpr (std::is_enum_v<T>) {
    return get_word<T>(query);
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(query.get_integer());
  } else if constexpr (std::same_as<T, WallTime>) {
    return WallTime{std::chrono::milliseconds{query.get_integer()}};
  } else if constexpr (std::same_as<T, ObjectId>) {
    return get_object_id(query);
  } else if constexpr (std::same_as<T, Digest>) {
    return get_digest(query);
  } else {
    return T(query.get_text());
  }
}

/// Reads the next column into `field`.
template <typename T>
void get_into(T& field, Query& query) {
  field = get<T>(query);
}

}  // namespace restorewatch
