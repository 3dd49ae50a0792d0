import { addDays, type Day, today, WEEKDAYS } from "../../common/time.ts";
import { type Booking, isActive, type Ref } from "../booking.ts";
import { type Body, type Conflict, type Slot } from "../booking/types.ts";
import { isRemote, usualFormat } from "../formats.ts";
import type { Topic } from "../registry.ts";

export type Weekday = typeof WEEKDAYS[number];

/** The request of a series, as it is kept with it. */
export interface Pattern {
  lecturerId: string;
  topicId: string;
  branchId: string;
  startTime: string;
  durationMinutes?: number;
  weekly?: { from: Day; interval?: number; weekdays?: Weekday[]; count?: number; until?: Day };
  dates?: Day[];
}

export interface Series {
  id: string;
  version: number;
  pattern: Pattern;
  occurrences: (Booking & { seriesDetached?: boolean })[];
  missing?: Day[];
  added?: string[];
}

/** The result for one date. */
export interface Occurrence {
  date: Day;
  start: string;
  end?: string;
  outcome: "FREE" | "CONFLICT" | "RULES" | "SKIPPED";
  clockChange?: "GAP" | "OVERLAP";
  conflicts?: (Conflict & { branch?: Ref })[];
  rules?: { code: string; detail: string }[];
  alternatives?: Slot[];
}

export interface SeriesPreview {
  zone: string;
  free: number;
  unavailable: number;
  bookable: boolean;
  yearsNotAnnounced?: number[];
  occurrences: Occurrence[];
}

/** The fields of a new series. */
export interface Values {
  topic: Topic | undefined;
  branch: Ref | undefined;
  format: string;
  headCount: number | undefined;
  lecturer: Ref | undefined;
  venue: Ref | undefined;
  joinLink: string;
  note: string;
  startTime: string;
  minutes: number | undefined;
  weekly: boolean;
  from: Day;
  interval: number | undefined;
  weekdays: Weekday[];
  byCount: boolean;
  count: number | undefined;
  until: Day;
  dates: Day[];
  skip: Day[];
  override: string;
}

const FIRST_LENGTH = 90;
const USUAL_COUNT = 8;

export function usual(): Values {
  const from = addDays(today(), 7);
  return {
    topic: undefined,
    branch: undefined,
    format: usualFormat(),
    headCount: undefined,
    lecturer: undefined,
    venue: undefined,
    joinLink: "",
    note: "",
    startTime: "14:00",
    minutes: FIRST_LENGTH,
    weekly: true,
    from,
    interval: 1,
    weekdays: [],
    byCount: true,
    count: USUAL_COUNT,
    until: addDays(from, 7 * (USUAL_COUNT - 1)),
    dates: [from],
    skip: [],
    override: "",
  };
}

/** The request; undefined while something essential is missing. */
export function request(v: Values): Body | undefined {
  const place = isRemote(v.format) ? v.joinLink && { joinLink: v.joinLink } : v.venue && { venueId: v.venue.id };
  const dates = v.dates.filter(Boolean);
  if (!v.topic || !v.branch || !v.lecturer || !place || !v.startTime || (v.weekly ? !v.from : dates.length === 0)) {
    return undefined;
  }
  const override = v.override.trim();
  return {
    topicId: v.topic.id,
    branchId: v.branch.id,
    lecturerId: v.lecturer.id,
    format: v.format,
    ...place,
    startTime: v.startTime.slice(0, 5),
    ...(v.minutes !== undefined && { durationMinutes: v.minutes }),
    ...(v.weekly
      ? {
        weekly: {
          from: v.from,
          interval: v.interval ?? 1,
          ...(v.weekdays.length > 0 && { weekdays: WEEKDAYS.filter((each) => v.weekdays.includes(each)) }),
          ...(v.byCount ? { count: v.count } : { until: v.until }),
        },
        ...(v.skip.length > 0 && { skip: v.skip }),
      }
      : { dates: dates.filter((each) => !v.skip.includes(each)) }),
    ...(v.headCount !== undefined && { expectedHeadCount: v.headCount }),
    ...(v.note.trim() && { note: v.note.trim() }),
    ...(override && { override: { reason: override } }),
  };
}

/** What the dates are; another question makes the dates that were left out obsolete. */
export function datesOf({ weekly, from, interval, weekdays, byCount, count, until, dates }: Values): string {
  return JSON.stringify(weekly ? [from, interval, weekdays, byCount ? count : until] : dates);
}

/** Occurrences that can still change. */
export function ahead(series: Series, now: number): Series["occurrences"] {
  return series.occurrences.filter((each) => isActive(each) && Date.parse(each.start) > now);
}

/** The last occurrence that shows what the series is like: names instead of identifiers. */
export function example({ occurrences }: Series): Booking | undefined {
  return occurrences.findLast((each) => !each.seriesDetached) ?? occurrences.at(-1);
}

/** The weekdays of a rule; by default the one of its first date. */
export function weekdaysOf({ from, weekdays }: NonNullable<Pattern["weekly"]>): Weekday[] {
  return weekdays?.length ? weekdays : [WEEKDAYS[(new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7]!];
}

/** A series in a list. */
export interface Summary {
  id: string;
  lecturer: Ref;
  topic: { id: string; code: string; title: string };
  branch: Ref;
  next?: { bookingId: string; start: string; end: string; zone: string };
  upcoming: number;
  lastStart: string;
}
