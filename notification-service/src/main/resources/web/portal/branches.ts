import { readAll } from "../common/api.ts";
import { person } from "../common/session.ts";
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

const LIST = "branches";
const CHOSEN = "branch";
const changes = new EventTarget();

let all: Branch[] = [];
let chosen: string | undefined;

/** The branches of the person: their own, and those below. */
export function branches(): Branch[] {
  return all;
}

/** The branch that the pages are about. */
export function branch(): Branch | undefined {
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
  try {
    all = await readAll<Branch>("/peer/api/v1/branches");
    await keep(LIST, all);
  } catch (error) {
    const before = await kept<Branch[]>(LIST);
    if (!before) throw error;
    all = before.data;
  }
  changes.dispatchEvent(new Event("changed"));
}

/** Whether enough was kept to begin without a connection. */
export async function beginKept(): Promise<boolean> {
  const before = await kept<Branch[]>(LIST);
  chosen = (await kept<string>(CHOSEN))?.data;
  all = before?.data ?? [];
  return all.length > 0;
}

/** Runs when another branch is shown. */
export class OfBranch implements ReactiveController {
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
