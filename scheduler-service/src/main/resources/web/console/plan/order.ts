import { type Day } from "../../common/time.ts";
import type { Ref } from "../booking.ts";
import { isRemote, usualFormat } from "../formats.ts";
import { type Change, isPlaced, type Item, type Plan, type Purpose } from "./model.ts";

// What is sent, and nothing that needs a page.

/** The usual price of each thing, in minutes (two are factors). */
export const USUAL = {
  travel: 1,
  day: 60,
  load: 5,
  later: 1,
  leftOut: 1000,
  priority: 3,
  requested: 1.5,
  hall: 30,
  guest: 30,
  guestTravel: 0.5,
  otherLecturer: 30,
  otherTime: 120,
  otherDay: 240,
} as const;
export type Weight = keyof typeof USUAL;

/** The prices that a purpose has use for, in the order of the form. */
export function weightsOf(purpose: Purpose, joint: boolean): Weight[] {
  return [
    ...(["travel", "day", "load", "later", "leftOut", "priority", "requested", "hall"] as const),
    ...(joint ? ["guest", "guestTravel"] as const : []),
    ...(purpose === "RESCUE" ? ["otherLecturer", "otherTime", "otherDay"] as const : []),
  ];
}

export interface GoneLine {
  kind: "lecturer" | "venue" | "day";
  what: Ref | undefined;
  from: Day;
  until: Day;
}

export interface ExtraLine {
  like: Ref | undefined;
  count: number | undefined;
}

export interface NewPlan {
  campaign: string;
  purpose: Purpose;
  name: string;
  seconds: number;
  from: Day;
  until: Day;
  format: string;
  joinLink: string;
  joint: boolean;
  most: number | undefined;
  minutes: number | undefined;
  headCounts: boolean;
  /** Of lecturers without a limit of their own; empty for the usual number. */
  perDay: number | undefined;
  weights: Partial<Record<Weight, number>>;
  gone: GoneLine[];
  extra: ExtraLine[];
}

export function empty(campaign: string, purpose: Purpose, days: { from: Day; until: Day }): NewPlan {
  return {
    campaign,
    purpose,
    name: "",
    seconds: purpose === "RESCUE" ? 15 : 60,
    ...days,
    format: usualFormat(),
    joinLink: "",
    joint: false,
    most: 2,
    minutes: 30,
    headCounts: false,
    perDay: undefined,
    weights: {},
    gone: purpose === "RESCUE" ? [{ kind: "lecturer", what: undefined, ...days }] : [],
    extra: purpose === "WHAT_IF" ? [{ like: undefined, count: 2 }] : [],
  };
}

/** The same settings as a plan has, for another one. */
export function like(plan: Plan, purpose: Purpose): Partial<NewPlan> {
  const weights: Partial<Record<Weight, number>> = {};
  for (const [name, value] of Object.entries(plan.weights ?? {})) {
    if (name in USUAL && USUAL[name as Weight] !== value) weights[name as Weight] = value;
  }
  return {
    campaign: plan.campaign.id,
    purpose,
    seconds: plan.seconds,
    format: plan.format ?? usualFormat(),
    joinLink: plan.joinLink ?? "",
    joint: !!plan.guests,
    ...(plan.guests && { most: plan.guests.most, minutes: plan.guests.minutes }),
    headCounts: !!plan.headCounts,
    perDay: plan.lecturesPerDay,
    weights,
  };
}

/** How many prices differ from the usual ones. */
export function changedWeights(weights: NewPlan["weights"]): number {
  return Object.entries(weights).filter(([name, value]) => value !== undefined && value !== USUAL[name as Weight]).length;
}

/** The lines that say something: those left empty are not sent. */
function goneOf(lines: readonly GoneLine[]) {
  return lines.filter((each) => each.from && (each.kind === "day" || each.what)).map(({ kind, what, from, until }) => ({
    ...(kind === "lecturer" && { lecturerId: what!.id }),
    ...(kind === "venue" && { venueId: what!.id }),
    from,
    until: until || from,
  }));
}

/** The request; undefined while something essential is missing. */
export function order(of: NewPlan): Record<string, unknown> | undefined {
  const gone = goneOf(of.gone);
  const extra = of.extra.filter((each) => each.like && each.count);
  if (!of.campaign || !of.name.trim() || !of.from || !of.until) return undefined;
  if (of.purpose === "RESCUE" && gone.length === 0) return undefined;
  const allowed = new Set<string>(weightsOf(of.purpose, of.joint));
  const weights = Object.fromEntries(
    Object.entries(of.weights).filter(([name, value]) =>
      value !== undefined && allowed.has(name) && value !== USUAL[name as Weight]
    ),
  );
  return {
    campaignId: of.campaign,
    name: of.name.trim(),
    purpose: of.purpose,
    seconds: of.seconds,
    from: of.from,
    until: of.until,
    format: of.format,
    ...(isRemote(of.format) && of.joinLink && { joinLink: of.joinLink }),
    ...(Object.keys(weights).length > 0 && { weights }),
    ...(of.joint && { guests: { most: of.most ?? 2, minutes: of.minutes ?? 30 } }),
    ...(of.headCounts && { headCounts: true }),
    ...(of.perDay && { lecturesPerDay: of.perDay }),
    ...(gone.length > 0 && { gone }),
    ...(of.purpose === "WHAT_IF" && extra.length > 0 && {
      extra: extra.map(({ like: real, count }) => ({ likeLecturerId: real!.id, count })),
    }),
  };
}

/**
 * The changes that put a lecture back where it was; undefined if they would not: a guest joins only by a search, and
 * what changed with others is not undone by one.
 */
export function undoOf(before: Item, changes: readonly Change[], changed: readonly Item[]): Change[] | undefined {
  const { number } = before;
  if (before.state === "GUEST" || changes.length !== 1 || changed.some((each) => each.number !== number)) return undefined;
  if (before.state === "LEFT_OUT") return [{ number, action: changes[0]!.action === "EXCLUDE" ? "INCLUDE" : "REMOVE" }];
  if (!isPlaced(before)) return undefined;
  return [
    ...(changes[0]!.action === "EXCLUDE" ? [{ number, action: "INCLUDE" as const }] : []),
    {
      number,
      action: "MOVE",
      lecturerId: before.lecturer.id,
      ...(before.venue && { venueId: before.venue.id }),
      start: before.start,
    },
    ...(before.pinned ? [] : [{ number, action: "UNPIN" as const }]),
  ];
}
