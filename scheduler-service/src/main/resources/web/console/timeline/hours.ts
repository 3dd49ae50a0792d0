import { instant } from "../../common/time.ts";
import { read } from "../api.ts";
import type { Axis } from "./layout.ts";
import type { Hours, Span } from "./shade.ts";
import type { By } from "./state.ts";

interface Answer {
  lecturers: { lecturerId: string; open: Written[]; blackouts?: Written[] }[];
  venues: { venueId: string; open: Written[] }[];
}

interface Written {
  from: string;
  until: string;
}

const parsed = ({ from, until }: Written): Span => ({ from: Date.parse(from), until: Date.parse(until) });

/** Reads when these lecturers or venues are open, for the days of an axis. */
export async function readHours(by: By, ids: string[], of: Axis, signal: AbortSignal): Promise<Map<string, Hours>> {
  if (by === "branch" || ids.length === 0) return new Map();
  const { data } = await read<Answer>("/api/v1/timeline/availability", {
    from: instant(of.days[0]!).toISOString(),
    to: instant(of.days.at(-1)!, 24 * 60).toISOString(),
    lecturers: by === "lecturer" ? ids.join() : "none",
    venues: by === "venue" ? ids.join() : "none",
  }, signal);
  return new Map([
    ...data.lecturers.map((each): [string, Hours] => [
      each.lecturerId,
      { open: each.open.map(parsed), blackouts: (each.blackouts ?? []).map(parsed) },
    ]),
    ...data.venues.map((each): [string, Hours] => [each.venueId, { open: each.open.map(parsed), blackouts: [] }]),
  ]);
}
