import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { show, today } from "../../common/time.ts";
import { dayInput } from "../../common/when.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { go, here } from "../router.ts";
import { BYS, days, SPANS, type State } from "./state.ts";
import { stepped } from "./grid.ts";
import { t } from "./texts.ts";

/** Everything that decides what is shown; each control is a link or writes the URL. */
export function toolbar(state: State, onBook: ((need: boolean) => void) | undefined): TemplateResult {
  const shown = days(state);
  return html`
    <div class="toolbar no-print">
      <div class="row">
        <a class="button" href="${here({ day: today() })}">${t.today}</a>
        <div class="group">
          <a class="button square" href="${here({ day: stepped(shown, -1) })}" aria-label="${t.earlier[state.span]}">${icon(
            "left",
          )}</a>
          <a class="button square" href="${here({ day: stepped(shown, 1) })}" aria-label="${t.later[state.span]}">${icon(
            "right",
          )}</a>
        </div>
        ${dayInput({ label: t.date, value: state.day, onDone: (day) => day && go(here({ day })) })}
        <h1>${state.span === "day" ? show.longDay(state.day) : show.week(shown[0]!)}</h1>
      </div>
      <div class="row">
        <label class="find">${icon("search")}<span class="hidden">${t.find}</span>
          <input type="search" placeholder="${t.find}" .value="${state.find}" @input="${(e: Event) =>
            go(here({ find: (e.target as HTMLInputElement).value }), { replace: true })}"></label>
        <label class="row small"><input type="checkbox" .checked="${state.all}" @change="${(e: Event) =>
          go(here({ rows: (e.target as HTMLInputElement).checked ? "all" : undefined }), { replace: true })}">
          ${t.allRows}</label>
        ${choice(t.byLabel, BYS.map((by) => ({ label: t.by[by], href: here({ by }), current: by === state.by })))} ${choice(
          t.spanLabel,
          SPANS.map((span) => ({ label: t.span[span], href: here({ span }), current: span === state.span })),
        )} ${onBook
          ? html`
            <button @click="${() => onBook(true)}">${t.findSlot}</button>
            <button class="primary" @click="${() => onBook(false)}">${t.book}</button>
          `
          : nothing}
      </div>
    </div>
  `;
}
