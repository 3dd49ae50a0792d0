import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Slot } from "../booking/types.ts";
import type { Occurrence } from "./model.ts";
import { t } from "./texts.ts";

export interface DateActions {
  /** Dates that are left out; absent where they cannot be. */
  skip?: { has: (date: string) => boolean; set: (date: string, out: boolean) => void };
  /** Books one date singly, from an alternative. */
  alone?: (slot: Slot) => void;
}

const TONES = { FREE: "good", CONFLICT: "bad", RULES: "warn", SKIPPED: "" } as const;
const ALTERNATIVES = 2;

/** The dates of a preview: free or not, why, and what could be instead. */
export function dates(all: readonly Occurrence[], zone: string, actions: DateActions): TemplateResult {
  return html`
    <ol class="plan-rows series-dates">${all.map((each) => one(each, zone, actions))}</ol>
  `;
}

function one(each: Occurrence, zone: string, { skip, alone }: DateActions): TemplateResult {
  const out = !!skip?.has(each.date);
  const when = each.end ? show.range(each.start, each.end, zone) : show.day(each.date);
  const texts = [
    ...(each.clockChange ? [t.clock[each.clockChange]] : []),
    ...(each.conflicts ?? []).map((c) =>
      t.conflict[c.resource]([show.range(c.start, c.end, zone), c.branch?.name].filter(Boolean).join(", "))
    ),
    ...(each.rules ?? []).map((rule) => rule.detail),
  ];
  const outcome = out ? "SKIPPED" : each.outcome;
  return html`
    <li class="plan-row">
      <div class="plan-lecture">${out
        ? html`
          <del>${when}</del>
        `
        : html`
          <b>${when}</b>
        `}</div>
      <div class="plan-standing"><span class="chip ${TONES[outcome]}">${outcome === "FREE"
        ? icon("check")
        : outcome === "SKIPPED"
        ? nothing
        : icon("warning")}${t.outcome[outcome]}</span></div>
      <div class="plan-effect small">
        ${texts.length > 0
          ? html`
            <ul class="plan-reasons">${[...new Set(texts)].map((text) =>
              html`
                <li>${text}</li>
              `
            )}</ul>
          `
          : nothing} ${each.alternatives?.length && !out ? alternatives(each.alternatives, alone) : nothing}
      </div>
      <div class="plan-choice">${skip
        ? html`
          <label class="row"><input type="checkbox" aria-label="${t.leaveOutOf(when)}" .checked="${out}" @change="${(e: Event) =>
            skip.set(each.date, (e.target as HTMLInputElement).checked)}">
            ${t.leaveOut}</label>
        `
        : nothing}</div>
    </li>
  `;
}

function alternatives(all: Slot[], alone: ((slot: Slot) => void) | undefined): TemplateResult {
  return html`
    <p class="soft">${t.alternatives}:</p>
    <ul class="series-instead">${all.slice(0, ALTERNATIVES).map((each) => {
      const text = [show.range(each.start, each.end, each.zone), each.lecturer.name, each.venue?.name].filter(Boolean).join(
        " · ",
      );
      return html`
        <li>${text}${alone
          ? html`
            <button type="button" class="plain" aria-label="${t.bookAlone}: ${text}" @click="${() => alone(each)}">${t
              .bookAlone}</button>
          `
          : nothing}</li>
      `;
    })}</ul>
  `;
}
