import { toast } from "../../common/announce.ts";
import { told } from "../../common/states.ts";
import { type Path, read, readAll, type Reply } from "../api.ts";
import type { Campaign } from "../campaign/model.ts";
import { type Item, type Loads, loadsOf, type Located, type Plan } from "./model.ts";

/** A campaign as the forms of plans need it. */
export type PlannedCampaign = Campaign & { formats?: string[]; zone?: string };

export function planPath(id: string, rest = ""): Path {
  return `/api/v1/plans/${encodeURIComponent(id)}${rest}`;
}

export function readPlan(id: string, signal?: AbortSignal): Promise<Reply<Plan>> {
  return read<Plan>(planPath(id), {}, signal);
}

export function readCampaigns(signal?: AbortSignal): Promise<PlannedCampaign[]> {
  return readAll<PlannedCampaign>("/api/v1/campaigns", {}, signal);
}

/** What each lecturer and each date of a plan has: out of all that is placed. */
export async function readLoads(id: string, signal?: AbortSignal): Promise<Loads> {
  return loadsOf(await readAll<Item>(planPath(id, "/items"), { state: "PLACED" }, signal));
}

const FRESH = 5 * 60_000;
let kept: { at: number; homes: Promise<Map<string, Located>> } | undefined;

/** Where lecturers live, by their ids; those without coordinates are absent. */
export function readHomes(): Promise<Map<string, Located>> {
  if (!kept || Date.now() - kept.at > FRESH) {
    const homes = readAll<{ id: string; home?: Located }>("/api/v1/lecturers").then((lecturers) =>
      new Map(lecturers.flatMap(({ id, home }) => home ? [[id, home] as const] : []))
    );
    kept = { at: Date.now(), homes };
    homes.catch(() => (kept = undefined));
  }
  return kept.homes;
}

/** Runs what a button does; a failure is said, not swallowed. */
export async function attempt(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const { title, detail } = told(error);
    toast({ text: detail || title, kind: "bad" });
  }
}
