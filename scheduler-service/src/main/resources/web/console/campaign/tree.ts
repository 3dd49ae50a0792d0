import { byLag, type District } from "./model.ts";

/** A visible line of the tree of districts. */
export interface Node {
  district: District;
  id: string;
  level: number;
  parent: string | undefined;
  /** Undefined if there is nothing below. */
  open: boolean | undefined;
}

/** The lines to show: all of the first level, and what is below those that are open and loaded. */
export function flatten(
  districts: readonly District[],
  open: ReadonlySet<string>,
  below: ReadonlyMap<string, readonly District[]>,
  level = 1,
  parent?: string,
): Node[] {
  return byLag(districts).flatMap((district): Node[] => {
    const own = district.branch.id;
    const leaf = district.itself || (district.totals.branches ?? 0) <= 1;
    const id = district.itself && parent ? `${own}.itself` : own;
    const node: Node = { district, id, level, parent, open: leaf ? undefined : open.has(own) };
    return node.open ? [node, ...flatten(below.get(own) ?? [], open, below, level + 1, own)] : [node];
  });
}

export type Move = { focus: string } | { toggle: string } | undefined;

/** What a key means in a tree (the pattern of WAI-ARIA): where the focus goes, or which line opens or closes. */
export function move(nodes: readonly Node[], focused: string, key: string): Move {
  const at = nodes.findIndex((node) => node.id === focused);
  const node = nodes[at];
  const focus = (to: Node | undefined): Move => to && { focus: to.id };
  if (!node) return focus(nodes[0]);
  switch (key) {
    case "ArrowDown":
      return focus(nodes[at + 1]);
    case "ArrowUp":
      return focus(nodes[at - 1]);
    case "Home":
      return focus(nodes[0]);
    case "End":
      return focus(nodes.at(-1));
    case "ArrowRight":
      if (node.open === false) return { toggle: node.id };
      return node.open && nodes[at + 1]?.parent === node.id ? focus(nodes[at + 1]) : undefined;
    case "ArrowLeft":
      return node.open ? { toggle: node.id } : focus(nodes.find((each) => each.id === node.parent));
    default:
      return undefined;
  }
}
