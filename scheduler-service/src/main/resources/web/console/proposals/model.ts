import { type Blackout, period } from "../../common/blackout.ts";
import { show, weekday } from "../../common/time.ts";
import type { Ref } from "../booking.ts";
import type { Consequences } from "../registries/consequences.ts";
import { t } from "./texts.ts";

export const STATES = ["OPEN", "ACCEPTED", "REFUSED", "WITHDRAWN"] as const;
export type State = typeof STATES[number];

interface Window {
  from: string;
  until: string;
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
    .map(({ day, from, until }) => `${weekday(day, "short")} ${from}–${until}`);
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
