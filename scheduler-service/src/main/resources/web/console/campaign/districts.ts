import { icon } from "../../common/icons.ts";
import { html, nothing, repeat, type TemplateResult } from "../../common/view.ts";
import { go, here } from "../../common/router.ts";
import { stateBar } from "./figures.ts";
import type { State } from "./state.ts";
import { t } from "./texts.ts";
import { move, type Node } from "./tree.ts";

/** The tree of districts. Enter and a click select one for all panels; arrow keys walk, open and close. */
export function districts(nodes: readonly Node[], state: State): TemplateResult {
  const entry = nodes.find((node) => node.district.branch.id === state.under)?.id ?? nodes[0]?.id;
  return html`
    <p class="soft small">${t.treeHint}</p>
    <ul class="tree" role="tree" aria-label="${t.tree}">${repeat(
      nodes,
      (node) => node.id,
      (node) => line(node, nodes, state, node.id === entry),
    )}</ul>
  `;
}

function line(node: Node, nodes: readonly Node[], state: State, entry: boolean): TemplateResult {
  const { branch, totals, itself } = node.district;
  const selected = branch.id === state.under;
  return html`
    <li
      role="treeitem"
      tabindex="${entry ? 0 : -1}"
      data-node="${node.id}"
      aria-level="${node.level}"
      aria-selected="${selected}"
      aria-expanded="${node.open ?? nothing}"
      .style="${`--level:${node.level}`}"
      @click="${() => select(branch.id, selected)}"
      @keydown="${(event: KeyboardEvent) => key(event, node, nodes, state, () => select(branch.id, selected))}"
    >
      ${node.open === undefined
        ? html`
          <span class="twist"></span>
        `
        : html`
          <span class="twist button plain square ${node.open ? "open" : ""}" title="${t.openNode(branch.name)}" @click="${(
            event: Event,
          ) => {
            event.stopPropagation();
            toggle(node.id, state);
          }}">${icon("right")}</span>
        `}
      <span class="grow name">${itself ? t.itself(branch.name) : branch.name}</span>
      ${stateBar(totals)}
      <span class="figure">${t.percent(totals.percentHeld)}</span>
    </li>
  `;
}

function select(id: string, selected: boolean): void {
  go(here({ under: selected ? undefined : id, branch: undefined }));
}

function toggle(id: string, state: State): void {
  const open = new Set(state.open);
  if (!open.delete(id)) open.add(id);
  go(here({ open: [...open].join(".") || undefined }), { replace: true });
}

function key(event: KeyboardEvent, node: Node, nodes: readonly Node[], state: State, choose: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") choose();
  else {
    const next = move(nodes, node.id, event.key);
    if (!next) return;
    if ("toggle" in next) toggle(next.toggle, state);
    else {
      const tree = (event.currentTarget as Element).parentElement;
      tree?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next.focus)}"]`)?.focus();
    }
  }
  event.preventDefault();
  event.stopPropagation();
}
