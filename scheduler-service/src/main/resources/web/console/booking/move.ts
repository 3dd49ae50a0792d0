import { toast } from "../../common/announce.ts";
import { told } from "../../common/states.ts";
import { type Problem, read, RefusedProblem } from "../api.ts";
import { isUnknown, Sender } from "../../common/attempt.ts";
import type { Booking } from "../booking.ts";
import type { Plan } from "../timeline/drag.ts";
import { openChange, type Wanted } from "./change.ts";
import { changes } from "./changes.ts";
import { t } from "./texts.ts";
import { offerUndo } from "./undo.ts";
import type { Body } from "./types.ts";

/** A bar was dropped. A hold is not announced, so it moves at once; a confirmed lecture asks first. */
export async function move(plan: Plan, beside: DOMRect | undefined): Promise<void> {
  const { item } = plan;
  const wanted: Wanted = {
    ...(plan.start !== undefined && {
      start: new Date(plan.start).toISOString(),
      end: new Date(plan.start + item.end - item.start).toISOString(),
    }),
    ...(plan.lecturer && { lecturer: plan.lecturer }),
    ...(plan.venue && { venue: plan.venue }),
  };
  const etag = `"${item.version}"`;
  try {
    if (item.status !== "HELD") {
      await openChange(item.id, { wanted, beside, etag });
      return;
    }
    const before = await read<Booking>(`/api/v1/bookings/${item.id}`);
    const body: Body = { reason: t.changeOfHold };
    if (wanted.start) Object.assign(body, { start: wanted.start, end: wanted.end });
    if (wanted.lecturer) body.lecturerId = wanted.lecturer.id;
    if (wanted.venue) body.venueId = wanted.venue.id;
    await send({ plan, wanted, before: before.data, body, etag, sender: new Sender(), beside });
  } catch (error) {
    const { title, detail } = told(error);
    toast({ text: `${title} ${detail}`, kind: "bad" });
  }
}

interface Sent {
  plan: Plan;
  wanted: Wanted;
  before: Booking;
  body: Body;
  etag: string;
  sender: Sender;
  beside: DOMRect | undefined;
}

async function send(sent: Sent): Promise<void> {
  const { plan, wanted, before, body, etag, sender, beside } = sent;
  const { id } = plan.item;
  const target = { start: plan.start ?? plan.item.start, row: plan.lecturer?.id ?? plan.venue?.id };
  changes.begin(id, { standing: "sending", ...target });
  try {
    const after = await sender.send<Booking>({ path: `/api/v1/bookings/${id}/change`, body, etag });
    changes.end(id);
    changes.changed();
    offerUndo(before, after);
  } catch (error) {
    if (isUnknown(error)) {
      changes.begin(id, { standing: "unknown", ...target });
      toast({ text: t.notKnown, kind: "bad", action: { label: t.repeat, run: () => void send(sent) } });
      return;
    }
    changes.end(id);
    if (!(error instanceof RefusedProblem)) throw error;
    const problem: Problem = error.problem;
    await openChange(id, { wanted, beside, problem, etag });
  }
}
