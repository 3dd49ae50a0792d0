import { toast } from "../../common/announce.ts";
import { readAll } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { icon } from "../../common/icons.ts";
import { route, Routed, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { local, show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { branch, OfRecipient } from "../branches.ts";
import { backLink, moment, problem, zone } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { Once, Sending } from "../sending.ts";
import { texts } from "../texts.ts";
import "./ask.ts";
import { type LectureRequest, parted } from "./model.ts";

const t = texts.requests;

/** The requests of the branch, and the offers that answer them. */
class Requests extends View {
  #list = new Remembered<LectureRequest[]>(
    this,
    () => branch() && `requests ${branch()!.id}`,
    (signal) => readAll<LectureRequest>("/peer/api/v1/requests", { branchId: branch()!.id }, signal),
  );
  #take = new Sending(this);
  #taking: string | undefined;
  #of: string | undefined;

  constructor() {
    super();
    new Routed(this, () => {
      if (route().page === "requests" && route().rest.length === 0 && this.#list.data) void this.#list.run();
    });
    new OfRecipient(this, () => {
      void this.#list.run(this.#of !== branch()?.id);
      this.#of = branch()?.id;
    });
    new Pulse(this, () => void this.#list.run());
  }

  override render(): unknown {
    if (route().rest[0] === "new") {
      return html`
        <div class="page">${backLink(to("requests"), t.back)}<lectern-ask></lectern-ask></div>
      `;
    }
    const id = route().params.get("request");
    return html`
      <div class="page">${this.#list.render((all) => {
        const one = id ? all.find((each) => each.id === id) : undefined;
        return one
          ? html`
            ${backLink(to("requests"), t.back)}
            <ul class="cards">${this.#card(one)}</ul>
          `
          : this.#all(all);
      })}</div>
    `;
  }

  #all(all: LectureRequest[]): TemplateResult {
    const { offers, waiting, ended } = parted(all);
    return html`
      <div class="top">
        <h1>${texts.pages.requests}</h1>
        <a class="button primary" href="${to("requests/new")}">${icon("plus")}${t.new}</a>
      </div>
      ${all.length === 0 ? empty({ title: t.none, hint: t.noneHint, icon: "empty" }) : nothing} ${this.#part(
        t.offers,
        offers,
      )} ${this.#part(t.waiting, waiting)} ${ended.length > 0
        ? html`
          <details class="ended">
            <summary><h2>${t.ended} (${ended.length})</h2></summary>
            <ul class="cards">${ended.slice(0, 50).map((each) => this.#card(each))}</ul>
          </details>
        `
        : nothing}
    `;
  }

  #part(heading: string, requests: LectureRequest[]): TemplateResult | typeof nothing {
    return requests.length > 0
      ? html`
        <section>
          <h2>${heading}</h2>
          <ul class="cards">${requests.map((each) => this.#card(each))}</ul>
        </section>
      `
      : nothing;
  }

  #card(request: LectureRequest): TemplateResult {
    return html`
      <li class="card stack tight ${request.status === "OFFERED" ? "offered" : ""}">
        <div class="row">
          <strong class="title grow">${request.topic.title}</strong>
          <span class="chip ${SIGNS[request.status] ?? ""}">${t.status[request.status] ?? request.status}</span>
        </div>
        ${request.offer ? this.#offer(request) : html`
          <p class="soft small">${wanted(request)}<br>${t.since(show.ago(request.requestedAt))}</p>
        `} ${request.note
          ? html`
            <p class="soft small">${request.note}</p>
          `
          : nothing} ${request.reason && request.status !== "ACCEPTED"
          ? html`
            <p class="callout small">${request.reason}</p>
          `
          : nothing}
        <div class="row">${request.bookingId
          ? html`
            <a class="button" href="${to("lectures", { lecture: request.bookingId })}">${icon("calendar")}${t.lecture}</a>
          `
          : nothing}${request.status === "WAITING"
          ? html`
            <button @click="${() => void this.#withdraw(request)}">${t.withdraw}</button>
          `
          : nothing}</div>
      </li>
    `;
  }

  #offer(request: LectureRequest): TemplateResult {
    const offer = request.offer!;
    const busy = this.#take.busy;
    return html`
      <div class="slot">
        <strong>${show.range(offer.start, offer.end, zone())}</strong>
        <span>${[offer.lecturer?.name, offer.venue?.name].filter(Boolean).join(" · ")}</span>
        ${offer.venue?.address
          ? html`
            <span class="soft small">${offer.venue.address}</span>
          `
          : nothing}
        <span class="small due">${icon("clock")}${t.answerBy(moment(offer.expiresAt), show.ago(offer.expiresAt))}</span>
      </div>
      ${this.#taking === request.id && this.#take.error ? problem(this.#take.error) : nothing}
      <div class="row two">
        <button class="primary" ?disabled="${busy}" @click="${() => void this.#accept(request)}">
          ${icon("check")}${t.take}
        </button>
        <button ?disabled="${busy}" @click="${() => void this.#decline(request)}">${t.decline}</button>
      </div>
    `;
  }

  async #accept(request: LectureRequest): Promise<void> {
    this.#taking = request.id;
    const reply = await this.#take.send<LectureRequest>({
      path: `/peer/api/v1/requests/${request.id}/offer/take`,
      etag: `"${request.version}"`,
    });
    if (reply) toast(t.taken);
    if (reply || !this.#take.unknown) void this.#list.run();
  }

  async #decline(request: LectureRequest): Promise<void> {
    const once = new Once();
    const done = await decide({
      heading: t.declineHeading,
      body: html`
        <p>${t.declineBody}</p>
      `,
      reason: t.declineReason,
      optional: true,
      confirm: t.decline,
      send: (reason) =>
        once.send({
          path: `/peer/api/v1/requests/${request.id}/offer/decline`,
          body: reason ? { reason } : {},
          etag: `"${request.version}"`,
        }),
    });
    if (done) toast(t.declined);
    void this.#list.run();
  }

  async #withdraw(request: LectureRequest): Promise<void> {
    const once = new Once();
    const done = await decide({
      heading: t.withdrawHeading,
      reason: t.withdrawReason,
      optional: true,
      confirm: t.withdraw,
      danger: true,
      send: (reason) =>
        once.send({
          path: `/peer/api/v1/requests/${request.id}/withdraw`,
          body: reason ? { reason } : {},
          etag: `"${request.version}"`,
        }),
    });
    if (done) toast(t.withdrawn);
    void this.#list.run();
  }
}

const SIGNS: Record<string, string> = { OFFERED: "held", WAITING: "confirmed", ACCEPTED: "good", REFUSED: "bad" };

/** The times that a request names, in one line. */
function wanted(request: LectureRequest): string {
  const first = request.windows[0];
  const last = request.windows.at(-1);
  if (!first || !last) return "";
  const from = show.day(local(first.from, zone()).day);
  const until = show.day(local(last.until, zone()).day);
  return request.windows.length === 1 ? t.window(from, until) : t.windows(request.windows.length, from, until);
}

define("lectern-requests", Requests);
