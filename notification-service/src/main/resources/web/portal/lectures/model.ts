import { addDays, type Day, local } from "../../common/time.ts";

export interface Named {
  id: string;
  code: string;
  name: string;
}

export interface Booking {
  id: string;
  version: number;
  status: string;
  lecturer?: Named & { tier?: string };
  topic: { id: string; code: string; title: string };
  branch: Named;
  venue?: Named & { address?: string };
  guests?: Named[];
  joinLink?: string;
  format?: string;
  start: string;
  end: string;
  zone: string;
  expectedHeadCount?: number;
  note?: string;
  reason?: string;
  completion?: { headCount?: number; note?: string; link?: string; recordedBy?: "BRANCH" | "ORGANIZER" };
}

/** A lecture that a branch may join. */
export interface OpenLecture {
  id: string;
  version: number;
  topic: { title: string };
  lecturer: string;
  branch: Named;
  venue?: Named & { address?: string };
  start: string;
  end: string;
  zone: string;
  seats?: number;
  travelMinutes?: number;
}

export interface Rating {
  branch: Named;
  stars: number;
  note?: string;
}

export interface Ratings {
  items: Rating[];
  rateableUntil: string;
}

/** Lectures by the day on which they begin, at the place; the order stays. */
export function byDay<T extends { start: string; zone: string }>(bookings: readonly T[]): { day: Day; bookings: T[] }[] {
  const days = new Map<Day, T[]>();
  for (const booking of bookings) {
    const { day } = local(booking.start, booking.zone);
    days.set(day, [...days.get(day) ?? [], booking]);
  }
  return [...days].map(([day, of]) => ({ day, bookings: of }));
}

/** Whether a day is today or tomorrow at the place. */
export function nearness(day: Day, today: Day): "today" | "tomorrow" | undefined {
  return day === today ? "today" : day === addDays(today, 1) ? "tomorrow" : undefined;
}
