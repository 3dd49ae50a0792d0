import { textField } from "../../common/forms.ts";
import { show, zone } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { type Problem, read } from "../api.ts";
import type { Booking, Ref } from "../booking.ts";
import { reasonFields } from "../reason/fields.ts";
import { registry } from "../registry.ts";
import { type Form, openAct } from "./act.ts";
import { changed, type ChangeValues, instants, whenOf } from "./bodies.ts";
import { pickField, whenFields } from "./fields.ts";
import { t } from "./texts.ts";
import type { Alternative } from "./types.ts";
import { offerUndo } from "./undo.ts";

/** What is wanted of a booking; what stays is absent. */
export interface Wanted {
  start?: string;
  end?: string;
  lecturer?: Ref | undefined;
  venue?: Ref | undefined;
}

export interface Opening {
  wanted?: Wanted;
  reason?: string;
  heading?: string;
  beside?: DOMRect | undefined;
  problem?: Problem | undefined;
  /** The ETag of what the person saw, if that was before this dialog. */
  etag?: string;
}

/**
 * Changes time, lecturer, venue and host of a booking together; of a confirmed one it says first who will be notified.
 */
export async function openChange(id: string, opening: Opening = {}): Promise<void> {
  const [reply, lecturers, venues, branches] = await Promise.all([
    read<Booking>(`/api/v1/bookings/${id}`),
    registry("lecturer"),
    registry("venue"),
    registry("branch"),
  ]);
  const before = reply.data;
  const { wanted = {} } = opening;
  const values: ChangeValues = {
    when: whenOf(wanted.start ?? before.start, wanted.end ?? before.end, before.zone),
    lecturer: wanted.lecturer ?? before.lecturer,
    venue: wanted.venue ?? before.venue,
    branch: before.branch,
    joinLink: before.joinLink ?? "",
    reason: { code: "", words: opening.reason ?? "" },
  };
  const held = before.status === "HELD";
  const folded = !!opening.beside && !opening.problem; // a drop has said what is wanted; only the reason is missing
  const fields = (form: Form): TemplateResult =>
    html`
      ${whenFields(
        values.when,
        { start: form.errorOf("start"), end: form.errorOf("end") },
        () => form.touched(),
      )}
      <div class="fields">
        ${pickField({
          name: "lecturerId",
          label: t.lecturer,
          required: true,
          list: lecturers,
          value: values.lecturer,
          error: form.errorOf("lecturerId"),
          onPick: (value) => {
            values.lecturer = value;
            form.touched();
          },
        })} ${before.venue || !before.joinLink
          ? pickField({
            name: "venueId",
            label: t.venue,
            required: !!before.venue,
            list: venues,
            value: values.venue,
            error: form.errorOf("venueId"),
            onPick: (value) => {
              values.venue = value;
              form.touched();
            },
          })
          : textField({
            name: "joinLink",
            label: t.joinLink,
            type: "url",
            required: true,
            value: values.joinLink,
            error: form.errorOf("joinLink"),
            onInput: (value) => {
              values.joinLink = value;
              form.touched();
            },
          })}
      </div>
      <details ?open="${values.branch?.id !== before.branch.id}">
        <summary>${t.otherHost}</summary>
        ${pickField({
          name: "branchId",
          label: t.branch,
          hint: t.otherHostHint,
          required: true,
          list: branches,
          value: values.branch,
          error: form.errorOf("branchId"),
          onPick: (value) => {
            values.branch = value;
            form.touched();
          },
        })}
      </details>
    `;
  const draw = (form: Form): TemplateResult =>
    html`
      ${comparison(before, values)} ${folded
        ? html`
          <details ?open="${form.invalid}">
            <summary>${t.changeMore}</summary>
            <div class="stack">${fields(form)}</div>
          </details>
        `
        : fields(form)} ${held ? nothing : reasonFields(values.reason, form, folded)}
    `;
  await openAct({
    heading: opening.heading ?? t.changeHeading(before.branch.name),
    label: held ? t.changeHold : t.changeAndTell,
    path: `/api/v1/bookings/${id}/change`,
    booking: before,
    etag: opening.etag ?? reply.etag,
    rehearses: true,
    beside: opening.beside,
    problem: opening.problem,
    draw,
    body: (rehearsal) => changed(before, values, rehearsal || held ? t.changeOfHold : ""),
    take: (alternative) => take(values, alternative, before.zone),
    done: (after) => offerUndo(before, after),
  });
}

function take(values: ChangeValues, alternative: Alternative, inZone: string): void {
  values.when = whenOf(alternative.start, alternative.end, inZone);
  values.lecturer = alternative.lecturer;
  if (alternative.venue) values.venue = alternative.venue;
}

/** Old and new in the zone of the place; what stays is not repeated. */
function comparison(before: Booking, values: ChangeValues): TemplateResult {
  const times = instants(values.when, before.zone);
  const rows: [string, string, string][] = [];
  const old = show.range(before.start, before.end, before.zone);
  const now = times ? show.range(times.start, times.end, before.zone) : "–";
  if (old !== now) rows.push([t.when, old, now]);
  if (values.lecturer?.id !== before.lecturer.id) rows.push([t.lecturer, before.lecturer.name, values.lecturer?.name ?? "–"]);
  if (values.venue?.id !== before.venue?.id) rows.push([t.venue, before.venue?.name ?? "–", values.venue?.name ?? "–"]);
  if (values.branch?.id !== before.branch.id) rows.push([t.branch, before.branch.name, values.branch?.name ?? "–"]);
  return html`
    <div class="comparison">${rows.length === 0
      ? html`
        <p class="soft">${t.nothingChangedYet(old)}</p>
      `
      : rows.map(([name, was, is]) =>
        html`
          <p><span class="soft">${name}</span> <del>${was}</del> <span aria-hidden="true">→</span> <ins>${is}</ins></p>
        `
      )}${before.zone === zone ? nothing : html`
      <p class="soft small">${show.zone(before.zone, new Date(before.start))}</p>
    `}</div>
  `;
}
