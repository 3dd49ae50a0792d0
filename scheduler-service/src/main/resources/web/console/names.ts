import type { ReactiveControllerHost } from "../common/view.ts";
import { read } from "./api.ts";
import type { Ref } from "./booking.ts";

export type Registry = "branches" | "lecturers" | "venues" | "topics";

const AT_ONCE = 6;
const found = new Map<string, Ref>();
const asked = new Set<string>();
const queue: (() => Promise<void>)[] = [];
let running = 0;

/** The names behind identifiers of what is shown. They come later; the list does not wait for them. */
export class Names {
  constructor(readonly host: ReactiveControllerHost) {}

  of(registry: Registry, id: string | undefined): Ref | undefined {
    if (!id) return undefined;
    const path = `/api/v1/${registry}/${id}` as const;
    if (!asked.has(path)) {
      asked.add(path);
      queue.push(async () => {
        try {
          const { data } = await read<Ref & { title?: string }>(path);
          found.set(path, { id, code: data.code, name: data.title ?? data.name });
          this.host.requestUpdate();
        } catch {
          asked.delete(path); // the next drawing asks again; until then the identifier is shown
        }
      });
      next();
    }
    return found.get(path);
  }
}

/** What was read or changed just now is known without another question. */
export function learn(registry: Registry, ref: Ref): void {
  found.set(`/api/v1/${registry}/${ref.id}`, ref);
}

function next(): void {
  while (running < AT_ONCE) {
    const one = queue.shift();
    if (!one) return;
    running++;
    void one().finally(() => {
      running--;
      next();
    });
  }
}
