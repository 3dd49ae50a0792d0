import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { show, today } from "../../common/time.ts";
import { dayInput } from "../../common/when.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { go, here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { BYS, days, SPANS, type State, stepped } from "./state.ts";
import { t } from "./texts.ts";

/** What is shown, and whether as a list. */
export interface Shown extends State {
  listed: boolean;
}

/** Everything that decides what is shown; each control is a link or writes the URL. */
export function toolbar(state: Shown, onBook: ((need: boolean) => void) | undefined): TemplateResult {
  return html`
    <div class="toolbar no-print">
      <div class="row">
        <a class="button" href="${here({ day: today() })}">${t.today}</a>
        <div class="group">
          <a class="button square" href="${here({ day: stepped(state, -1) })}" aria-label="${t.earlier[state.span]}">${icon(
            "left",
          )}</a>
          <a class="button square" href="${here({ day: stepped(state, 1) })}" aria-label="${t.later[state.span]}">${icon(
            "right",
          )}</a>
        </div>
        ${dayInput({ label: t.date, value: state.day, onDone: (day) => day && go(here({ day })) })}
        <h1>${heading(state)}</h1>
      </div>
      <div class="row">
        <label class="find">${icon("search")}<span class="hidden">${t.find}</span>
          <input type="search" placeholder="${t.find}" .value="${state.find}" @input="${(e: Event) =>
            go(here({ find: (e.target as HTMLInputElement).value }), { replace: true })}"></label>
        <label class="row small"><input type="checkbox" .checked="${state.all}" @change="${(e: Event) =>
          go(here({ rows: (e.target as HTMLInputElement).checked ? "all" : undefined }), { replace: true })}">
          ${t.allRows}</label>
        ${pickLink(state)} ${choice(
          t.byLabel,
          BYS.map((by) => ({ label: t.by[by], href: here({ by }), current: by === state.by })),
        )} ${choice(
          t.spanLabel,
          SPANS.map((span) => ({ label: t.span[span], href: here({ span }), current: span === state.span })),
        )}
        <button class="square" aria-label="${t.print}" title="${t.print}" @click="${() => globalThis.print()}">${icon(
          "print",
        )}</button>
        ${onBook
          ? html`
            <button @click="${() => onBook(true)}">${t.findSlot}</button>
            <button class="primary" @click="${() => onBook(false)}">${t.book}</button>
          `
          : nothing}
      </div>
    </div>
  `;
}

function heading(state: State): string {
  switch (state.span) {
    case "day":
      return show.longDay(state.day);
    case "week":
      return show.week(days(state)[0]!);
    case "month":
      return show.month(state.day);
  }
}

/** Where lectures are a list they are chosen in it; elsewhere there is the list of lectures. */
function pickLink(state: Shown): TemplateResult | typeof nothing {
  if (!hasRole("organizer")) return nothing;
  const shown = days(state);
  return state.listed
    ? html`
      <a class="button" href="${here({ pick: state.picking ? undefined : "yes" })}" aria-current="${state.picking
        ? "true"
        : nothing}">${state.picking ? t.pickEnd : t.pick}</a>
    `
    : html`
      <a class="button" href="${to("lectures", { from: shown[0], to: shown.at(-1) })}">${t.asList}</a>
    `;
}
