import { type Day, show } from "./time.ts";

/** A time away, by instants or by whole days. */
export interface Blackout {
  from?: string;
  until?: string;
  firstDay?: Day;
  lastDay?: Day;
  reason?: string;
}

/** From when to when, in words. */
export function period(of: Blackout, zone: string): string {
  if (!of.firstDay) return show.range(of.from ?? "", of.until ?? "", zone);
  const last = of.lastDay ?? of.firstDay;
  return of.firstDay === last ? show.wholeDay(last) : `${show.wholeDay(of.firstDay)} – ${show.wholeDay(last)}`;
}
