import { common } from "../../common/texts.ts";
import { type Day, local, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { kind } from "../booking.ts";
import type { Item, Row } from "./rows.ts";
import type { By } from "./state.ts";
import { t } from "./texts.ts";

export interface Sheet {
  days: Day[];
  rows: Row[];
  by: By;
  at: Date | undefined;
}

/** The printed page: lists by day, or a grid of a week. The timeline itself draws only the rows in view. */
export function sheet(of: Sheet): TemplateResult {
  const day = of.days.length === 1 ? of.days[0]! : undefined;
  return html`
    <article class="print-sheet">
      <header>
        <h1>${day ? show.longDay(day) : of.days.length === 7 ? show.week(of.days[0]!) : show.month(of.days[0]!)}</h1>
        <p>${show.zone()} · ${t.by[of.by]}${of.at ? ` · ${common.asOf(show.moment(of.at))}` : ""}</p>
      </header>
      ${day ? list(of.rows, day) : of.days.length === 7 ? grid(of) : of.days.map((each) => section(of.rows, each))}
    </article>
  `;
}

function once(rows: Row[]): Item[] {
  const items = new Map(rows.flatMap((row) => row.items).map((item) => [item.id, item]));
  return [...items.values()].sort((a, b) => a.start - b.start || a.lecturer.name.localeCompare(b.lecturer.name));
}

const starts = (item: Item, day: Day) => local(new Date(item.start)).day === day;
const times = (item: Item) => `${show.time(new Date(item.start))}–${show.time(new Date(item.end))}`;

function section(rows: Row[], day: Day): unknown {
  return rows.some((row) => row.items.some((item) => starts(item, day)))
    ? html`
      <h2>${show.longDay(day)}</h2>${list(rows, day)}
    `
    : nothing;
}

function list(rows: Row[], day: Day): TemplateResult {
  return html`
    <table>
      <thead>
        <tr>
          <th>${t.paper.time}</th>
          <th>${t.by.lecturer}</th>
          <th>${t.paper.topic}</th>
          <th>${t.by.branch}</th>
          <th>${t.by
            .venue}</th>
          <th>${t.paper.state}</th>
        </tr>
      </thead>
      <tbody>${once(rows).filter((item) => starts(item, day)).map((item) =>
        html`
          <tr>
            <td class="when">${times(item)}</td>
            <td><b>${item.lecturer.name}</b></td>
            <td>${item.topic}</td>
            <td>${item.branch.name}${item.guests.length > 0
              ? html`
                <br><span class="soft">+ ${item.guests.map((each) => each.name).join(", ")}</span>
              `
              : nothing}</td>
            <td>${item.venue?.name ?? t.joinLink}</td>
            <td>${t.status[item.status]}${item.acknowledgedCount === undefined || item.status !== "CONFIRMED" ? nothing : html`
              <br><span class="soft">${t.reached(item.reachedCount ?? 0, item.acknowledgedCount, item.branchCount)}</span>
            `}</td>
          </tr>
        `
      )}</tbody>
    </table>
  `;
}

function grid({ days, rows, by }: Sheet): TemplateResult {
  return html`
    <table class="week">
      <thead><tr><th>${t.by[by]}</th>${days.map((day) =>
        html`
          <th>${show.day(day)}</th>
        `
      )}</tr></thead>
      <tbody>${rows.filter((row) => row.items.length > 0).map((row) =>
        html`
          <tr><th>${row.name}</th>${days.map((day) =>
            html`
              <td>${row.items.filter((item) => starts(item, day)).sort((a, b) => a.start - b.start).map((item) =>
                html`
                  <div class="${kind(item.status)}"><b>${times(item)}</b> ${by === "lecturer"
                    ? item.branch.name
                    : item.lecturer.name} <span class="soft">${item.topic}${item.status === "CONFIRMED"
                    ? ""
                    : ` (${t.status[item.status]})`}</span></div>
                `
              )}</td>
            `
          )}</tr>
        `
      )}</tbody>
    </table>
  `;
}
