import { instant, local } from "../../common/time.ts";
import { type Axis, fraction } from "./layout.ts";
import type { Item } from "./rows.ts";

/** A time in which a row cannot, or only by an override, take a lecture. */
export interface Shade {
  left: number;
  width: number;
  kind: "closed" | "blackout" | "taken";
}

export interface Span {
  from: number;
  until: number;
}

export interface Hours {
  open: Span[];
  blackouts: Span[];
}

/** What of a span is in none of the others. */
export function outside(span: Span, open: Span[]): Span[] {
  const left: Span[] = [];
  let from = span.from;
  for (const each of [...open].sort((a, b) => a.from - b.from)) {
    if (each.from > from) left.push({ from, until: Math.min(each.from, span.until) });
    from = Math.max(from, each.until);
    if (from >= span.until) break;
  }
  if (from < span.until) left.push({ from, until: span.until });
  return left.filter((each) => each.until > each.from);
}

/** The shades of a row while a lecture is lifted; its own time is not taken by itself. */
export function shades(hours: Hours | undefined, items: Item[], lifted: Item, of: Axis): Shade[] {
  return of.days.length > 1 ? ofDays(hours, items, lifted, of) : ofDay(hours, items, lifted, of);
}

function ofDay(hours: Hours | undefined, items: Item[], lifted: Item, of: Axis): Shade[] {
  const day = of.days[0]!;
  const shown = { from: instant(day, of.fromHour * 60).getTime(), until: instant(day, of.toHour * 60).getTime() };
  const shade = (kind: Shade["kind"]) => ({ from, until }: Span): Shade => {
    const left = fraction(from, of);
    return { kind, left, width: (until >= shown.until ? 1 : fraction(until, of)) - left };
  };
  return [
    ...(hours ? outside(shown, hours.open) : []).map(shade("closed")),
    ...(hours?.blackouts ?? []).map(shade("blackout")),
    ...items.filter((item) => item.id !== lifted.id)
      .map((item) => ({ from: item.occupiedFrom, until: item.occupiedUntil })).map(shade("taken")),
  ].filter((each) => each.width > 0);
}

/** A day of a week is shaded if the lecture, at its time, would not fit into it. */
function ofDays(hours: Hours | undefined, items: Item[], lifted: Item, of: Axis): Shade[] {
  const { minutes } = local(new Date(lifted.start));
  const width = 1 / of.days.length;
  return of.days.flatMap((day, index): Shade[] => {
    const from = instant(day, minutes).getTime();
    const until = from + lifted.end - lifted.start;
    const meets = (each: Span) => each.from < until && each.until > from;
    const taken = items.some((item) => item.id !== lifted.id && meets({ from: item.occupiedFrom, until: item.occupiedUntil }));
    const kind = taken
      ? "taken"
      : hours?.blackouts.some(meets)
      ? "blackout"
      : hours && outside({ from, until }, hours.open).length > 0
      ? "closed"
      : undefined;
    return kind ? [{ left: index * width, width, kind }] : [];
  });
}
