import { type Day, isDay } from "../../common/time.ts";
import { route } from "../../common/router.ts";
import { type Filter, FILTERS, type Purpose, PURPOSES } from "./model.ts";

export const VIEWS = ["days", "map", "items", "figures"] as const;
export type ViewName = typeof VIEWS[number];

/** What the pages of plans show, as the URL says it. */
export interface State {
  /** Of the list: only plans of this campaign. */
  campaign: string | undefined;
  plan: string | undefined;
  /** The purpose of the plan that the form makes. */
  form: Purpose | undefined;
  /** The plan beside which the first one is put. */
  compare: string | undefined;
  view: ViewName;
  item: number | undefined;
  day: Day | undefined;
  span: "day" | "week";
  /** Part of the name or code of a lecturer. */
  find: string;
  lecturer: string | undefined;
  branch: string | undefined;
  /** The day of the filtered list; that of the other views is `day`. */
  on: Day | undefined;
  filter: Filter | "STALE" | undefined;
  /** Whether items are checked against today's bookings. */
  check: boolean;
}

export function state(params = route().params): State {
  const view = params.get("view") as ViewName;
  const filter = params.get("state") as Filter | "STALE";
  const form = params.get("new")?.toUpperCase().replace("-", "_") as Purpose;
  const day = params.get("day");
  const on = params.get("on");
  const item = params.get("item");
  return {
    campaign: params.get("campaign") ?? undefined,
    plan: params.get("plan") ?? undefined,
    form: PURPOSES.includes(form) ? form : undefined,
    compare: params.get("compare") ?? undefined,
    view: VIEWS.includes(view) ? view : "days",
    item: item && /^\d+$/.test(item) ? Number(item) : undefined,
    day: isDay(day) ? day : undefined,
    span: params.get("span") === "day" ? "day" : "week",
    find: params.get("find") ?? "",
    lecturer: params.get("lecturer") ?? undefined,
    branch: params.get("branch") ?? undefined,
    on: isDay(on) ? on : undefined,
    filter: filter === "STALE" || FILTERS.includes(filter) ? filter : undefined,
    check: params.get("check") === "1",
  };
}

/** The value of `new` for a purpose. */
export function formOf(purpose: Purpose): string {
  return purpose.toLowerCase().replace("_", "-");
}
