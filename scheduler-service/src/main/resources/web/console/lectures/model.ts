import { addDays, type Day, instant, isDay, show, today } from "../../common/time.ts";
import type { Query } from "../api.ts";
import type { Booking, Status } from "../booking.ts";
import type { Chosen } from "../bulk/selection.ts";

export const VIEWS = ["all", "declined", "overdue", "unacknowledged", "outdated", "nonconforming"] as const;
export type View = typeof VIEWS[number];
export const STATUSES: Status[] = ["HELD", "CONFIRMED", "COMPLETED", "CANCELLED", "RELEASED", "EXPIRED"];
export const FILTERS = ["lecturer", "branch", "venue", "topic"] as const;

/** What the list shows, as the URL says it. */
export interface Asked {
  view: View;
  from: Day;
  to: Day;
  status: Status | undefined;
  ids: Partial<Record<typeof FILTERS[number], string>>;
}

const WEEKS_AHEAD = 14;

export function asked(params: URLSearchParams): Asked {
  const from = params.get("from");
  const to = params.get("to");
  const first = isDay(from) ? from : today();
  const ids: Asked["ids"] = {};
  for (const each of FILTERS) {
    const id = params.get(each);
    if (id) ids[each] = id;
  }
  return {
    view: VIEWS.find((each) => each === params.get("view")) ?? "all",
    from: first,
    to: isDay(to) && to >= first ? to : addDays(first, WEEKS_AHEAD),
    status: STATUSES.find((each) => each === params.get("status")),
    ids,
  };
}

/** Views of confirmed lectures that wait for an organizer. */
export function isWork(view: View): boolean {
  return view === "declined" || view === "overdue" || view === "unacknowledged";
}

/** The question to `GET /bookings`. */
export function query({ view, from, to, status, ids }: Asked): Query {
  return {
    from: instant(from).toISOString(),
    to: instant(addDays(to, 1)).toISOString(),
    status: isWork(view) ? "CONFIRMED" : status,
    acknowledged: view === "unacknowledged" ? false : undefined,
    lecturerAnswer: view === "declined" ? "DECLINED" : view === "overdue" ? "OVERDUE" : undefined,
    outdated: view === "outdated" ? true : undefined,
    nonconforming: view === "nonconforming" ? "any" : undefined,
    lecturerId: ids.lecturer,
    branchId: ids.branch,
    venueId: ids.venue,
    topicId: ids.topic,
  };
}

export function chosen(b: Booking): Chosen {
  return { id: b.id, name: `${show.range(b.start, b.end, b.zone)}, ${b.lecturer.name}, ${b.branch.name}` };
}
