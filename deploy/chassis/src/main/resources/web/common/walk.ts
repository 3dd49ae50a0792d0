/**
 * The element that an arrow key leads to: left and right in the order of the document, up and down the nearest by eye.
 */
export function neighbour(root: ParentNode, selector: string, current: HTMLElement, key: string): HTMLElement | undefined {
  const all = [...root.querySelectorAll<HTMLElement>(selector)];
  switch (key) {
    case "ArrowRight":
      return all[all.indexOf(current) + 1];
    case "ArrowLeft":
      return all[all.indexOf(current) - 1];
    case "ArrowDown":
    case "ArrowUp": {
      const here = current.getBoundingClientRect();
      const down = key === "ArrowDown";
      return all
        .map((each) => ({ each, box: each.getBoundingClientRect() }))
        .filter(({ box }) => down ? box.top > here.top + 4 : box.top < here.top - 4)
        .sort((a, b) =>
          (down ? a.box.top - b.box.top : b.box.top - a.box.top) ||
          Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left)
        )[0]?.each;
    }
    default:
      return undefined;
  }
}
