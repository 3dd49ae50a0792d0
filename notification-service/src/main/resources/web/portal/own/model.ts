import { type Blackout, period } from "../../common/blackout.ts";
import { addDays, type Day, instant, local, monday, show } from "../../common/time.ts";
import type { Booking } from "../lectures/model.ts";
import { t } from "./texts.ts";

export interface Answer {
  state: "PENDING" | "ACCEPTED" | "DECLINED" | "CONSENTED" | "OVERDUE";
  version: number;
  dueAt: string;
  at?: string;
  by?: "LECTURER" | "ORGANIZER";
  reason?: string;
}

/** A lecture as its lecturer reads it. */
export interface OwnLecture extends Booking {
  lecturerAnswer?: Answer;
}

export interface Journey {
  fromBookingId: string;
  toBookingId: string;
  minutes?: number;
  minutesAvailable: number;
}

export interface OwnLoad {
  zone: string;
  lecturesPerDay?: number;
  lecturesPerWeek?: number;
  days: { date: Day; lectures: number }[];
  weeks: { monday: Day; lectures: number }[];
  journeys: Journey[];
}

export interface Window {
  from: string;
  until: string;
}

export interface Weekly extends Window {
  day: string;
}

export interface Dated {
  date: Day;
  windows: Window[];
  note?: string;
}

export interface Availability {
  version: number;
  zone: string;
  weekly: Weekly[];
  exceptions: Dated[];
  blackouts: Blackout[];
}

/** Exactly one member. */
export interface Change {
  blackout?: Blackout;
  date?: Dated;
  weekly?: Weekly[];
  removeBlackout?: Blackout;
  removeDate?: Day;
}

export interface Touched {
  count: number;
  bookings: { id: string; start: string; end: string; branch: string; rules: string[] }[];
}

export interface Outcome {
  effect: "EFFECTIVE" | "PROPOSED";
  touched: Touched;
}

export interface Proposal {
  id: string;
  version: number;
  state: "OPEN" | "ACCEPTED" | "REFUSED" | "WITHDRAWN";
  change: Change;
  touched: number;
  reason?: string;
  proposedAt: string;
}

/** Whether the lecturer may still answer. */
export function canAnswer(lecture: OwnLecture, now: number): boolean {
  return !!lecture.lecturerAnswer && lecture.status === "CONFIRMED" && Date.parse(lecture.start) > now;
}

/** Whether the journey takes longer than the time between the lectures. */
export function isShort(journey: Journey): boolean {
  return journey.minutes !== undefined && journey.minutes > journey.minutesAvailable;
}

/** Where a map shows the venue; undefined without a map or an address. */
export function mapAddress(pattern: string, venue: { name: string; address?: string } | undefined): string | undefined {
  if (!venue || !/^https?:\/\/[^{]*\{place\}/.test(pattern)) return undefined;
  return pattern.replace("{place}", encodeURIComponent([venue.name, venue.address].filter(Boolean).join(" ")));
}

/** The weeks from this one on, also those without lectures. */
export function weeks(load: OwnLoad, today: Day, count: number): { monday: Day; lectures: number }[] {
  const first = monday(today);
  return Array.from({ length: count }, (_, week) => {
    const start = addDays(first, 7 * week);
    return { monday: start, lectures: load.weeks.find((each) => each.monday === start)?.lectures ?? 0 };
  });
}

/** Entries that are not over. */
export function ahead(of: Availability, now: Date): { blackouts: Blackout[]; dates: Dated[] } {
  const today = local(now, of.zone).day;
  return {
    blackouts: of.blackouts.filter((each) => each.lastDay ? each.lastDay >= today : Date.parse(each.until ?? "") > now.getTime()),
    dates: of.exceptions.filter((each) => each.date >= today),
  };
}

export function hours(windows: Window[]): string {
  return windows.length === 0 ? t.availability.notAvailable : windows.map(({ from, until }) => `${from}–${until}`).join(", ");
}

/** A change in words. */
export function inWords(change: Change, zone: string): string {
  const c = t.availability.change;
  if (change.blackout) return c.away(period(change.blackout, zone));
  if (change.date) return c.date(show.wholeDay(change.date.date), hours(change.date.windows));
  if (change.removeBlackout) return c.removeBlackout(period(change.removeBlackout, zone));
  if (change.removeDate) return c.removeDate(show.wholeDay(change.removeDate));
  return c.weekly;
}

/** What the form asks for. */
export interface Draft {
  kind: "days" | "hours" | "date" | "weekly";
  firstDay: Day;
  lastDay: Day;
  from: string;
  until: string;
  reason: string;
  weekly: Weekly[];
}

/** The change that a complete form means. */
export function changeOf(draft: Draft, zone: string): Change | undefined {
  const { firstDay, lastDay, from, until } = draft;
  const reason = draft.reason.trim();
  switch (draft.kind) {
    case "days":
      return firstDay && lastDay && firstDay <= lastDay
        ? { blackout: { firstDay, lastDay, ...(reason && { reason }) } }
        : undefined;
    case "hours":
      return firstDay && from && until && from < until
        ? { blackout: { from: at(firstDay, from, zone), until: at(firstDay, until, zone), ...(reason && { reason }) } }
        : undefined;
    case "date":
      if (!firstDay || !from !== !until || (from && from >= until)) return undefined;
      return { date: { date: firstDay, windows: from ? [{ from, until }] : [], ...(reason && { note: reason }) } };
    case "weekly":
      return draft.weekly.every((each) => each.from && each.until && each.from < each.until)
        ? { weekly: draft.weekly }
        : undefined;
  }
}

function at(day: Day, time: string, zone: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return instant(day, hour * 60 + minute, zone).toISOString();
}
