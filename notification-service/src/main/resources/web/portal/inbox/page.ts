import { change, read } from "../../common/api.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { here, route, Routed, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, repeat, type TemplateResult, View } from "../../common/view.ts";
import { acknowledge, Acknowledging, isWaiting } from "../acknowledging.ts";
import { lecturer, OfRecipient, recipient, recipientPath } from "../branches.ts";
import { backLink, linked, moment } from "../parts.ts";
import { t as own } from "../own/texts.ts";
import { texts } from "../texts.ts";
import { isDue, type Notice, notices, type Page, watchNotices } from "./notices.ts";

const t = texts.inbox;
const a = texts.acknowledge;

/** The messages of the branch or the lecturer; the address says which one is open. */
class Inbox extends View {
  #older: Notice[] = [];
  #cursor: string | undefined;
  #reading = false;
  #marked = new Set<string>();

  constructor() {
    super();
    watchNotices(this);
    new Routed(this);
    new OfRecipient(this, () => {
      this.#older = [];
      this.#cursor = undefined;
      void notices.run(about(notices.data?.items[0]) !== recipient()?.id);
    });
    new Acknowledging(this, () => void notices.run());
  }

  override updated(): void {
    const open = this.#open();
    if (open && !open.readAt && !this.#marked.has(open.id)) {
      this.#marked.add(open.id);
      change("POST", `/api/v1/notices/${open.id}/read`).then(() => void notices.run(), () => {}); // the next opening tries again
    }
  }

  #open(): Notice | undefined {
    const id = route().params.get("notice");
    return id ? [...notices.data?.items ?? [], ...this.#older].find((each) => each.id === id) : undefined;
  }

  override render(): unknown {
    const id = route().params.get("notice");
    return html`
      <div class="page">${notices.render((page) => id ? this.#detail(this.#open()) : this.#list(page))}</div>
    `;
  }

  #list(page: Page): TemplateResult {
    const onlyDue = route().params.get("show") === "due";
    const all = [...page.items, ...this.#older];
    const shown = onlyDue ? all.filter((each) => isDue(each) || isWaiting(each.id)) : all;
    const more = this.#older.length > 0 ? this.#cursor : page.nextCursor;
    return html`
      <div class="top">
        <h1>${texts.pages.inbox}</h1>
        ${choice(texts.pages.inbox, [
          { label: t.all, href: here({ show: undefined }), current: !onlyDue },
          { label: t.due, href: here({ show: "due" }), current: onlyDue },
        ])}
      </div>
      ${shown.length === 0
        ? empty(
          onlyDue
            ? { title: t.noneDue, hint: t.noneDueHint, icon: "check" }
            : { title: t.none, hint: lecturer() ? own.noneHint : t.noneHint, icon: "bell" },
        )
        : html`
          <ul class="cards">${repeat(shown, (each) => each.id, (each) => this.#card(each))}</ul>
        `} ${more && !onlyDue
        ? html`
          <button class="wide" ?disabled="${this.#reading}" @click="${() => void this.#readOlder(more)}">${t.older}</button>
        `
        : nothing}
    `;
  }

  #card(notice: Notice): TemplateResult {
    const unread = !notice.readAt;
    return html`
      <li class="card-row ${unread ? "unread" : ""}">
        <a class="open" href="${here({ notice: notice.id })}">
          <span class="title" lang="${notice.locale}">${unread
            ? html`
              <span class="dot" role="img" aria-label="${t.unread}"></span>
            `
            : nothing}${notice.title}</span>
          ${notice.start
            ? html`
              <span class="row">${icon("calendar")}${moment(notice.start)}</span>
            `
            : nothing}
          <span class="soft small">${t.received(show.ago(notice.createdAt))}</span>
          <span class="row">${notice.urgent
            ? html`
              <span class="chip bad">${icon("warning")}${t.urgent}</span>
            `
            : nothing}${state(notice)}</span>
        </a>
        ${isDue(notice)
          ? html`
            <button class="primary" aria-describedby="${`n-${notice.id}`}" @click="${() => void acknowledge(notice)}">
              ${icon("check")}${a.button}
            </button>
            <span class="hidden" id="${`n-${notice.id}`}">${notice.title}</span>
          `
          : nothing}
      </li>
    `;
  }

  #detail(notice: Notice | undefined): TemplateResult {
    if (!notice) {
      return html`
        ${backLink(to("inbox"), t.back)} ${empty({ title: t.gone, hint: lecturer() ? own.goneHint : t.goneHint, icon: "bell" })}
      `;
    }
    const given = notice.acknowledgement;
    return html`
      ${backLink(to("inbox"), t.back)}
      <article class="card stack">
        <h1 lang="${notice.locale}">${notice.title}</h1>
        <div class="row">${notice.urgent
          ? html`
            <span class="chip bad">${icon("warning")}${t.urgent}</span>
          `
          : nothing}${state(notice)}</div>
        <p class="lines" lang="${notice.locale}">${linked(notice.body)}</p>
        ${isDue(notice)
          ? html`
            <button class="primary wide" @click="${() => void acknowledge(notice)}">${icon("check")}${a.button}</button>
          `
          : nothing}
        <div class="row">${notice.bookingId
          ? html`
            <a class="button" href="${to("lectures", { lecture: notice.bookingId })}">${icon("calendar")}${t.lecture}</a>
          `
          : nothing}${notice.requestId
          ? html`
            <a class="button" href="${to("requests", { request: notice.requestId })}">${icon("empty")}${t.request}</a>
          `
          : nothing}</div>
        <dl class="facts small">
          <dt>${t.state}</dt>
          <dd>${t.received(moment(notice.createdAt))}<br>${notice.readAt ? t.read(moment(notice.readAt)) : t.unopened}</dd>
          ${given?.state === "given" && given.at
            ? html`
              <dt>${t.acknowledged}</dt>
              <dd>${moment(given.at)} ${a.channels[given.channel ?? ""] ?? ""}${given.by
                ? html`
                  <br>${a.by(given.by)}
                `
                : nothing}</dd>
            `
            : nothing}
        </dl>
      </article>
    `;
  }

  async #readOlder(cursor: string): Promise<void> {
    this.#reading = true;
    this.requestUpdate();
    try {
      const { data } = await read<Page>(recipientPath("notices"), { limit: 60, cursor });
      this.#older = [...this.#older, ...data.items];
      this.#cursor = data.nextCursor;
    } catch (error) {
      notices.error = error;
    } finally {
      this.#reading = false;
      this.requestUpdate();
    }
  }
}

/** The recipient of a message. */
function about(notice: Notice | undefined): string | undefined {
  return notice?.branchId ?? notice?.lecturerId;
}

/** What became of the acknowledgement, as a sign with a word. */
export function state(notice: Notice): TemplateResult | typeof nothing {
  if (isWaiting(notice.id)) {
    return html`
      <span class="chip warn">${icon("offline")}${a.waiting}</span>
    `;
  }
  switch (notice.acknowledgement?.state) {
    case "due":
      return html`
        <span class="chip held">${icon("bell")}${a.due}</span>
      `;
    case "given":
      return html`
        <span class="chip good">${icon("check")}${a.given(
          notice.acknowledgement.at ? moment(notice.acknowledgement.at) : "",
        )}</span>
      `;
    case "superseded":
      return html`
        <span class="chip">${icon("change")}${a.superseded}</span>
      `;
    default:
      return nothing;
  }
}

define("lectern-inbox", Inbox);
