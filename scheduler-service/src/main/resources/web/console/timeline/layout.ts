import { type Day, instant, local } from "../../common/time.ts";
import type { Item, Row } from "./rows.ts";

/** The hours that each day of the axis shows. */
export interface Axis {
  days: Day[];
  fromHour: number;
  toHour: number;
}

/** A lecture in its row: fractions of the axis, and a lane, so that what overlaps is side by side. */
export interface Placed {
  item: Item;
  left: number;
  width: number;
  lane: number;
  /** Whether it begins before, or ends after, what is shown. */
  cutLeft: boolean;
  cutRight: boolean;
}

export interface Line {
  row: Row;
  placed: Placed[];
  top: number;
  height: number;
}

/** The height of a lane: two lines of text in a day, one in a week. */
export const lane = (days: number) => days > 1 ? 24 : 40;
const PADDING = 6;
const USUAL: [number, number] = [8, 20];

/** The usual hours, and as many more as the lectures need. */
export function axis(days: Day[], rows: Row[]): Axis {
  let [fromHour, toHour] = USUAL;
  for (const row of rows) {
    for (const { start, end } of row.items) {
      const begin = local(new Date(start));
      const finish = local(new Date(end - 1));
      if (days.includes(begin.day)) fromHour = Math.min(fromHour, Math.floor(begin.minutes / 60));
      if (days.includes(finish.day)) toHour = Math.max(toHour, Math.ceil((finish.minutes + 1) / 60));
    }
  }
  return { days, fromHour, toHour };
}

/** The place of an instant on the axis, from 0 to 1; times outside the shown hours go to their edge. */
export function fraction(at: number, { days, fromHour, toHour }: Axis): number {
  const { day, minutes } = local(new Date(at));
  const index = days.indexOf(day);
  if (index < 0) return day < days[0]! ? 0 : 1;
  const within = (minutes / 60 - fromHour) / (toHour - fromHour);
  return (index + Math.min(Math.max(within, 0), 1)) / days.length;
}

/** Whether the axis shows an instant. */
export function shows(at: number, { days, fromHour, toHour }: Axis): boolean {
  const { day, minutes } = local(new Date(at));
  return days.includes(day) && minutes >= fromHour * 60 && minutes < toHour * 60;
}

/** The instant at a place on the axis, to the nearest `step` minutes. */
export function instantAt(place: number, { days, fromHour, toHour }: Axis, step = 15): Date {
  const scaled = Math.min(Math.max(place, 0), 0.999999) * days.length;
  const minutes = fromHour * 60 + (scaled % 1) * (toHour - fromHour) * 60;
  return instant(days[Math.floor(scaled)]!, Math.round(minutes / step) * step);
}

/** Lectures into lanes, rows below each other. */
export function lines(rows: Row[], of: Axis): Line[] {
  let top = 0;
  return rows.map((row) => {
    const placed = of.days.length > 1 ? byDay(row.items, of) : lanes(row.items, of);
    const least = of.days.length > 1 ? 2 : 1; // a name and a code have room
    const height = Math.max(least, ...placed.map((each) => each.lane + 1)) * lane(of.days.length) + PADDING;
    const line = { row, placed, top, height };
    top += height;
    return line;
  });
}

function lanes(items: Item[], of: Axis): Placed[] {
  const ends: number[] = [];
  return [...items].sort((a, b) => a.start - b.start || a.end - b.end).map((item) => {
    let lane = ends.findIndex((end) => end <= item.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = item.end;
    const left = fraction(item.start, of);
    const right = fraction(item.end, of);
    return {
      item,
      lane,
      left,
      width: Math.max(right - left, 0),
      cutLeft: left === 0 && item.start < instantAt(0, of).getTime(),
      cutRight: right === 1 && local(new Date(item.end - 1)).day > of.days.at(-1)!,
    };
  });
}

/** In a week, hours would be too narrow to read: each lecture gets the width of its day, in order of time. */
function byDay(items: Item[], of: Axis): Placed[] {
  const taken = new Map<Day, number>();
  const placed: Placed[] = [];
  for (const item of [...items].sort((a, b) => a.start - b.start)) {
    const { day } = local(new Date(item.start));
    const shown = day < of.days[0]! ? of.days[0]! : day;
    const index = of.days.indexOf(shown);
    if (index < 0) continue;
    const lane = taken.get(shown) ?? 0;
    taken.set(shown, lane + 1);
    placed.push({ item, lane, left: index / of.days.length, width: 1 / of.days.length, cutLeft: day < shown, cutRight: false });
  }
  return placed;
}

/** The lines that a window shows, with some more on both sides: 400 rows cost as much as twenty. */
export function windowed(all: Line[], scrollTop: number, height: number, margin = 240): Line[] {
  return all.filter((line) => line.top + line.height > scrollTop - margin && line.top < scrollTop + height + margin);
}
