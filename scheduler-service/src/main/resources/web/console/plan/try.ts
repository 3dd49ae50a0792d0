import { icon } from "../../common/icons.ts";
import { Load, told } from "../../common/states.ts";
import { textField } from "../../common/forms.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change } from "../api.ts";
import { instants } from "../booking/bodies.ts";
import { pickField } from "../booking/fields.ts";
import type { Ref } from "../booking.ts";
import { registry } from "../registry.ts";
import { planPath } from "./data.ts";
import { isPlaced, type Item, type Plan, type Tried, type Way } from "./model.ts";
import { t } from "./texts.ts";
import { causes, delta, wayLine } from "./why.ts";

/** "Why not that lecturer, or that day?": it is tried, and nothing is changed. */
class PlanTry extends View {
  static override properties = { plan: { attribute: false }, item: { attribute: false }, onWay: { attribute: false } };

  declare plan: Plan;
  declare item: Item;
  declare onWay: ((way: Way) => void) | undefined;

  #lecturer: Ref | undefined;
  #day = "";
  #time = "";
  #shown = "";
  #lecturers = new Load<Ref[]>(this, () => registry("lecturer"));
  #tried = new Load<Tried>(this, async (signal) => {
    const { plan, item } = this;
    const at = instants({ day: this.#day, time: this.#time, minutes: 1 }, item.zone);
    return (await change<Tried>("POST", planPath(plan.id, `/items/${item.number}/try`), {
      ...(this.#lecturer && { lecturerId: this.#lecturer.id }),
      ...(at ? { start: at.start } : this.#day && { day: this.#day }),
    }, { signal })).data;
  });
  #asked = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#lecturers.run();
  }

  override willUpdate(_: PropertyValues): void {
    const shown = [this.plan.id, this.plan.version, this.item.number].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#asked = false;
    this.#tried.data = undefined;
  }

  override render(): unknown {
    const ready = !!this.#lecturer || !!this.#day;
    return html`
      <form class="stack tight planner-try" @submit="${(e: Event) => {
        e.preventDefault();
        if (!ready) return;
        this.#asked = true;
        void this.#tried.run(true);
      }}">
        <h3>${t.tryHeading}</h3>
        <p class="small soft">${t.tryHint}</p>
        <div class="fields">
          ${pickField({
            name: "try-lecturer",
            label: t.lecturer,
            list: this.#lecturers.data ?? [],
            value: this.#lecturer,
            onPick: (value) => {
              this.#lecturer = value;
              this.requestUpdate();
            },
          })} ${textField({
            name: "try-day",
            label: t.day,
            type: "date",
            value: this.#day,
            onInput: (value) => {
              this.#day = value;
              this.requestUpdate();
            },
          })} ${this.#day
            ? textField({
              name: "try-time",
              label: t.tryTime,
              type: "time",
              value: this.#time,
              onInput: (value) => (this.#time = value),
            })
            : nothing}
        </div>
        <div><button ?disabled="${!ready || this.#tried.busy}">${this.#tried.busy ? t.trying : t.tryNow}</button></div>
        <div aria-live="polite">${this.#asked && !this.#tried.busy ? this.#answer() : nothing}</div>
      </form>
    `;
  }

  #answer(): TemplateResult {
    if (this.#tried.error) {
      const { title, detail } = told(this.#tried.error);
      return html`
        <div class="callout bad"><div><strong>${title}</strong><br>${detail}</div></div>
      `;
    }
    const tried = this.#tried.data;
    if (!tried) {
      return html`

      `;
    }
    const { way } = tried;
    return html`
      <div class="callout ${tried.possible ? "good" : "warn"}">
        ${icon(tried.possible ? "check" : "warning")}
        <div class="stack tight grow">
          <strong>${tried.possible ? t.tryPossible : t.tryImpossible}</strong>
          ${way
            ? html`
              <div class="row">${wayLine(way, this.item)}<span class="grow"></span>${delta(way.differenceMinutes)}</div>
            `
            : nothing}
          <p>${tried.text}</p>
          ${causes(tried.obstacles)} ${way && this.onWay
            ? html`
              <div><button type="button" @click="${() => this.onWay!(way)}">${isPlaced(this.item)
                ? t.moveThere
                : t.placeThere}</button></div>
            `
            : nothing}
        </div>
      </div>
    `;
  }
}

define("lectern-planner-try", PlanTry);
