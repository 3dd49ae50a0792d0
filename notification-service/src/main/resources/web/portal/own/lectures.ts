import { toast } from "../../common/announce.ts";
import { read } from "../../common/api.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { here, route, Routed, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { addDays, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { lecturer, OfRecipient } from "../branches.ts";
import { aboutLecture, notices, watchNotices } from "../inbox/notices.ts";
import { attended, audience, calendarButton, days, fact, Lectures, outcome, place, standing, times } from "../lectures/parts.ts";
import { backLink, moment, problem, zone } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { Sending } from "../sending.ts";
import { texts } from "../texts.ts";
import { decline, isMoved, order } from "./answer.ts";
import { type Answer, canAnswer, isShort, type Journey, mapAddress, type OwnLecture, type OwnLoad } from "./model.ts";
import { t } from "./texts.ts";

const l = t.lectures;
const b = texts.lectures;
const MOST_DAYS = 91;

const STATES: Record<Answer["state"], string> = {
  PENDING: "held",
  ACCEPTED: "good",
  DECLINED: "bad",
  CONSENTED: "good",
  OVERDUE: "bad",
};

/** The lectures of the lecturer by day, with the journeys between them and the answer; the address says which one is open. */
class OwnLectures extends View {
  #lectures = new Lectures<OwnLecture>(this, "lecturerId", lecturer);

  #journeys = new Remembered<Journey[]>(this, () => lecturer() && `journeys ${lecturer()!.id}`, async (signal) => {
    const from = today(zone());
    const query = { from, to: addDays(from, MOST_DAYS) };
    return (await read<OwnLoad>("/peer/api/v1/lecturers/me/load", query, signal)).data.journeys;
  });

  #sending = new Sending(this);
  #answering: string | undefined;
  #asked = "";

  constructor() {
    super();
    watchNotices(this);
    new Routed(this, () => this.#ask());
    new OfRecipient(this, () => this.#ask());
    new Pulse(this, () => this.#again());
  }

  #ask(): void {
    if (route().page !== "lectures") return;
    const question = `${lecturer()?.id} ${this.#lectures.id() ?? (this.#lectures.isPast() ? "past" : "ahead")}`;
    if (question === this.#asked) return;
    this.#asked = question;
    this.#sending.forget();
    if (notices.data === undefined) void notices.run();
    if (!this.#lectures.isPast()) void this.#journeys.run();
    void this.#lectures.shown().run(true);
  }

  #again = (): void => {
    if (!this.#lectures.isPast()) void this.#journeys.run();
    void this.#lectures.shown().run();
  };

  override render(): unknown {
    if (this.#lectures.id()) {
      return html`
        <div class="page">${backLink(to("lectures"), b.back)} ${this.#lectures.one.render((one) => this.#detail(one))}</div>
      `;
    }
    const past = this.#lectures.isPast();
    return html`
      <div class="page">
        <div class="top">
          <h1>${texts.pages.lectures}</h1>
          ${choice(texts.pages.lectures, [
            { label: b.ahead, href: here({ when: undefined }), current: !past },
            { label: b.past, href: here({ when: "past" }), current: past },
          ])}
        </div>
        ${this.#lectures.list().render((all) => this.#list(all, past))}
      </div>
    `;
  }

  #list(all: OwnLecture[], past: boolean): TemplateResult {
    if (all.length === 0) {
      return past
        ? empty({ title: b.nonePast, icon: "calendar" })
        : empty({ title: b.noneAhead, hint: l.noneAheadHint, icon: "calendar" });
    }
    return days(all, (each) => this.#card(each, past));
  }

  #card(lecture: OwnLecture, past: boolean): TemplateResult {
    const answer = lecture.lecturerAnswer;
    const waits = canAnswer(lecture, Date.now()) && (answer?.state === "PENDING" || answer?.state === "OVERDUE");
    const title = `o-${lecture.id}`;
    return html`
      <li class="card-row">
        ${past ? nothing : this.#journey(lecture)}
        <a class="open timed" href="${here({ lecture: lecture.id })}">
          ${times(lecture)}
          <span class="what">
            <span class="title" id="${title}">${lecture.topic.title}</span>
            <span class="soft small">${[lecture.branch.name, lecture.venue?.name].filter(Boolean).join(" · ")}</span>
            <span class="row">${past ? outcome(lecture) : answer ? answered(answer) : nothing}</span>
            ${waits && answer?.state === "PENDING"
              ? html`
                <span class="soft small">${l.answerBy(moment(answer.dueAt), show.ago(answer.dueAt))}</span>
              `
              : nothing}
          </span>
        </a>
        ${this.#answering === lecture.id && this.#sending.error ? this.#refused() : nothing} ${waits && !past
          ? html`
            <button class="primary" aria-describedby="${title}" ?disabled="${this.#sending.busy}" @click="${() =>
              void this.#accept(lecture)}">
              ${icon("check")}${l.accept}
            </button>
          `
          : nothing}
      </li>
    `;
  }

  /** The way to a lecture from the one before. */
  #journey(lecture: OwnLecture): TemplateResult | typeof nothing {
    const journey = this.#journeys.data?.find((each) => each.toBookingId === lecture.id);
    if (!journey) return nothing;
    const short = isShort(journey);
    return html`
      <p class="journey ${short ? "short" : ""}">${icon(short ? "warning" : "way")}<span>${journey.minutes === undefined
        ? l.travelUnknown(journey.minutesAvailable)
        : l.travel(journey.minutes, journey.minutesAvailable)}${short
        ? html`
          <br><strong>${l.travelShort}</strong>
        `
        : nothing}</span></p>
    `;
  }

  #detail(lecture: OwnLecture): TemplateResult {
    const isOver = Date.parse(lecture.end) <= Date.now();
    const notice = aboutLecture(lecture.id) ?? notices.data?.items.find((each) => each.bookingId === lecture.id);
    const map = mapAddress(document.querySelector<HTMLMetaElement>('meta[name="lectern-map"]')?.content ?? "", lecture.venue);
    return html`
      <article class="card stack">
        <div class="stack tight">
          <h1>${lecture.topic.title}</h1>
          <div class="row">${standing(lecture, isOver)}</div>
        </div>
        ${this.#journey(lecture)} ${lecture.lecturerAnswer && !isOver ? this.#answer(lecture, lecture.lecturerAnswer) : nothing}
        <dl class="facts">
          ${place(lecture)} ${audience(lecture)} ${fact(b.reason, lecture.reason)} ${attended(lecture)}
        </dl>
        ${notice
          ? html`
            <p class="soft small">${l.contactHint}</p>
          `
          : nothing}
        <div class="row">${map && !isOver
          ? html`
            <a class="button" href="${map}" target="_blank" rel="noopener noreferrer">${icon("place")}${l.map}</a>
          `
          : nothing}${notice
          ? html`
            <a class="button" href="${to("inbox", { notice: notice.id })}">${icon("bell")}${b.message}</a>
          `
          : nothing}${calendarButton(lecture, isOver)}</div>
      </article>
    `;
  }

  #answer(lecture: OwnLecture, answer: Answer): TemplateResult {
    const busy = this.#sending.busy;
    const declined = answer.state === "DECLINED";
    const accepted = answer.state === "ACCEPTED" || answer.state === "CONSENTED";
    return html`
      <section class="answer stack tight" aria-label="${l.answer}">
        <div class="row"><h2 class="grow">${l.answer}</h2>${answered(answer)}</div>
        ${answer.state === "PENDING"
          ? html`
            <p>${l.answerBy(moment(answer.dueAt), show.ago(answer.dueAt))}</p>
          `
          : nothing} ${answer.state === "CONSENTED"
          ? html`
            <p>${l.consented}</p>
          `
          : nothing} ${answer.state === "OVERDUE"
          ? html`
            <p>${l.overdue}</p>
          `
          : nothing} ${answer.at && (declined || answer.state === "ACCEPTED")
          ? html`
            <p class="soft small">${moment(answer.at)}${answer.by === "ORGANIZER" ? ` (${l.byOrganizer})` : ""}</p>
          `
          : nothing} ${answer.reason
          ? html`
            <p class="lines">${answer.reason}</p>
          `
          : nothing} ${this.#answering === lecture.id && this.#sending.error
          ? this.#refused()
          : nothing} ${canAnswer(lecture, Date.now())
          ? html`
            <div class="row">${accepted ? nothing : html`
              <button class="primary" ?disabled="${busy}" @click="${() => void this.#accept(lecture)}">
                ${icon("check")}${declined ? l.acceptAfterAll : l.accept}
              </button>
            `}${declined ? nothing : html`
              <button class="danger" ?disabled="${busy}" @click="${() => void this.#decline(lecture)}">
                ${icon("close")}${l.decline}
              </button>
            `}</div>
          `
          : nothing}
      </section>
    `;
  }

  /** What went wrong; after a conflict what is shown is the present state. */
  #refused(): TemplateResult {
    return html`
      ${problem(this.#sending.error)} ${isMoved(this.#sending.error)
        ? html`
          <p>${l.moved}</p>
        `
        : nothing}
    `;
  }

  async #accept(lecture: OwnLecture): Promise<void> {
    this.#answering = lecture.id;
    if (await this.#sending.send(order(lecture, { answer: "ACCEPTED" }))) toast(l.accepted);
    this.#again();
  }

  async #decline(lecture: OwnLecture): Promise<void> {
    this.#sending.forget();
    await decline(lecture, this.#again);
    this.#again();
  }
}

/** The state of the answer, as a sign with a word. */
function answered(answer: Answer): TemplateResult {
  return html`
    <span class="chip ${STATES[answer.state]}">${icon(
      STATES[answer.state] === "good" ? "check" : answer.state === "DECLINED" ? "close" : "clock",
    )}${l.states[answer.state]}</span>
  `;
}

define("lectern-own-lectures", OwnLectures);
