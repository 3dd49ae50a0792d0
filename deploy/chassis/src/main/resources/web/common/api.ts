import { home } from "./home.ts";
import { locale } from "./language.ts";
import { NoAnswer, type Problem, RefusedProblem } from "./problem.ts";
import { renew } from "./session.ts";

export { isRefusal, NoAnswer, type Problem, RefusedProblem } from "./problem.ts";

/** Both APIs under our own origin: `/api/v1` of the service that serves the page, `/peer/api/v1` of the other one. */
export type Path = `/api/v1/${string}` | `/peer/api/v1/${string}`;

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface Reply<T> {
  data: T;
  etag: string | undefined;
  status: number;
}

export interface Change {
  /** Sent as `Idempotency-Key`. Keep it over every repeat of the same change; see `newKey`. */
  key?: string;
  /** Sent as `If-Match`; a 412 then says that another user changed it. */
  etag?: string | undefined;
  signal?: AbortSignal;
  query?: Query;
  /** Of a body that is a text already, such as `text/csv`. */
  type?: string;
}

/** Says `offline` and `online` as requests find it, not as the operating system guesses. */
export const connection = new EventTarget();

const TRIES = 4;
const LONGEST_WAIT = 10_000;

/** A key for one change. Make it when the form opens, and a new one only for another change. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Reads one thing. */
export async function read<T>(path: Path, query: Query = {}, signal?: AbortSignal): Promise<Reply<T>> {
  return reply<T>(await send(address(path, query), { ...(signal && { signal }) }));
}

/** Reads all pages of a list. */
export async function readAll<T>(path: Path, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read<{ items: T[]; nextCursor?: string }>(path, { limit: 200, ...query, cursor }, signal);
    items.push(...page.data.items);
    cursor = page.data.nextCursor;
  } while (cursor);
  return items;
}

/**
 * Changes something. Throws `RefusedProblem` if the API refused, and `NoAnswer` if the outcome is unknown; then call it
 * again with the same key.
 */
export async function change<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: Path,
  body?: unknown,
  { key, etag, signal, query = {}, type }: Change = {},
): Promise<Reply<T>> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = type ?? "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (etag) headers["If-Match"] = etag;
  const response = await send(address(path, query), {
    method,
    headers,
    ...(body !== undefined && { body: type && typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return reply<T>(response);
}

/** A file of the API, for `saveFile`: a link cannot send the header that the session needs. */
export async function readFile(path: Path, query: Query = {}): Promise<{ blob: Blob; name: string }> {
  const response = await send(address(path, query), {});
  const name = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return { blob: await response.blob(), name: name ?? path.slice(path.lastIndexOf("/") + 1) };
}

export function saveFile({ blob, name }: { blob: Blob; name: string }): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function address(path: Path, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") {
      search.set(name, String(value));
    }
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function reply<T>(response: Response): Promise<Reply<T>> {
  const text = await response.text();
  return {
    data: (text ? JSON.parse(text) : undefined) as T,
    etag: response.headers.get("ETag")?.replace(/^W\//, ""), // a gateway that compresses makes it weak
    status: response.status,
  };
}

/** Sends until there is an answer. A change is repeated only with its key, so that it takes effect once. */
async function send(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-Lectern-Client", home.slice(1) || "page");
  headers.set("Accept-Language", locale);
  if (!headers.has("Accept")) headers.set("Accept", "application/json, application/problem+json, */*;q=0.5");
  const isChange = (init.method ?? "GET") !== "GET";
  const mayRepeat = !isChange || headers.has("Idempotency-Key");
  let renewed = false;
  for (let attempt = 1;; attempt++) {
    let response: Response;
    try {
      response = await fetch(url, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      connection.dispatchEvent(new Event("offline"));
      const noUse = !isChange && globalThis.navigator?.onLine === false; // a page may have something kept to show
      if (mayRepeat && attempt < TRIES && !noUse) {
        await pause(attempt * 700, init.signal);
        continue;
      }
      throw new NoAnswer(isChange);
    }
    connection.dispatchEvent(new Event("online"));
    if (response.ok) return response;
    if (response.status === 401 && !renewed) {
      renewed = true;
      await renew(isChange);
      continue;
    }
    const busy = response.status === 429 || response.status === 503;
    if (busy && mayRepeat && attempt < TRIES) {
      const asked = Number(response.headers.get("Retry-After") ?? "1") * 1000;
      await pause(Math.min(Math.max(asked || 0, 500), LONGEST_WAIT), init.signal);
      continue;
    }
    throw await refusal(response, isChange);
  }
}

async function refusal(response: Response, isChange: boolean): Promise<Error> {
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return new RefusedProblem(await response.json() as Problem);
  }
  return new NoAnswer(isChange); // a gateway answered
}

function pause(millis: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
