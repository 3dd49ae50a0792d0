import { isRefusal } from "../../common/api.ts";
import { areaField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { show, weekday, WEEKDAYS } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { problem } from "../parts.ts";
import { type Availability, changeOf, type Draft } from "./model.ts";
import { propose } from "./propose.ts";
import { t } from "./texts.ts";

const a = t.availability;
const KINDS: Draft["kind"][] = ["days", "hours", "date", "weekly"];

/** The form of one change of the own availability. What it touches is shown before anything is stored. */
class OwnChange extends View {
  static override properties = { now: { attribute: false }, again: { attribute: false }, done: { attribute: false } };

  declare now: Availability;
  declare again: () => void;
  declare done: () => void;
  #draft: Draft | undefined;
  #busy = false;
  #error: unknown;
  #stale = false;

  #of(): Draft {
    this.#draft ??= {
      kind: "days",
      firstDay: "",
      lastDay: "",
      from: "",
      until: "",
      reason: "",
      weekly: this.now.weekly.map((each) => ({ ...each })),
    };
    return this.#draft;
  }

  #set(changes: Partial<Draft>): void {
    Object.assign(this.#of(), changes);
    this.#error = undefined;
    this.requestUpdate();
  }

  override render(): unknown {
    const draft = this.#of();
    const change = changeOf(draft, this.now.zone);
    const { kind, firstDay, lastDay, from, until } = draft;
    const wrong = kind === "days" ? !!firstDay && !!lastDay && firstDay > lastDay : !!from && !!until && from >= until;
    const errors = isRefusal(this.#error) ? this.#error.problem.errors ?? [] : [];
    return html`
      <form class="card stack" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#check();
      }}">
        <h1>${a.new}</h1>
        <fieldset class="times">
          <legend>${a.kind}</legend>
          <div class="row">${KINDS.map((each) =>
            html`
              <label class="pill"><input type="radio" name="kind" .checked="${kind === each}" @change="${() =>
                this.#set({ kind: each })}">${a.kinds[each]}</label>
            `
          )}</div>
        </fieldset>
        ${kind === "weekly" ? this.#weekly(draft) : html`
          ${textField({
            name: "firstDay",
            label: kind === "days" ? a.firstDay : a.day,
            type: "date",
            required: true,
            value: firstDay,
            onInput: (day) =>
              this.#set({ firstDay: day, ...(kind === "days" && (!lastDay || lastDay < day) && { lastDay: day }) }),
          })} ${kind === "days"
            ? textField({
              name: "lastDay",
              label: a.lastDay,
              type: "date",
              required: true,
              value: lastDay,
              error: wrong ? a.order : undefined,
              onInput: (day) => this.#set({ lastDay: day }),
            })
            : html`
              <div class="two row">${textField({
                name: "from",
                label: a.from,
                type: "time",
                required: kind === "hours",
                value: from,
                onInput: (time) => this.#set({ from: time }),
              })} ${textField({
                name: "until",
                label: a.until,
                type: "time",
                required: kind === "hours",
                value: until,
                error: wrong ? a.order : undefined,
                onInput: (time) => this.#set({ until: time }),
              })}</div>
            `} ${kind === "date"
            ? html`
              <p class="soft small">${a.windowHint}</p>
            `
            : nothing} ${areaField({
              name: "reason",
              label: a.reason,
              hint: a.reasonHint,
              value: draft.reason,
              onInput: (reason) => this.#set({ reason }),
            })}
        `}
        <p class="soft small">${a.zone(show.zone(this.now.zone))}</p>
        ${this.#stale
          ? html`
            <p role="status">${a.stale}</p>
          `
          : nothing} ${this.#error ? problem(this.#error) : nothing} ${errors.length > 0
          ? html`
            <ul>${errors.map((each) =>
              html`
                <li>${each.detail}</li>
              `
            )}</ul>
          `
          : nothing}
        <button class="primary wide" ?disabled="${!change || wrong || this.#busy}">${a.check}</button>
      </form>
    `;
  }

  #weekly(draft: Draft): TemplateResult {
    const put = (at: number, changes: Partial<Draft["weekly"][number]>) =>
      this.#set({ weekly: draft.weekly.map((each, index) => index === at ? { ...each, ...changes } : each) });
    return html`
      ${draft.weekly.map((each, index) => {
        const name = `${weekday(each.day, "long")} ${each.from}–${each.until}`;
        return html`
          <div class="stack tight week-line" role="group" aria-label="${name}">
            <div class="row">
              <select class="grow" aria-label="${`${a.weekday} ${index + 1}`}" @change="${(e: Event) =>
                put(index, { day: (e.target as HTMLSelectElement).value })}">${WEEKDAYS.map((day) =>
                  html`
                    <option value="${day}" ?selected="${day === each.day}">${weekday(day, "long")}</option>
                  `
                )}</select>
              <button type="button" class="plain square" aria-label="${a.removeWindow(name)}" @click="${() =>
                this.#set({ weekly: draft.weekly.filter((_, at) => at !== index) })}">${icon("close")}</button>
            </div>
            <div class="two row">${textField({
              name: `weekly-${index}-from`,
              label: a.from,
              type: "time",
              required: true,
              value: each.from,
              onInput: (from) => put(index, { from }),
            })} ${textField({
              name: `weekly-${index}-until`,
              label: a.until,
              type: "time",
              required: true,
              value: each.until,
              error: each.from && each.until && each.from >= each.until ? a.order : undefined,
              onInput: (until) => put(index, { until }),
            })}</div>
          </div>
        `;
      })}
      <button type="button" @click="${() =>
        this.#set({
          weekly: [...draft.weekly, { day: WEEKDAYS[draft.weekly.length % 5]!, from: "09:00", until: "17:00" }],
        })}">${icon("plus")}${a.addWindow}</button>
    `;
  }

  async #check(): Promise<void> {
    const draft = this.#of();
    const change = changeOf(draft, this.now.zone);
    if (!change || this.#busy) return;
    this.#busy = true;
    this.#error = undefined;
    this.#stale = false;
    this.requestUpdate();
    try {
      const stored = await propose(this.now, change, a.new);
      this.#stale = stored === "stale";
      if (stored === true) this.done();
      else if (this.#stale) this.again();
    } catch (error) {
      this.#stale = isRefusal(error) && error.problem.status === 412;
      this.#error = this.#stale ? undefined : error;
      if (this.#stale) this.again();
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

define("lectern-own-change", OwnChange);
