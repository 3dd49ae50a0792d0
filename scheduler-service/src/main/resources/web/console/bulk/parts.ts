import { icon } from "../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { blocks, type Line, type Preview } from "./model.ts";
import { t } from "./texts.ts";

const BRANCHES_SHOWN = 8;

/** How many lectures there are, change, cannot, and stay. */
export function stats(preview: Preview, all: readonly Line[]): TemplateResult {
  const blocked = all.filter(blocks).length;
  const changing = all.filter(({ standing }) => standing === "CHANGES").length;
  const staying = all.filter(({ standing }) => standing === "LEFT" || standing === "UNPLACED" || standing === "UNCHANGED").length;
  const stat = (count: number, label: string, tone = "") =>
    html`
      <div class="tile ${count > 0 ? tone : ""}"><b>${count}</b><span>${label}</span></div>
    `;
  return html`
    <div class="tiles">
      ${stat(preview.bookings, t.stats.selected)} ${stat(changing, t.stats.changing, "good")} ${stat(
        blocked,
        t.stats.blocked,
        "bad",
      )} ${stat(staying, t.stats.staying, "warn")}
    </div>
  `;
}

/** Who takes how many: bars, so that an unfair spread is seen at once. */
export function shares({ shares }: Preview): TemplateResult | typeof nothing {
  if (shares.length === 0) return nothing;
  const most = Math.max(...shares.map((each) => each.bookings));
  return html`
    <section class="card stack tight">
      <h3>${t.shares}</h3>
      <ul class="plan-shares">${shares.map(({ lecturer, bookings }) =>
        html`
          <li aria-label="${t.share(lecturer.name, bookings)}">
            <span>${lecturer.name}</span><i .style="${`--share:${bookings / most}`}" aria-hidden="true"></i><b>${bookings}</b>
          </li>
        `
      )}</ul>
    </section>
  `;
}

/** Who will be notified, before anything is changed. */
export function audience({ branches }: Preview): TemplateResult {
  const rest = branches.length - BRANCHES_SHOWN;
  const branch = ({ branch, bookings }: Preview["branches"][number]) =>
    html`
      <li><span>${branch.name} <span class="code soft">${branch.code}</span></span><span class="soft">${t.lectures(
        bookings,
      )}</span></li>
    `;
  return html`
    <section class="card stack tight">
      <h3>${icon("bell")} ${t.told(branches.length)}</h3>
      <p class="soft small">${branches.length > 0 ? t.toldHint : t.nothingTold}</p>
      <ul class="plan-told">${branches.slice(0, BRANCHES_SHOWN).map(branch)}</ul>
      ${rest > 0
        ? html`
          <details>
            <summary>+ ${rest}</summary>
            <ul class="plan-told">${branches.slice(BRANCHES_SHOWN).map(branch)}</ul>
          </details>
        `
        : nothing}
    </section>
  `;
}
