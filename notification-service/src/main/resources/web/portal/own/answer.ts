import { toast } from "../../common/announce.ts";
import { isRefusal, read } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { selectField } from "../../common/forms.ts";
import { html } from "../../common/view.ts";
import { keep, kept } from "../store.ts";
import { Once } from "../sending.ts";
import type { OwnLecture } from "./model.ts";
import { t } from "./texts.ts";

const l = t.lectures;

export interface ReasonChoice {
  code: string;
  name: string;
}

const REASONS = "reasons";

/** The reasons to choose from, as they were read last. */
async function reasons(): Promise<ReasonChoice[]> {
  try {
    const all = (await read<{ reasonCodes: ReasonChoice[] }>("/peer/api/v1/choices")).data.reasonCodes;
    await keep(REASONS, all);
    return all;
  } catch {
    return (await kept<ReasonChoice[]>(REASONS))?.data ?? [];
  }
}

/** Whether the answer was to a state of the lecture that is over. */
export function isMoved(error: unknown): boolean {
  return isRefusal(error) && (error.problem.status === 412 || error.problem.status === 409);
}

export function order(lecture: OwnLecture, body: Record<string, string>) {
  return { path: `/peer/api/v1/bookings/${lecture.id}/lecturer-answer`, etag: `"${lecture.version}"`, body } as const;
}

/** Asks why, and declines. `moved` runs when the lecture has changed since. */
export async function decline(lecture: OwnLecture, moved: () => void): Promise<boolean> {
  const once = new Once();
  const all = await reasons();
  let code = "";
  const done = await decide({
    heading: l.declineHeading,
    body: html`
      <p><strong>${lecture.topic.title}</strong></p><p>${l.declineBody}</p>
    `,
    reason: l.reason,
    more: ({ redraw, errorOf }) =>
      selectField({
        name: "reasonCode",
        label: l.reasonCode,
        value: code,
        error: errorOf("reasonCode"),
        options: [{ value: "", label: l.chooseReason }, ...all.map((each) => ({ value: each.code, label: each.name }))],
        onChange: (value) => {
          code = value;
          redraw();
        },
      }),
    confirm: l.decline,
    danger: true,
    send: async (reason) => {
      try {
        return await once.send(order(lecture, { answer: "DECLINED", reason, ...(code && { reasonCode: code }) }));
      } catch (error) {
        if (isMoved(error)) moved();
        throw error;
      }
    },
    refused: (error) =>
      isMoved(error)
        ? html`
          <br>${l.moved}
        `
        : "",
  });
  if (done) toast(l.declined);
  return !!done;
}
