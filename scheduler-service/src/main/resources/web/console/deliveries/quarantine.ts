import { toast } from "../../common/announce.ts";
import { choice } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, read, type Reply } from "../api.ts";
import { decide } from "../decide.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { side } from "../side.ts";
import { t } from "./texts.ts";

const q = t.quarantine;

interface Record_ {
  id: string;
  state: string;
  reason: string;
  topic: string;
  partition: number;
  offset: number;
  type?: string;
  subjectId?: string;
  subjectVersion?: number;
  skipped?: boolean;
  quarantinedAt: string;
}

interface Bytes {
  base64?: string;
  text?: string;
}

interface RecordDetail extends Record_ {
  key?: Bytes;
  value?: Bytes;
  headers?: { name: string; value?: Bytes }[];
  actions?: { action: string; outcome?: string; failureReason?: string; actor: string; reason?: string; at: string }[];
}

/** Records set aside: what they hold, and the decision about them. */
class Quarantine extends View {
  #state = "";
  #record = "";
  #list = new Paged<Record_>(
    this,
    (cursor, signal) => read<Part<Record_>>("/peer/api/v1/quarantine", { state: stateAsked(), cursor }, signal),
  );
  #one = new Load<Reply<RecordDetail>>(
    this,
    (signal) => read<RecordDetail>(`/peer/api/v1/quarantine/${this.#record}`, {}, signal),
  );

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
  }

  #routed(): void {
    if (stateAsked() !== this.#state) {
      this.#state = stateAsked();
      void this.#list.restart();
    }
    const record = route().params.get("record") ?? "";
    if (record !== this.#record) {
      this.#record = record;
      if (record) void this.#one.run(true);
    }
  }

  override updated(_: PropertyValues): void {
    const aside = this.querySelector<HTMLElement>("aside");
    if (aside && !aside.dataset.seen) {
      aside.dataset.seen = "1";
      aside.focus();
    }
  }

  override render(): unknown {
    const open = this.#record;
    return html`
      <div class="split ${open ? "open" : ""}">
        <div class="stack under">
          <p class="soft">${q.lead}</p>
          ${choice(
            t.stateLabel,
            Object.entries(q.states).map(([value, label]) => ({
              label,
              href: here({ state: value, record: undefined }),
              current: value === this.#state,
            })),
          )} ${this.#list.render((items) =>
            items.length === 0 ? empty({ icon: "check", title: q.none, hint: q.noneHint }) : html`
              <ul class="list">${items.map((each) =>
                html`
                  <li>
                    <a class="item" href="${here({ record: each.id })}" aria-current="${each.id === open}">
                      <span><b>${q.reasons[each.reason] ?? each.reason}</b><br>
                        <span class="code soft">${each.topic}</span> ${each.type}${each.subjectVersion
                          ? ` · ${q.version(each.subjectVersion)}`
                          : ""}</span>
                      <span class="end"><span class="chip ${each.state === "OPEN" ? "bad" : ""}">${q.states[each.state]}</span>
                        <span class="soft small">${show.ago(each.quarantinedAt)}</span></span>
                      </a>
                    </li>
                  `
                )}</ul>
              `
            )}
          </div>
          ${open ? side(q.detail, here({ record: undefined }), this.#one.render((reply) => this.#draw(reply), 8)) : nothing}
        </div>
      `;
    }

    #draw({ data: r, etag }: Reply<RecordDetail>): TemplateResult {
      return html`
        <div class="row">
          <span class="chip ${r.state === "OPEN" ? "bad" : ""}">${q.states[r.state]}</span>
          ${r.skipped
            ? html`
              <span class="chip warn">${q.skipped}</span>
            `
            : nothing}
        </div>
        <p><strong>${q.reasons[r.reason] ?? r.reason}</strong></p>
        <dl class="facts">
          <dt>${q.topic}</dt>
          <dd class="code">${r.topic}<br>${q.place(r.partition, r.offset)}</dd>
          ${r.subjectId
            ? html`
              <dt>${q.subject}</dt><dd><span class="code">${r.subjectId}</span>${r.subjectVersion
                ? html`
                  <br>${q.version(r.subjectVersion)}
                `
                : nothing}</dd>
            `
            : nothing}
        </dl>
        ${hasRole("operator") && r.state !== "REPLAYED"
          ? html`
            <div class="row">
              <button class="primary" @click="${() => this.#decide("replay", etag)}">${q.replay}</button>
              ${r.state === "OPEN"
                ? html`
                  <button class="danger" @click="${() => this.#decide("discard", etag)}">${q.discard}</button>
                `
                : nothing}
            </div>
          `
          : nothing}
        <section class="stack">
          <h3>${q.value}</h3>
          <pre class="raw" tabindex="0">${bytes(r.value)}</pre>
        </section>
        ${r.headers?.length
          ? html`
            <section class="stack">
              <h3>${q.headers}</h3>
              <pre class="raw" tabindex="0">${r.headers
                .map((each) => `${each.name}: ${bytes(each.value)}`).join("\n")}</pre>
            </section>
          `
          : nothing} ${r.actions?.length
          ? html`
            <section class="stack">
              <h3>${q.acts}</h3>
              <ol class="steps">${r.actions.map((each) =>
                html`
                  <li>
                    ${show.moment(each.at)} · ${each.action} ${each.outcome} · ${each.actor}<br>
                    <span class="soft">${each.reason} ${each.failureReason}</span>
                  </li>
                `
              )}</ol>
            </section>
          `
          : nothing}
      `;
    }

    async #decide(act: "replay" | "discard", etag: string | undefined): Promise<void> {
      let skipVersion = false;
      const discard = act === "discard";
      const done = await decide({
        heading: q[act],
        body: html`
          <p>${discard ? q.discardBody : q.replayBody}</p>
        `,
        reason: q.why,
        confirm: q[act],
        danger: discard,
        ...(discard && { choice: { label: q.skip, hint: q.skipHint, set: (chosen: boolean) => (skipVersion = chosen) } }),
        send: (reason) =>
          change("POST", `/peer/api/v1/quarantine/${this.#record}/${act}`, { reason, ...(discard && { skipVersion }) }, { etag }),
      });
      if (done) toast(q.done);
      void this.#one.run(); // a refused replay is recorded as well
      void this.#list.restart(false);
    }
  }

  function stateAsked(): string {
    const state = route().params.get("state") ?? "";
    return q.states[state] ? state : "OPEN";
  }

  function bytes(of: Bytes | undefined): string {
    return of?.text ?? of?.base64 ?? "";
  }

  interface Held {
    bookingId?: string;
    requestId?: string;
    appliedVersion?: number;
    waitsForVersion?: number;
    waitsForBranchId?: string;
    held: number;
    since: string;
    quarantineId?: string;
  }

  /** Events that wait for an earlier one. */
  class HeldEvents extends View {
    #list = new Paged<Held>(this, (cursor, signal) => read<Part<Held>>("/peer/api/v1/held-events", { cursor }, signal));

    override connectedCallback(): void {
      super.connectedCallback();
      void this.#list.restart();
    }

    override render(): unknown {
      return html`
        <div class="stack"><p class="soft">${t.held.lead}</p>${this.#list.render((items) =>
          items.length === 0 ? empty({ icon: "check", title: t.held.none, hint: t.held.noneHint }) : html`
            <ul class="list">${items.map(held)}</ul>
          `
        )}</div>
      `;
    }
  }

  function held(each: Held): TemplateResult {
    return html`
      <li>
        <div class="item">
          <span><b>${each.bookingId ? t.held.booking : t.held.request}</b>
            <span class="code soft">${each.bookingId ?? each.requestId}</span><br>
            ${each.waitsForBranchId
              ? html`
                ${t.held.branch} <span class="code soft">${each.waitsForBranchId}</span>
              `
              : t.held.version(each.appliedVersion ?? 0, each.waitsForVersion ?? 0)}<br>
            ${each.quarantineId
              ? html`
                <a href="${to("deliveries", { view: "quarantine", record: each.quarantineId })}">${t.held.quarantined}</a>
              `
              : each.waitsForBranchId
              ? nothing
              : html`
                <span class="soft">${t.held.missing}</span>
              `}</span>
          <span class="end"><span class="chip warn">${t.held.count(each.held)}</span>
            <span class="soft small">${t.held.since(show.ago(each.since))}</span></span>
          </div>
        </li>
      `;
    }

    define("lectern-quarantine", Quarantine);
    define("lectern-held", HeldEvents);
