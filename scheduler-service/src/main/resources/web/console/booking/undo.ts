import { toast } from "../../common/announce.ts";
import { told } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { isRefusal, read, type Reply } from "../api.ts";
import { isUnknown, Sender } from "../../common/attempt.ts";
import type { Booking } from "../booking.ts";
import { back } from "./bodies.ts";
import { openChange } from "./change.ts";
import { changes } from "./changes.ts";
import { t } from "./texts.ts";

/** The time in which the notification service coalesces changes of a lecture before it notifies a branch. */
const GATHERED = 2 * 60_000;

/** Says what was done, with a way back, and what the branches will have heard by then. */
export function offerUndo(before: Booking, after: Reply<Booking>): void {
  const at = Date.now();
  const { data } = after;
  const where = `${data.lecturer.name}, ${show.range(data.start, data.end, data.zone)}`;
  const held = data.status === "HELD";
  toast({
    text: held ? t.movedHold(where) : t.moved(where),
    action: { label: t.undo, run: () => void undo(before, after, held ? false : Date.now() - at > GATHERED) },
  });
}

async function undo(before: Booking, { data, etag }: Reply<Booking>, late: boolean): Promise<void> {
  const reached = late || (data.status !== "HELD" && await anyReached(data.id));
  if (reached) {
    // the branches were notified of the change, so they are notified of this one too: the person decides
    await openChange(data.id, {
      wanted: { start: before.start, end: before.end, lecturer: before.lecturer, venue: before.venue },
      reason: t.undoReason,
      heading: t.undoHeading,
      ...(etag && { etag }),
    });
    return;
  }
  await send(before, data, etag, new Sender());
}

async function send(before: Booking, after: Booking, etag: string | undefined, sender: Sender): Promise<void> {
  changes.begin(after.id, { standing: "sending" });
  try {
    await sender.send<Booking>({ path: `/api/v1/bookings/${after.id}/change`, body: back(before, after), etag });
    changes.end(after.id);
    changes.changed();
    toast(after.status === "HELD" ? t.undone : t.undoneUnheard);
  } catch (error) {
    if (isUnknown(error)) {
      changes.begin(after.id, { standing: "unknown" });
      toast({ text: t.notKnown, kind: "bad", action: { label: t.repeat, run: () => void send(before, after, etag, sender) } });
      return;
    }
    changes.end(after.id);
    changes.changed();
    const { title, detail } = told(error);
    toast({ text: isRefusal(error, "stale-version") ? t.undoTooLate : `${title} ${detail}`, kind: "bad" });
  }
}

async function anyReached(id: string): Promise<boolean> {
  try {
    const { data } = await read<{ branches: { reached: boolean }[] }>(`/api/v1/bookings/${id}/acknowledgements`);
    return data.branches.some((each) => each.reached);
  } catch {
    return true;
  }
}
