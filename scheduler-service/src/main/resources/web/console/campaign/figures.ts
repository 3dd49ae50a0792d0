import { icon } from "../../common/icons.ts";
import { table } from "../../common/parts.ts";
import { show, today } from "../../common/time.ts";
import { html, nothing, svg, type TemplateResult } from "../../common/view.ts";
import { here } from "../../common/router.ts";
import { mark, tone } from "./marks.ts";
import { type Campaign, type Coverage, type ItemState, parts, type Step, steps, type Totals } from "./model.ts";
import { type BurnUp, burnUp, expectedBy } from "./scale.ts";
import { t } from "./texts.ts";

const STATE_OF: Partial<Record<Step["name"], ItemState>> = {
  booked: "BOOKED",
  told: "NOTIFIED",
  acknowledged: "ACKNOWLEDGED",
  held: "HELD",
};

/**
 * Required, booked, notified, acknowledged, held: each bar with its number. Below, the states as links to their items.
 */
export function totals({ totals: of }: Coverage): TemplateResult {
  return html`
    <section class="card" aria-label="${t.totals}">
      <h2>${t.totals}</h2>
      <p class="soft small">${t.itemHint}</p>
      <dl class="funnel">${steps(of).map((step) => {
        const state = STATE_OF[step.name];
        return html`
          <dt>${state ? mark(state) : icon("house")}${t.steps[step.name]}</dt>
          <dd>
            <span class="track"><i class="${state ? tone(state) : "item-all"}" .style="${`--share:${step.share}`}"></i></span>
            <span class="figure">${step.count}</span><span class="soft small percent">${t.percent(
              Math.floor(step.share * 100),
            )}</span>
          </dd>
        `;
      })}</dl>
      <p class="keys states">${parts(of).map(({ state, count }) =>
        html`
          <a href="${here({ state, tab: undefined })}">${mark(state)}${t.state[state]} ${count}</a>
        `
      )}</p>
      <p class="small soft">
        ${of.branches === undefined ? nothing : t.ofBranches(of.branchesCovered ?? 0, of.branches)} ${t.people(
          of.headCount,
        )} ${t.accepted(of.lecturerAccepted)} ${t.rated(of.rated)} ${of.excluded > 0 ? t.excluded(of.excluded) : nothing}
      </p>
    </section>
  `;
}

/** All states of a place in one bar; the numbers are beside it for those that do not see it. */
export function stateBar(of: Totals): TemplateResult {
  const all = parts(of);
  const said = all.map((each) => `${t.state[each.state]} ${each.count}`).join(", ");
  return html`
    <span class="statebar" role="img" aria-label="${said}" title="${said}">${all.map((each) =>
      html`
        <i class="${tone(each.state)}" .style="${`--share:${each.share}`}"></i>
      `
    )}</span>
  `;
}

const WIDTH = 560;
const HEIGHT = 190;
const LEFT = 44;
const TOP = 10;
const BOTTOM = 24;

const line = (points: { x: number; y: number }[]) =>
  points.map((p) => `${(p.x + LEFT).toFixed(1)},${(p.y + TOP).toFixed(1)}`).join(" ");

/** A lag or a lead against what was expected by today, in words. */
function standing(chart: BurnUp): TemplateResult {
  const gap = chart.heldToday - chart.expectedToday;
  return gap < 0
    ? html`
      <span class="chip bad">${icon("warning")}${t.behind(-gap)}</span>
    `
    : html`
      <span class="chip good">${icon("check")}${gap > 0 ? t.ahead(gap) : t.onTime}</span>
    `;
}

/** Items held over time, with what was expected by today and where the pace leads. */
export function burnUpChart(campaign: Campaign, coverage: Coverage, withTable = true): TemplateResult {
  const { forecast, trend } = coverage;
  const due = coverage.totals.items - coverage.totals.excluded;
  const asked = { from: campaign.from, until: campaign.until, today: today(), due, trend, finishesOn: forecast.finishesOn };
  const chart = burnUp(asked, WIDTH - LEFT - 12, HEIGHT - TOP - BOTTOM);
  const end = WIDTH - 12;
  const floor = HEIGHT - BOTTOM;
  return html`
    <section class="card chart" aria-label="${t.chart}">
      <div class="row"><h2 class="grow">${t.chart}</h2>${standing(chart)}</div>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="burnup-title burnup-text">
        <title id="burnup-title">${t.chartTitle(chart.heldToday, due)}</title>
        <desc id="burnup-text">${t.chartText(chart.heldToday, chart.expectedToday, forecast.detail)}</desc>
        ${chart.yTicks.map((tick) =>
          svg`
            <line class="grid" x1="${LEFT}" x2="${end}" y1="${tick.at + TOP}" y2="${tick.at + TOP}" />
            <text class="axis" x="${LEFT - 6}" y="${tick.at + TOP + 4}" text-anchor="end">${tick.count}</text>
          `
        )} ${chart.xTicks.map((tick, i) =>
          svg`
            <text class="axis" x="${tick.at + LEFT}" y="${HEIGHT - 6}" text-anchor="${i === 0
              ? "start"
              : i === chart.xTicks.length - 1
              ? "end"
              : "middle"}">${show.date(tick.day)}</text>
          `
        )} ${chart.today === undefined ? nothing : svg`
          <line class="now" x1="${chart.today + LEFT}" x2="${chart.today + LEFT}" y1="${TOP}" y2="${floor}" />
        `}
        <polyline class="expected" points="${line(chart.expected)}"></polyline>
        ${chart.forecast
          ? svg`
            <polyline class="forecast" points="${line(chart.forecast)}" />
          `
          : nothing}
        <polyline class="held" points="${line(chart.held)}"></polyline>
      </svg>
      <div class="keys small soft">
        <span><i class="held"></i>${t.heldLine} ${chart.heldToday}</span>
        <span><i class="expected"></i>${t.expectedToday(chart.expectedToday)}</span>
        ${chart.forecast
          ? html`
            <span><i class="forecast"></i>${t.forecastLine} ${forecast.finishesOn ? show.day(forecast.finishesOn) : ""}</span>
          `
          : nothing}
      </div>
      <p class="small">${forecast.inTime === false
        ? html`
          <span class="chip bad">${icon("clock")}${t.late}</span>
        `
        : forecast.inTime
        ? html`
          <span class="chip good">${icon("check")}${t.inTime}</span>
        `
        : nothing} ${forecast.detail}</p>
      ${withTable
        ? html`
          <details class="no-print"><summary>${t.asTable}</summary>${trendTable(campaign, coverage)}</details>
        `
        : nothing}
    </section>
  `;
}

export function trendTable(campaign: Campaign, { trend, totals: of }: Coverage): unknown {
  if (trend.length === 0) {
    return html`
      <p class="soft">${t.noTrend}</p>
    `;
  }
  const due = of.items - of.excluded;
  return table({
    caption: t.trend,
    columns: [
      { heading: t.day, cell: (each) => show.day(each.date) },
      { heading: t.held, cell: (each) => each.held, number: true },
      { heading: t.heldSoFar, cell: (each) => each.heldSoFar, number: true },
      { heading: t.expected, cell: (each) => expectedBy(each.date, { ...campaign, due }), number: true },
    ],
    items: trend,
  });
}
