import { addDays, type Day } from "../../common/time.ts";
import type { TrendDay } from "./model.ts";

export interface Point {
  x: number;
  y: number;
}

export interface BurnUp {
  held: Point[];
  expected: [Point, Point];
  forecast: [Point, Point] | undefined;
  /** Whether the forecast ends beyond what is drawn. */
  forecastCut: boolean;
  today: number | undefined;
  expectedToday: number;
  heldToday: number;
  due: number;
  yTicks: { at: number; count: number }[];
  xTicks: { at: number; day: Day }[];
}

export interface Asked {
  from: Day;
  /** The last day. */
  until: Day;
  today: Day;
  due: number;
  trend: readonly TrendDay[];
  finishesOn: Day | undefined;
}

const DAY = 86_400_000;
/** How much longer than the campaign the drawing gets for a forecast. */
const LONGEST = 1.5;

export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** How many should be held by the end of a day, if the work were spread evenly over the campaign. */
export function expectedBy(day: Day, { from, until, due }: Pick<Asked, "from" | "until" | "due">): number {
  const length = daysBetween(from, until) + 1;
  const passed = Math.min(Math.max(daysBetween(from, day) + 1, 0), length);
  return Math.round(due * passed / length);
}

/** Round steps; about four of them make the whole. */
export function ticks(most: number, wanted = 4): number[] {
  if (most <= 0) return [0];
  const rough = most / wanted;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough)!);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

/** The places of everything in a burn-up chart of this width and height. A day ends at its right edge. */
export function burnUp(asked: Asked, width: number, height: number): BurnUp {
  const { from, until, today, due, trend, finishesOn } = asked;
  const length = daysBetween(from, until) + 1;
  const wanted = finishesOn ? daysBetween(from, finishesOn) + 1 : length;
  const span = Math.min(Math.max(length, wanted), Math.ceil(length * LONGEST));
  const most = Math.max(due, trend.at(-1)?.heldSoFar ?? 0, 1);
  const x = (days: number) => width * Math.min(Math.max(days, 0), span) / span;
  const y = (count: number) => height - height * count / most;
  const passed = daysBetween(from, today) + 1;
  const started = passed > 0;
  const heldToday = trend.findLast((each) => each.date <= today)?.heldSoFar ?? 0;

  const held: Point[] = [{ x: 0, y: y(0) }];
  for (const each of trend.filter((one) => one.date <= today)) {
    const at = x(daysBetween(from, each.date) + 1);
    held.push({ x: at, y: held.at(-1)!.y }, { x: at, y: y(each.heldSoFar) });
  }
  if (started) held.push({ x: x(Math.min(passed, length)), y: held.at(-1)!.y });

  const ahead = finishesOn && started && wanted > passed ? (span - passed) / (wanted - passed) : 0;
  const reached = Math.min(ahead, 1);
  return {
    held,
    expected: [{ x: 0, y: y(0) }, { x: x(length), y: y(due) }],
    forecast: ahead > 0
      ? [{ x: x(passed), y: y(heldToday) }, {
        x: x(passed + (wanted - passed) * reached),
        y: y(heldToday + (due - heldToday) * reached),
      }]
      : undefined,
    forecastCut: ahead > 0 && ahead < 1,
    today: started && passed <= span ? x(passed) : undefined,
    expectedToday: expectedBy(today, asked),
    heldToday,
    due,
    yTicks: ticks(most).map((count) => ({ at: y(count), count })),
    xTicks: [0, 1, 2, 3, 4].map((i) => Math.round((span - 1) * i / 4)).map((days) => ({
      at: x(days + 0.5),
      day: addDays(from, days),
    })),
  };
}
