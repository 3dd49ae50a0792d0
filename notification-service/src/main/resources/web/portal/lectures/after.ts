import { toast } from "../../common/announce.ts";
import { openDialog } from "../../common/dialog.ts";
import { areaField, textField } from "../../common/forms.ts";
import { Submission } from "../../common/submission.ts";
import { common } from "../../common/texts.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { problem } from "../parts.ts";
import { Once } from "../sending.ts";
import { texts } from "../texts.ts";
import type { Booking, Rating } from "./model.ts";

const t = texts.after;

interface Sheet {
  name: string;
  heading: string;
  send: string;
  fields: (errorOf: (name: string) => string | undefined, redraw: () => void) => TemplateResult;
  ready: () => boolean;
  save: () => Promise<unknown>;
}

/** A form in a dialog. What was typed stays until the service has accepted it. */
function fill(sheet: Sheet): Promise<boolean | undefined> {
  const sending = new Submission(async () => {
    await sheet.save();
    return true;
  });
  return openDialog<boolean>((dialog) => {
    const { busy, error, errorOf } = sending;
    return {
      heading: sheet.heading,
      body: html`
        <form id="${sheet.name}" class="stack" @submit="${(event: Event) => {
          event.preventDefault();
          void sending.run(dialog);
        }}">
          ${sheet.fields(errorOf, () => dialog.update())} ${error ? problem(error) : nothing}
        </form>
      `,
      foot: html`
        <button @click="${() => dialog.close()}">${common.cancel}</button>
        <button class="primary" form="${sheet.name}" ?disabled="${busy || !sheet.ready()}">${sheet.send}</button>
      `,
    };
  }).result;
}

/** The host enters how many people came, and where the evidence is. */
export async function report(booking: Booking): Promise<boolean> {
  const once = new Once();
  const before = booking.completion;
  let people = String(before?.headCount ?? "");
  let link = before?.link ?? "";
  let note = before?.note ?? "";
  const done = await fill({
    name: "report",
    heading: t.report,
    send: t.send,
    ready: () => people.trim() !== "",
    fields: (errorOf, redraw) =>
      html`
        ${textField({
          name: "headCount",
          label: t.people,
          hint: t.peopleHint,
          type: "number",
          required: true,
          value: people,
          error: errorOf("headCount"),
          onInput: (value) => {
            people = value;
            redraw();
          },
        })} ${textField({
          name: "link",
          label: t.link,
          hint: t.linkHint,
          type: "url",
          value: link,
          error: errorOf("link"),
          onInput: (value) => (link = value),
        })} ${areaField({
          name: "note",
          label: t.note,
          hint: t.noNames,
          value: note,
          error: errorOf("note"),
          onInput: (value) => (note = value),
        })}
      `,
    save: () =>
      once.send({
        path: `/peer/api/v1/bookings/${booking.id}/report`,
        etag: `"${booking.version}"`,
        body: {
          headCount: Number(people),
          ...(link.trim() && { link: link.trim() }),
          ...(note.trim() && { note: note.trim() }),
        },
      }),
  });
  if (done) toast(t.reported);
  return !!done;
}

/** The branch says how the lecture was. */
export async function rate(booking: Booking, branchId: string, before: Rating | undefined): Promise<boolean> {
  const once = new Once();
  let stars = before?.stars;
  let note = before?.note ?? "";
  const done = await fill({
    name: "rate",
    heading: t.rate,
    send: t.send,
    ready: () => stars !== undefined,
    fields: (errorOf, redraw) =>
      html`
        <fieldset class="times">
          <legend>${t.how}</legend>
          <div class="row">${[5, 4, 3, 2, 1].map((value) =>
            html`
              <label class="pill"><input type="radio" name="stars" .checked="${stars === value}" @change="${() => {
                stars = value;
                redraw();
              }}">${t.stars(value)}</label>
            `
          )}</div>
        </fieldset>
        ${areaField({
          name: "note",
          label: t.note,
          hint: t.noteHint,
          value: note,
          error: errorOf("note"),
          onInput: (value) => (note = value),
        })}
      `,
    save: () =>
      once.send({
        method: "PUT",
        path: `/peer/api/v1/bookings/${booking.id}/ratings/${branchId}`,
        body: { stars, ...(note.trim() && { note: note.trim() }) },
      }),
  });
  if (done) toast(t.rated);
  return !!done;
}
