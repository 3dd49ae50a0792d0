import { local, show } from "../../common/time.ts";
import type { IconName } from "../../common/icons.ts";
import type { Status } from "../booking.ts";
import { to } from "../../common/router.ts";

/** What `GET /search` finds. */
export interface Hit {
  kind: "BRANCH" | "LECTURER" | "VENUE" | "TOPIC" | "BOOKING";
  id: string;
  code?: string;
  name: string;
  detail?: string;
  archived?: boolean;
  status?: Status;
  start?: string;
  end?: string;
}

export interface Group {
  kind: Hit["kind"];
  hits: Hit[];
}

const PLACES = {
  BRANCH: { icon: "house", address: "registries/branches" },
  LECTURER: { icon: "person", address: "registries/lecturers" },
  VENUE: { icon: "place", address: "registries/venues" },
  TOPIC: { icon: "empty", address: "registries/topics" },
  BOOKING: { icon: "calendar", address: "timeline" },
} as const satisfies Record<Hit["kind"], { icon: IconName; address: string }>;

export function iconOf({ kind }: Hit): IconName {
  return PLACES[kind].icon;
}

/** The page that shows it. */
export function addressOf(hit: Hit): string {
  const { address } = PLACES[hit.kind];
  return hit.kind === "BOOKING"
    ? to(address, { booking: hit.id, day: hit.start ? local(hit.start).day : undefined })
    : to(`${address}/${hit.id}`);
}

/** By kind, in the order of the first hit of each: the API puts the best first. */
export function grouped(hits: readonly Hit[]): Group[] {
  const groups = new Map<Hit["kind"], Group>();
  for (const hit of hits) {
    const group = groups.get(hit.kind) ?? { kind: hit.kind, hits: [] };
    group.hits.push(hit);
    groups.set(hit.kind, group);
  }
  return [...groups.values()];
}

export function whenOf({ start, end }: Hit): string | undefined {
  return start && end ? show.range(start, end) : undefined;
}

/** The option after or before the active one, round the end; -1 is none. */
export function stepped(active: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return active < 0 && step < 0 ? count - 1 : (active + step + count) % count;
}
