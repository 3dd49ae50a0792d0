import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { here } from "../../common/router.ts";
import type { Component, GiveWay, Item, Obstacle, Way } from "./model.ts";
import { t } from "./texts.ts";
import { difference, duration, number } from "./words.ts";

/** What a place costs, part by part. */
export function components(of: readonly Component[], signed = false): unknown {
  const all = of.filter((each) => Math.abs(each.minutes) >= 0.5);
  if (all.length === 0) return nothing;
  return html`
    <ul class="planner-parts small">${all.map((each) =>
      html`
        <li><span class="grow">${t.component[each.component] ?? each.component}</span><b>${signed
          ? difference(each.minutes)
          : duration(each.minutes)}</b></li>
      `
    )}</ul>
  `;
}

/** How much more or less something costs; the sign and the word say it, the colour repeats it. */
export function delta(minutes: number): TemplateResult {
  return html`
    <span class="delta ${minutes >= 0.5 ? "more" : minutes <= -0.5 ? "less" : ""}">${difference(minutes)}</span>
  `;
}

export function wayLine(way: Way, item: Item): TemplateResult {
  return html`
    <span class="stack none"><b>${show.moment(way.start, item.zone)}</b><span>${[
      way.lecturer?.name,
      way.venue?.name,
      way.hostNumber === undefined ? "" : t.asGuest(way.hostNumber),
    ].filter(Boolean).join(" · ")}</span></span>
  `;
}

/** The next best places; choosing one asks what it costs before it is done. */
export function ways(of: readonly Way[], item: Item, choose: ((way: Way) => void) | undefined): TemplateResult {
  return html`
    <h3>${t.instead}</h3>
    ${of.length === 0
      ? html`
        <p class="soft">${t.insteadNone}</p>
      `
      : html`
        ${choose
          ? html`
            <p class="small soft">${t.insteadHint}</p>
          `
          : nothing}
        <ul class="planner-ways">${of.map((way) =>
          html`
            <li>${choose && way.hostNumber === undefined
              ? html`
                <button class="alternative" @click="${() => choose(way)}">
                  ${wayLine(way, item)}${delta(way.differenceMinutes)}<span
                    class="small soft wide"
                  >${way.text}</span>
                </button>
              `
              : html`
                <div class="alternative">${wayLine(way, item)}${delta(way.differenceMinutes)}<span class="small soft wide">${way
                  .text}</span></div>
              `}</li>
          `
        )}</ul>
      `}
  `;
}

/** What prevents it, the most frequent first. */
export function obstacles(of: readonly Obstacle[]): unknown {
  if (of.length === 0) return nothing;
  const all = [...of].sort((a, b) => b.count - a.count);
  const most = Math.max(1, ...all.map((each) => each.count));
  return html`
    <p class="small soft">${t.obstaclesHint}</p>
    <ul class="planner-obstacles">${all.map((each) =>
      html`
        <li>
          <span>${each.text}</span><span class="track"><i .style="${`--share:${each.count / most}`}"></i></span><span
            class="small soft"
          >${t.times(number(each.count))}</span>
        </li>
      `
    )}</ul>
  `;
}

/** The same of one trial, where numbers say little. */
export function causes(of: readonly Obstacle[]): unknown {
  return of.length === 0 ? nothing : html`
    <ul class="plain-list">${[...new Set(of.map((each) => each.text))].map((text) =>
      html`
        <li>${text}</li>
      `
    )}</ul>
  `;
}

export function giveWay(of: GiveWay, item: Item, take: (() => void) | undefined): TemplateResult {
  return html`
    <h3>${t.giveWay}</h3>
    <div class="card sunken stack tight">
      <div class="row">${wayLine(of.way, item)}<span class="grow"></span>${delta(of.way.differenceMinutes)}</div>
      <p class="small">${of.text}</p>
      <p class="small ${of.placedAgain ? "" : "bad-text"}">${icon(of.placedAgain ? "check" : "warning")} ${of.placedAgain
        ? t.giveWayAgain
        : t.giveWayLost}</p>
      <div class="row"><a class="button" href="${here({ item: String(of.number) })}">${t.giveWayOpen}</a>${take
        ? html`
          <button @click="${take}">${t.giveWayDo}</button>
        `
        : nothing}</div>
    </div>
  `;
}
