import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { here } from "../../common/router.ts";
import { itemChips } from "./marks.ts";
import { type LecturerDay, lectures, type Loads } from "./model.ts";
import { t } from "./texts.ts";
import { duration } from "./words.ts";

/** The stops of a lecturer's day, in order, with the ways between them. */
export function stops(day: LecturerDay, guestsOf: Loads["guests"], selected: number | undefined): TemplateResult {
  return html`
    <ol class="planner-route">
      ${lectures(day, guestsOf).map(({ item, guests }, i) =>
        html`
          <li>
            <a
              class="stop"
              data-number="${item.number}"
              href="${here({ item: String(item.number) })}"
              aria-current="${item.number === selected ? "true" : nothing}"
            ><span class="nr" aria-hidden="true">${i + 1}</span><span class="stack none"><span><b>${show.time(
              item.start,
              item.zone,
            )}–${show.time(item.end, item.zone)}</b>
              ${item.branch.name}</span><span class="soft small">${[
                item.topic.title,
                item.venue?.name,
                guests.length > 0 ? t.guests(guests.map((each) => each.branch.name).join(t.comma)) : "",
              ].filter(Boolean).join(" · ")}</span></span></a>
            <span class="row">${itemChips(item)}</span>
          </li>
        `
      )}
    </ol>
  `;
}

/** A lecturer's day as a card, for phones. */
export function dayCard(day: LecturerDay, guestsOf: Loads["guests"], selected: number | undefined): TemplateResult {
  return html`
    <section class="planner-day" aria-label="${day.lecturer.name}">
      <div class="row"><b class="grow">${day.lecturer.name}</b><a class="way soft small" href="${here({
        view: "map",
        day: day.date,
        lecturer: day.lecturer.id,
      })}">${icon("way")}${t.onTheRoad(duration(day.travelMinutes))}</a></div>
      ${stops(day, guestsOf, selected)}
    </section>
  `;
}
