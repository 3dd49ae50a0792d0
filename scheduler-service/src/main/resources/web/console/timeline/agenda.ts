import { type Day, local, show } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { kind } from "../booking.ts";
import { here } from "../router.ts";
import type { Item, Row } from "./rows.ts";
import { t } from "./texts.ts";

/** The same lectures as a list by day, for phones and for paper. */
export function agenda(days: Day[], rows: Row[], selected: string | undefined): TemplateResult {
  const items = new Map<string, Item>();
  for (const row of rows) {
    for (const item of row.items) items.set(item.id, item);
  }
  const sorted = [...items.values()].sort((a, b) => a.start - b.start);
  return html`
    <div class="agenda">${days.map((day) => {
      const ofDay = sorted.filter((item) => local(new Date(item.start)).day === day);
      return ofDay.length === 0 ? "" : html`
        <section>
          <h2>${show.longDay(day)}</h2>
          <ol>${ofDay.map((item) =>
            html`
              <li>
                <a href="${here({ booking: item.id })}" class="${kind(item.status)}" aria-current="${item.id === selected}">
                  <span class="when">${show.time(new Date(item.start))}<br><span class="soft">${show.time(
                    new Date(item.end),
                  )}</span></span>
                  <span class="what"><b>${item.lecturer.name}</b> · ${item.branch.name}<br>
                    <span class="soft">${item.topic}${item.venue
                      ? html`
                        · ${item.venue.name}
                      `
                      : ""}</span></span>
                  <span class="chip ${kind(item.status)}">${t.status[item.status]}</span></a>
                </li>
              `
            )}</ol>
          </section>
        `;
      })}</div>
    `;
  }
