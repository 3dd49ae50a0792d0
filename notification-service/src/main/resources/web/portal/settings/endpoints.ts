import { toast } from "../../common/announce.ts";
import { readAll, type Reply } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { icon, type IconName } from "../../common/icons.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { OfRecipient, recipient, recipientPath } from "../branches.ts";
import { moment, problem } from "../parts.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { Once, Sending } from "../sending.ts";
import { texts } from "../texts.ts";
import { openAdd } from "./add.ts";

const t = texts.settings;

export interface Endpoint {
  id: string;
  channel: string;
  address: string;
  enabled: boolean;
  fallback?: boolean;
  status: "active" | "disabled" | "pending" | "failing";
  disabledReason?: string;
  confirmation?: { expiresAt: string };
  failing?: { since: string };
  secret?: string;
  version: number;
}

interface Trial {
  succeeded: boolean;
  answer: string;
}

const SIGNS: Record<string, IconName> = { email: "mail", sms: "phone", webhook: "hook", webpush: "bell" };
const STATES = { active: "good", disabled: "", pending: "held", failing: "bad" };

/** The addresses at which the branch or the lecturer is notified. A deputy is notified when no other address works. */
class Endpoints extends View {
  #list = new Remembered<Endpoint[]>(
    this,
    () => recipient() && `endpoints ${recipient()!.id}`,
    (signal) => readAll<Endpoint>(recipientPath("endpoints"), { limit: undefined }, signal),
  );
  #sending = new Sending(this);
  #about: string | undefined;
  #of: string | undefined;

  constructor() {
    super();
    new OfRecipient(this, () => {
      void this.#list.run(this.#of !== recipient()?.id);
      this.#of = recipient()?.id;
    });
    new Pulse(this, () => void this.#list.run());
  }

  override render(): unknown {
    return html`
      <section class="card stack">
        <div class="row">
          <h2 class="grow">${t.endpoints}</h2>
          <button @click="${() => void this.#add()}">${icon("plus")}${t.add}</button>
        </div>
        <p class="soft small">${t.endpointsHint}</p>
        ${this.#list.render((all) =>
          all.length === 0
            ? html`
              <p>${t.noEndpoints}</p>
            `
            : html`
              <ul class="lines-list">${all.map((each) => this.#line(each))}</ul>
            `, 3)}
      </section>
    `;
  }

  #line(each: Endpoint): TemplateResult {
    const mail = each.channel === "email";
    const busy = this.#sending.busy;
    return html`
      <li class="stack tight">
        <div class="row">
          ${icon(SIGNS[each.channel] ?? "robot")}
          <span class="grow">${t.channels[each.channel] ?? each.channel}<br><strong class="address">${each
            .address}</strong></span>
          ${each.fallback
            ? html`
              <span class="chip">${t.deputy}</span>
            `
            : nothing}
          <span class="chip ${STATES[each.status]}">${t.status[each.status] ?? each.status}</span>
        </div>
        ${each.status === "pending"
          ? html`
            <p class="soft small">${mail && each.confirmation
              ? t.pendingMail(moment(each.confirmation.expiresAt))
              : t.pending}</p>
          `
          : nothing} ${each.failing
          ? html`
            <p class="soft small">${t.failing(moment(each.failing.since))}</p>
          `
          : nothing} ${each.disabledReason
          ? html`
            <p class="soft small">${t.disabledBy(each.disabledReason)}</p>
          `
          : nothing} ${this.#about === each.id && this.#sending.error ? problem(this.#sending.error) : nothing}
        <div class="row">
          ${each.status === "pending" && (mail || each.channel === "webhook")
            ? html`
              <button ?disabled="${busy}" @click="${() => void this.#try(each, "verify")}">${mail
                ? t.confirmAgain
                : t.verify}</button>
            `
            : html`
              <button ?disabled="${busy}" @click="${() => void this.#try(each, "test")}">${t.test}</button>
            `}
          <button ?disabled="${busy}" @click="${() => void this.#change(each, { enabled: !each.enabled })}">
            ${each.enabled ? t.off : t.on}
          </button>
          <button ?disabled="${busy}" @click="${() => void this.#change(each, { fallback: !each.fallback })}">
            ${each.fallback ? t.asFirst : t.asDeputy}
          </button>
          <button class="danger" ?disabled="${busy}" @click="${() => void this.#remove(each)}">${t.remove}</button>
        </div>
      </li>
    `;
  }

  #path(each: Endpoint): `/api/v1/${string}` {
    return recipientPath(`endpoints/${each.id}`);
  }

  async #try(each: Endpoint, what: "test" | "verify"): Promise<void> {
    this.#about = each.id;
    const reply: Reply<Trial> | undefined = await this.#sending.send<Trial>({ path: `${this.#path(each)}/${what}` });
    if (!reply) return;
    if (reply.data.answer === "confirmation-requested") toast(t.confirmSent);
    else if (reply.data.succeeded) toast(what === "test" ? t.tested : t.verified);
    else toast({ kind: "bad", text: t.untested(reply.data.answer) });
    void this.#list.run();
  }

  async #change(each: Endpoint, to: { enabled?: boolean; fallback?: boolean }): Promise<void> {
    this.#about = each.id;
    const reply = await this.#sending.send({
      method: "PUT",
      path: this.#path(each),
      etag: `"${each.version}"`,
      body: { address: each.address, enabled: each.enabled, fallback: each.fallback ?? false, ...to },
    });
    if (reply) toast(t.saved);
    void this.#list.run();
  }

  async #remove(each: Endpoint): Promise<void> {
    const once = new Once();
    const done = await decide({
      heading: t.removeHeading,
      body: html`
        <p><strong>${each.address}</strong></p><p>${t.removeBody}</p>
      `,
      confirm: t.remove,
      danger: true,
      send: () => once.send({ method: "DELETE", path: this.#path(each), etag: `"${each.version}"` }),
    });
    if (done) toast(t.removed);
    void this.#list.run();
  }

  async #add(): Promise<void> {
    if (await openAdd()) void this.#list.run();
  }
}

define("lectern-endpoints", Endpoints);
