import { icon } from "../../common/icons.ts";
import { table } from "../../common/parts.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type ReactiveControllerHost, svg, type TemplateResult } from "../../common/view.ts";
import { Names } from "../names.ts";
import { here } from "../../common/router.ts";
import { coverageBar, toneOf } from "./marks.ts";
import { type Cost, histogram, type Loads, parts, type Plan, shares } from "./model.ts";
import { t } from "./texts.ts";
import { duration, number, percent } from "./words.ts";

const view = (name: string, state?: string) =>
  here({ view: name, state, item: undefined, lecturer: undefined, branch: undefined, on: undefined });

/** Five figures that say how good the plan is; each leads to where it comes from. */
export function summary(plan: Plan): TemplateResult {
  const { coverage, cost, travelMinutes, lecturers } = plan;
  return html`
    <div class="tiles planner-tiles">
      <a class="tile ${coverage.leftOut > 0 ? "warn" : "good"}" href="${view(
        "items",
        coverage.leftOut > 0 ? "LEFT_OUT" : undefined,
      )}"><span class="soft small">${icon(coverage.leftOut > 0 ? "warning" : "check")} ${t.lecturesPlaced}</span>
        <b>${number(coverage.placed)} <span class="of">/ ${number(coverage.items)}</span></b>${coverageBar(coverage)}
        <span class="small">${t.leftOutCount(number(coverage.leftOut))}</span></a> ${cost
          ? tile("figures", t.cost, duration(cost.totalMinutes), t.costHint)
          : nothing} ${travelMinutes === undefined ? nothing : tile(
            "map",
            t.travel,
            duration(travelMinutes),
            lecturers?.days ? t.travelPerDay(duration(travelMinutes / lecturers.days)) : "",
          )} ${lecturers
          ? html`
            ${tile("days", t.lecturerDays, number(lecturers.days), t.ofLecturers(number(lecturers.count)))} ${tile(
              "figures",
              t.spread,
              percent(lecturers.evenness),
              t.spreadText(lecturers.least, lecturers.most),
            )}
          `
          : nothing}
      </div>
    `;
  }

  function tile(to: string, label: string, value: string, hint: string): TemplateResult {
    return html`
      <a class="tile" href="${view(to === "days" ? "" : to)}">
        <span class="soft small">${label}</span><b>${value}</b>
        <span class="small soft">${hint}</span></a>
    `;
  }

  /** Cost by component, coverage, fairness, and how the plan was made. */
  export function figures(plan: Plan, loads: Loads | undefined, host: ReactiveControllerHost): TemplateResult {
    return html`
      <div class="planner-figures">
        ${plan.cost ? cost(plan.cost) : nothing}
        <div class="stack">${coverage(plan)} ${settings(plan, new Names(host))}</div>
        ${plan.lecturers ? fairness(plan, loads) : nothing}
      </div>
    `;
  }

  export function cost(of: Cost): TemplateResult {
    return html`
      <section class="card">
        <div class="row"><h2 class="grow">${t.costHeading}</h2><b>${duration(of.totalMinutes)}</b></div>
        <p class="soft small">${t.costText}</p>
        <dl class="planner-cost">${shares(of).map((each) =>
          html`
            <dt>${t.component[each.component] ?? each.component}</dt>
            <dd>
              <span class="track"><i class="${each.component === "leftOut"
                ? "left-out"
                : ""}" .style="${`--share:${each.share}`}"></i></span><span class="figure">${duration(
                  each.minutes,
                )}</span>
            </dd>
          `
        )}</dl>
      </section>
    `;
  }

  function coverage({ coverage: of }: Plan): TemplateResult {
    if (!of) {
      return html`

      `;
    }
    return html`
      <section class="card">
        <h2>${t.coverageHeading}</h2>
        <p class="soft small">${t.coverageText(number(of.placed), number(of.items))}</p>
        <div class="planner-wide-bar">${coverageBar(of)}</div>
        <p class="keys">${parts(of).map(({ state, count }) =>
          html`
            <a href="${view("items", state === "GUEST" ? "PLACED" : state)}"><i class="swatch ${toneOf(state)}"></i>${t
              .itemState[state]} ${number(count)}</a>
          `
        )}</p>
      </section>
    `;
  }

  const WIDTH = 520;
  const HEIGHT = 150;
  const FOOT = 22;
  const HEAD = 16;

  function fairness({ lecturers: of }: Plan, loads: Loads | undefined): TemplateResult {
    if (!of) {
      return html`

      `;
    }
    const all = loads?.lecturers ?? [];
    const bars = histogram(all.map((each) => each.lectures));
    const most = Math.max(1, ...bars.map((each) => each.lecturers));
    const step = WIDTH / Math.max(bars.length, 6);
    return html`
      <section class="card">
        <h2>${t.fairnessHeading}</h2>
        <p class="soft small">${t.fairnessText(number(of.count), of.mean.toFixed(1), percent(of.evenness))}</p>
        ${bars.length === 0 ? nothing : html`
          <svg class="planner-histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${t.histogram}: ${bars.filter((
            each,
          ) => each.lecturers > 0).map((each) => t.histogramBar(t.lecturers(each.lecturers), t.lectures(each.lectures))).join(
            t.comma,
          )}">
            ${bars.map((
              each,
              i,
            ) => column(each, i, step, most))}
          </svg>
          <p class="small soft">${t.histogram}</p>
          <details><summary>${t.asTable}</summary>${table({
            caption: t.loadTable,
            columns: [
              {
                heading: t.lecturer,
                cell: (each) =>
                  html`
                    <a href="${here({ view: "items", lecturer: each.lecturer.id, state: undefined, item: undefined })}">${each
                      .lecturer.name}</a> <span class="code soft">${each.lecturer.code}</span>
                  `,
              },
              { heading: t.view.items, cell: (each) => number(each.lectures), number: true },
              { heading: t.lecturerDays, cell: (each) => number(each.days), number: true },
            ],
            items: [...all].sort((a, b) => b.lectures - a.lectures || b.days - a.days),
          })}</details>
        `}
      </section>
    `;
  }

  /** A column of the histogram, with its number on top and what it is of below. */
  function column(of: { lectures: number; lecturers: number }, i: number, step: number, most: number): TemplateResult {
    const height = (HEIGHT - FOOT - HEAD) * of.lecturers / most;
    const top = HEIGHT - FOOT - height;
    const text = (y: number, value: number | string) =>
      svg`
        <text class="axis" x="${(i + 0.5) * step}" y="${y}" text-anchor="middle">${value}</text>
      `;
    return svg`
      <rect x="${(i + 0.12) * step}" width="${step * 0.76}" y="${top}" height="${height}" rx="3" /><g>${text(
        top - 4,
        of.lecturers || "",
      )}${text(HEIGHT - 6, of.lectures)}</g>
    `;
  }

  function settings(plan: Plan, names: Names): TemplateResult {
    const lines = [
      t.searched(t.seconds(plan.seconds), plan.seed ?? 1),
      plan.guests ? t.jointUpTo(plan.guests.most, plan.guests.minutes) : t.noJoint,
      ...(plan.headCounts ? [t.headCounts] : []),
      ...(plan.lecturesPerDay ? [t.perDay(plan.lecturesPerDay)] : []),
      ...(plan.gone ?? []).map((each) =>
        t.goneLine(
          names.of("lecturers", each.lecturerId)?.name ?? names.of("venues", each.venueId)?.name ?? t.goneAll,
          show.day(each.from),
          show.day(each.until),
        )
      ),
      ...(plan.extra ?? []).map((each) => t.extraLine(each.count, names.of("lecturers", each.likeLecturerId)?.name ?? "…")),
    ];
    return html`
      <section class="card">
        <h2>${t.settingsHeading}</h2>
        <ul class="plain-list">${lines.map((each) =>
          html`
            <li>${each}</li>
          `
        )}</ul>
        ${plan.weights
          ? html`
            <details>
              <summary>${t.weightsHeading}</summary>
              <dl class="facts">${Object.entries(plan.weights).map(([name, value]) =>
                html`
                  <dt>${t.weight[name]?.[0] ?? name}</dt><dd>${value}</dd>
                `
              )}</dl>
            </details>
          `
          : nothing}
      </section>
    `;
  }
