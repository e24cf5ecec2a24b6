#include "simulator/job_body.h"

namespace atlas_simulator {
namespace {

/// One that every job has, so that spoiling adds none.
std::string_view state_member(const JobView& view) {
  if (view.job.source == Source::Collection) return "state";
  if (has_status(view.job.source)) return "status";
  return view.generation == Generation::V1 ? "cancelled" : "failed";
}

void spoil_member(JsonObject& body, const JobView& view, BadField field) {
  const Source source = view.job.source;
  switch (field) {
    case BadField::Id:
      return body.replace("id", "1234567890");
    case BadField::Time:
      return body.replace(finish_member(source, view.generation), "\"last tuesday, about noon\"");
    case BadField::Flag:
      return body.replace(state_member(view), has_status(source) ? "17" : "\"perhaps\"");
  }
}

}  // namespace

std::string_view finish_member(Source source, Generation generation) {
  if (source == Source::Tenant && generation == Generation::V1) return "finishedDate";
  return has_status(source) && source != Source::Collection ? "restoreFinishedDate" : "finishedAt";
}

std::string secret_url(const Job& job, std::string_view part) {
  Draws draws = draws_for(job, part);
  return "https://restore-" + draws.hex(8) + ".mongodb.net:27017/SECRETLINK" + draws.hex(24) +
         "/restore-" + job.id + ".tar.gz";
}

std::string job_body(const JobView& view, std::optional<BadField> spoil) {
  JsonObject body;
  body.text("id", view.job.id);
  if (!has_status(view.job.source)) {
    add_flag_members(body, view);
  } else if (view.job.source == Source::Collection) {
    add_collection_members(body, view);
  } else {
    add_status_members(body, view);
  }
  if (spoil) spoil_member(body, view, *spoil);
  body.shuffle(draws_for(view.job, "order"));
  return body.render();
}

}  // namespace atlas_simulator
