import { type Day, local } from "../../common/time.ts";
import { isPlaced, type Item, type LecturerDay, type PlacedItem } from "./model.ts";

/** The hours of a day that are drawn, in the zone of the plan. */
export interface Hours {
  day: Day;
  zone: string;
  from: number;
  to: number;
}

const USUAL: [number, number] = [8, 20];

/** The usual hours, and as many more as lectures need. */
export function hours(day: Day, zone: string, days: readonly LecturerDay[]): Hours {
  let [from, to] = USUAL;
  for (const item of days.flatMap((each) => each.lectures).filter(isPlaced)) {
    from = Math.min(from, Math.floor(local(item.start, zone).minutes / 60));
    to = Math.max(to, Math.ceil((local(new Date(Date.parse(item.end) - 1), zone).minutes + 1) / 60));
  }
  return { day, zone, from, to };
}

/** The place of a lecture, as fractions of the hours. */
export function placeOf(item: PlacedItem, of: Hours): { left: number; width: number } {
  const length = (of.to - of.from) * 60;
  const at = (minutes: number) => Math.min(Math.max((minutes - of.from * 60) / length, 0), 1);
  const start = local(item.start, of.zone).minutes;
  const left = at(start);
  return { left, width: at(start + (Date.parse(item.end) - Date.parse(item.start)) / 60_000) - left };
}

/** Whether something about a lecture needs a person. */
export function needsAttention(item: Item): boolean {
  return !!item.refusal || (item.stale ?? []).length > 0 || !isPlaced(item);
}
