import { toast } from "../../common/announce.ts";
import { openDialog } from "../../common/dialog.ts";
import { selectField } from "../../common/forms.ts";
import { told } from "../../common/states.ts";
import { Submission } from "../../common/submission.ts";
import { common } from "../../common/texts.ts";
import { html, nothing } from "../../common/view.ts";
import { change } from "../api.ts";
import { Sender } from "../../common/attempt.ts";
import { decide } from "../decide.ts";
import { planPath } from "./data.ts";
import type { Plan } from "./model.ts";
import { t } from "./texts.ts";
import { number } from "./words.ts";

/** Lengths of a search that are offered, in seconds. */
export const LENGTHS = [15, 30, 60, 120, 300, 600];

export function lengthOptions(now: number): { value: string; label: string }[] {
  const all = LENGTHS.includes(now) ? LENGTHS : [...LENGTHS, now].sort((a, b) => a - b);
  return all.map((each) => ({ value: String(each), label: t.seconds(each) }));
}

/** Searches again: continues from the draft, or keeps only the pinned lectures. */
export function openAgain(plan: Plan, etag: string | undefined, how: "continue" | "replan"): Promise<boolean | undefined> {
  let seconds = how === "continue" ? 30 : plan.seconds;
  let otherSeed = false;
  const sender = new Sender();
  const sending = new Submission(async () => {
    await sender.send<Plan>({
      path: planPath(plan.id, how === "continue" ? "/continue" : "/replan"),
      body: { seconds, ...(otherSeed && { seed: (plan.seed ?? 1) + 1 }) },
      etag,
    });
    return true;
  });
  return openDialog<boolean>((dialog) => {
    const { busy, error } = sending;
    return {
      heading: how === "continue" ? t.continueHeading : t.replanHeading,
      body: html`
        <form id="planner-again" class="stack" @submit="${(e: Event) => {
          e.preventDefault();
          if (!busy) void sending.run(dialog);
        }}">
          <p>${how === "continue"
            ? t.continueText
            : t.replanText(number(plan.coverage.pinned), number(plan.coverage.excluded))}</p>
          ${selectField({
            name: "seconds",
            label: t.howLong,
            required: true,
            autofocus: true,
            value: String(seconds),
            options: lengthOptions(seconds),
            onChange: (value) => (seconds = Number(value)),
          })} ${how === "replan"
            ? html`
              <div>
                <label class="row"><input type="checkbox" .checked="${otherSeed}" @change="${(e: Event) => {
                  otherSeed = (e.target as HTMLInputElement).checked;
                }}"> ${t.otherSeed}</label><p
                  class="soft small"
                >
                  ${t.otherSeedHint}
                </p>
              </div>
            `
            : nothing} ${error
            ? html`
              <div class="callout bad" role="alert"><div><strong>${told(error).title}</strong><br>${told(error)
                .detail}</div></div>
            `
            : nothing}
        </form>
      `,
      foot: html`
        <button type="button" @click="${() => dialog.close()}">${common.cancel}</button>
        <button form="planner-again" class="primary" ?disabled="${busy}">${busy ? t.sending : t.startSearch}</button>
      `,
    };
  }).result;
}

export async function openDelete(plan: Plan, etag: string | undefined): Promise<boolean> {
  const done = await decide<boolean>({
    heading: t.deleteHeading(plan.name),
    body: html`
      <p>${t.deleteHint}</p>
    `,
    confirm: t.deleteNow,
    danger: true,
    send: async () => {
      await change("DELETE", planPath(plan.id), undefined, { etag });
      return true;
    },
  });
  if (done) toast(t.deleted);
  return !!done;
}
