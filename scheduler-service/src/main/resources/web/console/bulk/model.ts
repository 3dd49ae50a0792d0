import { show } from "../../common/time.ts";
import type { Booking, Ref } from "../booking.ts";
import type { Conflict, Slot } from "../booking/types.ts";
import type { Reason } from "../reason/model.ts";

/** What happens to a lecture, as `POST /bookings/bulk/preview` takes it. */
export type BulkAction =
  | { type: "cancel" }
  | { type: "shift"; days?: number; minutes?: number }
  | { type: "move-to-day"; day: string }
  | { type: "change"; start?: string; end?: string; lecturerId?: string; venueId?: string; joinLink?: string; branchId?: string }
  | { type: "reassign"; lecturerId?: string; venueId?: string; joinLink?: string }
  | { type: "substitute"; lecturerIds?: string[] }
  | { type: "leave" };

/** Which lectures: by name, or all of a lecturer, venue or branch in a range. */
export interface Selected {
  bookingIds?: string[];
  lecturerId?: string;
  venueId?: string;
  branchId?: string;
  from?: string;
  to?: string;
}

/** What is to be changed, and how by default. Another object is another question. */
export interface PlanOf {
  selected: Selected;
  action: BulkAction;
  /** A reason to begin with. */
  reason?: Reason;
  /** In which named lectures are, if that is known: they are then read as a list. */
  range?: { from: string; to: string };
}

export type Outcome = "CHANGES" | "UNCHANGED" | "CONFLICT" | "RULES" | "IMPOSSIBLE";

export interface Violation {
  code: string;
  detail: string;
}

export interface ChangePreview {
  outcome: Outcome;
  before: Booking;
  after?: Booking;
  conflicts?: (Conflict & { lecturer?: Ref; branch?: Ref })[];
  rules?: Violation[];
  violations?: Violation[];
}

export interface BulkItem {
  change: ChangePreview;
  freeLecturers?: Ref[];
  alternatives?: (Slot & { action: BulkAction })[];
}

export interface Preview {
  previewToken: string;
  possible: boolean;
  bookings: number;
  changing: number;
  branches: { branch: Ref; bookings: number }[];
  items: BulkItem[];
  skipped: string[];
  unplaced: string[];
  shares: { lecturer: Ref; bookings: number }[];
}

export interface Result {
  changed: Booking[];
  unchanged: string[];
}

/** What the page knows of one selected lecture. */
export interface Line {
  id: string;
  /** As it is now; absent until it is read, when the preview only names it. */
  before: Booking | undefined;
  change: ChangePreview | undefined;
  standing: Outcome | "LEFT" | "UNPLACED";
}

/** All selected lectures by start: those that change, and those that stay. */
export function lines(preview: Preview, known: ReadonlyMap<string, Booking>): Line[] {
  const unplaced = new Set(preview.unplaced);
  const all: Line[] = [
    ...preview.items.map(({ change }) => ({ id: change.before.id, before: change.before, change, standing: change.outcome })),
    ...preview.skipped.map((id): Line => ({
      id,
      before: known.get(id),
      change: undefined,
      standing: unplaced.has(id) ? "UNPLACED" : "LEFT",
    })),
  ];
  const at = ({ before }: Line) => before ? Date.parse(before.start) : Infinity;
  return all.sort((a, b) => at(a) - at(b) || a.id.localeCompare(b.id));
}

/** Whether it blocks the whole change. */
export function blocks({ standing }: Pick<Line, "standing">): boolean {
  return standing === "CONFLICT" || standing === "RULES" || standing === "IMPOSSIBLE";
}

/** Whether a reason is all that is missing. */
export function overridable(lines: readonly Line[]): boolean {
  return lines.some(({ standing }) => standing === "RULES");
}

export interface Option {
  label: string;
  action: BulkAction;
}

/** What the API offered for one lecture, kept while the person tries others. */
export interface Offer {
  free: Ref[];
  alternatives: (Slot & { action: BulkAction })[];
}

/** The offers of this preview, and of earlier ones for what is not offered again. */
export function offers(preview: Preview, before: ReadonlyMap<string, Offer>): Map<string, Offer> {
  const found = new Map(before);
  for (const { change, freeLecturers, alternatives } of preview.items) {
    const known = found.get(change.before.id);
    found.set(change.before.id, {
      free: union(freeLecturers ?? [], taker(change), known?.free ?? []),
      alternatives: alternatives?.length ? alternatives : known?.alternatives ?? [],
    });
  }
  return found;
}

/** Who takes it in this preview: if another one is tried, this one is still offered. */
function taker({ before, after, outcome }: ChangePreview): Ref[] {
  return after && outcome === "CHANGES" && after.lecturer.id !== before.lecturer.id ? [after.lecturer] : [];
}

function union(...lists: Ref[][]): Ref[] {
  return [...new Map(lists.flat().map((each) => [each.id, each])).values()];
}

export function lecturerOptions(offer: Offer | undefined): Option[] {
  return (offer?.free ?? []).map((each) => ({
    label: each.code ? `${each.name} · ${each.code}` : each.name,
    action: { type: "reassign", lecturerId: each.id },
  }));
}

export function alternativeOptions(offer: Offer | undefined): Option[] {
  return (offer?.alternatives ?? []).map((each) => ({
    label: [show.range(each.start, each.end, each.zone), each.lecturer.name, each.venue?.name].filter(Boolean).join(" · "),
    action: each.action,
  }));
}

export const same = (a: BulkAction | undefined, b: BulkAction | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The positions in `bookingIds` that a refusal points at: those lectures have ended or are gone. */
export function refusedIds(errors: { pointer: string }[] | undefined, ids: readonly string[]): string[] {
  return (errors ?? []).flatMap(({ pointer }) => {
    const found = /^\/selection\/bookingIds\/(\d+)/.exec(pointer);
    const id = found && ids[Number(found[1])];
    return id ? [id] : [];
  });
}
