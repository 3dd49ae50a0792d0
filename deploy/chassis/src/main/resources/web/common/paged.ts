import { html, type ReactiveControllerHost } from "./view.ts";
import { Load } from "./states.ts";
import { pick } from "./language.ts";
import type { Reply } from "./api.ts";

export interface Part<T> {
  items: T[];
  nextCursor?: string;
}

const more = pick("Show more", "显示更多");

/** A list that is read part by part, as far as the person asks. */
export class Paged<T> {
  readonly load: Load<Part<T>>;
  #cursor: string | undefined;

  constructor(host: ReactiveControllerHost, ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Reply<Part<T>>>) {
    this.load = new Load<Part<T>>(host, async (signal): Promise<Part<T>> => {
      const before = this.#cursor ? this.load.data?.items ?? [] : [];
      const { data } = await ask(this.#cursor, signal);
      return { ...data, items: [...before, ...data.items] };
    });
  }

  /** Reads from the beginning. `fresh` for another question. */
  restart(fresh = true): Promise<void> {
    this.#cursor = undefined;
    return this.load.run(fresh);
  }

  render(draw: (items: T[]) => unknown): unknown {
    return this.load.render((part) =>
      html`
        ${draw(part.items)} ${part.nextCursor && part.items.length > 0
          ? html`
            <button class="more" ?disabled="${this.load.busy}" @click="${() => {
              this.#cursor = part.nextCursor;
              void this.load.run();
            }}">${more}</button>
          `
          : ""}
      `
    );
  }
}
