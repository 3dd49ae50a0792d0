import { toast } from "../../common/announce.ts";
import { Submission } from "../../common/submission.ts";
import { openDialog } from "../../common/dialog.ts";
import { selectField, textField } from "../../common/forms.ts";
import { common } from "../../common/texts.ts";
import { html, nothing } from "../../common/view.ts";
import { recipientPath } from "../branches.ts";
import { problem } from "../parts.ts";
import { Once } from "../sending.ts";
import { texts } from "../texts.ts";
import type { Endpoint } from "./endpoints.ts";
import { showSecret } from "./secret.ts";

const t = texts.settings;
const SIGNED = ["dingtalk", "feishu"];

/** Asks for a further address of the branch or the lecturer. */
export async function openAdd(): Promise<boolean> {
  const once = new Once();
  const form = { channel: "email", address: "", secret: "", fallback: false };
  const sending = new Submission(async () => {
    const { data } = await once.send<Endpoint>({
      path: recipientPath("endpoints"),
      body: {
        channel: form.channel,
        address: form.address.trim(),
        ...(SIGNED.includes(form.channel) && form.secret.trim() && { secret: form.secret.trim() }),
        ...(form.fallback && { fallback: true }),
      },
    });
    return data;
  });
  const made = await openDialog<Endpoint>((dialog) => {
    const { busy, error, errorOf } = sending;
    return {
      heading: t.add,
      body: html`
        <form id="add-endpoint" class="stack" @submit="${(event: Event) => {
          event.preventDefault();
          void sending.run(dialog);
        }}">
          ${selectField({
            name: "channel",
            label: t.channel,
            required: true,
            value: form.channel,
            error: errorOf("channel"),
            options: Object.entries(t.channels).filter(([value]) => value !== "webpush").map(([value, label]) => ({
              value,
              label,
            })),
            onChange: (value) => {
              form.channel = value;
              dialog.update();
            },
          })} ${textField({
            name: "address",
            label: t.addresses[form.channel] ?? "",
            required: true,
            type: form.channel === "email" ? "email" : form.channel === "sms" ? "tel" : "url",
            value: form.address,
            error: errorOf("address"),
            onInput: (value) => (form.address = value),
          })} ${SIGNED.includes(form.channel)
            ? textField({
              name: "secret",
              label: t.secret,
              hint: t.secretHint,
              value: form.secret,
              error: errorOf("secret"),
              onInput: (value) => (form.secret = value),
            })
            : nothing}
          <label class="row"><input type="checkbox" .checked="${form.fallback}" @change="${(
            e: Event,
          ) => (form.fallback = (e.target as HTMLInputElement).checked)}"> <span class="grow"
            >${t.deputyLabel}</span></label>
          ${error ? problem(error) : nothing}
        </form>
      `,
      foot: html`
        <button @click="${() => dialog.close()}">${common.cancel}</button>
        <button class="primary" form="add-endpoint" ?disabled="${busy}">${t.add}</button>
      `,
    };
  }).result;
  if (!made) return false;
  if (made.secret) await showSecret(t.secretHeading, t.secretShown, made.secret);
  toast(made.channel === "email" && made.status === "pending" ? t.addedMail : t.added);
  return true;
}
