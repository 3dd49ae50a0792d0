import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { kind } from "../booking.ts";
import { here } from "../../common/router.ts";
import { type Axis, fraction, type Placed } from "./layout.ts";
import type { Item } from "./rows.ts";
import type { By } from "./state.ts";
import { t } from "./texts.ts";

export interface Look {
  selected: boolean;
  /** Whether it is being carried away. */
  lifted: boolean;
  pending: "sending" | "unknown" | undefined;
}

/** One lecture. It is a link to itself: it can be focused, opened in a tab and sent to a colleague. */
export function bar({ item, left, width, lane, cutLeft, cutRight }: Placed, by: By, look: Look): TemplateResult {
  const from = show.time(new Date(item.start));
  return html`
    <a
      class="bar ${kind(item.status)} ${cutLeft ? "cut-left" : ""} ${cutRight ? "cut-right" : ""} ${look.lifted
        ? "lifted"
        : ""} ${look.pending ? `pending ${look.pending}` : ""}"
      .style="${`--left:${left};--width:${width};--lane:${lane}`}"
      data-booking="${item.id}"
      href="${here({ booking: item.id })}"
      draggable="false"
      aria-current="${look.selected ? "true" : nothing}"
      aria-label="${spoken(item, by)}${look.pending ? `, ${t.pending[look.pending]}` : ""}"
      aria-busy="${look.pending ? "true" : nothing}"
      title="${spoken(item, by)}"
    >
      <span class="line"><b>${from}</b><span class="with">${partner(item, by)}</span>${signs(item)}</span>
      <span class="line under">${item.topic}</span></a>
  `;
}

/** Where a lecture would go, or goes if the API agrees. */
export function ghost(item: Item, start: number, of: Axis, look: "carried" | "sending"): TemplateResult {
  const end = start + item.end - item.start;
  const week = of.days.length > 1;
  const days = of.days.length;
  const left = week ? Math.floor(fraction(start, of) * days) / days : fraction(start, of);
  const width = week ? 1 / days : Math.max(fraction(end, of) - left, 0);
  return html`
    <div class="bar ghost ${kind(item.status)} ${look}" .style="${`--left:${left};--width:${width};--lane:0`}" aria-hidden="true">
      <span class="line"><b>${show.time(new Date(start))}–${show.time(new Date(end))}</b></span>
      <span class="line under">${item.branch.name}</span>
    </div>
  `;
}

/** Who it is with, seen from the row. */
function partner(item: Item, by: By): string {
  return by === "lecturer" ? item.branch.name : item.lecturer.name;
}

/** Clock: held. Tick: completed, or all branches acknowledged. Bell: all were notified. */
function signs(item: Item): TemplateResult {
  const sign = item.status === "HELD"
    ? icon("clock")
    : item.status === "COMPLETED" || reached(item, item.acknowledgedCount)
    ? icon("check")
    : reached(item, item.reachedCount)
    ? icon("bell")
    : nothing;
  return html`
    <span class="sign">${sign}</span>
  `;
}

function reached(item: Item, count: number | undefined): boolean {
  return (count ?? 0) >= item.branchCount;
}

function spoken(item: Item, by: By): string {
  return [
    show.range(new Date(item.start), new Date(item.end)),
    partner(item, by),
    item.topic,
    item.venue?.name,
    t.status[item.status],
    item.reachedCount === undefined ? undefined : t.reached(item.reachedCount, item.acknowledgedCount ?? 0, item.branchCount),
  ].filter(Boolean).join(", ");
}
