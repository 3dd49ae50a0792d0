import { addDays, type Day, local, monday, show, today } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Status } from "../booking.ts";
import { here } from "../../common/router.ts";
import type { Special } from "./holidays.ts";
import { once, type Row } from "./rows.ts";
import { t } from "./texts.ts";

/** How many lectures begin on a day. */
export interface Count {
  all: number;
  held: number;
  confirmed: number;
  completed: number;
}

const MEMBER = { HELD: "held", CONFIRMED: "confirmed", COMPLETED: "completed" } as const;

export function counts(rows: Row[]): Map<Day, Count> {
  const found = new Map<Day, Count>();
  for (const { start, status } of once(rows)) {
    const { day } = local(new Date(start));
    const count = found.get(day) ?? { all: 0, held: 0, confirmed: 0, completed: 0 };
    count.all++;
    const member = (MEMBER as Partial<Record<Status, keyof Count>>)[status];
    if (member) count[member]++;
    found.set(day, count);
  }
  return found;
}

/** The weeks that a month touches, from Monday; days of other months are undefined. */
export function weeks(days: readonly Day[]): (Day | undefined)[][] {
  const of = new Set(days);
  const all: (Day | undefined)[][] = [];
  for (let first = monday(days[0]!); first <= days.at(-1)!; first = addDays(first, 7)) {
    all.push(Array.from({ length: 7 }, (_, i) => addDays(first, i)).map((day) => of.has(day) ? day : undefined));
  }
  return all;
}

/** A month as a calendar: how many lectures a day has, and which of them are only held. A day opens its list. */
export function month(days: Day[], rows: Row[], selected: Day, special: ReadonlyMap<Day, Special>): TemplateResult {
  const found = counts(rows);
  const most = Math.max(1, ...[...found.values()].map((each) => each.all));
  return html`
    <div class="month-frame">
      <table class="month-table" @keydown="${walk}">
        <caption class="hidden">${t.monthCaption}</caption>
        <thead><tr>${weeks(days)[0]!.map((_, i) => weekday(addDays(monday(days[0]!), i)))}</tr></thead>
        <tbody>${weeks(days).map((week) =>
          html`
            <tr>${week.map((day) =>
              html`
                <td>${day
                  ? cell({ day, count: found.get(day), most, selected: day === selected, special: special.get(day) })
                  : nothing}</td>
              `
            )}</tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

function weekday(day: Day): TemplateResult {
  return html`
    <th scope="col">${show.weekday(day, "short")}</th>
  `;
}

interface Cell {
  day: Day;
  count: Count | undefined;
  /** The most lectures that a day of the month has. */
  most: number;
  selected: boolean;
  special: Special | undefined;
}

function cell({ day, count, most, selected, special }: Cell): TemplateResult {
  const parts = count
    ? (["confirmed", "held", "completed"] as const).filter((each) => count[each] > 0).map((each) =>
      t.monthParts[each](count[each])
    )
    : [];
  return html`
    <a
      class="month-day ${day === today() ? "today" : ""} ${count ? "" : "free"}"
      .style="${`--share:${(count?.all ?? 0) / most}`}"
      data-day="${day}"
      href="${here({ day, booking: undefined })}"
      aria-current="${selected ? "date" : nothing}"
      aria-label="${[
        show.day(day),
        ...(special ? [t.special[special.kind](special.name)] : []),
        t.count(count?.all ?? 0),
        ...(parts.length > 1 ? parts : []),
      ].join(", ")}"
    >
      <span class="number">${Number(day.slice(8))}</span>
      ${special
        ? html`
          <span class="special ${special.kind === "PUBLIC_HOLIDAY" ? "off" : ""}" aria-hidden="true">${t.special[special.kind](
            special.name,
          )}</span>
        `
        : nothing} ${count
        ? html`
          <b>${count.all} <span class="unit">${t.monthUnit(
            count.all,
          )}</span></b><span class="marks" aria-hidden="true">${(["confirmed", "held", "completed"] as const)
            .filter((each) => count[each] > 0).map((each) =>
              html`
                <i class="${each}" .style="${`--part:${count[each]}`}"></i>
              `
            )}</span>${count.held > 0
            ? html`
              <span class="held-count">${t.monthParts.held(count.held)}</span>
            `
            : nothing}
        `
        : nothing}
    </a>
  `;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Arrows walk from day to day, as in a calendar. */
function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-day]")?.dataset.day;
  if (!step || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-day="${addDays(from, step)}"]`);
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}
