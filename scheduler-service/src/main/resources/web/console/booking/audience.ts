import { icon } from "../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { t } from "./texts.ts";
import type { NotifiedBranch, Rehearsal } from "./types.ts";

const SHOWN = 6;

/** Who will be notified, before the change is made. */
export function audience(rehearsal: Rehearsal | undefined, rehearsing: boolean): TemplateResult {
  const told = rehearsal?.notified;
  return html`
    <section class="audience" aria-live="polite" aria-busy="${rehearsing}">
      <h3>${icon("bell")}${t.audience}</h3>
      ${rehearsing && !told
        ? html`
          <p class="soft">${t.asking}</p>
        `
        : !told
        ? html`
          <p class="soft">${t.audienceLater}</p>
        `
        : told.count === 0
        ? html`
          <p>${t.nobody}</p>
        `
        : html`
          <ul>${told.branches.slice(0, SHOWN).map(branch)}</ul>
          ${told.count > SHOWN
            ? html`
              <p class="soft">${t.more(told.count - SHOWN)}</p>
            `
            : nothing}
        `}
    </section>
  `;
}

function branch({ branch, role, news }: NotifiedBranch): TemplateResult {
  return html`
    <li>
      <b>${branch.name}</b> <span class="code soft">${branch.code}</span>
      <span class="chip">${t.role[role]}</span><span class="grow"></span><span class="${news === "CANCELLED"
        ? "chip bad"
        : "chip"}">${t
        .news[news]}</span>
    </li>
  `;
}
