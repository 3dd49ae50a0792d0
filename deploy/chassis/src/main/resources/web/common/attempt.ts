import type { ReactiveController, ReactiveControllerHost } from "./view.ts";
import { change, isRefusal, newKey, NoAnswer, type Path, type Query, RefusedProblem, type Reply } from "./api.ts";

export interface Order {
  method?: "POST" | "PUT" | "PATCH" | "DELETE";
  path: Path;
  body?: unknown;
  etag?: string | undefined;
  query?: Query;
}

/**
 * Sends changes so that each takes effect once: a repeat of what has no answer yet has the key of the first try. After
 * an answer, and for another change, there is a new key.
 */
export class Sender {
  /** What was sent and has no answer yet: its outcome is unknown. */
  open: Order | undefined;
  #key = "";

  async send<T>(order: Order): Promise<Reply<T>> {
    const repeat = JSON.stringify(order) === JSON.stringify(this.open);
    if (!repeat) this.#key = newKey();
    this.open = order;
    try {
      const reply = await change<T>(order.method ?? "POST", order.path, order.body, {
        key: this.#key,
        etag: order.etag,
        ...(order.query && { query: order.query }),
      });
      this.open = undefined;
      return reply;
    } catch (error) {
      if (repeat && !isJudged(error)) throw new NoAnswer(true); // the first try may have been made
      if (!isUnknown(error)) this.open = undefined;
      throw error;
    }
  }
}

/** Whether a change may have been made: no answer came, or an earlier try of it still runs. */
export function isUnknown(error: unknown): boolean {
  return error instanceof NoAnswer || isRefusal(error, "request-in-progress");
}

/** Whether the API has looked at the change, so that its answer counts for earlier tries as well. */
function isJudged(error: unknown): boolean {
  return error instanceof RefusedProblem && error.problem.status !== 429 && error.problem.status !== 503;
}

/** One change at a time, of an element. */
export class Attempt implements ReactiveController {
  busy = false;
  /** Why the last change was not made, or that its outcome is unknown. */
  error: unknown;

  #host: ReactiveControllerHost;
  #sender = new Sender();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Whether what was sent may have been made; sending it again is safe. */
  get unknown(): boolean {
    return isUnknown(this.error);
  }

  /** The answer, or undefined after a failure, which `error` then holds. */
  async send<T>(order: Order): Promise<Reply<T> | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      return await this.#sender.send<T>(order);
    } catch (error) {
      this.error = error;
      return undefined;
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  forget(): void {
    this.error = undefined;
    this.#host.requestUpdate();
  }
}
