import { addDays, type Day, instant } from "../../common/time.ts";
import { read } from "../api.ts";
import type { Ref, Status } from "../booking.ts";
import { registry } from "../registry.ts";
import { arrange, type Item, type Row } from "./rows.ts";
import type { By } from "./state.ts";

type Named = { code: string; name: string };

/** `GET /api/v1/timeline`: names once, by id. */
interface Answer {
  cursor: string;
  complete: boolean;
  items: Brief[];
  removed: string[];
  lecturers: Record<string, Named>;
  branches: Record<string, Named>;
  venues: Record<string, Named>;
  topics: Record<string, { code: string; title: string }>;
}

interface Brief {
  id: string;
  version: number;
  status: Status;
  lecturerId: string;
  topicId: string;
  branchId: string;
  venueId?: string;
  guestIds?: string[];
  format: string;
  start: string;
  end: string;
  zone: string;
  occupiedFrom?: string;
  occupiedUntil?: string;
  holdExpiresAt?: string;
  branchCount: number;
  reachedCount?: number;
  acknowledgedCount?: number;
}

/** What the timeline shows of some days. The timeline knows the API only through this file. */
export interface Range {
  rows: Row[];
  items: Map<string, Item>;
  cursor: string;
}

/**
 * Reads the lectures of some days, by row; rows without a lecture included. With what was read before, it reads only
 * what changed since, and gives the same object back if nothing did.
 */
export async function loadRange(by: By, days: Day[], signal: AbortSignal, before?: Range): Promise<Range> {
  const from = instant(days[0]!).toISOString();
  const to = instant(addDays(days.at(-1)!, 1)).toISOString();
  const [{ data }, known] = await Promise.all([
    read<Answer>("/api/v1/timeline", { from, to, changedSince: before?.cursor }, signal),
    registry(by),
  ]);
  if (before && !data.complete && data.items.length === 0 && data.removed.length === 0) {
    before.cursor = data.cursor;
    return before;
  }
  const items = new Map(data.complete ? [] : before?.items);
  for (const id of data.removed) items.delete(id);
  for (const brief of data.items) items.set(brief.id, item(brief, data));
  return { rows: arrange(by, [...items.values()], known), items, cursor: data.cursor };
}

function item(brief: Brief, { lecturers, branches, venues, topics }: Answer): Item {
  const start = Date.parse(brief.start);
  const end = Date.parse(brief.end);
  return {
    id: brief.id,
    version: brief.version,
    status: brief.status,
    start,
    end,
    occupiedFrom: brief.occupiedFrom ? Date.parse(brief.occupiedFrom) : start,
    occupiedUntil: brief.occupiedUntil ? Date.parse(brief.occupiedUntil) : end,
    zone: brief.zone,
    lecturer: ref(brief.lecturerId, lecturers),
    branch: ref(brief.branchId, branches),
    venue: brief.venueId ? ref(brief.venueId, venues) : undefined,
    guests: (brief.guestIds ?? []).map((id) => ref(id, branches)),
    topic: topics[brief.topicId]?.title ?? "",
    branchCount: brief.branchCount,
    reachedCount: brief.reachedCount,
    acknowledgedCount: brief.acknowledgedCount,
    holdExpiresAt: brief.holdExpiresAt,
  };
}

function ref(id: string, names: Record<string, Named>): Ref {
  const named = names[id];
  return { id, code: named?.code ?? "", name: named?.name ?? "" };
}
