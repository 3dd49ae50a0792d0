import { addDays, instant, local } from "../../common/time.ts";
import type { Ref } from "../booking.ts";
import { type Axis, instantAt } from "./layout.ts";
import type { Item, Row } from "./rows.ts";
import type { By } from "./state.ts";

/** How far a pointer moves before a press becomes a drag, so that a shaky click moves no lecture. */
export const THRESHOLD = 4;
const MINUTE = 60_000;

/** Where a lifted lecture would go. */
export interface Lifted {
  item: Item;
  /** The ids of the rows it comes from and would go to. */
  from: string;
  row: string;
  start: number;
}

/** What a drop changes; what stays is absent. */
export interface Plan {
  item: Item;
  start?: number;
  lecturer?: Ref;
  venue?: Ref;
}

/** Only what is still to come changes its time. */
export function movable(item: Item): boolean {
  return item.status === "HELD" || item.status === "CONFIRMED";
}

/**
 * The start of a lecture after its bar is dropped at a place of the axis, from 0 to 1. A day has a scale of minutes; in
 * a week the bar moves to another day and keeps its time.
 */
export function startAt(item: Item, of: Axis, { left, pointer }: { left: number; pointer: number }, step: number): number {
  if (of.days.length === 1) return within(instantAt(left, of, step).getTime(), item, of);
  const index = Math.min(Math.max(Math.floor(pointer * of.days.length), 0), of.days.length - 1);
  return instant(of.days[index]!, local(new Date(item.start)).minutes).getTime();
}

export interface Nudge {
  key: string;
  shift: boolean;
  alt: boolean;
}

/**
 * The start after a press of an arrow: a quarter of an hour, with Alt 5 minutes, with Shift an hour; in a week a day.
 */
export function nudged(start: number, item: Item, of: Axis, { key, shift, alt }: Nudge): number {
  const direction = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (of.days.length > 1 && !shift && !alt) {
    const { day, minutes } = local(new Date(start));
    const next = addDays(day, direction);
    return of.days.includes(next) ? instant(next, minutes).getTime() : start;
  }
  const step = (shift ? 60 : alt ? 5 : 15) * MINUTE;
  return within(Math.round(start / (alt ? step : 5 * MINUTE)) * (alt ? step : 5 * MINUTE) + direction * step, item, of);
}

/** Inside the hours of the axis, with the whole lecture if it fits. */
function within(start: number, item: Item, of: Axis): number {
  const day = local(new Date(start)).day;
  const shown = of.days.includes(day) ? day : day < of.days[0]! ? of.days[0]! : of.days.at(-1)!;
  const first = instant(shown, of.fromHour * 60).getTime();
  const last = Math.max(instant(shown, of.toHour * 60).getTime() - (item.end - item.start), first);
  return Math.min(Math.max(start, first), last);
}

/**
 * What dropping it there changes; undefined if nothing does. A row of a branch is no place to drop another's lecture.
 */
export function planOf({ item, from, row, start }: Lifted, by: By, rows: Row[]): Plan | undefined {
  const target = row === from ? undefined : rows.find((each) => each.id === row);
  const plan: Plan = { item };
  if (start !== item.start) plan.start = start;
  if (target && by === "lecturer") plan.lecturer = { id: target.id, code: target.code, name: target.name };
  if (target && by === "venue") plan.venue = { id: target.id, code: target.code, name: target.name };
  return Object.keys(plan).length > 1 ? plan : undefined;
}

/** How fast a list scrolls with a pointer near its edge, in pixels a frame. */
export function edgeSpeed(at: number, from: number, to: number, margin = 44): number {
  if (at < from + margin) return -Math.ceil(Math.min((from + margin - at) / 4, 14));
  if (at > to - margin) return Math.ceil(Math.min((at - to + margin) / 4, 14));
  return 0;
}
