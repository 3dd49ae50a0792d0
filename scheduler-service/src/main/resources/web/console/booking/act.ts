import { announce, toast } from "../../common/announce.ts";
import { openDialog, type Opened } from "../../common/dialog.ts";
import { common } from "../../common/texts.ts";
import { told } from "../../common/states.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { change, isRefusal, type Path, type Problem, read, RefusedProblem, type Reply } from "../api.ts";
import { isUnknown, Sender } from "../../common/attempt.ts";
import type { Booking } from "../booking.ts";
import { audience } from "./audience.ts";
import { changes } from "./changes.ts";
import { refusal } from "./refusal.ts";
import { type Stale, stale } from "./stale.ts";
import { t } from "./texts.ts";
import type { Alternative, Body, Rehearsal, Version } from "./types.ts";

/** One change of one booking, or a new one, as a dialog. */
export interface Act {
  heading: string;
  label: string | (() => string);
  danger?: boolean;
  method?: "POST" | "PATCH" | "DELETE";
  path: Path;
  /** The booking as the person sees it and its ETag; absent for a new one. */
  booking?: Booking;
  etag?: string | undefined;
  /** Asks the API, before anything is sent, what the change would do and who would be notified. */
  rehearses?: boolean;
  draw(form: Form): TemplateResult;
  /** What is sent; undefined while it would be nothing. In a rehearsal, what is missing has a placeholder. */
  body(rehearsal: boolean): Body | undefined;
  /** Takes an alternative into the fields. */
  take?(alternative: Alternative): void;
  done(after: Reply<Booking>, before: Booking | undefined): void;
  /** Whether Enter, for now, does not change anything, so that no branch is notified. */
  quiet?(): boolean;
  /** Does what Enter does instead of sending; true if it did. */
  submit?(form: Form): boolean;
  /** What the dialog is about. */
  beside?: DOMRect | undefined;
  /** A refusal, or another's change, that came before the dialog opened. */
  problem?: Problem | undefined;
}

const QUIET = 350;

/** The course of one change: rehearse, send, and then done, refused, overtaken or not known. */
export class Form {
  rehearsal: Rehearsal | undefined;
  rehearsing = false;
  standing: "open" | "sending" | "unknown" = "open";
  override = "";

  #act: Act;
  #dialog!: Opened<Booking>;
  #open = false;
  #sender = new Sender();
  #etag: string | undefined;
  #problem: Problem | undefined;
  #failure: unknown;
  #stale: Stale | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(act: Act) {
    this.#act = act;
    this.#etag = act.etag;
    this.#problem = act.problem;
  }

  open(): Promise<Booking | undefined> {
    this.#dialog = openDialog<Booking>(() => this.#part(), this.#act.beside);
    if (this.#problem?.status === 412) void this.#overtaken();
    else if (this.standing === "open") void this.#rehearse();
    this.#open = true;
    return this.#dialog.result.finally(() => {
      this.#open = false;
      clearTimeout(this.#timer);
      this.#running?.abort();
      if (this.standing === "unknown") this.#remind(t.notKnown);
    });
  }

  /** The dialog was left before the outcome was known, or before a refusal came: the way back to it. */
  #remind(text: string): void {
    const label = this.standing === "unknown" ? t.repeat : t.open;
    toast({
      text,
      kind: "bad",
      action: {
        label,
        run: () => {
          void this.open();
          if (this.standing === "unknown") void this.send();
        },
      },
    });
  }

  close(): void {
    this.#dialog.close();
  }

  /** A field has changed: what was said about the former values no longer counts. */
  touched(): void {
    this.#problem = undefined;
    this.#failure = undefined;
    this.#dialog.update();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rehearse(), QUIET);
  }

  redraw(): void {
    this.#dialog.update();
  }

  /** Whether a field has a value that the API does not take. */
  get invalid(): boolean {
    return this.#problem?.status === 400;
  }

  errorOf(name: string): string | undefined {
    const problem = this.#problem ?? this.rehearsal?.refusal;
    return problem?.status === 400 || problem?.status === 422 ? new RefusedProblem(problem).errorOf(name) : undefined;
  }

  async #rehearse(): Promise<void> {
    const { rehearses, method = "POST", path, body } = this.#act;
    const wanted = rehearses ? body(true) : undefined;
    this.#running?.abort();
    if (!wanted) {
      this.rehearsal = undefined;
      this.rehearsing = false;
      this.#dialog.update();
      return;
    }
    const running = this.#running = new AbortController();
    this.rehearsing = true;
    this.#dialog.update();
    try {
      const { data } = await change<Rehearsal>(method, path, method === "DELETE" ? undefined : this.#with(wanted), {
        etag: this.#etag,
        query: { dryRun: true },
        signal: running.signal,
      });
      this.rehearsal = data;
    } catch (error) {
      if (running.signal.aborted) return;
      this.rehearsal = undefined;
      if (isRefusal(error, "stale-version")) void this.#overtaken();
      else if (error instanceof RefusedProblem) this.#problem = error.problem;
    }
    if (this.#running === running) {
      this.rehearsing = false;
      this.#dialog.update();
    }
  }

  #with(body: Body): Body {
    const reason = this.override.trim();
    return reason ? { ...body, override: { reason } } : body;
  }

  /** Sends the change; after an unknown outcome, exactly what was sent before. */
  async send(body: Body | undefined = this.#act.body(false)): Promise<void> {
    if (this.standing === "sending") return;
    const { method = "POST", path, booking } = this.#act;
    const wanted = body && this.#with(body);
    const order = this.#sender.open ??
      (wanted && { method, path, body: method === "DELETE" ? undefined : wanted, etag: this.#etag });
    if (!order) {
      announce(t.nothingChanged);
      this.#failure = { tell: () => ({ title: t.nothingChanged, detail: t.nothingChangedHint }) };
      this.#dialog.update();
      return;
    }
    this.#running?.abort();
    this.rehearsing = false;
    this.standing = "sending";
    this.#problem = this.#failure = undefined;
    if (booking) changes.begin(booking.id, { standing: "sending" });
    this.#dialog.update();
    try {
      const after = await this.#sender.send<Booking>(order);
      this.#settle();
      changes.changed();
      this.#dialog.close(after.data);
      this.#act.done(after, booking);
    } catch (error) {
      if (isUnknown(error)) {
        this.standing = "unknown";
        if (booking) changes.begin(booking.id, { standing: "unknown" });
      } else {
        this.#settle();
        this.rehearsal = undefined;
        if (isRefusal(error, "stale-version")) await this.#overtaken();
        else if (error instanceof RefusedProblem) this.#problem = error.problem;
        else this.#failure = error;
        announce(told(error).title, true);
      }
      if (this.#open) this.#dialog.update();
      else this.#remind(this.standing === "unknown" ? t.notKnown : told(error).title);
    }
  }

  #settle(): void {
    this.standing = "open";
    if (this.#act.booking) changes.end(this.#act.booking.id);
  }

  async #overtaken(): Promise<void> {
    const before = this.#act.booking;
    if (!before) return;
    this.#problem = undefined;
    try {
      const [now, history] = await Promise.all([
        read<Booking>(`/api/v1/bookings/${before.id}`),
        read<{ items: Version[] }>(`/api/v1/bookings/${before.id}/history`),
      ]);
      const last = history.data.items.find((each) => each.version === now.data.version);
      this.#stale = { before, now, last };
      changes.changed();
    } catch (error) {
      this.#failure = error;
    }
    this.#dialog.update();
  }

  /** Takes over the other person's version and applies this form's changes to it. */
  #onto({ now }: Stale): void {
    this.#etag = now.etag;
    this.#act.booking = now.data;
    this.#stale = undefined;
    this.#rehearse();
  }

  #take(alternative: Alternative): void {
    const own = this.#act.body(false);
    this.#act.take?.(alternative);
    this.#problem = undefined;
    const asked = alternative.request;
    if (asked && own && this.#complete()) {
      const { reason, reasonCode } = own;
      void this.send({ ...asked, ...(reason !== undefined && { reason }), ...(reasonCode !== undefined && { reasonCode }) });
    } else {
      this.touched();
      this.#complete(true);
    }
  }

  #complete(say = false): boolean {
    const form = document.querySelector<HTMLFormElement>("#act");
    return !!form && (say ? form.reportValidity() : form.checkValidity());
  }

  #part() {
    const { heading, label, danger } = this.#act;
    const locked = this.standing !== "open" || !!this.#stale;
    const problem = this.#problem ?? this.rehearsal?.refusal;
    const overridable = !!(this.rehearsal?.overridable || problem?.overridable) || this.override !== "";
    return {
      heading,
      body: html`
        <form id="act" class="stack" @keydown="${enter}" @submit="${(event: Event) => {
          event.preventDefault();
          if (this.standing === "unknown" || !this.#act.submit?.(this)) void this.send();
        }}">
          ${this.#stale ? stale(this.#stale, { onto: () => this.#onto(this.#stale!), leave: () => this.close() }) : nothing}
          <fieldset class="bare stack" ?disabled="${locked}">
            ${this.#act.draw(this)} ${problem && !this.#stale
              ? refusal(problem, (alternative) => this.#take(alternative), locked)
              : nothing} ${overridable
              ? html`
                <div class="field">
                  <label for="override">${t.override}</label>
                  <input id="override" .value="${this.override}" @input="${(e: Event) => {
                    this.override = (e.target as HTMLInputElement).value;
                  }}" @change="${() => this.touched()}" aria-describedby="override-hint">
                  <div class="hint" id="override-hint">${t.overrideHint}</div>
                </div>
              `
              : nothing}
          </fieldset>
          ${this.#act.rehearses && !this.#stale && !this.#act.quiet?.()
            ? audience(this.rehearsal, this.rehearsing)
            : nothing} ${this.#said()}
        </form>
      `,
      foot: html`
        <button type="button" @click="${() => this.close()}">${danger ? common.back : common.cancel}</button>
        <button form="act" class="${danger ? "danger" : "primary"}" ?disabled="${this.standing === "sending" || !!this.#stale}">
          ${this.standing === "sending"
            ? t.sending
            : this.standing === "unknown"
            ? t.repeat
            : typeof label === "string"
            ? label
            : label()}
        </button>
      `,
    };
  }

  #said(): unknown {
    if (this.standing === "unknown") {
      return html`
        <div class="callout warn" role="alert"><div><b>${t.notKnown}</b><p>${common.unknownOutcome}</p></div></div>
      `;
    }
    if (!this.#failure) return nothing;
    const { title, detail } = told(this.#failure);
    return html`
      <div class="callout bad" role="alert"><div><b>${title}</b><p>${detail}</p></div></div>
    `;
  }
}

/** Enter sends from a list of choices as it does from a text. */
function enter(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLSelectElement) {
    event.preventDefault();
    event.target.form?.requestSubmit();
  }
}

export function openAct(act: Act): Promise<Booking | undefined> {
  return new Form(act).open();
}
