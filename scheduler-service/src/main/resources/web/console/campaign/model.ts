import type { Day } from "../../common/time.ts";
import type { Status } from "../booking.ts";

/** States of an item (one topic at one branch), from the best to the worst; what is excluded comes last. */
export const STATES = [
  "HELD",
  "ACKNOWLEDGED",
  "NOTIFIED",
  "BOOKED",
  "REQUESTED",
  "NOT_PLANNED",
  "MISSED",
  "EXCLUDED",
] as const;
export type ItemState = typeof STATES[number];

export interface Place {
  id: string;
  code: string;
  name: string;
  kind: string;
  latitude?: number;
  longitude?: number;
}

export interface Totals {
  items: number;
  notPlanned: number;
  requested: number;
  booked: number;
  notified: number;
  acknowledged: number;
  held: number;
  missed: number;
  excluded: number;
  percentHeld: number;
  headCount: number;
  lecturerAccepted: number;
  rated: number;
  branches?: number;
  branchesCovered?: number;
}

export interface District {
  branch: Place;
  itself: boolean;
  totals: Totals;
}

export interface TrendDay {
  date: Day;
  held: number;
  heldSoFar: number;
}

export interface Topic {
  id: string;
  code: string;
  title: string;
}

export interface Coverage {
  asOf: string;
  under?: Place;
  totals: Totals;
  districts: District[];
  topics: { topic: Topic; totals: Totals }[];
  trend: TrendDay[];
  forecast: { remaining: number; finishesOn?: Day; inTime?: boolean; detail: string };
}

export interface Campaign {
  id: string;
  code: string;
  name: string;
  description?: string;
  status: "DRAFT" | "ACTIVE" | "CLOSED";
  topics: Topic[];
  from: Day;
  until: Day;
  targetCount: number;
  excludedCount: number;
}

export interface Visit {
  bookingId: string;
  status: Status;
  guest?: boolean;
  start: string;
  lecturer: string;
}

export interface Item {
  branch: Place;
  district?: Place;
  topic: Topic;
  state: ItemState;
  detail: string;
  nextStep?: string;
  required: number;
  held: number;
  priority: boolean;
  bookings: Visit[];
}

/** How many items are in each state. */
export function counts(totals: Totals): Record<ItemState, number> {
  return {
    HELD: totals.held,
    ACKNOWLEDGED: totals.acknowledged,
    NOTIFIED: totals.notified,
    BOOKED: totals.booked,
    REQUESTED: totals.requested,
    NOT_PLANNED: totals.notPlanned,
    MISSED: totals.missed,
    EXCLUDED: totals.excluded,
  };
}

export const STEPS = ["required", "booked", "told", "acknowledged", "held"] as const;

export interface Step {
  name: typeof STEPS[number];
  count: number;
  share: number;
}

/** How far items have come. Each step includes the later ones: what was held was notified as well. */
export function steps(totals: Totals): Step[] {
  const required = totals.items - totals.excluded;
  const acknowledged = totals.held + totals.acknowledged;
  const told = acknowledged + totals.notified;
  const all = { required, booked: told + totals.booked, told, acknowledged, held: totals.held };
  return STEPS.map((name) => ({ name, count: all[name], share: required === 0 ? 0 : all[name] / required }));
}

/** The parts of a bar: states that occur, without those excluded, the best first. */
export function parts(totals: Totals): { state: ItemState; count: number; share: number }[] {
  const of = counts(totals);
  const required = totals.items - totals.excluded;
  return STATES.filter((state) => state !== "EXCLUDED" && of[state] > 0)
    .map((state) => ({ state, count: of[state], share: of[state] / required }));
}

/** Those that lag most come first. */
export function byLag(districts: readonly District[]): District[] {
  const open = ({ totals }: District) => totals.items - totals.excluded - totals.held;
  return [...districts].sort((a, b) =>
    a.totals.percentHeld - b.totals.percentHeld || open(b) - open(a) || a.branch.code.localeCompare(b.branch.code)
  );
}

/** The state that needs attention most, of the items of one branch. */
const ATTENTION: ItemState[] = ["MISSED", "NOT_PLANNED", "REQUESTED", "BOOKED", "NOTIFIED", "ACKNOWLEDGED", "HELD", "EXCLUDED"];

export interface BranchState {
  branch: Place;
  state: ItemState;
  items: number;
}

export function byBranch(items: readonly Item[]): BranchState[] {
  const found = new Map<string, BranchState>();
  for (const { branch, state } of items) {
    const known = found.get(branch.id);
    if (!known) found.set(branch.id, { branch, state, items: 1 });
    else {
      known.items++;
      if (ATTENTION.indexOf(state) < ATTENTION.indexOf(known.state)) known.state = state;
    }
  }
  return [...found.values()];
}

export interface Call {
  item: Item;
  visit: Visit;
}

/** Whom to call: branches that have not acknowledged a lecture that lies ahead; the soonest first. */
export function calls(items: readonly Item[], now: number): Call[] {
  return items
    .filter(({ state }) => state === "NOTIFIED" || state === "BOOKED")
    .flatMap((item) =>
      item.bookings
        .filter((visit) => visit.status === "CONFIRMED" && Date.parse(visit.start) > now)
        .map((visit) => ({ item, visit }))
    )
    .sort((a, b) => Date.parse(a.visit.start) - Date.parse(b.visit.start));
}
