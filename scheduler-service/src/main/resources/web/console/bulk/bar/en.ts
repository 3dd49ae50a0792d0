export const en = {
  bar: "Selected lectures",
  chosen: (count: number) => count === 1 ? "1 lecture selected" : `${count} lectures selected`,
  change: "Change them",
  clear: "Clear the selection",
  most: (most: number) => `At most ${most} at once; further ones were not added.`,
};

export type Texts = typeof en;
