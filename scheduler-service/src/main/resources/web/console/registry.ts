import { readAll } from "./api.ts";
import type { Ref } from "./booking.ts";

/** The lists that forms choose from. They change seldom: each is read once and kept for some minutes. */
export interface Topic extends Ref {
  durationMinutes: number;
}

const PATHS = {
  lecturer: "/api/v1/lecturers",
  venue: "/api/v1/venues",
  branch: "/api/v1/branches",
  topic: "/api/v1/topics",
} as const;

export type Kind = keyof typeof PATHS;
interface Entry extends Ref {
  title?: string;
  archived?: boolean;
  durationMinutes?: number;
}

const FRESH = 5 * 60_000;
const kept = new Map<Kind, { at: number; list: Promise<Ref[]> }>();

export function registry(kind: "topic"): Promise<Topic[]>;
export function registry(kind: Kind): Promise<Ref[]>;
export function registry(kind: Kind): Promise<Ref[]> {
  const known = kept.get(kind);
  if (known && Date.now() - known.at < FRESH) return known.list;
  const list = readAll<Entry>(PATHS[kind]).then((all) => all.filter((each) => !each.archived).map(entry));
  kept.set(kind, { at: Date.now(), list });
  list.catch(() => kept.delete(kind));
  return list;
}

function entry({ id, code, name, title, durationMinutes }: Entry): Ref | Topic {
  return { id, code, name: title ?? name, ...(durationMinutes !== undefined && { durationMinutes }) };
}
