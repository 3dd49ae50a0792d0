import { addDays, type Day, isDay, monday, today } from "../../common/time.ts";
import { route } from "../router.ts";

export type By = "lecturer" | "venue" | "branch";
export type Span = "day" | "week";

export const BYS: By[] = ["lecturer", "venue", "branch"];
export const SPANS: Span[] = ["day", "week"];

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
}

export function state(params = route().params): State {
  const day = params.get("day");
  const span = params.get("span");
  const by = params.get("by");
  return {
    day: isDay(day) ? day : today(),
    span: span === "week" ? "week" : "day",
    by: by === "venue" || by === "branch" ? by : "lecturer",
    find: params.get("find") ?? "",
    all: params.get("rows") === "all",
    booking: params.get("booking") ?? undefined,
  };
}

/** The days shown, the first of them a Monday if it is a week. */
export function days({ day, span }: Pick<State, "day" | "span">): Day[] {
  if (span === "day") return [day];
  const first = monday(day);
  return Array.from({ length: 7 }, (_, i) => addDays(first, i));
}
