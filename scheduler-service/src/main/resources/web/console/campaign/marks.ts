import { html, svg, type TemplateResult } from "../../common/view.ts";
import type { ItemState } from "./model.ts";
import { t } from "./texts.ts";

/** The sign of a state: its shape says the same as its colour. Drawn around the origin, six units to each side. */
const SHAPES: Record<ItemState, TemplateResult> = {
  HELD: svg`
    <circle r="6" />
  `,
  ACKNOWLEDGED: svg`
    <circle class="hollow" r="5" /><circle r="2.6" />
  `,
  NOTIFIED: svg`
    <circle class="hollow" r="5" /><path d="M0-5A5 5 0 010 5Z" />
  `,
  BOOKED: svg`
    <circle class="hollow" r="5" />
  `,
  REQUESTED: svg`
    <path d="M0-6 6 0 0 6-6 0Z" />
  `,
  NOT_PLANNED: svg`
    <rect class="hollow dashed" x="-5" y="-5" width="10" height="10" />
  `,
  MISSED: svg`
    <path class="stroke" d="M-5-5 5 5M5-5-5 5" />
  `,
  EXCLUDED: svg`
    <path class="stroke" d="M-4 0H4" />
  `,
};

export function shape(state: ItemState): TemplateResult {
  return SHAPES[state];
}

export function mark(state: ItemState): TemplateResult {
  return html`
    <svg class="mark ${tone(state)}" viewBox="-8 -8 16 16" aria-hidden="true">${SHAPES[state]}</svg>
  `;
}

export function tone(state: ItemState): string {
  return `item-${state.toLowerCase().replace("_", "-")}`;
}

export function stateChip(state: ItemState): TemplateResult {
  return html`
    <span class="state-chip ${tone(state)}">${mark(state)}${t.state[state]}</span>
  `;
}
