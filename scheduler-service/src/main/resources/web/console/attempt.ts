import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";
import { change, newKey, NoAnswer, type Path, type Query, type Reply } from "./api.ts";

export interface Order {
  path: Path;
  body?: unknown;
  etag?: string | undefined;
  query?: Query;
}

/**
 * One change at a time, of an element. While no answer has come, the same change is sent with the same key; after an answer,
 * or for another change, with a new one.
 */
export class Attempt implements ReactiveController {
  busy = false;
  /** Why the last change was not made, or that its outcome is unknown. */
  error: unknown;

  #host: ReactiveControllerHost;
  #key = newKey();
  #sent = "";

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The answer, or undefined after a failure, which `error` then holds. */
  async send<T>(order: Order): Promise<Reply<T> | undefined> {
    if (this.busy) return undefined;
    const same = JSON.stringify(order);
    if (!(this.error instanceof NoAnswer) || same !== this.#sent) this.#key = newKey();
    this.#sent = same;
    this.busy = true;
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      return await change<T>("POST", order.path, order.body, {
        key: this.#key,
        etag: order.etag,
        ...(order.query && { query: order.query }),
      });
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
