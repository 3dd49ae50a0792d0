import { type Day, local, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { isActive, kind } from "../booking.ts";
import { selection } from "../bulk/selection.ts";
import { here } from "../../common/router.ts";
import { type Item, once, type Row } from "./rows.ts";
import { t } from "./texts.ts";

export interface Agenda {
  days: Day[];
  rows: Row[];
  selected: string | undefined;
  /** Whether lectures are chosen here for one change of many. */
  picking: boolean;
}

/** The same lectures as a list by day, for phones, for a month and for paper. */
export function agenda({ days, rows, selected, picking }: Agenda): TemplateResult {
  const sorted = once(rows).sort((a, b) => a.start - b.start);
  return html`
    <div class="agenda">${days.map((day) => {
      const ofDay = sorted.filter((item) => local(new Date(item.start)).day === day);
      return ofDay.length === 0 ? nothing : html`
        <section>
          <h2>${show.longDay(day)}${picking ? all(day, ofDay) : nothing}</h2>
          <ol>${ofDay.map((item) =>
            html`
              <li class="${picking ? "picking" : ""}">
                ${picking ? pick(item) : nothing}
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

  const chosen = (item: Item) => ({
    id: item.id,
    name: `${show.range(new Date(item.start), new Date(item.end))}, ${item.lecturer.name}, ${item.branch.name}`,
  });

  function pick(item: Item): TemplateResult {
    return html`
      <label class="pick"><span class="hidden">${t.pickOne(chosen(item).name)}</span>
        <input type="checkbox" .checked="${selection.has(item.id)}" ?disabled="${!isActive(item)}" @change="${(e: Event) =>
          selection.set([chosen(item)], (e.target as HTMLInputElement).checked)}"></label>
    `;
  }

  function all(day: Day, items: Item[]): TemplateResult | typeof nothing {
    const open = items.filter(isActive);
    if (open.length === 0) return nothing;
    return html`
      <label class="row small pick-all"><input type="checkbox" .checked="${open.every((each) =>
        selection.has(each.id)
      )}" @change="${(e: Event) => selection.set(open.map(chosen), (e.target as HTMLInputElement).checked)}">
        ${t.pickAll}<span class="hidden">: ${show.day(day)}</span></label>
    `;
  }
