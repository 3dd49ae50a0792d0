import { Load } from "../common/states.ts";
import { html, type ReactiveControllerHost, type TemplateResult } from "../common/view.ts";
import { icon } from "../common/icons.ts";
import { common } from "../common/texts.ts";
import { show } from "../common/time.ts";
import { keep, kept } from "./store.ts";
import { texts } from "./texts.ts";

/** Shows at once what was read last time, then what the service says now. Without an answer the age is said. */
export class Remembered<T> extends Load<T> {
  #key: () => string | undefined;
  #redraw: () => void;

  /** @param key under which the answer is kept; undefined as long as there is nothing to ask */
  constructor(host: ReactiveControllerHost, key: () => string | undefined, ask: (signal: AbortSignal) => Promise<T>) {
    super(host, async (signal) => {
      const data = await ask(signal);
      const now = key();
      if (now && !signal.aborted) void keep(now, data);
      return data;
    });
    this.#key = key;
    this.#redraw = () => host.requestUpdate();
  }

  override async run(fresh = false): Promise<void> {
    const key = this.#key();
    if (!key) return;
    if (fresh) this.data = undefined;
    if (this.data === undefined) {
      const before = await kept<T>(key);
      if (before && this.data === undefined && key === this.#key()) {
        this.data = before.data;
        this.at = before.at;
        this.#redraw();
      }
    }
    await super.run();
  }

  protected override stale(): TemplateResult {
    return html`
      <div class="age" role="status">
        ${icon("clock")}<span class="grow">${this.at ? texts.asOf(show.moment(this.at, own), show.ago(this.at)) : ""}</span>
        <button class="plain" @click="${() => void this.run()}">${common.retry}</button>
      </div>
    `;
  }
}

/** The zone of this device: the age is about the reader's own clock. */
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
