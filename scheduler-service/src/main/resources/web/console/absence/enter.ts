import { change, isRefusal, type Path, read } from "../api.ts";
import { type Hours, request } from "../registries/windows.ts";
import { away, closed, type Failing, type Period } from "./model.ts";

/** What was entered, and how to take it back; `before` is absent if it had been entered already. */
export interface Entered {
  path: Path;
  before: Hours | undefined;
  etag: string | undefined;
}

/**
 * Enters that a lecturer is away or a venue is closed: one read and at most one change. If another person changes it at
 * the same time, it is read and entered again: an absence is only added.
 */
export async function enter(failing: Exclude<Failing, "day">, id: string, period: Period, note: string): Promise<Entered> {
  const path: Path = failing === "lecturer" ? `/api/v1/lecturers/${id}/availability` : `/api/v1/venues/${id}/opening-hours`;
  for (let attempt = 1;; attempt++) {
    const { data, etag } = await read<Hours>(path);
    const before = { ...data, weekly: data.weekly ?? [], exceptions: data.exceptions ?? [] };
    const after = (failing === "lecturer" ? away : closed)(before, period, note);
    if (after === before) return { path, before: undefined, etag };
    try {
      const done = await change("PUT", path, request(after, failing === "lecturer"), { etag });
      return { path, before, etag: done.etag };
    } catch (error) {
      if (attempt === 2 || !isRefusal(error, "stale-version")) throw error;
    }
  }
}

/** As it was before; refused if it has been changed since. */
export async function takeBack({ path, before, etag }: Entered): Promise<void> {
  if (before) await change("PUT", path, request(before, path.includes("/lecturers/")), { etag });
}
