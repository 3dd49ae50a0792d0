import type { Ref } from "../booking.ts";
import type { Slot } from "../booking/types.ts";

export const STATUSES = ["WAITING", "OFFERED", "ACCEPTED", "REFUSED", "WITHDRAWN", "LAPSED"] as const;
export type RequestStatus = typeof STATUSES[number];

export interface Period {
  from: string;
  until: string;
}

export interface Offer {
  bookingId: string;
  lecturer: Ref;
  venue?: Ref;
  start: string;
  end: string;
  expiresAt: string;
}

/** A request as the API gives it. */
export interface LectureRequest {
  id: string;
  version: number;
  status: RequestStatus;
  topic: { id: string; code: string; title: string };
  branch: Ref;
  windows: Period[];
  format?: string;
  expectedHeadCount?: number;
  note?: string;
  offer?: Offer;
  bookingId?: string;
  reason?: string;
  reasonCode?: string;
  need: number;
  requestedAt: string;
}

const MOST_SEARCHES = 4;
/** The usual `lectern.availability.max-search-range`; a longer question is refused. */
const LONGEST_SEARCH = 31 * 86_400_000;
const NEED_MOST = 100;

/** What is left of the times that suit a branch, the earliest first; no more than are worth a search each. */
export function ahead(windows: Period[], now: number): Period[] {
  return windows
    .filter((each) => Date.parse(each.until) > now)
    .map((each) => Date.parse(each.from) >= now ? each : { ...each, from: new Date(now).toISOString() })
    .map((each) => {
      const latest = Date.parse(each.from) + LONGEST_SEARCH;
      return Date.parse(each.until) <= latest ? each : { ...each, until: new Date(latest).toISOString() };
    })
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
    .slice(0, MOST_SEARCHES);
}

/** Whether a slot lies in one of the times that suit the branch; they are half-open. */
export function suits(slot: Pick<Slot, "start" | "end">, windows: Period[]): boolean {
  return windows.some((each) =>
    Date.parse(slot.start) >= Date.parse(each.from) && Date.parse(slot.end) <= Date.parse(each.until)
  );
}

export function keyOf(slot: Slot): string {
  return [slot.lecturer.id, slot.venue?.id ?? "", Date.parse(slot.start)].join();
}

/** The answers of several searches as one: the best first, then the earliest; none twice. */
export function ranked(answers: Slot[][]): Slot[] {
  const found = new Map<string, Slot>();
  for (const slot of answers.flat()) {
    if (!found.has(keyOf(slot))) found.set(keyOf(slot), slot);
  }
  return [...found.values()].sort((a, b) => b.score - a.score || Date.parse(a.start) - Date.parse(b.start));
}

/** The request before or after the selected one; the first if none is selected, undefined at the end. */
export function neighbour(items: { id: string }[], selected: string | undefined, step: 1 | -1): string | undefined {
  const at = items.findIndex((each) => each.id === selected);
  return at < 0 ? items[0]?.id : items[at + step]?.id;
}

/** The need as a share of the greatest one there can be. */
export function needShare(need: number): number {
  return Math.min(Math.max(need / NEED_MOST, 0), 1);
}

export function matches(item: LectureRequest, find: string): boolean {
  const wanted = find.trim().toLowerCase();
  return !wanted ||
    [item.branch.name, item.branch.code, item.topic.title, item.topic.code, item.note ?? ""]
      .some((text) => text.toLowerCase().includes(wanted));
}
