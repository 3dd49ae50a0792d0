import { icon } from "../../common/icons.ts";
import { local, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Booking } from "../booking.ts";
import { to } from "../../common/router.ts";
import type { Result } from "./model.ts";
import { lecture } from "./row.ts";
import { selection } from "./selection.ts";
import { t } from "./texts.ts";

/** What was changed, lecture by lecture, and what is left to decide. */
export function result({ changed, unchanged }: Result, known: ReadonlyMap<string, Booking>): TemplateResult {
  const left = unchanged.flatMap((id) => known.get(id) ?? []);
  return html`
    <section class="plan-result stack">
      <div class="callout good">
        ${icon("check")}
        <div><h2 tabindex="-1">${changed.length > 0
          ? t.done(changed.length)
          : t.doneNothing}</h2>${changed.some((each) => each.status !== "HELD" && each.status !== "RELEASED")
          ? html`
            <p>${t.doneTold}</p>
          `
          : nothing}</div>
      </div>
      ${left.length > 0
        ? html`
          <section class="stack tight">
            <h3>${t.leftHeading(unchanged.length)}</h3>
            <p class="soft">${t.leftHint}</p>
            <ol class="plan-rows">${left.map((each) => line(each, false))}</ol>
            <div class="row"><a class="button" href="${to("lectures/change")}" @click="${() => again(left)}">${t.again}</a></div>
          </section>
        `
        : nothing} ${changed.length > 0
        ? html`
          <section class="stack tight">
            <h3>${t.changedHeading}</h3>
            <ol class="plan-rows">${changed.map((each) => line(each, true))}</ol>
          </section>
        `
        : nothing}
      <div class="row"><a class="button" href="${to("timeline", {
        day: local((changed[0] ?? left[0])?.start ?? new Date()).day,
        span: "week",
      })}">${icon("calendar")}${t.toTimeline}</a></div>
    </section>
  `;
}

/** What was left becomes the selection of the next change. */
function again(left: Booking[]): void {
  selection.clear();
  selection.set(left.map((each) => ({ id: each.id, name: show.range(each.start, each.end, each.zone) })), true);
}

function line(each: Booking, done: boolean): TemplateResult {
  const gone = each.status === "CANCELLED" || each.status === "RELEASED";
  return html`
    <li class="plan-row">
      <div class="plan-lecture">${lecture(each)}</div>
      <div class="plan-effect">${gone
        ? html`
          <del>${each.lecturer.name}</del>
        `
        : html`
          <b>${each.lecturer.name}</b>
        `}${each.venue && !gone
        ? html`
          <br><span class="soft">${each.venue.name}</span>
        `
        : nothing}</div>
      <div class="plan-standing">${done
        ? html`
          <span class="chip ${gone ? "" : "good"}">${icon(gone ? "close" : "check")}${each.status === "CANCELLED"
            ? t.cancelledDone
            : each.status === "RELEASED"
            ? t.releasedDone
            : t.changedHeading}</span>
        `
        : html`
          <span class="chip">${t.standing.LEFT}</span>
        `}</div>
    </li>
  `;
}
