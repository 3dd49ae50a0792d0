import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { isRefusal } from "../api.ts";
import type { Slot } from "../booking/types.ts";
import { t } from "./texts.ts";

export interface Ways {
  busy: boolean;
  /** Tries again with an alternative. */
  instead: (slot: Slot) => void;
  reason: string;
  setReason: (reason: string) => void;
  /** Tries again and overrides the rules. */
  override: () => void;
}

/** Why a change was not made, and every way out: alternatives as buttons, and overriding the rules where allowed. */
export function refusal(error: unknown, ways: Ways): TemplateResult {
  const { title, detail } = told(error);
  const problem = isRefusal(error) ? error.problem : undefined;
  const alternatives = (problem?.alternatives ?? []) as Slot[];
  return html`
    <div class="callout bad refusal" role="alert" tabindex="-1">
      ${icon("warning")}
      <div class="stack grow">
        <div><strong>${title}</strong><br>${detail}</div>
        ${problem?.errors?.length
          ? html`
            <ul>${problem.errors.map((each) =>
              html`
                <li>${each.detail}</li>
              `
            )}</ul>
          `
          : nothing} ${alternatives.length > 0
          ? html`
            <div class="stack tight"><strong>${t.alternatives}</strong>${alternatives.map((slot) =>
              html`
                <button class="wide" ?disabled="${ways.busy}" @click="${() => ways.instead(slot)}">
                  <span><b>${show.range(slot.start, slot.end, slot.zone)}</b> · ${slot.lecturer.name}${slot.venue
                    ? ` · ${slot.venue.name}`
                    : ""}</span>
                </button>
              `
            )}</div>
          `
          : nothing} ${problem?.overridable || problem?.code === "outside-windows"
          ? html`
            <div class="row">
              <label class="grow">${t.overrideReason}
                <input .value="${ways.reason}" @input="${(e: Event) =>
                  ways.setReason((e.target as HTMLInputElement).value)}"></label>
              <button ?disabled="${ways.busy || !ways.reason.trim()}" @click="${ways.override}">${t.override}</button>
            </div>
          `
          : nothing}
      </div>
    </div>
  `;
}
