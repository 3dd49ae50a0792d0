import { openDialog } from "./dialog.ts";
import { areaField } from "./forms.ts";
import { told } from "./states.ts";
import { common } from "./texts.ts";
import { html, nothing } from "./view.ts";
import { Submission } from "./submission.ts";

export interface Decision<T> {
  heading: string;
  body?: unknown;
  /** The label of the reason, if one is asked for. */
  reason?: string;
  /** Whether it may be left out. */
  optional?: boolean;
  confirm: string;
  danger?: boolean;
  /** Further fields, drawn below the reason. */
  more?: (dialog: { redraw: () => void; errorOf: (name: string) => string | undefined }) => unknown;
  /** A further choice, drawn below them. */
  choice?: { label: string; hint?: string; set: (chosen: boolean) => void };
  send: (reason: string) => Promise<T>;
  /** What else to say to a refusal, such as links to what is in the way. */
  refused?: (error: unknown) => unknown;
}

/** Asks before a change that needs a decision. What was typed stays until the API has accepted it. */
export function decide<T>(of: Decision<T>): Promise<T | undefined> {
  let reason = "";
  let chosen = false;
  const sending = new Submission(() => of.send(reason.trim()));
  return openDialog<T>((dialog) => {
    const { busy, error, errorOf } = sending;
    return {
      heading: of.heading,
      body: html`
        ${of.body ?? nothing} ${of.reason
          ? areaField({
            name: "reason",
            label: of.reason,
            required: !of.optional,
            value: reason,
            error: errorOf("reason"),
            onInput: (value) => {
              reason = value;
              dialog.update();
            },
          })
          : nothing} ${of.more?.({ redraw: () => dialog.update(), errorOf }) ?? nothing} ${of.choice
          ? html`
            <label class="row"><input type="checkbox" .checked="${chosen}" @change="${(e: Event) => {
              chosen = (e.target as HTMLInputElement).checked;
              of.choice?.set(chosen);
            }}"> ${of.choice.label}</label>
            ${of.choice.hint
              ? html`
                <p class="soft small">${of.choice.hint}</p>
              `
              : nothing}
          `
          : nothing} ${error
          ? html`
            <div class="callout bad" role="alert"><div><strong>${told(error).title}</strong><br>${told(error).detail} ${of
              .refused?.(error) ?? nothing}</div></div>
          `
          : nothing}
      `,
      foot: html`
        <button @click="${() => dialog.close()}">${common.cancel}</button>
        <button class="${of.danger ? "danger" : "primary"}" ?disabled="${busy ||
          (!!of.reason && !of.optional && !reason.trim())}" @click="${() => void sending.run(dialog)}">${of.confirm}</button>
      `,
    };
  }).result;
}
