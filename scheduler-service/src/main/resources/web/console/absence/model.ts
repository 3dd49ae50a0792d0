import { addDays, type Day, instant } from "../../common/time.ts";
import type { Hours } from "../registries/windows.ts";

/** What fails: a lecturer, a venue, or days as a whole. */
export type Failing = "lecturer" | "venue" | "day";
export const FAILING: Failing[] = ["lecturer", "venue", "day"];

/** The first and the last day. */
export interface Period {
  first: Day;
  last: Day;
}

export function daysOf({ first, last }: Period): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Whether the fields are a period. */
export function isPeriod({ first, last }: Period): boolean {
  return !!first && !!last && first <= last;
}

/** The instants between which lectures are looked for: nothing that has begun can be changed. */
export function rangeOf({ first, last }: Period, now: number): { from: string; to: string } {
  return {
    from: new Date(Math.max(instant(first).getTime(), now)).toISOString(),
    to: instant(addDays(last, 1)).toISOString(),
  };
}

/** The availability of a lecturer who is away; the same object if it says so already. */
export function away(hours: Hours, { first, last }: Period, reason: string): Hours {
  const known = (hours.blackouts ?? []).some(({ firstDay, lastDay }) =>
    !!firstDay && firstDay <= first && (lastDay ?? firstDay) >= last
  );
  return known ? hours : {
    ...hours,
    blackouts: [...(hours.blackouts ?? []), { firstDay: first, lastDay: last, ...(reason && { reason }) }],
  };
}

/** The opening hours of a venue that is closed on these days; the same object if it is closed already. */
export function closed(hours: Hours, period: Period, note: string): Hours {
  const days = daysOf(period);
  const known = new Set(hours.exceptions.filter((each) => each.windows.length === 0).map((each) => each.date));
  if (days.every((day) => known.has(day))) return hours;
  return {
    ...hours,
    exceptions: [
      ...hours.exceptions.filter((each) => !days.includes(each.date)),
      ...days.map((date) => ({ date, windows: [], ...(note && { note }) })),
    ].sort((a, b) => a.date.localeCompare(b.date)),
  };
}
