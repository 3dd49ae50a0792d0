import { route } from "../../common/router.ts";
import { type ItemState, STATES } from "./model.ts";

export const TABS = ["items", "suggestions", "calls"] as const;
export type TabName = typeof TABS[number];

/** What the page shows, as the URL says it. One selection (`under`, `branch`) drives every panel. */
export interface State {
  campaign: string | undefined;
  /** All panels show the subtree of this district. */
  under: string | undefined;
  /** The branch that was chosen in the map; lists are about it alone. */
  branch: string | undefined;
  open: Set<string>;
  map: boolean;
  tab: TabName;
  item: ItemState | undefined;
  topic: string | undefined;
  report: boolean;
}

export function state(params = route().params): State {
  const tab = params.get("tab") as TabName;
  const item = params.get("state") as ItemState;
  return {
    campaign: params.get("campaign") ?? undefined,
    under: params.get("under") ?? undefined,
    branch: params.get("branch") ?? undefined,
    open: new Set(params.get("open")?.split(".").filter(Boolean)),
    map: params.get("where") === "map",
    tab: TABS.includes(tab) ? tab : "items",
    item: STATES.includes(item) ? item : undefined,
    topic: params.get("topic") ?? undefined,
    report: params.get("view") === "report",
  };
}
