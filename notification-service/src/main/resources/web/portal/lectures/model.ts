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
  completion?: { headCount?: number; note?: string; link?: string };
}

/** Lectures by the day on which they begin, at the place; the order stays. */
export function byDay(bookings: readonly Booking[]): { day: Day; bookings: Booking[] }[] {
  const days = new Map<Day, Booking[]>();
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
