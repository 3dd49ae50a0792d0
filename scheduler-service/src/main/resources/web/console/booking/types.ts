import type { Problem } from "../api.ts";
import type { Booking, Ref } from "../booking.ts";

export interface NotifiedBranch {
  branch: Ref;
  role: "HOST" | "GUEST";
  news: "BOOKED" | "CHANGED" | "CANCELLED";
}

/** The answer of `dryRun=true`. */
export interface Rehearsal {
  possible: boolean;
  refusal?: Problem;
  rules?: { code: string; detail: string }[];
  overridable?: boolean;
  booking?: Booking;
  notified?: { count: number; branches: NotifiedBranch[] };
}

/** A lecturer, a place and a time that can be booked: of a search, or an alternative in a refusal. */
export interface Slot {
  lecturer: Ref & { tier?: string };
  venue?: Ref & { address?: string };
  start: string;
  end: string;
  zone: string;
  score: number;
  reasons: { reason: string; points: number; detail: string }[];
}

/** What could be done instead: `request` is the body for the same operation. */
export interface Alternative extends Slot {
  request?: Record<string, unknown>;
}

export interface Conflict {
  resource: "lecturer" | "venue" | "branch" | "guest";
  bookingId: string;
  start: string;
  end: string;
  heldUntil?: string;
}

export interface Version {
  version: number;
  action: string;
  at: string;
  actor: string;
  reason?: string;
  before?: Booking;
  after?: Booking;
}

export type Body = Record<string, unknown>;
