import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { addDays, show, today, weekday, WEEKDAYS } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { numberField } from "../booking/fields.ts";
import type { Values } from "./model.ts";
import { t } from "./texts.ts";

export interface PatternForm {
  values: Values;
  set: <K extends keyof Values>(name: K) => (value: Values[K]) => void;
  errorOf: (name: string) => string | undefined;
}

/** The time of day and the dates: by a weekly rule, or listed. */
export function patternFields({ values: v, set, errorOf }: PatternForm): TemplateResult {
  const mode = (weekly: boolean, label: string) =>
    html`
      <button type="button" aria-pressed="${v.weekly === weekly}" @click="${() => set("weekly")(weekly)}">${label}</button>
    `;
  return html`
    <h3>${t.when}</h3>
    <div class="fields three">
      ${textField({
        name: "startTime",
        label: t.startTime,
        type: "time",
        required: true,
        value: v.startTime,
        error: errorOf("startTime"),
        onInput: set("startTime"),
      })} ${numberField(
        {
          name: "durationMinutes",
          label: t.minutes,
          required: true,
          min: 15,
          value: v.minutes,
          error: errorOf("durationMinutes"),
        },
        set("minutes"),
      )}
      <div class="field">
        <span class="label" id="pattern-label">${t.pattern}</span>
        <div class="group" role="group" aria-labelledby="pattern-label">${mode(true, t.weekly)}${mode(false, t.listed)}</div>
      </div>
    </div>
    ${v.weekly ? weekly({ values: v, set, errorOf }) : listed({ values: v, set, errorOf })}
    <p class="soft small">${show.zone()}</p>
  `;
}

function weekly({ values: v, set, errorOf }: PatternForm): TemplateResult {
  const toggled = (each: Values["weekdays"][number], on: boolean) =>
    set("weekdays")(on ? [...v.weekdays, each] : v.weekdays.filter((day) => day !== each));
  return html`
    <div class="fields three">
      ${day("weeklyFrom", t.from, v.from, set("from"), errorOf("weekly/from"))} ${numberField(
        {
          name: "interval",
          label: t.interval,
          hint: t.intervalHint,
          required: true,
          min: 1,
          value: v.interval,
          error: errorOf("weekly/interval"),
        },
        set("interval"),
      )}
    </div>
    <fieldset class="bare">
      <legend class="plan-legend">${t.weekdays}</legend>
      <div class="plan-actions">${WEEKDAYS.map((each) =>
        html`
          <label><input type="checkbox" .checked="${v.weekdays.includes(each)}" @change="${(e: Event) =>
            toggled(each, (e.target as HTMLInputElement).checked)}"><span>${weekday(each, "short")}</span></label>
        `
      )}</div>
      <p class="soft small">${t.weekdaysHint}</p>
    </fieldset>
    <fieldset class="bare">
      <legend class="plan-legend">${t.ends}</legend>
      <div class="row series-ends">
        ${ending(true, t.byCount)} ${ending(false, t.byUntil)} ${v.byCount
          ? numberField(
            {
              name: "count",
              label: t.count,
              required: true,
              min: 1,
              value: v.count,
              error: errorOf("weekly/count") ?? errorOf("weekly"),
            },
            set("count"),
          )
          : day("until", t.until, v.until, set("until"), errorOf("weekly/until"))}
      </div>
    </fieldset>
  `;

  function ending(byCount: boolean, label: string): TemplateResult {
    return html`
      <label class="row"><input type="radio" name="ends" .checked="${v.byCount === byCount}" @change="${() =>
        set("byCount")(byCount)}"> ${label}</label>
    `;
  }
}

function listed({ values: { dates }, set, errorOf }: PatternForm): TemplateResult {
  const put = (i: number, value: string) => set("dates")(dates.map((each, at) => at === i ? value : each));
  const remove = (i: number) => set("dates")(dates.filter((_, at) => at !== i));
  const last = dates.at(-1);
  return html`
    <ul class="series-listed" aria-label="${t.dates}">${dates.map((each, i) =>
      html`
        <li>
          ${day(`date-${i}`, `${t.date} ${i + 1}`, each, (value) => put(i, value), errorOf(`dates/${i}`))} ${dates.length > 1
            ? html`
              <button
                type="button"
                class="plain square"
                aria-label="${t.removeDate(each ? show.day(each) : String(i + 1))}"
                @click="${() => remove(i)}"
              >
                ${icon("close")}
              </button>
            `
            : nothing}
        </li>
      `
    )}</ul>
    <div><button type="button" @click="${() => set("dates")([...dates, last ? addDays(last, 7) : today()])}">${t
      .addDate}</button></div>
  `;
}

function day(name: string, label: string, value: string, onInput: (value: string) => void, error?: string): TemplateResult {
  return textField({ name, label, type: "date", required: true, value, error, onInput });
}
