import { addDays, type Day, local } from "../../common/time.ts";
import type { Ref } from "../booking.ts";

export type PlanState = "QUEUED" | "SEARCHING" | "DRAFT" | "PUBLISHING" | "PUBLISHED" | "FAILED";
export const PURPOSES = ["PLAN", "RESCUE", "WHAT_IF"] as const;
export type Purpose = typeof PURPOSES[number];
export type ItemState = "PLACED" | "GUEST" | "LEFT_OUT" | "EXCLUDED";

export const COMPONENTS = ["leftOut", "travel", "days", "load", "later", "preference", "guests", "disturbance"] as const;

/** A part of the cost, in minutes of lecturers' time. */
export interface Component {
  component: string;
  minutes: number;
  detail?: string;
}

export interface Cost {
  totalMinutes: number;
  components: Component[];
}

export interface Coverage {
  items: number;
  /** Those at a lecture of their own and those that are guests at a neighbour's. */
  placed: number;
  guests: number;
  leftOut: number;
  excluded: number;
  pinned: number;
  refused: number;
  changed: number;
}

export type Phase = "HOLDING" | "CONFIRMING" | "RELEASING" | "DONE";

export interface Publication {
  onRefusal: "NOTHING" | "BOOK_THE_REST";
  outcome: "RUNNING" | "PUBLISHED" | "PARTLY" | "REFUSED" | "CANCELLED";
  phase: Phase;
  total: number;
  held: number;
  confirmed: number;
  refused: number;
  startedAt?: string;
  endedAt?: string;
}

export interface Gone {
  lecturerId?: string;
  venueId?: string;
  from: Day;
  until: Day;
}

export interface Extra {
  likeLecturerId: string;
  count: number;
}

export interface Plan {
  id: string;
  version: number;
  name: string;
  purpose: Purpose;
  state: PlanState;
  campaign: Ref;
  from: Day;
  until: Day;
  zone: string;
  format?: string;
  joinLink?: string;
  seconds: number;
  seed?: number;
  weights?: Record<string, number>;
  guests?: { most: number; minutes: number };
  headCounts?: boolean;
  lecturesPerDay?: number;
  gone?: Gone[];
  extra?: Extra[];
  coverage: Coverage;
  /** Absent until there is a first plan. */
  cost?: Cost;
  lecturers?: { count: number; least: number; mean: number; most: number; evenness: number; days: number };
  travelMinutes?: number;
  factsAt?: string;
  failure?: string;
  publication?: Publication;
  createdAt: string;
  createdBy?: string;
  updatedAt?: string;
}

export interface Located {
  latitude?: number;
  longitude?: number;
}

export interface Said {
  code: string;
  detail: string;
}

export interface Item {
  number: number;
  branch: Ref;
  topic: { id: string; code: string; title: string };
  occurrence: number;
  priority?: boolean;
  requested?: boolean;
  state: ItemState;
  pinned?: boolean;
  lecturer?: Ref;
  venue?: Ref & Located;
  start?: string;
  end?: string;
  zone: string;
  hostNumber?: number;
  stale?: Said[];
  refusal?: Said;
  bookingId?: string;
  before?: { bookingId: string; lecturer?: Ref; venue?: Ref; start: string; end: string; makesRoom?: boolean };
}

/** An item that has its time: a lecture of its own, or a seat at a neighbour's. */
export type PlacedItem = Item & { lecturer: Ref; start: string; end: string };

export function isPlaced(item: Item): item is PlacedItem {
  return (item.state === "PLACED" || item.state === "GUEST") && !!item.start && !!item.end && !!item.lecturer;
}

/** One day of one lecturer on the road; guests are not listed. */
export interface LecturerDay {
  lecturer: Ref;
  date: Day;
  travelMinutes: number;
  lectures: Item[];
}

/** What each lecturer and each date have, and which guests join which lecture. */
export interface Loads {
  lecturers: { lecturer: Ref; lectures: number; days: number }[];
  dates: Map<Day, number>;
  guests: Map<number, Item[]>;
}

/** A place, time and lecturer that an item could have instead. */
export interface Way {
  lecturer?: Ref;
  venue?: Ref;
  start: string;
  /** As guest of this item. */
  hostNumber?: number;
  differenceMinutes: number;
  text: string;
  components?: Component[];
}

export interface Obstacle {
  obstacle: string;
  count: number;
  text: string;
}

export interface Why {
  number: number;
  placed: boolean;
  text: string;
  components?: Component[];
  instead?: Way[];
  obstacles?: Obstacle[];
  giveWay?: GiveWay;
}

/** A lecture that could give way, and what that makes possible. */
export interface GiveWay {
  number: number;
  placedAgain: boolean;
  way: Way;
  text: string;
}

export interface Tried {
  possible: boolean;
  way?: Way;
  obstacles: Obstacle[];
  text: string;
}

export type Action = "MOVE" | "PIN" | "UNPIN" | "REMOVE" | "EXCLUDE" | "INCLUDE";

export interface Change {
  number: number;
  action: Action;
  lecturerId?: string;
  venueId?: string;
  start?: string;
}

export interface Edited {
  dryRun?: boolean;
  before?: Cost;
  after?: Cost;
  differenceMinutes: number;
  components?: Component[];
  items: Item[];
  plan?: Plan;
}

export interface Progress {
  state: PlanState;
  share?: number;
  secondsSpent?: number;
  iterations?: number;
  placed?: number;
  leftOut?: number;
  totalMinutes?: number;
  publication?: Publication;
  version?: number;
}

export interface PublishTrial {
  lectures: number;
  branches: number;
  notices: { branch: Ref; news: "BOOKED" | "CHANGED" | "CANCELLED" }[];
  refusals: { number: number; refusal: Said }[];
}

export const CHANGES = ["OTHER_LECTURER", "OTHER_TIME", "OTHER_VENUE", "GAINED", "LOST"] as const;

export interface Comparison {
  plans: [Plan, Plan];
  components: { component: string; minutes: [number, number]; difference: number }[];
  counts: { same: number; otherTime: number; otherLecturer: number; otherVenue: number; gained: number; lost: number };
  items: {
    branch: Ref;
    topic: { id: string; code: string; title: string };
    occurrence: number;
    change: string;
    one?: Item;
    other?: Item;
  }[];
}

/** What the filter of the list offers, in its order. */
export const FILTERS = ["PLACED", "LEFT_OUT", "PINNED", "CHANGED", "REFUSED", "EXCLUDED"] as const;
export type Filter = typeof FILTERS[number];

/** How many items a filter finds. */
export function countOf(filter: Filter, of: Coverage): number {
  switch (filter) {
    case "PLACED":
      return of.placed;
    case "LEFT_OUT":
      return of.leftOut;
    case "PINNED":
      return of.pinned;
    case "CHANGED":
      return of.changed;
    case "REFUSED":
      return of.refused;
    case "EXCLUDED":
      return of.excluded;
  }
}

/** Whether a worker is busy with it: it is not edited then, and its progress is read. */
export function isBusy(state: PlanState): boolean {
  return state === "QUEUED" || state === "SEARCHING" || state === "PUBLISHING";
}

/** Components that cost something, the greatest first, each with its share of the whole. */
export function shares(cost: Cost): (Component & { share: number })[] {
  const total = cost.components.reduce((sum, each) => sum + Math.max(each.minutes, 0), 0);
  return cost.components
    .filter((each) => Math.abs(each.minutes) >= 0.5)
    .sort((a, b) => b.minutes - a.minutes)
    .map((each) => ({ ...each, share: total > 0 ? Math.max(each.minutes, 0) / total : 0 }));
}

/** Parts of a bar: what was planned and what was not. */
export function parts(of: Coverage): { state: ItemState; count: number; share: number }[] {
  const all: [ItemState, number][] = [
    ["PLACED", of.placed - of.guests],
    ["GUEST", of.guests],
    ["LEFT_OUT", of.leftOut],
    ["EXCLUDED", of.excluded],
  ];
  return all.filter(([, count]) => count > 0).map(([state, count]) => ({ state, count, share: count / Math.max(of.items, 1) }));
}

export interface LecturerWeek {
  lecturer: Ref;
  /** By date. */
  days: Map<Day, LecturerDay>;
  lectures: number;
  travelMinutes: number;
}

/** Days of lecturers as rows, in order of their codes. */
export function rows(days: readonly LecturerDay[]): LecturerWeek[] {
  const found = new Map<string, LecturerWeek>();
  for (const day of days) {
    let row = found.get(day.lecturer.id);
    if (!row) {
      row = { lecturer: day.lecturer, days: new Map(), lectures: 0, travelMinutes: 0 };
      found.set(day.lecturer.id, row);
    }
    row.days.set(day.date, day);
    row.lectures += day.lectures.length;
    row.travelMinutes += day.travelMinutes;
  }
  return [...found.values()].sort((a, b) => a.lecturer.code.localeCompare(b.lecturer.code));
}

/** Lectures of a day in order, with the guests that join them. */
export function lectures(day: LecturerDay, guests: Loads["guests"]): { item: PlacedItem; guests: Item[] }[] {
  return day.lectures.filter(isPlaced)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a.number - b.number)
    .map((item) => ({ item, guests: guests.get(item.number) ?? [] }));
}

/** Every date of the plan, for its strip of days: those without a lecture as well. */
export function dates(from: Day, until: Day, counts: ReadonlyMap<Day, number>): { date: Day; lectures: number }[] {
  const all = [];
  for (let date = from; date <= until && all.length < 400; date = addDays(date, 1)) {
    all.push({ date, lectures: counts.get(date) ?? 0 });
  }
  return all;
}

/** The day that is shown when the address names none: the first one with a lecture. */
export function firstDay(plan: Pick<Plan, "from" | "until">, counts: ReadonlyMap<Day, number> | undefined): Day {
  const busy = counts && [...counts].filter(([, count]) => count > 0).map(([date]) => date).sort()[0];
  return busy ?? plan.from;
}

/** The loads of all that is placed. A guest is no lecture of its own. */
export function loadsOf(items: readonly Item[]): Loads {
  const lecturers = new Map<string, { lecturer: Ref; lectures: number; dates: Set<Day> }>();
  const dates = new Map<Day, number>();
  const guests = new Map<number, Item[]>();
  for (const item of items.filter(isPlaced)) {
    if (item.hostNumber !== undefined) {
      guests.set(item.hostNumber, [...(guests.get(item.hostNumber) ?? []), item]);
      continue;
    }
    const { day } = local(item.start, item.zone);
    dates.set(day, (dates.get(day) ?? 0) + 1);
    const one = lecturers.get(item.lecturer.id) ?? { lecturer: item.lecturer, lectures: 0, dates: new Set() };
    one.lectures++;
    one.dates.add(day);
    lecturers.set(item.lecturer.id, one);
  }
  return {
    lecturers: [...lecturers.values()].map(({ lecturer, lectures, dates }) => ({ lecturer, lectures, days: dates.size })),
    dates,
    guests,
  };
}

/** How many lecturers have how many lectures: the columns of a histogram, without a gap. */
export function histogram(loads: readonly number[]): { lectures: number; lecturers: number }[] {
  if (loads.length === 0) return [];
  const least = Math.min(...loads);
  const most = Math.max(...loads);
  return Array.from({ length: most - least + 1 }, (_, i) => ({
    lectures: least + i,
    lecturers: loads.filter((each) => each === least + i).length,
  }));
}

/** The local day and clock of an item, in the zone of its branch. */
export function whenOf(item: Pick<Item, "start" | "zone">): { day: Day; minutes: number } | undefined {
  return item.start ? local(item.start, item.zone) : undefined;
}
