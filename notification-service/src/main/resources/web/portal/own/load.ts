import { read } from "../../common/api.ts";
import { icon } from "../../common/icons.ts";
import { to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { addDays, monday, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { lecturer, OfRecipient } from "../branches.ts";
import { zone } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { texts } from "../texts.ts";
import { type OwnLoad, weeks } from "./model.ts";
import { t } from "./texts.ts";

const l = t.load;
const WEEKS = 12;

/** How many lectures the lecturer has in each week, against its limits. */
class Load extends View {
  #load = new Remembered<OwnLoad>(this, () => lecturer() && `load ${lecturer()!.id}`, async (signal) => {
    const from = monday(today(zone()));
    const query = { from, to: addDays(from, 7 * WEEKS - 1) };
    return (await read<OwnLoad>("/peer/api/v1/lecturers/me/load", query, signal)).data;
  });

  constructor() {
    super();
    new OfRecipient(this, () => void this.#load.run());
    new Pulse(this, () => void this.#load.run());
  }

  override render(): unknown {
    return html`
      <div class="page">
        <div class="top">
          <h1>${t.pages.load}</h1>
          <a class="button" href="${to("lectures")}">${icon("calendar")}${texts.pages.lectures}</a>
        </div>
        ${this.#load.render((load) => this.#draw(load))}
      </div>
    `;
  }

  #draw(load: OwnLoad): TemplateResult {
    const limits = l.limits(load.lecturesPerDay, load.lecturesPerWeek);
    const busy = load.days.filter((each) => each.date >= today(load.zone));
    return html`
      <p class="soft">${limits || l.noLimits}</p>
      ${load.weeks.length === 0 ? empty({ title: l.none, icon: "chart" }) : html`
        <section class="card"><ul class="lines-list">${weeks(load, today(load.zone), WEEKS).map((week) =>
          this.#line(show.week(week.monday), week.lectures, load.lecturesPerWeek)
        )}</ul></section>
      `} ${busy.length === 0 ? nothing : html`
        <section class="card stack">
          <h2>${l.days}</h2>
          <ul class="lines-list">${busy.map((day) => this.#line(show.wholeDay(day.date), day.lectures, load.lecturesPerDay))}</ul>
        </section>
      `}
    `;
  }

  #line(label: string, lectures: number, limit: number | undefined): TemplateResult {
    const over = limit !== undefined && lectures > limit;
    const full = limit !== undefined && lectures === limit;
    return html`
      <li class="stack tight">
        <div class="row"><span class="grow">${label}</span>${over || full
          ? html`
            <span class="chip ${over ? "bad" : "warn"}">${icon("warning")}${over ? l.over : l.full}</span>
          `
          : nothing}<span>${limit === undefined ? l.count(lectures) : l.ofLimit(lectures, limit)}</span></div>
        ${limit === undefined ? nothing : html`
          <progress max="${limit}" value="${Math.min(lectures, limit)}" aria-label="${label}"></progress>
        `}
      </li>
    `;
  }
}

define("lectern-load", Load);
