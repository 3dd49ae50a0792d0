import { addDays, show } from "../../common/time.ts";
import type { Ref } from "../booking.ts";
import type { Consequences } from "../registries/consequences.ts";
import { t } from "./texts.ts";

export const STATES = ["OPEN", "ACCEPTED", "REFUSED", "WITHDRAWN"] as const;
export type State = typeof STATES[number];

interface Window {
  from: string;
  until: string;
}

interface Blackout {
  from?: string;
  until?: string;
  firstDay?: string;
  lastDay?: string;
  reason?: string;
}

/** Exactly one member. */
export interface Change {
  blackout?: Blackout;
  date?: { date: string; windows: Window[]; note?: string };
  weekly?: (Window & { day: string })[];
  removeBlackout?: Blackout;
  removeDate?: string;
}

/** A change of availability that a lecturer requests. */
export interface Proposal {
  id: string;
  version: number;
  state: State;
  lecturer: Ref & { zone: string };
  change: Change;
  touched: number;
  reason?: string;
  proposedAt: string;
  consequences?: Consequences;
}

const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

function period(of: Blackout, zone: string): string {
  if (!of.firstDay) return show.range(of.from ?? "", of.until ?? "", zone);
  const last = of.lastDay ?? of.firstDay;
  return of.firstDay === last ? show.wholeDay(last) : `${show.wholeDay(of.firstDay)} – ${show.wholeDay(last)}`;
}

/** What the lecturer wants to change. */
export function inWords(change: Change, zone: string): string {
  if (change.blackout) return t.away(period(change.blackout, zone));
  if (change.removeBlackout) return t.removeBlackout(period(change.removeBlackout, zone));
  if (change.removeDate) return t.removeDate(show.wholeDay(change.removeDate));
  if (change.date) {
    const hours = change.date.windows.map(({ from, until }) => `${from}–${until}`).join(", ");
    return t.date(show.wholeDay(change.date.date), hours || t.notAvailable);
  }
  const hours = (change.weekly ?? [])
    .map(({ day, from, until }) => `${show.weekday(addDays("2026-11-30", WEEKDAYS.indexOf(day)), "short")} ${from}–${until}`);
  return t.weekly(hours.join(", ") || t.usual);
}

/** Why the lecturer wants it, if it says so. */
export function why(change: Change): string | undefined {
  return change.blackout?.reason ?? change.date?.note;
}

/** Where substitutes for the lectures in an absence are found. */
export function absence(of: Proposal): Record<string, string> | undefined {
  const { firstDay, lastDay } = of.change.blackout ?? {};
  return firstDay && lastDay ? { for: "lecturer", id: of.lecturer.id, first: firstDay, last: lastDay } : undefined;
}
