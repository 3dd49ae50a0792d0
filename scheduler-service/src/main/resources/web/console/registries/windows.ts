import type { Blackout } from "../../common/blackout.ts";
import { type Day, WEEKDAYS } from "../../common/time.ts";

/** When a lecturer or a venue is available, as the API takes it. */
export interface Hours {
  zone?: string;
  weekly: { day: string; from: string; until: string }[];
  exceptions: { date: Day; windows: { from: string; until: string }[]; note?: string }[];
  blackouts?: Blackout[];
  limits?: { lecturesPerDay?: number; lecturesPerWeek?: number; noticeHours?: number };
}

/** The windows of a week, day by day, for reading. */
export function byDay(weekly: Hours["weekly"]): { day: string; windows: string[] }[] {
  return WEEKDAYS.map((day) => ({
    day,
    windows: weekly.filter((each) => each.day === day).map((each) => `${each.from}–${each.until}`).sort(),
  })).filter((each) => each.windows.length > 0);
}

/** What is sent: without lines that were left empty and without limits that do not exist. */
export function request(of: Hours, lecturer: boolean): Hours {
  const limits = Object.fromEntries(Object.entries(of.limits ?? {}).filter(([, value]) => value !== undefined));
  return {
    ...(of.zone && { zone: of.zone }),
    weekly: of.weekly.filter((each) => each.from || each.until),
    exceptions: of.exceptions.filter((each) => each.date).map(({ date, windows, note }) => ({
      date,
      windows: windows.filter((each) => each.from || each.until),
      ...(note && { note }),
    })),
    ...(lecturer && {
      blackouts: (of.blackouts ?? []).filter((each) => each.from || each.firstDay).map(({ reason, ...when }) => ({
        ...when,
        ...(when.firstDay && { lastDay: when.lastDay || when.firstDay }),
        ...(reason && { reason }),
      })),
      ...(Object.keys(limits).length > 0 && { limits }),
    }),
  };
}
