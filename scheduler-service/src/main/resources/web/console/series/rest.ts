import { openDialog, type Opened } from "../../common/dialog.ts";
import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { addDays, local, show, today } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { change, isRefusal, RefusedProblem } from "../api.ts";
import { isUnknown, type Order, Sender } from "../../common/attempt.ts";
import type { Booking } from "../booking.ts";
import { numberField } from "../booking/fields.ts";
import type { Body } from "../booking/types.ts";
import { reasonFields } from "../reason/fields.ts";
import { noReason, sent } from "../reason/model.ts";
import { dates } from "./dates.ts";
import type { Series, SeriesPreview } from "./model.ts";
import { t } from "./texts.ts";

// Dialogs that change a series as a whole: each shows the result first.

const QUIET = 350;

/** What both dialogs need: a preview that follows the fields, one sending, and what is said when it fails. */
abstract class SeriesDialog<P, R> {
  protected preview: P | undefined;
  protected dialog!: Opened<R>;
  protected busy = false;
  #asking = false;
  #error: unknown;
  #sender = new Sender();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(protected readonly series: Series, protected readonly etag: string | undefined) {}

  protected abstract heading: string;
  protected abstract path: `/api/v1/${string}`;
  protected abstract body(rehearsal: boolean): Body | undefined;
  protected abstract fields(): TemplateResult;
  protected abstract shown(preview: P): TemplateResult;
  protected abstract label(preview: P | undefined): string;
  protected abstract ready(preview: P): boolean;
  protected danger = false;

  async open(): Promise<R | undefined> {
    this.dialog = openDialog<R>(() => this.#draw());
    void this.#ask();
    const result = await this.dialog.result;
    clearTimeout(this.#timer);
    return result;
  }

  protected touched = (): void => {
    this.preview = undefined;
    this.#error = undefined;
    this.dialog.update();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), QUIET);
  };

  protected errorOf = (name: string): string | undefined =>
    this.#error instanceof RefusedProblem ? this.#error.errorOf(name) : undefined;

  async #ask(): Promise<void> {
    const body = this.body(true);
    if (!body) return;
    this.#asking = true;
    this.dialog.update();
    try {
      this.preview = (await change<P>("POST", this.path, body, { etag: this.etag, query: { dryRun: true } })).data;
    } catch (error) {
      this.#error = error;
    }
    this.#asking = false;
    this.dialog.update();
  }

  async #send(): Promise<void> {
    const body = this.body(false);
    const order: Order | undefined = this.#sender.open ?? (body && { path: this.path, body, etag: this.etag });
    if (!order || this.busy) return;
    this.busy = true;
    this.#error = undefined;
    this.dialog.update();
    try {
      this.dialog.close((await this.#sender.send<R>(order)).data);
    } catch (error) {
      this.#error = error;
      this.busy = false;
      this.dialog.update();
    }
  }

  #draw() {
    const unknown = isUnknown(this.#error);
    return {
      heading: this.heading,
      body: html`
        <form id="series-dialog" class="stack" @submit="${(e: Event) => {
          e.preventDefault();
          void this.#send();
        }}">
          <fieldset class="bare stack" ?disabled="${this.busy || unknown}">${this.fields()}</fieldset>
          <div class="stack" aria-live="polite" aria-busy="${this.#asking}">${this.preview
            ? this.shown(this.preview)
            : this.#asking
            ? html`
              <p class="soft">${t.checking} …</p>
            `
            : nothing}</div>
          ${this.#said(unknown)}
        </form>
      `,
      foot: html`
        <button type="button" @click="${() => this.dialog.close()}">${common.back}</button>
        <button form="series-dialog" class="${this.danger ? "danger" : "primary"}" ?disabled="${this.busy ||
          (!unknown && !(this.preview && this.ready(this.preview)))}">${unknown ? t.askAgain : this.label(this.preview)}</button>
      `,
    };
  }

  #said(unknown: boolean): unknown {
    if (!this.#error) return nothing;
    const { title, detail } = told(this.#error);
    return html`
      <div class="callout ${unknown ? "warn" : "bad"}" role="alert">${icon("warning")}<div>${unknown
        ? t.unknown
        : isRefusal(this.#error, "stale-version")
        ? t.stale
        : html`
          <b>${title}</b><p>${detail}</p>
        `}</div></div>
    `;
  }
}

type Way = keyof typeof t.ways;

class Extension extends SeriesDialog<SeriesPreview, Series> {
  protected heading = t.extendHeading;
  protected path = `/api/v1/series/${this.series.id}/occurrences` as const;
  #way: Way;
  #count: number | undefined = 4;
  #until: string;
  #dates: string;
  #onlyFree = false;

  constructor(series: Series, etag: string | undefined, way: Way | undefined, only: string | undefined) {
    super(series, etag);
    this.#way = way ?? (series.pattern.weekly ? "count" : "dates");
    const last = series.occurrences.at(-1);
    const next = addDays(last ? local(last.start, last.zone).day : today(), 7);
    this.#until = addDays(next, 21);
    this.#dates = only ?? (next > today() ? next : addDays(today(), 1));
  }

  protected body(): Body | undefined {
    const onConflict = this.#onlyFree ? { onConflict: "SKIP" } : {};
    switch (this.#way) {
      case "count":
        return this.#count ? { count: this.#count, ...onConflict } : undefined;
      case "until":
        return this.#until ? { until: this.#until, ...onConflict } : undefined;
      case "dates":
        return this.#dates ? { dates: [this.#dates], ...onConflict } : undefined;
      case "missing":
        return { missing: true, ...onConflict };
    }
  }

  protected fields(): TemplateResult {
    const { pattern, missing } = this.series;
    const ways = (Object.keys(t.ways) as Way[]).filter((each) =>
      each === "missing" ? !!missing?.length : each === "dates" || !!pattern.weekly
    );
    return html`
      <fieldset class="bare">
        <legend class="plan-legend">${t.way}</legend>
        <div class="plan-actions">${ways.map((way) =>
          html`
            <label><input type="radio" name="way" .checked="${this.#way === way}" @change="${() => {
              this.#way = way;
              this.touched();
            }}"><span>${t.ways[way]}</span></label>
          `
        )}</div>
      </fieldset>
      ${this.#way === "count"
        ? numberField(
          { name: "count", label: t.count, required: true, min: 1, value: this.#count, error: this.errorOf("count") },
          (value) => {
            this.#count = value;
            this.touched();
          },
        )
        : this.#way === "until"
        ? this.#day("until", t.until, this.#until, (value) => (this.#until = value))
        : this.#way === "dates"
        ? this.#day("dates", t.date, this.#dates, (value) => (this.#dates = value), this.errorOf("dates/0"))
        : nothing}
      <p class="soft small">${t.like}</p>
    `;
  }

  #day(name: string, label: string, value: string, set: (value: string) => void, error = this.errorOf(name)): TemplateResult {
    return textField({
      name,
      label,
      type: "date",
      required: true,
      value,
      error,
      onInput: (day) => {
        set(day);
        this.touched();
      },
    });
  }

  protected shown(preview: SeriesPreview): TemplateResult {
    return html`
      <p><b>${t.summary(preview.free, preview.unavailable)}</b></p>
      ${dates(preview.occurrences, preview.zone, {})} ${preview.unavailable > 0 && preview.free > 0
        ? html`
          <label class="row"><input type="checkbox" .checked="${this.#onlyFree}" @change="${(e: Event) => {
            this.#onlyFree = (e.target as HTMLInputElement).checked;
            this.dialog.update();
          }}"> ${t.whenTaken}</label>
        `
        : nothing}
    `;
  }

  protected label(preview: SeriesPreview | undefined): string {
    return preview ? t.add(preview.free) : t.extend;
  }

  protected ready({ free, unavailable }: SeriesPreview): boolean {
    return free > 0 && (unavailable === 0 || this.#onlyFree);
  }
}

interface ChangeResult {
  possible: boolean;
  changing: number;
  preview?: { before: Booking }[];
}

class Cancellation extends SeriesDialog<ChangeResult, ChangeResult> {
  protected heading = t.restHeading;
  protected path = `/api/v1/series/${this.series.id}/cancel` as const;
  protected override danger = true;
  #reason = noReason();

  constructor(series: Series, etag: string | undefined, readonly from: Booking) {
    super(series, etag);
  }

  protected body(rehearsal: boolean): Body | undefined {
    const why = sent(this.#reason, rehearsal ? "?" : "");
    return why.reason ? { fromOccurrence: this.from.id, ...why } : undefined;
  }

  protected fields(): TemplateResult {
    return reasonFields(this.#reason, { redraw: () => this.dialog.update(), errorOf: this.errorOf }, true);
  }

  protected shown({ changing, preview = [] }: ChangeResult): TemplateResult {
    const names = new Set(
      preview.flatMap(({ before }) => [before.branch.name, ...(before.guests ?? []).map((each) => each.name)]),
    );
    return html`
      <p>${t.restBody(changing, show.day(local(this.from.start, this.from.zone).day))}</p>
      <p>${icon("bell")} ${t.restTold([...names].join(", "), changing)}</p>
    `;
  }

  protected label(result: ChangeResult | undefined): string {
    return result ? t.restNow(result.changing) : t.cancelRest;
  }

  protected ready({ possible, changing }: ChangeResult): boolean {
    return possible && changing > 0;
  }
}

/** Adds dates: further ones by the rule, single ones, or those that were left out. */
export function openExtension(
  of: { series: Series; etag: string | undefined; way?: Way; only?: string },
): Promise<Series | undefined> {
  return new Extension(of.series, of.etag, of.way, of.only).open();
}

/** Cancels an occurrence and all later ones. */
export function openCancellation(series: Series, etag: string | undefined, from: Booking): Promise<ChangeResult | undefined> {
  return new Cancellation(series, etag, from).open();
}
