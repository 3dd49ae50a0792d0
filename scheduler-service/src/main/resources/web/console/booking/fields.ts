import { type Field, field, selectField, textField } from "../../common/forms.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import type { Ref } from "../booking.ts";
import { withChoices } from "../choices.ts";
import { formatName } from "../formats.ts";
import { label, meant, type When } from "./bodies.ts";
import { t } from "./texts.ts";

export function whenFields(when: When, errors: { start?: string | undefined; end?: string | undefined }, touched: () => void) {
  return html`
    <div class="fields three">
      ${textField({
        name: "start",
        label: t.day,
        type: "date",
        required: true,
        value: when.day,
        error: errors.start,
        onInput: (value) => {
          when.day = value;
          touched();
        },
      })} ${textField({
        name: "time",
        label: t.from,
        type: "time",
        required: true,
        value: when.time,
        onInput: (value) => {
          when.time = value;
          touched();
        },
      })} ${numberField(
        { name: "end", label: t.minutes, value: when.minutes, error: errors.end, required: true, min: 15 },
        (value) => {
          when.minutes = value ?? 0;
          touched();
        },
      )}
    </div>
  `;
}

export function numberField(
  of: Field & { value: number | undefined; min?: number },
  onInput: (value: number | undefined) => void,
): TemplateResult {
  return field(of, (a) =>
    html`
      <input
        id="${a.id}"
        name="${of.name}"
        type="number"
        inputmode="numeric"
        min="${of.min ?? 0}"
        max="100000"
        .value="${of.value === undefined ? "" : String(of.value)}"
        ?required="${of.required}"
        aria-describedby="${a.describedBy}"
        aria-invalid="${a.invalid}"
        @input="${(e: Event) => {
          const { value } = e.target as HTMLInputElement;
          onInput(value === "" ? undefined : Number(value));
        }}"
      >
    `);
}

/** One entry of a list, found by name or code. */
export function pickField<R extends Ref>(
  of: Field & { list: readonly R[]; value: R | undefined; onPick: (value: R | undefined) => void },
): TemplateResult {
  return field(of, (a) =>
    html`
      <input
        id="${a.id}"
        name="${of.name}"
        list="${a.id}-list"
        autocomplete="off"
        placeholder="${t.nameOrCode}"
        .value="${of.value ? label(of.value) : ""}"
        ?required="${of.required}"
        aria-describedby="${a.describedBy}"
        aria-invalid="${a.invalid}"
        @input="${(e: Event) => {
          const { value } = e.target as HTMLInputElement;
          const found = of.list.find((each) => label(each) === value);
          if (found) of.onPick(found);
        }}"
        @change="${(e: Event) => {
          const input = e.target as HTMLInputElement;
          const found = meant(input.value, of.list);
          input.value = found ? label(found) : "";
          of.onPick(found);
        }}"
      >
      <datalist id="${a.id}-list">${of.list.map((each) =>
        html`
          <option value="${label(each)}"></option>
        `
      )}</datalist>
    `);
}

export function formatField(value: string, onChange: (value: string) => void, error?: string): TemplateResult {
  return html`
    ${withChoices((choices) => {
      const known = choices?.formats.map((each) => each.code) ?? [];
      return selectField({
        name: "format",
        label: t.format,
        required: true,
        value,
        error,
        options: (known.includes(value) ? known : [...known, value]).map((each) => ({ value: each, label: formatName(each) })),
        onChange,
      });
    })}
  `;
}
