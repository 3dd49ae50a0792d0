import type { Ref, Status } from "../booking.ts";
import type { By } from "./state.ts";

/** One lecture as the timeline draws it. */
export interface Item {
  id: string;
  version: number;
  status: Status;
  /** Milliseconds, half-open. */
  start: number;
  end: number;
  occupiedFrom: number;
  occupiedUntil: number;
  zone: string;
  lecturer: Ref;
  branch: Ref;
  venue: Ref | undefined;
  guests: Ref[];
  topic: string;
  /** How many branches take part, how many of them the latest message reached, and how many acknowledged it. */
  branchCount: number;
  reachedCount: number | undefined;
  acknowledgedCount: number | undefined;
  holdExpiresAt: string | undefined;
}

export interface Row extends Ref {
  items: Item[];
}

/** Puts each lecture into every row it occupies: a guest's row shows it as well. */
export function arrange(by: By, items: Item[], registry: Ref[]): Row[] {
  const rows = new Map<string, Row>(registry.map((each) => [each.id, { ...each, items: [] }]));
  for (const each of items) {
    for (const ref of owners(by, each)) {
      let row = rows.get(ref.id);
      if (!row) {
        row = { id: ref.id, code: ref.code, name: ref.name, items: [] };
        rows.set(ref.id, row);
      }
      row.items.push(each);
    }
  }
  return [...rows.values()];
}

/** Every lecture of these rows, once: one with guests is in several. */
export function once(rows: readonly Row[]): Item[] {
  return [...new Map(rows.flatMap((row) => row.items).map((item) => [item.id, item])).values()];
}

function owners(by: By, item: Item): Ref[] {
  switch (by) {
    case "lecturer":
      return [item.lecturer];
    case "venue":
      return item.venue ? [item.venue] : [];
    case "branch":
      return [item.branch, ...item.guests];
  }
}
