import { toast } from "../../common/announce.ts";
import { isRefusal, read, readAll } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { icon } from "../../common/icons.ts";
import { go, route, Routed, to } from "../../common/router.ts";
import { period } from "../../common/blackout.ts";
import { show, weekday, WEEKDAYS } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { lecturer, OfRecipient } from "../branches.ts";
import { backLink, moment, problem } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { Once } from "../sending.ts";
import "./change.ts";
import { ahead, type Availability, type Change, hours, inWords, type Proposal } from "./model.ts";
import { propose } from "./propose.ts";
import { t } from "./texts.ts";

const a = t.availability;
const SHOWN = 10;
const CHIPS = { OPEN: "held", ACCEPTED: "good", REFUSED: "bad", WITHDRAWN: "" };

/** When the lecturer can lecture, and what it has requested from the organizers. */
class OwnAvailability extends View {
  #now = new Remembered<Availability>(
    this,
    () => lecturer() && `availability ${lecturer()!.id}`,
    async (signal) => (await read<Availability>("/peer/api/v1/lecturers/me/availability", {}, signal)).data,
  );
  #proposals = new Remembered<Proposal[]>(
    this,
    () => lecturer() && `proposals ${lecturer()!.id}`,
    (signal) => readAll<Proposal>("/peer/api/v1/availability-proposals", { lecturerId: lecturer()!.id }, signal),
  );
  #error: unknown;

  constructor() {
    super();
    new Routed(this, () => (this.#error = undefined));
    new OfRecipient(this, () => this.#again());
    new Pulse(this, () => this.#again());
  }

  #again = (): void => {
    void this.#now.run();
    void this.#proposals.run();
  };

  override render(): unknown {
    const entering = route().rest[0] === "new";
    return html`
      <div class="page">
        ${entering ? backLink(to("availability"), a.back) : html`
          <div class="top">
            <h1>${t.pages.availability}</h1>
            <a class="button primary" href="${to("availability/new")}">${icon("plus")}${a.new}</a>
          </div>
        `} ${this.#now.render((now) =>
          entering
            ? html`
              <lectern-own-change .now="${now}" .again="${this.#again}" .done="${() => {
                this.#again();
                go(to("availability"), { replace: true });
              }}"></lectern-own-change>
            `
            : this.#draw(now)
        )}
      </div>
    `;
  }

  #draw(now: Availability): TemplateResult {
    const { blackouts, dates } = ahead(now, new Date());
    return html`
      <p class="soft">${a.hint} ${a.zone(show.zone(now.zone))}</p>
      ${this.#error ? problem(this.#error) : nothing} ${this.#proposals.render((all) =>
        all.length === 0 ? nothing : html`
          <section class="card stack">
            <h2>${a.proposals}</h2>
            <ul class="lines-list">${[...all].sort((one, other) => Number(other.state === "OPEN") - Number(one.state === "OPEN"))
              .slice(0, SHOWN).map((each) => this.#proposal(each, now.zone))}</ul>
          </section>
        `, 2)}
      <section class="card stack">
        <h2>${a.blackouts}</h2>
        ${blackouts.length === 0
          ? html`
            <p class="soft">${a.noBlackouts}</p>
          `
          : html`
            <ul class="lines-list">${blackouts.map((each) =>
              this.#entry(now, period(each, now.zone), each.reason, {
                removeBlackout: {
                  ...each.from && { from: each.from },
                  ...each.until && { until: each.until },
                  ...each.firstDay && { firstDay: each.firstDay },
                  ...each.lastDay && { lastDay: each.lastDay },
                },
              })
            )}</ul>
          `}
      </section>
      <section class="card stack">
        <h2>${a.dates}</h2>
        ${dates.length === 0
          ? html`
            <p class="soft">${a.noDates}</p>
          `
          : html`
            <ul class="lines-list">${dates.map((each) =>
              this.#entry(now, `${show.wholeDay(each.date)}: ${hours(each.windows)}`, each.note, { removeDate: each.date })
            )}</ul>
          `}
      </section>
      <section class="card stack">
        <h2>${a.weekly}</h2>
        ${now.weekly.length === 0
          ? html`
            <p class="soft">${a.usual}</p>
          `
          : html`
            <dl class="facts">${WEEKDAYS.map((day) => {
              const windows = now.weekly.filter((each) => each.day === day);
              return html`
                <dt>${weekday(day, "long")}</dt>
                <dd>${hours(windows)}</dd>
              `;
            })}</dl>
          `}
      </section>
    `;
  }

  #entry(now: Availability, what: string, why: string | undefined, removal: Change): TemplateResult {
    return html`
      <li class="row">
        <span class="grow"><strong>${what}</strong>${why
          ? html`
            <br><span class="soft small">${why}</span>
          `
          : nothing}</span>
        <button class="danger" aria-label="${`${a.remove}: ${what}`}" @click="${() => void this.#remove(now, removal)}">
          ${a.remove}
        </button>
      </li>
    `;
  }

  #proposal(each: Proposal, zone: string): TemplateResult {
    return html`
      <li class="stack tight">
        <div class="row">
          <strong class="grow">${inWords(each.change, zone)}</strong>
          <span class="chip ${CHIPS[each.state]}">${a.states[each.state]}</span>
        </div>
        <span class="soft small">${moment(each.proposedAt)} · ${a.touched(each.touched)}</span>
        ${each.reason
          ? html`
            <p>${a.refusedBecause(each.reason)}</p>
          `
          : nothing} ${each.state === "OPEN"
          ? html`
            <div class="row"><button @click="${() => void this.#withdraw(each, zone)}">${a.withdraw}</button></div>
          `
          : nothing}
      </li>
    `;
  }

  async #remove(now: Availability, removal: Change): Promise<void> {
    this.#error = undefined;
    try {
      await propose(now, removal, a.removeHeading);
    } catch (error) {
      this.#error = error;
      this.requestUpdate();
      if (isRefusal(error) && error.problem.status !== 412 && error.problem.status !== 400) return;
    }
    this.#again();
  }

  async #withdraw(each: Proposal, zone: string): Promise<void> {
    const once = new Once();
    const done = await decide({
      heading: a.withdrawHeading,
      body: html`
        <p><strong>${inWords(each.change, zone)}</strong></p>
      `,
      confirm: a.withdraw,
      send: () =>
        once.send({
          path: `/peer/api/v1/lecturers/me/availability/proposals/${each.id}/withdraw`,
          etag: `"${each.version}"`,
        }),
    });
    if (done) toast(a.withdrawn);
    this.#again();
  }
}

define("lectern-availability", OwnAvailability);
