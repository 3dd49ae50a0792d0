import { addDays, type Day, instant } from "../../common/time.ts";

export interface LectureRequest {
  id: string;
  version: number;
  status: string;
  topic: { id: string; code: string; title: string };
  branch: { id: string; name: string };
  windows: { from: string; until: string }[];
  expectedHeadCount?: number;
  note?: string;
  reason?: string;
  bookingId?: string;
  requestedAt: string;
  offer?: {
    lecturer?: { name: string };
    venue?: { name: string; address?: string };
    joinLink?: string;
    start: string;
    end: string;
    expiresAt: string;
  };
}

export type TimeOfDay = "any" | "morning" | "afternoon" | "evening";

const HOURS: Record<TimeOfDay, [number, number]> = { any: [8, 21], morning: [8, 12], afternoon: [13, 18], evening: [18, 21] };
/** As many as the API takes. */
const MOST_WINDOWS = 50;

/**
 * The periods within which the lecture may be: one for any time of day, else one for each day. The first day is not
 * before tomorrow, so that no period has begun. With too many days for one period each, the later days are left out.
 */
export function windows(from: Day, until: Day, time: TimeOfDay, zone: string): { from: string; until: string }[] {
  const [begins, ends] = HOURS[time];
  const at = (day: Day, hour: number) => instant(day, hour * 60, zone).toISOString();
  if (time === "any") return [{ from: at(from, begins), until: at(until, ends) }];
  const all = [];
  for (let day = from; day <= until && all.length < MOST_WINDOWS; day = addDays(day, 1)) {
    all.push({ from: at(day, begins), until: at(day, ends) });
  }
  return all;
}

export interface Parts {
  offers: LectureRequest[];
  waiting: LectureRequest[];
  ended: LectureRequest[];
}

/** Offers first by their end; then what waits, the newest first; then what has ended. */
export function parted(all: readonly LectureRequest[]): Parts {
  const newest = [...all].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  return {
    offers: all.filter((each) => each.status === "OFFERED")
      .sort((a, b) => (a.offer?.expiresAt ?? "").localeCompare(b.offer?.expiresAt ?? "")),
    waiting: newest.filter((each) => each.status === "WAITING"),
    ended: newest.filter((each) => each.status !== "OFFERED" && each.status !== "WAITING"),
  };
}
