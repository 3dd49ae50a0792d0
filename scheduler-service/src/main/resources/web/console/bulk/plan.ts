import { announce, toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { empty, Load, loading, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { local } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, isRefusal, read, readAll, RefusedProblem } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import { type Booking, isActive } from "../booking.ts";
import { changes } from "../booking/changes.ts";
import { reasonFields } from "../reason/fields.ts";
import { noReason, sent } from "../reason/model.ts";
import {
  blocks,
  type BulkAction,
  type Line,
  lines,
  type Offer,
  offers,
  overridable,
  type PlanOf,
  type Preview,
  refusedIds,
  type Result,
  same,
  type Selected,
} from "./model.ts";
import { to } from "../../common/router.ts";
import { audience, shares, stats } from "./parts.ts";
import { result } from "./result.ts";
import { row } from "./row.ts";
import { t } from "./texts.ts";

interface Shown {
  preview: Preview;
  lines: Line[];
}

const AT_ONCE = 200;
/** So many lectures are read one by one rather than as a list. */
const FEW = 8;

/**
 * A change of many lectures: the result, line by line and editable, who will be notified, and the result. Every edit
 * asks the service again; nothing is changed before the last button. Says `done` when it was made.
 */
class Plan extends View {
  static override properties = { of: { attribute: false } };

  declare of: PlanOf;

  #selected: Selected = {};
  #choices = new Map<string, BulkAction>();
  #known = new Map<string, Booking>();
  #offers = new Map<string, Offer>();
  #override = "";
  #reason = noReason();
  #onlyBlocked = false;
  #stale = false;
  /** Whether there is nothing to change at all. */
  #empty = false;
  #result: Result | undefined;
  #plan = new Load<Shown>(this, (signal) => this.#ask(signal));
  #apply = new Attempt(this);

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("of")) return;
    this.#selected = this.of.selected;
    this.#reason = { ...noReason(), ...this.of.reason };
    this.#choices.clear();
    this.#offers.clear();
    this.#override = "";
    this.#result = undefined;
    this.#stale = this.#onlyBlocked = this.#empty = false;
    this.#apply.forget();
    void this.#plan.run(true);
  }

  async #ask(signal: AbortSignal): Promise<Shown> {
    const preview = await this.#preview(signal);
    for (const { change: { before } } of preview.items) this.#known.set(before.id, before);
    await this.#learn(preview.skipped, signal);
    this.#offers = offers(preview, this.#offers);
    const all = lines(preview, this.#known);
    const changing = all.filter(({ standing }) => standing === "CHANGES").length;
    announce(`${t.stats.changing}: ${changing}. ${t.stats.blocked}: ${all.filter(blocks).length}.`);
    return { preview, lines: all };
  }

  async #preview(signal: AbortSignal): Promise<Preview> {
    const override = this.#override.trim();
    try {
      const { data } = await change<Preview>("POST", "/api/v1/bookings/bulk/preview", {
        selection: this.#selected,
        action: this.of.action,
        choices: [...this.#choices].map(([bookingId, action]) => ({ bookingId, action })),
        ...(override && { override: { reason: override } }),
      }, { query: { limit: AT_ONCE }, signal });
      return data;
    } catch (error) {
      const whole = error instanceof RefusedProblem && error.problem.errors?.some((each) => each.pointer === "/selection");
      if (whole && !this.#selected.bookingIds) this.#empty = (await this.#all(signal)).every((each) => !isActive(each));
      throw error;
    }
  }

  /** All lectures of a lecturer, venue or branch in the range. */
  #all(signal: AbortSignal): Promise<Booking[]> {
    return readAll<Booking>("/api/v1/bookings", { ...this.#selected, bookingIds: undefined }, signal);
  }

  /** The preview only names what stays as it is. */
  async #learn(ids: string[], signal: AbortSignal): Promise<void> {
    const missing = ids.filter((id) => !this.#known.has(id));
    if (missing.length === 0) return;
    const { range } = this.of;
    const found = this.#selected.bookingIds && range && missing.length > FEW
      ? await readAll<Booking>("/api/v1/bookings", range, signal)
      : this.#selected.bookingIds
      ? (await Promise.all(missing.map((id) => read<Booking>(`/api/v1/bookings/${id}`, {}, signal)))).map((each) => each.data)
      : await this.#all(signal);
    for (const booking of found) this.#known.set(booking.id, booking);
  }

  /** A choice that the service does not take at all is taken back, and it is said why. */
  async #choose(id: string, action: BulkAction | undefined): Promise<void> {
    const before = this.#choices.get(id);
    if (same(action, before)) return;
    this.#put(id, action);
    await this.#again();
    const { error } = this.#plan;
    if (!(error instanceof RefusedProblem)) return;
    const details = error.problem.errors?.map((each) => each.detail) ?? [];
    toast({ text: [...new Set(details)].join(" ") || told(error).detail, kind: "bad" });
    this.#put(id, before);
    await this.#again();
  }

  #put(id: string, action: BulkAction | undefined): void {
    if (action) this.#choices.set(id, action);
    else this.#choices.delete(id);
  }

  async #again(): Promise<void> {
    this.#stale = false;
    this.#apply.forget();
    await this.#plan.run();
  }

  #leaveBlocked(blocked: Line[]): void {
    for (const { id } of blocked) this.#choices.set(id, { type: "leave" });
    this.#onlyBlocked = false;
    void this.#again();
  }

  async #send(): Promise<void> {
    const shown = this.#plan.data;
    if (!shown || this.#plan.busy) return;
    const override = this.#override.trim();
    const done = await this.#apply.send<Result>({
      path: "/api/v1/bookings/bulk",
      body: {
        previewToken: shown.preview.previewToken,
        ...sent(this.#reason),
        ...(override && { override: { reason: override } }),
      },
    });
    if (done) {
      this.#result = done.data;
      for (const booking of done.data.changed) this.#known.set(booking.id, booking);
      changes.changed();
      announce(t.done(done.data.changed.length));
      this.dispatchEvent(new CustomEvent<Result>("done", { detail: done.data }));
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>(".plan-result h2")?.focus();
    } else if (isRefusal(this.#apply.error, "preview-stale", "preview-gone", "changes-refused")) {
      await this.#plan.run();
      this.#stale = true;
      this.requestUpdate();
    }
  }

  override render(): unknown {
    if (this.#result) return result(this.#result, this.#known);
    if (!this.#plan.data && this.#plan.error && !this.#plan.busy) return this.#refused(this.#plan.error);
    return html`
      <section class="stack" aria-label="${t.planHeading}">${this.#plan.data
        ? this.#plan.render((shown) => this.#draw(shown))
        : html`
          <p class="soft">${t.checking} …</p>${loading(6)}
        `}</section>
    `;
  }

  /** The selection itself is refused: some lectures have ended, or none is left. */
  #refused(error: unknown): TemplateResult {
    const problem = error instanceof RefusedProblem ? error.problem : undefined;
    const gone = refusedIds(problem?.errors, this.#selected.bookingIds ?? []);
    const { title, detail } = told(error);
    if (this.#empty) {
      return empty({
        icon: "check",
        title: t.none,
        hint: t.noneHint,
        action: html`
          <a class="button" href="${to("timeline", { day: local(this.#selected.from ?? new Date()).day, span: "week" })}">${t
            .toTimeline}</a>
        `,
      });
    }
    return html`
      <div class="callout bad" role="alert">
        ${icon("warning")}
        <div class="grow stack tight">
          <div><b>${gone.length > 0 ? t.gone(gone.length) : title}</b>${problem?.errors?.length
            ? html`
              <ul>${[...new Set(problem.errors.map((each) => each.detail))].map((each) =>
                html`
                  <li>${each}</li>
                `
              )}</ul>
            `
            : html`
              <p>${detail}</p>
            `}</div>
          <div class="row">${gone.length > 0 && gone.length < (this.#selected.bookingIds?.length ?? 0)
            ? html`
              <button @click="${() => {
                this.#selected = { bookingIds: this.#selected.bookingIds!.filter((id) => !gone.includes(id)) };
                void this.#plan.run(true);
              }}">${t.leaveOut}</button>
            `
            : html`
              <button @click="${() => void this.#plan.run(true)}">${common.retry}</button>
            `}</div>
        </div>
      </div>
    `;
  }

  #draw({ preview, lines: all }: Shown): TemplateResult {
    const blocked = all.filter(blocks);
    const open = all.filter((each) => blocks(each) || each.standing === "UNPLACED");
    const shown = this.#onlyBlocked ? open : all;
    return html`
      ${this.#stale
        ? html`
          <div class="callout warn" role="alert">${icon("warning")}<span class="grow">${t.stale}</span></div>
        `
        : nothing} ${stats(preview, all)}
      <div class="plan-facts">${shares(preview)} ${audience(preview)}</div>
      ${blocked.length > 0
        ? html`
          <div class="callout warn">
            ${icon("warning")}
            <div class="grow stack tight">
              <div><b>${t.blockedHeading(blocked.length)}</b><p>${t.blockedHint}</p></div>
              <div><button @click="${() => this.#leaveBlocked(blocked)}">${t.leaveBlocked}</button></div>
            </div>
          </div>
        `
        : nothing} ${open.length > 0 && open.length < all.length || this.#onlyBlocked
        ? html`
          <label class="row"><input type="checkbox" .checked="${this.#onlyBlocked}" @change="${(e: Event) => {
            this.#onlyBlocked = (e.target as HTMLInputElement).checked;
            this.requestUpdate();
          }}"> ${t.onlyBlocked}</label>
        `
        : nothing}
      <ol class="plan-rows" aria-label="${t.table}" aria-busy="${this.#plan.busy}">${shown.length === 0
        ? html`
          <li class="plan-row soft">${t.needsNone}</li>
        `
        : shown.map((line) =>
          row({
            line,
            action: this.of.action,
            chosen: this.#choices.get(line.id),
            offer: this.#offers.get(line.id),
            locked: this.#apply.busy || this.#apply.unknown,
            choose: (action) => void this.#choose(line.id, action),
          })
        )}</ol>
      ${this.#end(preview, all)}
    `;
  }

  #end(preview: Preview, all: Line[]): TemplateResult {
    const locked = this.#apply.busy || this.#apply.unknown;
    const errorOf = (name: string) => this.#apply.error instanceof RefusedProblem ? this.#apply.error.errorOf(name) : undefined;
    return html`
      <form class="plan-end card stack" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#send();
      }}">
        <fieldset class="bare stack" ?disabled="${locked}">
          ${overridable(all) || this.#override
            ? html`
              <div class="field">
                <label for="plan-override">${t.overrideLabel}</label>
                <input id="plan-override" .value="${this.#override}" aria-describedby="plan-override-hint" @change="${(
                  e: Event,
                ) => {
                  this.#override = (e.target as HTMLInputElement).value;
                  void this.#again();
                }}">
                <div class="hint" id="plan-override-hint">${t.overrideHint}</div>
              </div>
            `
            : nothing} ${reasonFields(this.#reason, { redraw: () => this.requestUpdate(), errorOf })}
        </fieldset>
        ${this.#said()}
        <div class="row end">
          ${preview.changing === 0
            ? html`
              <span class="soft grow">${t.nothingToDo}</span>
            `
            : nothing}
          <button class="primary" ?disabled="${this.#apply.busy || this.#plan.busy || !!this.#plan.error || !preview.possible ||
            preview.changing === 0}">${this.#apply.unknown
            ? t.askAgain
            : t.apply(preview.changing, preview.branches.length)}</button>
        </div>
      </form>
    `;
  }

  #said(): unknown {
    const error = this.#apply.error;
    if (!error || this.#stale) return nothing;
    const { title, detail } = told(error);
    return html`
      <div class="callout ${this.#apply.unknown ? "warn" : "bad"}" role="alert"><div>${this.#apply.unknown ? t.unknown : html`
        <b>${title}</b><p>${detail}</p>
      `}</div></div>
    `;
  }
}

define("lectern-plan", Plan);
