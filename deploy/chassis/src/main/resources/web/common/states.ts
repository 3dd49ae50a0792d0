import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "./view.ts";
import { icon, type IconName } from "./icons.ts";
import { common } from "./texts.ts";
import { show } from "./time.ts";

/** Says that something is coming, without a word that would soon be wrong. */
export function loading(rows = 6): TemplateResult {
  return html`
    <div class="skeleton" role="status" aria-label="${common.loading}">${Array.from({ length: rows }, () =>
      html`
        <span></span>
      `)}</div>
  `;
}

export interface Empty {
  title: string;
  hint?: string;
  action?: TemplateResult;
  icon?: IconName;
  /** Whether it is the whole page; then its title is the first heading. */
  whole?: boolean;
}

/** An empty state says what to do next. */
export function empty(of: Empty): TemplateResult {
  return html`
    <div class="state">
      ${icon(of.icon ?? "empty")} ${of.whole
        ? html`
          <h1>${of.title}</h1>
        `
        : html`
          <h2>${of.title}</h2>
        `}${of.hint
        ? html`
          <p class="soft">${of.hint}</p>
        `
        : nothing}${of.action ?? nothing}
    </div>
  `;
}

/** A failure in words for a person; see `told` for what a refusal says. */
export function failure(of: { error: unknown; retry: () => void }): TemplateResult {
  const { title, detail, trace } = told(of.error);
  return html`
    <div class="state" role="alert">
      ${icon("warning")}
      <h2>${title}</h2>
      <p class="soft">${detail}</p>
      ${trace
        ? html`
          <p class="soft small">${common.trace(trace)}</p>
        `
        : nothing}
      <button @click="${of.retry}">${common.retry}</button>
    </div>
  `;
}

export interface Told {
  title: string;
  detail: string;
  trace?: string | undefined;
}

/** Errors that have words of their own for a person, such as a refusal of the API. */
export interface Tellable {
  tell(): Told;
}

export function told(error: unknown): Told {
  const tellable = error as Partial<Tellable> | undefined;
  return tellable?.tell ? tellable.tell() : { title: common.failed, detail: common.unexpected };
}

/**
 * Loads something for an element and remembers its age. A new load ends the one before. What was there stays until the
 * new answer has come; a failure keeps it as well.
 */
export class Load<T> implements ReactiveController {
  data: T | undefined;
  error: unknown;
  busy = false;
  at: Date | undefined;

  #host: ReactiveControllerHost;
  #ask: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost, ask: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  /** @param fresh whether what was there belongs to another question and must go */
  async run(fresh = false): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.busy = true;
    if (fresh) {
      this.data = undefined;
    }
    this.#host.requestUpdate();
    try {
      const data = await this.#ask(running.signal);
      if (!running.signal.aborted) {
        this.data = data;
        this.error = undefined;
        this.at = new Date();
      }
    } catch (error) {
      if (!running.signal.aborted) {
        this.error = error;
      }
    } finally {
      if (this.#running === running) {
        this.busy = false;
        this.#host.requestUpdate();
      }
    }
  }

  /** The state as a page: skeleton, failure with a button, or what was loaded. */
  render(draw: (data: T) => unknown, rows?: number): unknown {
    if (this.data !== undefined) {
      return html`
        ${this.error ? this.stale() : nothing}${draw(this.data)}
      `;
    }
    return this.error && !this.busy ? failure({ error: this.error, retry: () => void this.run() }) : loading(rows);
  }

  /** Above what is shown although the last load failed. */
  protected stale(): TemplateResult {
    return html`
      <div class="callout warn" role="status">
        <span class="grow">${told(this.error).detail} ${this.at ? common.asOf(show.time(this.at)) : nothing}</span>
        <button @click="${() => void this.run()}">${common.retry}</button>
      </div>
    `;
  }
}
