import { icon } from "../../common/icons.ts";
import { addKeys } from "../../common/keys.ts";
import { choice } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, repeat, type TemplateResult, View } from "../../common/view.ts";
import { read, readAll } from "../api.ts";
import { go, here, Routed } from "../../common/router.ts";
import { Refresh } from "../refresh.ts";
import { tone } from "./detail.ts";
import { type LectureRequest, matches, needShare, neighbour, STATUSES } from "./model.ts";
import { state } from "./state.ts";
import { t } from "./texts.ts";

const REFRESH = 30_000;
const LIMIT = 200;

interface Page {
  items: LectureRequest[];
  nextCursor?: string;
}

/** What branches ask for, the most needed first, and the answer beside it. */
class Requests extends View {
  #state = state();
  #question = "";
  #list = new Load<Page>(this, async (signal) => {
    const { status, sort, topic } = this.#state;
    return (await read<Page>("/api/v1/requests", { status, sort, topicId: topic, limit: LIMIT }, signal)).data;
  });
  #topics = new Load<{ id: string; title: string }[]>(this, (signal) => readAll("/api/v1/topics", {}, signal));
  #removeKeys = () => {};

  constructor() {
    super();
    new Routed(this, () => this.#routed());
    new Refresh(this, REFRESH, () => {
      if (!this.#list.busy) void this.#list.run();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#state = state();
    this.#routed();
    void this.#topics.run();
    this.#removeKeys = addKeys(
      { key: "j", label: t.keys.next, run: () => this.#walk(1) },
      { key: "k", label: t.keys.previous, run: () => this.#walk(-1) },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removeKeys();
  }

  #routed(): void {
    this.#state = state();
    const question = [this.#state.status, this.#state.sort, this.#state.topic].join();
    if (question !== this.#question) {
      this.#question = question;
      void this.#list.run(true);
    }
  }

  #shown(): LectureRequest[] {
    return (this.#list.data?.items ?? []).filter((each) => matches(each, this.#state.find));
  }

  #walk(step: 1 | -1): void {
    const next = neighbour(this.#shown(), this.#state.request, step);
    if (!next) return;
    go(here({ request: next }), { replace: !!this.#state.request });
    void this.updateComplete.then(() => this.querySelector(".requests [aria-current]")?.scrollIntoView({ block: "nearest" }));
  }

  override render(): unknown {
    const { request } = this.#state;
    return html`
      <div class="inbox ${request ? "with-detail" : ""}">
        <div class="entries">
          ${this.#filters()} ${this.#list.render((page) => this.#draw(page), 10)}
        </div>
        ${request
          ? html`
            <lectern-request-detail .request="${request}" @answered="${() => void this.#list.run()}" @passed="${() =>
              this.#walk(1)}"></lectern-request-detail>
          `
          : html`
            <div class="nothing">${empty({ title: t.select, hint: t.selectHint })}</div>
          `}
      </div>
    `;
  }

  #filters(): TemplateResult {
    const { status, sort, topic, find } = this.#state;
    return html`
      <div class="filters no-print">
        <h1>${t.heading}</h1>
        <label class="find">${icon("search")}<span class="hidden">${t.find}</span>
          <input type="search" placeholder="${t.find}" .value="${find}" @input="${(e: Event) =>
            go(here({ find: (e.target as HTMLInputElement).value }), { replace: true })}"></label>
        <div class="row">
          <label><span class="hidden">${t.statusLabel}</span>
            <select @change="${(e: Event) => go(here({ status: (e.target as HTMLSelectElement).value, request: undefined }))}">
              ${STATUSES.map((each) =>
                html`
                  <option value="${each}" ?selected="${each === status}">${t.status[each]}</option>
                `
              )}
            </select></label>
          <label class="grow"><span class="hidden">${t.topic}</span>
            <select @change="${(e: Event) => go(here({ topic: (e.target as HTMLSelectElement).value || undefined }))}">
              <option value="">${t.allTopics}</option>
              ${(this.#topics.data ?? []).map((each) =>
                html`
                  <option value="${each.id}" ?selected="${each.id === topic}">${each.title}</option>
                `
              )}
            </select></label>
          ${choice(
            t.sortLabel,
            (["need", "age"] as const).map((each) => ({
              label: t.sort[each],
              href: here({ sort: each === "need" ? undefined : each }),
              current: each === sort,
            })),
          )}
        </div>
      </div>
    `;
  }

  #draw(page: Page): TemplateResult {
    const shown = this.#shown();
    if (shown.length === 0) return this.#empty(page.items.length > 0);
    return html`
      <ul class="requests" aria-label="${t.list}">${repeat(
        shown,
        (each) => each.id,
        (each) => this.#item(each),
      )}</ul>
      <footer class="foot soft small">
        <span>${t.count(shown.length)}</span>${page.nextCursor
          ? html`
            <span>${t.more}</span>
          `
          : nothing}${this.#list.at
          ? html`
            <span>${common.asOf(show.time(this.#list.at))}</span>
          `
          : nothing}
      </footer>
    `;
  }

  #item(item: LectureRequest): TemplateResult {
    return html`
      <li>
        <a data-request="${item.id}" href="${here({ request: item.id })}" aria-current="${item.id === this.#state.request
          ? "true"
          : nothing}">
          <span class="row"><b class="grow">${item.branch.name}</b><span class="soft small">${show.ago(
            item.requestedAt,
          )}</span></span>
          <span class="topic">${item.topic.title}</span>
          ${item.note
            ? html`
              <span class="wish soft small">${item.note}</span>
            `
            : nothing}
          <span class="row small">
            <span class="need" .style="${`--share:${needShare(item.need)}`}"><i></i></span><span>${t.need(item.need)}</span>
            <span class="grow"></span>
            ${item.status === "WAITING" ? nothing : html`
              <span class="chip ${tone(item.status)}">${t.status[item.status]}</span>
            `}
          </span>
        </a>
      </li>
    `;
  }

  #empty(filtered: boolean): TemplateResult {
    const { find, status } = this.#state;
    if (filtered) {
      return empty({
        icon: "search",
        title: t.noMatch(find),
        action: html`
          <a class="button" href="${here({ find: undefined })}">${t.clearFind}</a>
        `,
      });
    }
    if (status === "WAITING") {
      return empty({
        icon: "check",
        title: t.noneWaiting,
        hint: t.noneWaitingHint,
        action: html`
          <a class="button" href="${here({ status: "OFFERED", request: undefined })}">${t.seeOffered}</a>
        `,
      });
    }
    return empty({
      title: t.none,
      hint: t.noneHint,
      action: html`
        <a class="button" href="${here({ status: undefined, topic: undefined, request: undefined })}">${t.seeWaiting}</a>
      `,
    });
  }
}

define("lectern-requests", Requests);
