import { type Day, instant, local } from "../../common/time.ts";
import type { Booking, Ref } from "../booking.ts";
import { isRemote } from "../formats.ts";
import { type Reason, sent } from "../reason/model.ts";
import type { Topic } from "../registry.ts";
import { t } from "./texts.ts";
import type { Body } from "./types.ts";

// What the forms send, and nothing that needs a page.

/** A day, a time and a length, as fields of a form have them. */
export interface When {
  day: Day;
  /** `14:30` */
  time: string;
  minutes: number;
}

const two = (number: number) => String(number).padStart(2, "0");
const MINUTE = 60_000;

export const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export function whenOf(start: Date | string | number, end: Date | string | number, zone?: string): When {
  const { day, minutes } = local(new Date(start), zone);
  return { day, time: clock(minutes), minutes: Math.round((new Date(end).getTime() - new Date(start).getTime()) / MINUTE) };
}

/** The instants; undefined while the fields are empty or no time. */
export function instants({ day, time, minutes }: When, zone?: string): { start: string; end: string } | undefined {
  const found = /^(\d\d):(\d\d)/.exec(time);
  if (!day || !found || !(minutes > 0)) return undefined;
  const start = instant(day, Number(found[1]) * 60 + Number(found[2]), zone);
  return { start: start.toISOString(), end: new Date(start.getTime() + minutes * MINUTE).toISOString() };
}

export const label = ({ name, code }: Ref): string => code ? `${name} · ${code}` : name;

/** The entry that a text means: its label, its code, or the only name that is like it. */
export function meant<R extends Ref>(text: string, list: readonly R[]): R | undefined {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return undefined;
  const exact = list.find((each) => label(each).toLowerCase() === wanted || each.code.toLowerCase() === wanted);
  if (exact) return exact;
  const like = list.filter((each) => label(each).toLowerCase().includes(wanted));
  return like.length === 1 ? like[0] : undefined;
}

/** The fields of a new booking. */
export interface NewValues {
  topic: Topic | undefined;
  branch: Ref | undefined;
  format: string;
  headCount: number | undefined;
  guests: { branch: Ref | undefined; headCount: number | undefined }[];
  when: When;
  lecturer: Ref | undefined;
  venue: Ref | undefined;
  joinLink: string;
  note: string;
  hold: boolean;
}

/** The request; undefined while something essential is missing. */
export function booking(values: NewValues): Body | undefined {
  const { topic, branch, lecturer, venue, joinLink, format, headCount, note, hold } = values;
  const times = instants(values.when);
  const watched = isRemote(format);
  if (!topic || !branch || !lecturer || !times || !(watched ? joinLink : venue)) return undefined;
  const guests = values.guests.filter((each) => each.branch);
  return {
    topicId: topic.id,
    branchId: branch.id,
    lecturerId: lecturer.id,
    format,
    ...times,
    ...(watched ? { joinLink } : { venueId: venue!.id }),
    ...(headCount !== undefined && { expectedHeadCount: headCount }),
    ...(note.trim() && { note: note.trim() }),
    ...(hold && { hold: {} }),
    ...(guests.length > 0 && {
      guests: guests.map(({ branch, headCount }) => ({
        branchId: branch!.id,
        ...(headCount !== undefined && { expectedHeadCount: headCount }),
      })),
    }),
  };
}

/** The fields of a change. */
export interface ChangeValues {
  when: When;
  lecturer: Ref | undefined;
  venue: Ref | undefined;
  branch: Ref | undefined;
  joinLink: string;
  reason: Reason;
}

/** Only what differs, and the reason; undefined if nothing does. */
export function changed(before: Booking, values: ChangeValues, placeholder = ""): Body | undefined {
  const body: Body = {};
  const times = instants(values.when, before.zone);
  if (times && Date.parse(times.start) !== Date.parse(before.start)) body.start = times.start;
  if (times && (body.start || Date.parse(times.end) !== Date.parse(before.end))) body.end = times.end;
  if (values.lecturer && values.lecturer.id !== before.lecturer.id) body.lecturerId = values.lecturer.id;
  if (values.venue && values.venue.id !== before.venue?.id) body.venueId = values.venue.id;
  if (values.branch && values.branch.id !== before.branch.id) body.branchId = values.branch.id;
  if (values.joinLink && values.joinLink !== (before.joinLink ?? "")) body.joinLink = values.joinLink;
  return Object.keys(body).length === 0 ? undefined : { ...body, ...sent(values.reason, placeholder) };
}

/** What makes a changed booking as it was before; a second change, not a deletion of the first. */
export function back(before: Booking, after: Booking): Body {
  const body: Body = { reason: t.undoReason };
  if (before.start !== after.start || before.end !== after.end) {
    body.start = before.start;
    body.end = before.end;
  }
  if (before.lecturer.id !== after.lecturer.id) body.lecturerId = before.lecturer.id;
  if (before.venue && before.venue.id !== after.venue?.id) body.venueId = before.venue.id;
  if (before.branch.id !== after.branch.id) body.branchId = before.branch.id;
  if (before.joinLink && before.joinLink !== after.joinLink) body.joinLink = before.joinLink;
  return body;
}

/** The fields of details. */
export interface Details {
  topic: Ref | undefined;
  format: string;
  headCount: number | undefined;
  note: string;
}

/** A merge patch of what differs: `null` removes. Undefined if nothing does. */
export function patch(before: Booking, { topic, format, headCount, note }: Details, reason: Reason): Body | undefined {
  const body: Body = {};
  if (topic && topic.id !== before.topic.id) body.topicId = topic.id;
  if (format !== before.format) body.format = format;
  if (headCount !== before.expectedHeadCount) body.expectedHeadCount = headCount ?? null;
  if (note.trim() !== (before.note ?? "")) body.note = note.trim() || null;
  if (Object.keys(body).length === 0) return undefined;
  return { ...body, ...sent(reason) };
}
