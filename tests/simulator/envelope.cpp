#include "simulator/envelope.h"

#include <utility>

namespace atlas_simulator {

Answer enveloped(Answer answer, bool is_list) {
  if (!answer.body.starts_with('{')) return answer;
  const std::string status = "{\"status\":" + std::to_string(answer.status) + ',';
  if (is_list && answer.status == 200) {
    answer.body.replace(0, 1, status);
  } else {
    answer.body = status + "\"content\":" + std::move(answer.body) + '}';
  }
  answer.status = 200;
  return answer;
}

}  // namespace atlas_simulator
