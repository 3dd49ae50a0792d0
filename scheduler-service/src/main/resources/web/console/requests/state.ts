import { route } from "../../common/router.ts";
import { type RequestStatus, STATUSES } from "./model.ts";

/** What the inbox shows, as the URL says it. */
export interface State {
  status: RequestStatus;
  sort: "need" | "age";
  topic: string | undefined;
  find: string;
  /** The selected request. */
  request: string | undefined;
}

export function state(params = route().params): State {
  const status = params.get("status") as RequestStatus;
  return {
    status: STATUSES.includes(status) ? status : "WAITING",
    sort: params.get("sort") === "age" ? "age" : "need",
    topic: params.get("topic") ?? undefined,
    find: params.get("find") ?? "",
    request: params.get("request") ?? undefined,
  };
}
