import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Problem } from "../api.ts";
import { here } from "../../common/router.ts";
import { t } from "./texts.ts";
import type { Alternative, Conflict } from "./types.ts";

/** Why the API refuses, the conflicting booking, and what could be done instead. */
export function refusal(problem: Problem, take: (alternative: Alternative) => void, locked: boolean): TemplateResult {
  const details = [...new Set((problem.errors ?? []).map((each) => each.detail))];
  const conflicts = (problem.conflicts ?? []) as Conflict[];
  const alternatives = (problem.alternatives ?? []) as Alternative[];
  return html`
    <section class="refusal callout warn" role="alert">
      ${icon("warning")}
      <div class="stack grow">
        <div>
          <b>${problem.title}</b>
          ${details.length > 0
            ? html`
              <ul>${details.map((each) =>
                html`
                  <li>${each}</li>
                `
              )}</ul>
            `
            : html`
              <p>${problem.detail}</p>
            `}
        </div>
        ${conflicts.length > 0
          ? html`
            <ul class="conflicts">${conflicts.map(conflict)}</ul>
          `
          : nothing} ${alternatives.length > 0
          ? html`
            <div class="stack tight">
              <b>${t.instead}</b>
              ${alternatives.map((each) =>
                html`
                  <button type="button" class="alternative" ?disabled="${locked}" @click="${() => take(each)}">${slot(
                    each,
                  )}</button>
                `
              )}
            </div>
          `
          : nothing}
      </div>
    </section>
  `;
}

function conflict(each: Conflict): TemplateResult {
  return html`
    <li><a href="${here({ booking: each.bookingId })}" target="_blank">${t.neighbour[each.resource]}, ${show.range(
      each.start,
      each.end,
    )}</a>${each.heldUntil
      ? html`
        <span class="soft">${t.heldUntil(show.moment(each.heldUntil))}</span>
      `
      : nothing}</li>
  `;
}

/** A free slot in two lines: when, who and where; and why it stands where it does. */
export function slot(each: Alternative): TemplateResult {
  return html`
    <span class="slot"><b>${show.range(each.start, each.end, each.zone)}</b>
      <span>${[each.lecturer.name, each.venue?.name].filter(Boolean).join(" · ")}</span>
      <span class="soft small">${each.reasons?.slice(0, 3).map((reason) => reason.detail).join(" · ")}</span></span>
  `;
}
