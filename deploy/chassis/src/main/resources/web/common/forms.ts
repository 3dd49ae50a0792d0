import { html, nothing, type TemplateResult } from "./view.ts";
import { common } from "./texts.ts";
import { dayInput, timeInput } from "./when.ts";

export interface Field {
  /**
   * The name of the member in the request, so that `errors` of a refusal find their field: `/start` belongs to `start`.
   */
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  required?: boolean;
  /** Whether the focus begins here. */
  autofocus?: boolean;
}

/** A labelled control. `control` gets the attributes that tie it to its label, hint and error. */
export function field(
  of: Field,
  control: (ids: { id: string; describedBy: string | typeof nothing; invalid: "true" | typeof nothing }) => TemplateResult,
): TemplateResult {
  const id = `field-${of.name}`;
  const described = [of.hint && `${id}-hint`, of.error && `${id}-error`].filter(Boolean).join(" ");
  return html`
    <div class="field">
      <label for="${id}">${of.label}${of.required ? "" : html`
        <span class="soft small">(${common.optional})</span>
      `}</label>
      ${control({ id, describedBy: described || nothing, invalid: of.error ? "true" : nothing })} ${of.hint
        ? html`
          <div class="hint" id="${id}-hint">${of.hint}</div>
        `
        : nothing} ${of.error
        ? html`
          <div class="error" id="${id}-error">${of.error}</div>
        `
        : nothing}
    </div>
  `;
}

/** A line of text; with the type `date` or `time` a day or a time in the console's language. */
export function textField(of: Field & { value: string; type?: string; onInput: (value: string) => void }): TemplateResult {
  const when = of.type === "date" ? dayInput : of.type === "time" ? timeInput : undefined;
  return field(
    of,
    (a) =>
      when?.({ ...a, name: of.name, value: of.value, required: of.required, autofocus: of.autofocus, onInput: of.onInput }) ??
        html`
          <input
            id="${a.id}"
            name="${of.name}"
            type="${of.type ?? "text"}"
            .value="${of.value}"
            ?required="${of.required}"
            aria-describedby="${a.describedBy}"
            aria-invalid="${a.invalid}"
            @input="${(e: Event) => of.onInput((e.target as HTMLInputElement).value)}"
          >
        `,
  );
}

export function areaField(of: Field & { value: string; onInput: (value: string) => void }): TemplateResult {
  return field(
    of,
    (a) =>
      html`
        <textarea
          id="${a.id}"
          name="${of.name}"
          rows="3"
          .value="${of.value}"
          ?required="${of.required}"
          aria-describedby="${a.describedBy}"
          aria-invalid="${a.invalid}"
          @input="${(e: Event) => of.onInput((e.target as HTMLTextAreaElement).value)}"
        ></textarea>
      `,
  );
}

export function selectField(
  of: Field & { value: string; options: { value: string; label: string }[]; onChange: (value: string) => void },
): TemplateResult {
  return field(
    of,
    (a) =>
      html`
        <select
          id="${a.id}"
          name="${of.name}"
          ?autofocus="${of.autofocus}"
          aria-describedby="${a.describedBy}"
          aria-invalid="${a.invalid}"
          @change="${(
            e: Event,
          ) => of.onChange((e.target as HTMLSelectElement).value)}"
        >
          ${of.options.map((o) =>
            html`
              <option value="${o.value}" ?selected="${o.value === of.value}">${o.label}</option>
            `
          )}
        </select>
      `,
  );
}
