import { icon } from "../../common/icons.ts";
import { table } from "../../common/parts.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { common } from "../../common/texts.ts";
import { here } from "../../common/router.ts";
import { burnUpChart, totals, trendTable } from "./figures.ts";
import { byLag, type Campaign, counts, type Coverage, STATES, type Totals } from "./model.ts";
import { t } from "./texts.ts";

/** The campaign, or a district of it, as a page to print. */
export function report(campaign: Campaign, coverage: Coverage): TemplateResult {
  return html`
    <article class="page report">
      <div class="row no-print">
        <a class="button plain" href="${here({ view: undefined })}">${icon("left")}${t.backToWork}</a><span class="grow"></span>
        <button class="primary" @click="${() => globalThis.print()}">${icon("print")}${t.print}</button>
      </div>
      <header>
        <h1>${t.reportHeading(campaign.name)}</h1>
        <p>${coverage.under
          ? html`
            ${t.reportOf(coverage.under.name)} ·
          `
          : nothing} ${campaign.code} · ${t.window(show.day(campaign.from), show.day(campaign.until))} · ${common.asOf(
            show.moment(coverage.asOf),
          )}</p>
      </header>
      <div class="figures">${totals(coverage)}${burnUpChart(campaign, coverage, false)}</div>
      ${numbers(
        t.tree,
        byLag(coverage.districts).map((each) => ({
          name: each.itself ? t.itself(each.branch.name) : each.branch.name,
          totals: each.totals,
        })),
      )} ${numbers(t.topic, coverage.topics.map((each) => ({ name: each.topic.title, totals: each.totals })))}
      <h2>${t.trend}</h2>
      ${trendTable(campaign, coverage)}
    </article>
  `;
}

function numbers(heading: string, items: { name: string; totals: Totals }[]): TemplateResult {
  return html`
    <h2>${heading}</h2>
    ${table({
      caption: heading,
      columns: [
        { heading, cell: (each) => each.name },
        ...STATES.map((state) => ({
          heading: t.state[state],
          cell: (each: { totals: Totals }) => counts(each.totals)[state],
          number: true,
        })),
        { heading: t.share, cell: (each) => t.percent(each.totals.percentHeld), number: true },
      ],
      items,
    })}
  `;
}
