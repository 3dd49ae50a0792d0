/** A lecture that was chosen, as far as a list knows it. */
export interface Chosen {
  id: string;
  /** What a screen reader and a list call it. */
  name: string;
}

/** What `POST /bookings/bulk/preview` takes at most: `lectern.bulk.max-bookings`. */
export const MOST = 200;

const chosen = new Map<string, Chosen>();

/** The lectures chosen for one change of many, over all pages, while the console is open. Says `changed`. */
export const selection = Object.assign(new EventTarget(), {
  has: (id: string): boolean => chosen.has(id),
  size: (): number => chosen.size,
  ids: (): string[] => [...chosen.keys()],

  set(items: readonly Chosen[], on: boolean): void {
    for (const item of items) {
      if (!on) chosen.delete(item.id);
      else if (chosen.size < MOST) chosen.set(item.id, item);
    }
    selection.dispatchEvent(new Event("changed"));
  },

  clear(): void {
    chosen.clear();
    selection.dispatchEvent(new Event("changed"));
  },
});
