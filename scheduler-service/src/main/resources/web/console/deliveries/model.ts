import { hasRole } from "../../common/session.ts";

/** Deliveries as the notification service gives them. */
export type State = "READY" | "LEASED" | "DELIVERED" | "PARKED" | "DEAD" | "SUPERSEDED";

export const STATES: State[] = ["DEAD", "PARKED", "READY", "DELIVERED", "SUPERSEDED"];

export interface Delivery {
  id: string;
  branchId: string;
  bookingId?: string;
  requestId?: string;
  endpointId: string;
  channel: string;
  address: string;
  state: State;
  reason?: string;
  waitsFor?: string;
  title?: string;
  body?: string;
  attemptCount: number;
  nextAttemptAt?: string;
  createdAt: string;
  finishedAt?: string;
}

export interface Detail extends Delivery {
  attempts: { number: number; startedAt: string; durationMillis?: number; outcome?: string; answer?: string }[];
  resends?: { at: string; actor: string; reason: string; stateBefore: State; attemptsBefore: number }[];
  reports?: { at: string; action: string; status: string }[];
}

export interface Endpoint {
  address: string;
  status: string;
  disabledReason?: string;
  failing?: { failures: number; since: string };
}

export function tone(state: State): string {
  switch (state) {
    case "DEAD":
      return "bad";
    case "PARKED":
      return "warn";
    case "DELIVERED":
      return "good";
    case "READY":
    case "LEASED":
      return "held";
    default:
      return "";
  }
}

/** Records of Kafka are for operators and auditors; lectures and branches have pages for organizers and auditors. */
export const mayRead = {
  log: () => hasRole("organizer", "operator", "auditor"),
  records: () => hasRole("operator", "auditor"),
  lectures: () => hasRole("organizer", "auditor"),
};
