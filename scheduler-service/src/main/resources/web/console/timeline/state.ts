import { addMonths } from "../../common/dates.ts";
import { addDays, type Day, isDay, monday, today } from "../../common/time.ts";
import { route } from "../../common/router.ts";

export type By = "lecturer" | "venue" | "branch";
export type Span = "day" | "week" | "month";

export const BYS: By[] = ["lecturer", "venue", "branch"];
export const SPANS: Span[] = ["day", "week", "month"];

/** What the timeline shows, as the URL says it. */
export interface State {
  day: Day;
  span: Span;
  by: By;
  /** Part of the name or code of a row. */
  find: string;
  /** Whether rows without a lecture are shown. */
  all: boolean;
  /** The selected booking. */
  booking: string | undefined;
  /** Whether lectures are being chosen for one change of many. */
  picking: boolean;
}

export function state(params = route().params): State {
  const day = params.get("day");
  const span = params.get("span");
  const by = params.get("by");
  return {
    day: isDay(day) ? day : today(),
    span: SPANS.find((each) => each === span) ?? "day",
    by: by === "venue" || by === "branch" ? by : "lecturer",
    find: params.get("find") ?? "",
    all: params.get("rows") === "all",
    booking: params.get("booking") ?? undefined,
    picking: params.get("pick") === "yes",
  };
}

/** The days shown: one, a week from Monday, or those of a month. */
export function days({ day, span }: Pick<State, "day" | "span">): Day[] {
  switch (span) {
    case "day":
      return [day];
    case "week":
      return from(monday(day), 7);
    case "month":
      return from(firstOf(day), Number(addDays(firstOf(day, 1), -1).slice(8)));
  }
}

const from = (first: Day, count: number): Day[] => Array.from({ length: count }, (_, i) => addDays(first, i));

/** The first day of the month, or of one so many months later. */
const firstOf = (day: Day, later = 0): Day => addMonths(`${day.slice(0, 8)}01`, later);

/** The day to show for what comes before or after. */
export function stepped({ day, span }: Pick<State, "day" | "span">, direction: 1 | -1): Day {
  return span === "month" ? firstOf(day, direction) : addDays(days({ day, span })[0]!, direction * (span === "week" ? 7 : 1));
}
