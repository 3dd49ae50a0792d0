import { selectField, textField } from "../../common/forms.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { withChoices } from "../choices.ts";
import { codeName, type Reason, speaks } from "./model.ts";
import { t } from "./texts.ts";

interface Form {
  redraw(): void;
  errorOf(name: string): string | undefined;
}

/** The codes to choose from beside a text that has the label of the whole. */
export function codeField(
  reason: Reason,
  form: Form,
  { label = t.kind, required = false, autofocus = false } = {},
): TemplateResult {
  return html`
    ${withChoices((choices) => {
      const codes = choices?.reasonCodes.map((each) => each.code) ?? [];
      if (choices && !codes.includes(reason.code)) reason.code = ""; // a page may propose a code that is not configured
      return selectField({
        name: "reasonCode",
        label,
        required,
        autofocus,
        value: reason.code,
        error: form.errorOf("reasonCode"),
        options: ["", ...codes].map((value) => ({ value, label: value ? codeName(value) : t.noCode })),
        onChange: (value) => {
          reason.code = value;
          form.redraw();
        },
      });
    })}
  `;
}

/** A code and words: one of them has to say why. */
export function reasonFields(reason: Reason, form: Form, autofocus = false): TemplateResult {
  return html`
    <div class="fields reason">
      ${codeField(reason, form, { label: t.reason, required: true, autofocus })} ${textField({
        name: "reason",
        label: t.words,
        hint: t.hint,
        required: !speaks(reason.code),
        value: reason.words,
        error: form.errorOf("reason"),
        onInput: (value) => (reason.words = value),
      })}
    </div>
  `;
}
