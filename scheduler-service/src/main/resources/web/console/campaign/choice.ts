import type { Booking } from "../booking.ts";
import type { Slot } from "../booking/types.ts";
import type { Place, Topic } from "./model.ts";

export interface Suggestion extends Omit<Slot, "score"> {
  branch: Place;
  topic: Topic;
  format: string;
}

export interface Suggestions {
  items: Suggestion[];
  withoutLecturer: { branch: Place; topic: Topic; detail: string }[];
}

export function keyOf(each: Suggestion): string {
  return [each.branch.id, each.topic.id].join();
}

/** The body that books suggestions, just as they were suggested. */
export function order(chosen: readonly Suggestion[], links: ReadonlyMap<string, string>): { items: unknown[] } {
  return {
    items: chosen.map((each) => ({
      branchId: each.branch.id,
      topicId: each.topic.id,
      lecturerId: each.lecturer.id,
      ...(each.venue ? { venueId: each.venue.id } : { joinLink: links.get(keyOf(each)) }),
      format: each.format,
      start: each.start,
      end: each.end,
    })),
  };
}

/** The branches that are notified of these lectures, each once. */
export function whoIsTold(bookings: readonly Pick<Booking, "branch" | "guests">[]): string[] {
  return [...new Set(bookings.flatMap((each) => [each.branch.name, ...(each.guests ?? []).map((guest) => guest.name)]))];
}
