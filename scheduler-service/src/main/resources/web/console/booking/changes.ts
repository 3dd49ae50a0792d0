/** The changes that are being sent. Their bars are hatched and cannot be dragged. */
export interface Pending {
  standing: "sending" | "unknown";
  /** Where it goes, if it moves. */
  start?: number | undefined;
  row?: string | undefined;
}

const pending = new Map<string, Pending>();

/** Says `pending` when a change begins or ends, and `changed` when a booking is no longer what it was. */
export const changes = Object.assign(new EventTarget(), {
  of: (booking: string): Pending | undefined => pending.get(booking),
  all: (): ReadonlyMap<string, Pending> => pending,

  begin(booking: string, change: Pending): void {
    pending.set(booking, change);
    changes.dispatchEvent(new Event("pending"));
  },

  end(booking: string): void {
    pending.delete(booking);
    changes.dispatchEvent(new Event("pending"));
  },

  /** The next reading shows it. */
  changed(): void {
    changes.dispatchEvent(new Event("changed"));
  },
});
