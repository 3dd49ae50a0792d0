import { textField } from "../../common/forms.ts";
import { today } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Ref } from "../booking.ts";
import { numberField, pickField } from "../booking/fields.ts";
import type { BulkAction } from "./model.ts";
import { t } from "./texts.ts";

export type ActionName = keyof typeof t.actions;

/** What should happen to all, as fields have it. */
export interface ActionValues {
  name: ActionName;
  lecturer: Ref | undefined;
  venue: Ref | undefined;
  days: number | undefined;
  minutes: number | undefined;
  day: string;
}

export function usual(name: ActionName): ActionValues {
  return { name, lecturer: undefined, venue: undefined, days: 7, minutes: 0, day: today() };
}

/** The action; undefined while a field is missing. */
export function actionOf({ name, lecturer, venue, days = 0, minutes = 0, day }: ActionValues): BulkAction | undefined {
  switch (name) {
    case "substitute":
      return { type: "substitute" };
    case "cancel":
      return { type: "cancel" };
    case "reassign":
      return lecturer && { type: "reassign", lecturerId: lecturer.id };
    case "venue":
      return venue && { type: "reassign", venueId: venue.id };
    case "shift":
      return days === 0 && minutes === 0 ? undefined : { type: "shift", days, minutes };
    case "move-to-day":
      return day ? { type: "move-to-day", day } : undefined;
  }
}

/** Chooses one of some actions, with its fields. */
export function actionFields(
  values: ActionValues,
  names: readonly ActionName[],
  lists: { lecturers: readonly Ref[]; venues: readonly Ref[] },
  redraw: () => void,
): TemplateResult {
  const set = <K extends keyof ActionValues>(name: K) => (value: ActionValues[K]) => {
    values[name] = value;
    redraw();
  };
  return html`
    <fieldset class="bare stack tight">
      <legend class="plan-legend">${t.what}</legend>
      <div class="plan-actions">${names.map((name) =>
        html`
          <label><input type="radio" name="bulk-action" value="${name}" .checked="${values.name === name}" @change="${() =>
            set("name")(name)}"><span
            >${t.actions[name]}</span></label>
        `
      )}</div>
      <p class="soft small">${t.actionHints[values.name]}</p>
      ${fields()}
    </fieldset>
  `;

  function fields(): unknown {
    switch (values.name) {
      case "reassign":
        return html`
          <div class="fields">${pickField({
            name: "bulkLecturer",
            label: t.lecturer,
            required: true,
            list: lists.lecturers,
            value: values.lecturer,
            onPick: set("lecturer"),
          })}</div>
        `;
      case "venue":
        return html`
          <div class="fields">${pickField({
            name: "bulkVenue",
            label: t.venue,
            required: true,
            list: lists.venues,
            value: values.venue,
            onPick: set("venue"),
          })}</div>
        `;
      case "shift":
        return html`
          <div class="fields three">
            ${numberField(
              { name: "bulkDays", label: t.days, value: values.days, required: true, min: -366 },
              set("days"),
            )} ${numberField(
              { name: "bulkMinutes", label: t.minutes, value: values.minutes, required: true, min: -1440 },
              set("minutes"),
            )}
          </div>
        `;
      case "move-to-day":
        return html`
          <div class="fields three">${textField({
            name: "bulkDay",
            label: t.day,
            type: "date",
            required: true,
            value: values.day,
            onInput: set("day"),
          })}</div>
        `;
      default:
        return nothing;
    }
  }
}
