import { Load } from "../../common/states.ts";
import { addDays, instant, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Booking } from "../booking.ts";
import type { Part } from "../paged.ts";
import { to } from "../router.ts";
import { bySeries, type Met } from "./model.ts";
import { t } from "./texts.ts";

const DAYS = 14;
const MOST_PAGES = 5;

interface Found {
  series: Met[];
  /** Whether there are more lectures than were looked through. */
  more: boolean;
}

/** The series that have a lecture soon. The API lists bookings, not series: so they are found among the next lectures. */
class SeriesList extends View {
  #found = new Load<Found>(this, async (signal) => {
    const items: Booking[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { data } = await read<Part<Booking>>("/api/v1/bookings", {
        from: new Date().toISOString(),
        to: instant(addDays(today(), DAYS)).toISOString(),
        limit: 200,
        cursor,
      }, signal);
      items.push(...data.items);
      cursor = data.nextCursor;
      if (!cursor) break;
    }
    return { series: bySeries(items), more: !!cursor };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#found.run();
  }

  override render(): unknown {
    return html`
      <h2>${t.listHeading}</h2>
      ${this.#found.render((found) => this.#draw(found), 2)}
    `;
  }

  #draw({ series, more }: Found): TemplateResult {
    return html`
      ${series.length === 0
        ? html`
          <p class="soft">${t.listNone}</p>
        `
        : html`
          <ul class="list" aria-label="${t.listHeading}">${series.map(({ id, next, count }) =>
            html`
              <li>
                <a class="item" href="${to(`lectures/series/${id}`)}"><span><b>${next.topic.title}</b><br>${next.branch
                  .name} <span class="soft">${next.lecturer.name}</span></span><span
                  class="end"
                >${t.listNext(
                  show.range(next.start, next.end, next.zone),
                  count,
                )}</span></a>
              </li>
            `
          )}</ul>
        `} ${more
        ? html`
          <p class="soft small">${t.listMore}</p>
        `
        : nothing}
    `;
  }
}

define("lectern-series-list", SeriesList);
