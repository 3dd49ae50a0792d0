import { isRefusal, read, readAll } from "../common/api.ts";
import { hasRole, person } from "../common/session.ts";
import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";
import { keep, kept } from "./store.ts";

export interface Branch {
  id: string;
  code: string;
  name: string;
  zone?: string;
  headCount?: number;
  parentId?: string;
}

/** The lecturer that the person is. */
export interface Lecturer {
  id: string;
  code: string;
  name: string;
  zone: string;
}

const LIST = "branches";
const LECTURER = "lecturer";
const CHOSEN = "branch";
const changes = new EventTarget();

let all: Branch[] = [];
let self: Lecturer | undefined;
let chosen: string | undefined;

/** The branches of the person: their own, and those below. */
export function branches(): Branch[] {
  return all;
}

/** The lecturer that the person is, whomever the pages are about. */
export function ownLecturer(): Lecturer | undefined {
  return self;
}

/** The lecturer that the pages are about: the person, unless one of its branches is chosen. */
export function lecturer(): Lecturer | undefined {
  return self && !all.some((each) => each.id === chosen) ? self : undefined;
}

/** The branch or the lecturer that the pages are about. */
export function recipient(): Branch | Lecturer | undefined {
  return lecturer() ?? branch();
}

/** Where messages, addresses and preferences of the recipient are. */
export function recipientPath(of: string): `/api/v1/${string}` {
  return `/api/v1/${lecturer() ? "lecturers" : "branches"}/${recipient()!.id}/${of}`;
}

/** The branch that the pages are about; none while they are about the lecturer. */
export function branch(): Branch | undefined {
  if (lecturer()) return undefined;
  const own = person()?.scopes.branches ?? [];
  return all.find((each) => each.id === chosen) ?? all.find((each) => own.includes(each.code)) ?? all[0];
}

export async function choose(id: string): Promise<void> {
  chosen = id;
  changes.dispatchEvent(new Event("changed"));
  await keep(CHOSEN, id);
}

/** Reads the branches, or what was kept of them. Throws if there is neither. */
export async function begin(): Promise<void> {
  chosen ??= (await kept<string>(CHOSEN))?.data;
  if (hasRole("branch")) all = await remembered(LIST, () => readAll<Branch>("/peer/api/v1/branches"));
  if (hasRole("lecturer")) self = await remembered(LECTURER, readLecturer);
  changes.dispatchEvent(new Event("changed"));
}

async function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
  try {
    const now = await ask();
    await keep(key, now);
    return now;
  } catch (error) {
    const before = await kept<T>(key);
    if (!before) throw error;
    return before.data;
  }
}

/** None if the account names no lecturer. */
async function readLecturer(): Promise<Lecturer | undefined> {
  try {
    return (await read<Lecturer>("/peer/api/v1/lecturers/me")).data;
  } catch (error) {
    if (isRefusal(error) && error.problem.status === 404) return undefined;
    throw error;
  }
}

/** Whether enough was kept to begin without a connection. */
export async function beginKept(): Promise<boolean> {
  const before = await kept<Branch[]>(LIST);
  chosen = (await kept<string>(CHOSEN))?.data;
  all = before?.data ?? [];
  self = (await kept<Lecturer | undefined>(LECTURER))?.data;
  return all.length > 0 || !!self;
}

/** Runs when another branch, or the lecturer, is shown. */
export class OfRecipient implements ReactiveController {
  #run: () => void;

  constructor(host: ReactiveControllerHost, run: () => void) {
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    changes.addEventListener("changed", this.#run);
    this.#run();
  }

  hostDisconnected(): void {
    changes.removeEventListener("changed", this.#run);
  }
}
