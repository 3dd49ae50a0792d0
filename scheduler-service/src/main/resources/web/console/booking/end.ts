import { toast } from "../../common/announce.ts";
import { areaField, selectField, textField } from "../../common/forms.ts";
import { show } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Booking, Ref } from "../booking.ts";
import { codeField, reasonFields } from "../reason/fields.ts";
import { noReason, sent } from "../reason/model.ts";
import { registry } from "../registry.ts";
import { openAct } from "./act.ts";
import { type Details, patch } from "./bodies.ts";
import { formatField, numberField, pickField } from "./fields.ts";
import { t } from "./texts.ts";

type Action = "confirm" | "extend" | "release" | "cancel" | "complete" | "details" | "guest";

/** Opens the dialog of what can be done with one booking. */
export async function openAction(action: Action, id: string): Promise<void> {
  const { data: booking, etag } = await read<Booking>(`/api/v1/bookings/${id}`);
  await ACTIONS[action](booking, etag);
}

const path = (booking: Booking, action: Action | "guests") => `/api/v1/bookings/${booking.id}/${action}` as const;

const what = (b: Booking): TemplateResult =>
  html`
    <p>
      <b>${b.topic.title}</b><br>${show.range(b.start, b.end, b.zone)}<br>
      <span class="soft">${[b.lecturer.name, b.branch.name, b.venue?.name].filter(Boolean).join(" · ")}</span>
    </p>
  `;

/** A guest branch leaves; the others stay as they are. */
export async function openGuestLeaves(id: string, guest: Ref): Promise<void> {
  const { data: booking, etag } = await read<Booking>(`/api/v1/bookings/${id}`);
  await openAct({
    heading: t.guestLeavesHeading(guest.name),
    label: t.guestLeaves,
    danger: true,
    method: "DELETE",
    path: `/api/v1/bookings/${id}/guests/${guest.id}`,
    booking,
    etag,
    rehearses: true,
    draw: () =>
      html`
        ${what(booking)}<p>${t.guestLeavesHint(guest.name)}</p>
      `,
    body: () => ({}),
    done: () => toast(t.guestLeft),
  });
}

const ACTIONS: Record<Action, (booking: Booking, etag: string | undefined) => Promise<unknown>> = {
  confirm: (booking, etag) =>
    openAct({
      heading: t.confirmHeading,
      label: t.confirmAndTell,
      path: path(booking, "confirm"),
      booking,
      etag,
      rehearses: true,
      draw: () => what(booking),
      body: () => ({}),
      done: () => toast(t.confirmed),
    }),

  extend: (booking, etag) => {
    let hours = 24;
    const until = () => new Date(Math.min(Date.parse(booking.hold!.expiresAt) + hours * 3_600_000, Date.parse(booking.start)));
    return openAct({
      heading: t.extendHeading,
      label: t.extend,
      path: path(booking, "extend"),
      booking,
      etag,
      draw: (form) =>
        html`
          ${what(booking)}
          <p class="soft">${t.endsNow(show.moment(booking.hold!.expiresAt))}</p>
          ${selectField({
            name: "expiresAt",
            label: t.extendBy,
            required: true,
            value: String(hours),
            error: form.errorOf("expiresAt"),
            options: [1, 4, 24, 72].map((each) => ({ value: String(each), label: t.hours(each) })),
            onChange: (value) => {
              hours = Number(value);
              form.touched();
            },
          })}
          <p>${t.endsThen(show.moment(until()))}</p>
        `,
      body: () => ({ expiresAt: until().toISOString() }),
      done: (after) => toast(t.extended(show.moment(after.data.hold!.expiresAt))),
    });
  },

  release: (booking, etag) => {
    const reason = noReason();
    return openAct({
      heading: t.releaseHeading,
      label: t.release,
      danger: true,
      path: path(booking, "release"),
      booking,
      etag,
      draw: (form) =>
        html`
          ${what(booking)}
          <p class="soft">${t.releaseHint}</p>
          ${textField({
            name: "reason",
            label: t.reason,
            value: reason.words,
            error: form.errorOf("reason"),
            onInput: (value) => (reason.words = value),
          })} ${codeField(reason, form)}
        `,
      body: () => sent(reason),
      done: () => toast(t.released),
    });
  },

  cancel: (booking, etag) => {
    const reason = noReason();
    return openAct({
      heading: t.cancelHeading,
      label: t.cancelAndTell,
      danger: true,
      path: path(booking, "cancel"),
      booking,
      etag,
      rehearses: true,
      draw: (form) =>
        html`
          ${what(booking)}${reasonFields(reason, form)}
        `,
      body: (rehearsal) => sent(reason, rehearsal ? t.cancelHeading : ""),
      done: () => toast(t.cancelled),
    });
  },

  complete: (booking, etag) => {
    const values = { headCount: booking.expectedHeadCount, note: "", link: "" };
    return openAct({
      heading: t.completeHeading,
      label: t.complete,
      path: path(booking, "complete"),
      booking,
      etag,
      draw: (form) =>
        html`
          ${what(booking)} ${numberField({
            name: "headCount",
            label: t.came,
            hint: booking.expectedHeadCount === undefined ? t.cameHint : t.expected(booking.expectedHeadCount),
            required: true,
            value: values.headCount,
            error: form.errorOf("headCount"),
          }, (value) => (values.headCount = value))} ${areaField({
            name: "note",
            label: t.note,
            value: values.note,
            error: form.errorOf("note"),
            onInput: (value) => (values.note = value),
          })} ${textField({
            name: "link",
            label: t.evidence,
            hint: t.evidenceHint,
            type: "url",
            value: values.link,
            error: form.errorOf("link"),
            onInput: (value) => (values.link = value),
          })}
        `,
      body: () => ({
        headCount: values.headCount,
        ...(values.note.trim() && { note: values.note.trim() }),
        ...(values.link.trim() && { link: values.link.trim() }),
      }),
      done: () => toast(t.completed),
    });
  },

  guest: async (booking, etag) => {
    const taking = new Set([booking.branch.id, ...(booking.guests ?? []).map((each) => each.id)]);
    const branches = (await registry("branch")).filter((each) => !taking.has(each.id));
    const values: { branch: Ref | undefined; headCount: number | undefined } = { branch: undefined, headCount: undefined };
    return openAct({
      heading: t.guestHeading,
      label: t.addGuest,
      path: path(booking, "guests"),
      booking,
      etag,
      rehearses: true,
      draw: (form) =>
        html`
          ${what(booking)}
          <div class="fields">
            ${pickField({
              name: "branchId",
              label: t.guest,
              required: true,
              list: branches,
              value: values.branch,
              error: form.errorOf("branchId"),
              onPick: (value) => {
                values.branch = value;
                form.touched();
              },
            })} ${numberField(
              {
                name: "expectedHeadCount",
                label: t.headCount,
                value: values.headCount,
                error: form.errorOf("expectedHeadCount"),
              },
              (value) => {
                values.headCount = value;
                form.touched();
              },
            )}
          </div>
        `,
      body: () =>
        values.branch && {
          branchId: values.branch.id,
          ...(values.headCount !== undefined && { expectedHeadCount: values.headCount }),
        },
      done: () => toast(t.guestAdded),
    });
  },

  details: async (booking, etag) => {
    const topics = await registry("topic");
    const values: Details = {
      topic: topics.find((each) => each.id === booking.topic.id) ?? { ...booking.topic, name: booking.topic.title },
      format: booking.format,
      headCount: booking.expectedHeadCount,
      note: booking.note ?? "",
    };
    const reason = noReason();
    return openAct({
      heading: t.detailsHeading,
      label: t.save,
      method: "PATCH",
      path: `/api/v1/bookings/${booking.id}`,
      booking,
      etag,
      rehearses: true,
      draw: (form) => {
        const touched = () => form.touched();
        return html`
          <div class="fields">
            ${pickField({
              name: "topicId",
              label: t.topic,
              required: true,
              list: topics,
              value: values.topic,
              error: form.errorOf("topicId"),
              onPick: (value) => {
                values.topic = value;
                touched();
              },
            })} ${formatField(values.format, (value) => {
              values.format = value;
              touched();
            }, form.errorOf("format"))}
          </div>
          ${numberField(
            {
              name: "expectedHeadCount",
              label: t.headCount,
              value: values.headCount,
              error: form.errorOf("expectedHeadCount"),
            },
            (value) => {
              values.headCount = value;
              touched();
            },
          )} ${areaField({
            name: "note",
            label: t.note,
            hint: t.noteHint,
            value: values.note,
            error: form.errorOf("note"),
            onInput: (value) => {
              values.note = value;
              touched();
            },
          })} ${form.rehearsal?.notified?.count ? reasonFields(reason, form) : ""}
        `;
      },
      body: () => patch(booking, values, reason),
      done: () => toast(t.saved),
    });
  },
};
