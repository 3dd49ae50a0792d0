import { type Day, local } from "../../common/time.ts";
import { isPlaced, type Item, type LecturerDay, lectures, type PlacedItem } from "./model.ts";

/** The hours of a day that are drawn, in the zone of the plan. */
export interface Hours {
  day: Day;
  zone: string;
  from: number;
  to: number;
}

const USUAL: [number, number] = [8, 20];

/** The usual hours, and as many more as lectures and ways need. */
export function hours(day: Day, zone: string, days: readonly LecturerDay[]): Hours {
  let [from, to] = USUAL;
  for (const each of days) {
    const placed = lectures(each);
    for (const { item } of placed) {
      const begin = local(item.start, zone).minutes - (item.travelMinutes ?? 0);
      const end = local(new Date(Date.parse(item.end) - 1), zone).minutes + 1;
      from = Math.min(from, Math.floor(begin / 60));
      to = Math.max(to, Math.ceil(end / 60));
    }
    const last = placed.at(-1)?.item;
    if (last && each.homeMinutes) {
      to = Math.max(to, Math.ceil((local(last.end, zone).minutes + each.homeMinutes) / 60));
    }
  }
  return { day, zone, from: Math.max(from, 0), to: Math.min(to, 24) };
}

export interface Segment {
  left: number;
  width: number;
}

export interface DrawnDay {
  bars: (Segment & { item: PlacedItem; guests: Item[] })[];
  ways: (Segment & { minutes: number; home: boolean })[];
}

/** Places of the lectures of a day and of the ways between them, as fractions of the hours. A way ends when the lecture begins. */
export function drawn(day: LecturerDay, of: Hours): DrawnDay {
  const length = (of.to - of.from) * 60;
  const at = (minutes: number) => Math.min(Math.max((minutes - of.from * 60) / length, 0), 1);
  const segment = (from: number, to: number): Segment => ({ left: at(from), width: at(to) - at(from) });
  const bars: DrawnDay["bars"] = [];
  const ways: DrawnDay["ways"] = [];
  for (const { item, guests } of lectures(day)) {
    const start = local(item.start, of.zone).minutes;
    const minutes = (Date.parse(item.end) - Date.parse(item.start)) / 60_000;
    bars.push({ ...segment(start, start + minutes), item, guests });
    if (item.travelMinutes) {
      ways.push({ ...segment(start - item.travelMinutes, start), minutes: item.travelMinutes, home: false });
    }
  }
  const last = bars.at(-1)?.item;
  if (last && day.homeMinutes) {
    const end = local(last.start, of.zone).minutes + (Date.parse(last.end) - Date.parse(last.start)) / 60_000;
    ways.push({ ...segment(end, end + day.homeMinutes), minutes: day.homeMinutes, home: true });
  }
  return { bars, ways };
}

/** Whether something about a lecture needs a person. */
export function needsAttention(item: Item): boolean {
  return !!item.refusal || (item.stale ?? []).length > 0 || !isPlaced(item);
}
