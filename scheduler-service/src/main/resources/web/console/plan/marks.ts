import { icon } from "../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { type Coverage, type Item, parts, type Plan, type PlanState } from "./model.ts";
import { t } from "./texts.ts";
import { number } from "./words.ts";

const TONES: Record<PlanState, string> = {
  QUEUED: "held",
  SEARCHING: "held",
  DRAFT: "",
  PUBLISHING: "held",
  PUBLISHED: "good",
  FAILED: "bad",
};

/** What a plan is for, if it is no usual one, and its state. */
export function planChips(plan: Plan): TemplateResult {
  return html`
    ${plan.purpose === "PLAN" ? nothing : html`
      <span class="chip warn">${t.purpose[plan.purpose]}</span>
    `}<span class="chip ${TONES[plan.state]}">${plan.state === "PUBLISHED"
      ? icon("check")
      : plan.state === "FAILED"
      ? icon("warning")
      : nothing}${t.state[plan.state]}</span>
  `;
}

/** The class of a part of the bar; its pattern says the same as its colour. */
export function toneOf(state: Item["state"]): string {
  return `planner-${state.toLowerCase().replace("_", "-")}`;
}

/** All items in one bar; the numbers are read out. */
export function coverageBar(of: Coverage): TemplateResult {
  const all = parts(of);
  const said = all.map((each) => `${t.itemState[each.state]} ${number(each.count)}`).join(t.comma);
  return html`
    <span class="statebar planner-coverage" role="img" aria-label="${said}" title="${said}">${all.map((each) =>
      html`
        <i class="${toneOf(each.state)}" .style="${`--share:${each.share}`}"></i>
      `
    )}</span>
  `;
}

/** What stands out about an item: each sign has its word. */
export function itemChips(item: Item): TemplateResult {
  const { state, pinned, stale = [], refusal } = item;
  return html`
    ${refusal
      ? html`
        <span class="chip bad">${icon("warning")}${t.filters.REFUSED}</span>
      `
      : nothing} ${stale.length > 0
      ? html`
        <span class="chip bad">${icon("warning")}${t.stale}</span>
      `
      : nothing} ${pinned
      ? html`
        <span class="chip">${icon("pin")}${t.pinned}</span>
      `
      : nothing} ${item.before && isChanged(item)
      ? html`
        <span class="chip warn">${item.before.makesRoom ? t.makesRoom : t.changedMark}</span>
      `
      : nothing} ${state === "PLACED" ? nothing : html`
      <span class="chip ${state === "LEFT_OUT" ? "warn" : state === "GUEST" ? "confirmed" : ""}">${state === "LEFT_OUT"
        ? icon("warning")
        : nothing}${t.itemState[state]}</span>
    `}
  `;
}

/** Whether a rescue gives the item another lecturer, venue or time than its booking has. */
export function isChanged(item: Item): boolean {
  const { before } = item;
  return !!before && (item.lecturer?.id !== before.lecturer?.id || item.venue?.id !== before.venue?.id || !item.start ||
    Date.parse(item.start) !== Date.parse(before.start));
}
