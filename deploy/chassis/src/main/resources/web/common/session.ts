import { home } from "./home.ts";
import { locale } from "./language.ts";
import { type Problem, RefusedProblem, SignedOut } from "./problem.ts";

/** The person at the browser. Rights are the API's affair: a page asks it and shows its answer. */
export interface Person {
  subject: string;
  name: string;
  roles: string[];
  scopes: Record<string, string[]>;
  expiresAt: string;
}

/** Says `over` when the person has to sign in again, `left` if not now, and `back` when that has happened. */
export const sessionEvents = new EventTarget();

const HEADERS = {
  "X-Lectern-Client": home.slice(1) || "page",
  "X-Requested-With": "JavaScript",
  "Accept": "application/json, application/problem+json",
  "Accept-Language": locale,
};
const RENEW_BEFORE_EXPIRY = 60_000;
const RETURN = "lectern.return";
const tabs = new BroadcastChannel("lectern-session");

let known: Person | undefined;
let standing: "in" | "over" | "left" = "in";
let renewing: Promise<Person> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function person(): Person | undefined {
  return known;
}

/** Without a connection: who was signed in when this device last had one. Decides nothing but what is shown. */
export function assume(person: Person): void {
  known = person;
}

export function hasRole(...roles: string[]): boolean {
  return !!known?.roles.some((role) => roles.includes(role));
}

/** The person who is signed in; undefined without a session. */
export async function ask(): Promise<Person | undefined> {
  const response = await fetch("/session", { headers: HEADERS });
  if (response.status === 499 || response.status === 401) {
    return undefined;
  }
  if (!response.ok) {
    throw new RefusedProblem(await response.json() as Problem);
  }
  known = await response.json() as Person;
  clearTimeout(timer);
  const left = Date.parse(known.expiresAt) - Date.now() - RENEW_BEFORE_EXPIRY;
  timer = setTimeout(() => void renew().catch(() => {}), Math.min(Math.max(left, 5_000), 2 ** 31 - 1));
  tabs.postMessage({ signedIn: known.subject });
  return known;
}

/**
 * Renews the session, once for all concurrent callers. If it is over, this waits until the person has signed in again
 * in another tab: callers keep their state, so nothing typed is lost. Throws `SignedOut` if the person does not want to
 * sign in now; then only a change asks again.
 */
export function renew(forChange = false): Promise<Person> {
  if (standing === "left" && !forChange) return Promise.reject(new SignedOut());
  renewing ??= (async () => {
    const now = await ask();
    if (now) {
      signedInAgain();
      return now;
    }
    standing = "over";
    sessionEvents.dispatchEvent(new Event("over"));
    return await new Promise<Person>((resolve, reject) => {
      sessionEvents.addEventListener("back", () => resolve(known!), { once: true });
      sessionEvents.addEventListener("left", () => reject(new SignedOut()), { once: true });
    });
  })().finally(() => (renewing = undefined));
  return renewing;
}

/** The person continues without a session. */
export function leaveOver(): void {
  if (standing !== "over") return;
  standing = "left";
  sessionEvents.dispatchEvent(new Event("left"));
}

function signedInAgain(): void {
  if (standing === "in") return;
  standing = "in";
  sessionEvents.dispatchEvent(new Event("back"));
}

tabs.addEventListener("message", async ({ data }: MessageEvent<{ signedIn?: string }>) => {
  if (standing === "in" || !data.signedIn) return;
  if (known && data.signedIn !== known.subject) {
    location.reload(); // another person: nothing of the former one may stay
  } else if (await ask()) {
    signedInAgain();
  }
});

/** Leaves the page for the identity provider and comes back to the same address. */
export function signIn(): void {
  sessionStorage.setItem(RETURN, location.pathname + location.search);
  location.assign("/session/login");
}

/** The address that was left for the sign-in; only one of our own pages. */
export function returnAddress(): string | undefined {
  const kept = sessionStorage.getItem(RETURN);
  sessionStorage.removeItem(RETURN);
  return kept?.startsWith(home) && /^(?:[/?][^\\]*)?$/.test(kept.slice(home.length)) ? kept : undefined;
}

/** Ends the login here and at the identity provider. */
export async function signOut(): Promise<void> {
  const response = await fetch("/session/logout", { method: "POST", headers: HEADERS });
  if (!response.ok) {
    throw new RefusedProblem(await response.json() as Problem);
  }
  const { location: end } = await response.json() as { location: string };
  sessionStorage.clear();
  sessionStorage.setItem("lectern.signed-out", "1");
  location.assign(end);
}

/** Whether the person has just signed out, so that the page does not sign in again by itself. */
export function justSignedOut(): boolean {
  const out = sessionStorage.getItem("lectern.signed-out") !== null;
  sessionStorage.removeItem("lectern.signed-out");
  return out;
}
