import { read } from "../../common/api.ts";
import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { acknowledge, Acknowledging } from "../acknowledging.ts";
import { branch, OfRecipient } from "../branches.ts";
import { state } from "../inbox/page.ts";
import { aboutLecture, isDue, notices, watchNotices } from "../inbox/notices.ts";
import { backLink, webLink } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { texts } from "../texts.ts";
import { decide } from "../../common/decide.ts";
import { rate, report } from "./after.ts";
import "./open.ts";
import type { Booking, Ratings } from "./model.ts";
import { attended, audience, calendarButton, days, fact, Lectures, outcome, place, standing, times } from "./parts.ts";
import { Once } from "../sending.ts";

const t = texts.lectures;

/** The lectures of the branch, ahead and past; the address says which one is open. */
class BranchLectures extends View {
  #lectures = new Lectures<Booking>(this, "branchId", branch);

  #ratings = new Remembered<Ratings>(
    this,
    () => this.#lectures.id() && `ratings ${this.#lectures.id()}`,
    async (signal) => (await read<Ratings>(`/peer/api/v1/bookings/${this.#lectures.id()}/ratings`, {}, signal)).data,
  );

  #formats = new Remembered<{ code: string; name: string }[]>(
    this,
    () => "formats",
    async (signal) =>
      (await read<{ formats: { code: string; name: string }[] }>("/peer/api/v1/choices", {}, signal)).data.formats,
  );

  #asked = "";

  constructor() {
    super();
    watchNotices(this);
    new Routed(this, () => this.#ask());
    new OfRecipient(this, () => this.#ask());
    new Pulse(this, () => this.#again());
    new Acknowledging(this, () => void notices.run());
  }

  #isOpen(): boolean {
    return !this.#lectures.id() && route().params.get("when") === "open";
  }

  #ask(): void {
    if (route().page !== "lectures") return;
    const question = `${branch()?.id} ${this.#lectures.id() ?? route().params.get("when") ?? "ahead"}`;
    if (question === this.#asked) return;
    this.#asked = question;
    if (notices.data === undefined) void notices.run();
    if (this.#lectures.id() && !this.#formats.data) void this.#formats.run();
    if (this.#isOpen()) return;
    if (this.#lectures.id()) void this.#ratings.run(true);
    void this.#lectures.shown().run(true);
  }

  #again(): void {
    if (this.#isOpen()) return;
    if (this.#lectures.id()) void this.#ratings.run();
    void this.#lectures.shown().run();
  }

  override render(): unknown {
    if (this.#lectures.id()) {
      return html`
        <div class="page">${backLink(to("lectures"), t.back)} ${this.#lectures.one.render((one) => this.#detail(one))}</div>
      `;
    }
    const past = this.#lectures.isPast();
    return html`
      <div class="page">
        <div class="top">
          <h1>${texts.pages.lectures}</h1>
          ${choice(texts.pages.lectures, [
            { label: t.ahead, href: here({ when: undefined }), current: !past && !this.#isOpen() },
            { label: t.past, href: here({ when: "past" }), current: past },
            { label: texts.guest.tab, href: here({ when: "open" }), current: this.#isOpen() },
          ])}
        </div>
        ${this.#isOpen()
          ? html`
            <lectern-open-lectures></lectern-open-lectures>
          `
          : this.#lectures.list().render((all) => this.#list(all, past))}
      </div>
    `;
  }

  #list(all: Booking[], past: boolean): TemplateResult {
    if (all.length === 0) {
      return past ? empty({ title: t.nonePast, icon: "calendar" }) : empty({
        title: t.noneAhead,
        hint: t.noneAheadHint,
        icon: "calendar",
        action: html`
          <a class="button primary" href="${to("requests/new")}">${icon("plus")}${t.request}</a>
        `,
      });
    }
    return days(all, (each) => this.#card(each, past));
  }

  #card(booking: Booking, past: boolean): TemplateResult {
    const notice = past ? undefined : aboutLecture(booking.id);
    return html`
      <li class="card-row">
        <a class="open timed" href="${here({ lecture: booking.id })}">
          ${times(booking)}
          <span class="what">
            <span class="title">${booking.topic.title}</span>
            <span class="soft small">${[booking.lecturer?.name, booking.venue?.name].filter(Boolean).join(" · ")}</span>
            <span class="row">${this.#isGuest(booking)
              ? html`
                <span class="chip">${icon("house")}${t.guest}</span>
              `
              : nothing}${past ? outcome(booking) : notice ? state(notice) : nothing}</span>
          </span>
        </a>
      </li>
    `;
  }

  #formatName(code: string | undefined): string | undefined {
    const name = this.#formats.data?.find((each) => each.code === code)?.name ?? code;
    return name && name.charAt(0).toUpperCase() + name.slice(1);
  }

  #isGuest(booking: Booking): boolean {
    return booking.branch.id !== branch()?.id && !!booking.guests?.some((each) => each.id === branch()?.id);
  }

  #detail(booking: Booking): TemplateResult {
    const notice = aboutLecture(booking.id);
    const isOver = Date.parse(booking.end) <= Date.now();
    return html`
      <article class="card stack">
        <div class="stack tight">
          <h1>${booking.topic.title}</h1>
          <div class="row">${standing(booking, isOver)}${notice && !isOver ? state(notice) : nothing}</div>
        </div>
        ${notice && isDue(notice) && !isOver
          ? html`
            <button class="primary wide" @click="${() => void acknowledge(notice)}">
              ${icon("check")}${texts.acknowledge.button}
            </button>
          `
          : nothing}
        <dl class="facts">
          ${place(booking)} ${fact(t.lecturer, booking.lecturer?.name)} ${fact(
            t.format,
            this.#formatName(booking.format),
          )} ${audience(booking)} ${fact(t.note, booking.note)} ${fact(t.reason, booking.reason)} ${attended(booking)} ${fact(
            t.result,
            booking.completion?.note,
          )} ${fact(
            t.evidence,
            booking.completion?.link && webLink(booking.completion.link),
          )}
        </dl>
        ${this.#afterwards(booking, isOver)}
        <div class="row">${notice
          ? html`
            <a class="button" href="${to("inbox", { notice: notice.id })}">${icon("bell")}${t.message}</a>
          `
          : nothing}${calendarButton(booking, isOver)}${this.#isGuest(booking) && booking.status === "CONFIRMED" && !isOver
          ? html`
            <button @click="${() => void this.#leave(booking)}">${icon("out")}${texts.guest.leave}</button>
          `
          : nothing}</div>
      </article>
    `;
  }

  /** What a branch does after a lecture: the host reports, host and guests rate. */
  #afterwards(booking: Booking, isOver: boolean): TemplateResult | typeof nothing {
    const own = branch();
    const held = booking.status === "COMPLETED";
    if (!own || !isOver || !held && booking.status !== "CONFIRMED") return nothing;
    const isHost = booking.branch.id === own.id;
    const after = texts.after;
    const ratings = held ? this.#ratings.data : undefined;
    const mine = ratings?.items.find((each) => each.branch.id === own.id);
    const mayRate = !!ratings && Date.parse(ratings.rateableUntil) > Date.now() && (isHost || this.#isGuest(booking));
    return html`
      ${isHost && (!held || booking.completion?.recordedBy === "BRANCH")
        ? html`
          <button class="${held ? nothing : "primary"} wide" @click="${async () => {
            if (await report(booking)) this.#again();
          }}">${icon("check")}${held ? after.reportAgain : after.report}</button>
        `
        : nothing} ${isHost && held && booking.completion?.recordedBy !== "BRANCH"
        ? html`
          <p class="soft small">${after.byOrganizers}</p>
        `
        : nothing} ${mine
        ? html`
          <p><strong>${after.mine}</strong> ${after.stars(mine.stars)}${mine.note
            ? html`
              <br><span class="soft small">${mine.note}</span>
            `
            : nothing}</p>
        `
        : nothing} ${mayRate
        ? html`
          <button class="${mine ? nothing : "primary"} wide" @click="${async () => {
            if (await rate(booking, own.id, mine)) this.#again();
          }}">${mine ? after.rateAgain : after.rate}</button>
        `
        : !held
        ? html`
          <p class="soft small">${after.rateLater}</p>
        `
        : nothing}
    `;
  }

  async #leave(booking: Booking): Promise<void> {
    const once = new Once();
    const own = branch()!;
    const done = await decide({
      heading: texts.guest.leaveHeading,
      body: html`
        <p>${texts.guest.leaveBody}</p>
      `,
      confirm: texts.guest.leave,
      danger: true,
      send: () =>
        once.send({
          method: "DELETE",
          path: `/peer/api/v1/bookings/${booking.id}/guests/${own.id}`,
          etag: `"${booking.version}"`,
        }),
    });
    if (done) {
      toast(texts.guest.left);
      go(to("lectures"));
    }
  }
}

define("lectern-lectures", BranchLectures);
