import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { kind } from "../booking.ts";
import { here } from "../router.ts";
import type { Placed } from "./layout.ts";
import type { Item } from "./rows.ts";
import type { By } from "./state.ts";
import { t } from "./texts.ts";

/** One lecture. It is a link to itself: it can be focused, opened in a tab and sent to a colleague. */
export function bar({ item, left, width, lane, cutLeft, cutRight }: Placed, by: By, selected: boolean): TemplateResult {
  const from = show.time(new Date(item.start));
  return html`
    <a
      class="bar ${kind(item.status)} ${cutLeft ? "cut-left" : ""} ${cutRight ? "cut-right" : ""}"
      .style="${`--left:${left};--width:${width};--lane:${lane}`}"
      data-booking="${item.id}"
      href="${here({ booking: item.id })}"
      aria-current="${selected ? "true" : nothing}"
      aria-label="${spoken(item, by)}"
      title="${spoken(item, by)}"
    >
      <span class="line"><b>${from}</b><span class="with">${partner(item, by)}</span>${signs(item)}</span>
      <span class="line under">${item.topic}</span></a>
  `;
}

/** Who it is with, seen from the row. */
function partner(item: Item, by: By): string {
  return by === "lecturer" ? item.branch.name : item.lecturer.name;
}

/** Clock: held. Tick: completed, or all branches acknowledged. Bell: all were told. */
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
