import { selectField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { empty, failure, Load } from "../../common/states.ts";
import { addDays, instant, isDay, show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { choices } from "../choices.ts";
import { formatName } from "../formats.ts";
import { Names, type Registry } from "../names.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { told } from "../reason/model.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { differences, written } from "./differences.ts";
import { t } from "./texts.ts";

interface Entry {
  id: string;
  kind: string;
  subject: string;
  version: number;
  action: string;
  at: string;
  actor: string;
  reason?: string;
  reasonCode?: string;
  overrideReason?: string;
  overridden?: string[];
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

interface Verification {
  intact: boolean;
  sealed: number;
  waiting: number;
  head?: string;
  broken?: { fault: string; position?: number; detail?: string };
}

const FILTERS = ["kind", "subject", "actor", "from", "to"] as const;
const REGISTRY: Record<string, Registry> = {
  lecturerId: "lecturers",
  topicId: "topics",
  topicIds: "topics",
  branchId: "branches",
  parentId: "branches",
  venueId: "venues",
};
const PAGES: Record<string, (id: string) => string> = {
  BOOKING: (id) => to("timeline", { booking: id }),
  LECTURER: (id) => to(`registries/lecturers/${id}`),
  AVAILABILITY: (id) => to(`registries/lecturers/${id}`),
  LECTURER_ANSWER: (id) => to(`lectures/${id}`),
  BRANCH: (id) => to(`registries/branches/${id}`),
  VENUE: (id) => to(`registries/venues/${id}`),
  OPENING_HOURS: (id) => to(`registries/venues/${id}`),
  TOPIC: (id) => to(`registries/topics/${id}`),
  CALENDAR: (year) => to("registries/calendar", { year }),
};

/** The audit as sentences, newest first, with what each change made of what. */
class Changes extends View {
  #names = new Names(this);
  #question = "";
  #typing: ReturnType<typeof setTimeout> | undefined;
  #anchor = "";
  #asked = false;
  #list = new Paged<Entry>(this, (cursor, signal) => {
    const { kind, subject, actor, from, to: until } = asked();
    return read<Part<Entry>>("/api/v1/audit", {
      kind,
      subject,
      actor,
      from: isDay(from) ? instant(from).toISOString() : undefined,
      to: isDay(until) ? instant(addDays(until, 1)).toISOString() : undefined,
      cursor,
    }, signal);
  });
  #chain = new Load<Verification>(
    this,
    async (signal) => (await read<Verification>("/api/v1/audit/verify", { anchor: this.#anchor.trim() }, signal)).data,
  );

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    // formats have names then; without an answer their codes stay
    choices().then(() => this.requestUpdate(), () => {});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  #routed(): void {
    const question = JSON.stringify(asked());
    if (question !== this.#question) {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => void this.#list.restart(), this.#question ? 300 : 0);
      this.#question = question;
    }
  }

  override render(): unknown {
    return html`
      <div class="stack">
        ${this.#filters()} ${hasRole("auditor") ? this.#check() : nothing} ${this.#list.render((items) =>
          items.length === 0 ? empty({ icon: "clock", title: t.none, hint: t.noneHint }) : html`
            <ol class="list">${items.map((each) => this.#entry(each))}</ol>
          `
        )}
      </div>
    `;
  }

  #filters(): TemplateResult {
    const now = asked();
    const set = (name: typeof FILTERS[number]) => (value: string) => go(here({ [name]: value }), { replace: true });
    const text = (name: "subject" | "actor", label: string) =>
      textField({ name, label, required: true, value: now[name] ?? "", onInput: set(name) });
    const date = (name: "from" | "to", label: string) =>
      textField({ name, label, required: true, type: "date", value: now[name] ?? "", onInput: set(name) });
    return html`
      <div class="filters">
        ${selectField({
          name: "kind",
          label: t.kind,
          required: true,
          value: now.kind ?? "",
          options: [{ value: "", label: t.allKinds }, ...Object.entries(t.kinds).map(([value, label]) => ({ value, label }))],
          onChange: set("kind"),
        })} ${text("actor", t.actor)} ${text("subject", t.subject)} ${date("from", t.from)} ${date("to", t.to)} ${FILTERS.some((
            each,
          ) => now[each]
          )
          ? html`
            <a class="button plain" href="${to("history")}">${t.clear}</a>
          `
          : nothing}
      </div>
    `;
  }

  /** Shows auditors whether the entries were tampered with. */
  #check(): TemplateResult {
    return html`
      <details class="card">
        <summary>${t.chain.check}</summary>
        <div class="form">
          ${textField({
            name: "anchor",
            label: t.chain.anchor,
            required: true,
            hint: t.chain.anchorHint,
            value: this.#anchor,
            onInput: (value) => (this.#anchor = value),
          })}
          <div><button class="primary" ?disabled="${this.#chain.busy}" @click="${() => {
            this.#asked = true;
            void this.#chain.run(true);
          }}">${t.chain.check}</button></div>
          <div role="status">${!this.#asked
            ? nothing
            : this.#chain.error
            ? failure({ error: this.#chain.error, retry: () => void this.#chain.run() })
            : this.#chain.data
            ? verification(this.#chain.data)
            : nothing}</div>
        </div>
      </details>
    `;
  }

  #entry(e: Entry): TemplateResult {
    const changed = differences(e.before, e.after);
    const page = PAGES[e.kind]?.(e.subject);
    const thing = String(e.after?.["title"] ?? e.after?.["name"] ?? e.before?.["name"] ?? "");
    const kind = `${t.kinds[e.kind] ?? e.kind}${thing ? ` “${thing}”` : ""}`;
    return html`
      <li>
        <div class="item">
          <span>
            <b>${t.sentence(
              e.actor === "system" ? t.system : e.actor,
              t.did[e.action] ?? t.otherDid(e.action),
              kind,
            )}</b>
            ${e.reason || e.reasonCode
              ? html`
                <br><span class="soft">${t.reason}: ${told(e)}</span>
              `
              : nothing} ${e.overridden?.length
              ? html`
                <br><span class="soft">${t.overridden}: ${e.overridden.join(", ")} · ${e.overrideReason}</span>
              `
              : nothing} ${e.before
              ? html`
                <dl class="facts changed">${changed.map((each) =>
                  html`
                    <dt>${t.fields[each.name] ?? each.name}</dt>
                    <dd><del>${this.#say(each.name, each.before)}</del> → <ins>${this.#say(each.name, each.after)}</ins></dd>
                  `
                )}</dl>${changed.length === 0
                  ? html`
                    <span class="soft">${t.noDifference}</span>
                  `
                  : nothing}
              `
              : nothing}
            <span class="row small">${page
              ? html`
                <a href="${page}">${t.open}</a>
              `
              : nothing}${asked().subject === e.subject ? nothing : html`
              <a href="${to("history", { subject: e.subject })}">${t.onlyThis}</a>
            `}</span>
          </span>
          <span class="end soft small"><time datetime="${e.at}">${show.moment(e.at)}</time> · ${t.version(e.version)}</span>
        </div>
      </li>
    `;
  }

  #say(member: string, value: unknown): string {
    if (member === "format" && typeof value === "string") return formatName(value);
    const registry = REGISTRY[member];
    return written(value, {
      nothing: t.nothing,
      yes: t.yes,
      no: t.no,
      moment: (at) => show.moment(at),
      name: (id) => registry && this.#names.of(registry, id)?.name,
    });
  }
}

function verification(of: Verification): TemplateResult {
  return of.intact
    ? html`
      <div class="callout">
        ${icon("check")}<div>
          ${t.chain.intact(of.sealed)} ${of.waiting > 0 ? t.chain.waiting(of.waiting) : ""}
          <p class="soft small">${t.chain.keep}</p>
          <pre class="raw" tabindex="0">${of.head}</pre>
        </div>
      </div>
    `
    : html`
      <div class="callout bad">${icon("warning")}<div><strong>${t.chain.broken}</strong><br>${t.chain.faults[
        of.broken?.fault ?? ""
      ] ?? of.broken?.fault} ${of.broken?.position === undefined ? "" : t.chain.at(of.broken.position)}<br>${of.broken
        ?.detail}</div></div>
    `;
}

function asked(): Partial<Record<typeof FILTERS[number], string>> {
  const { params } = route();
  return Object.fromEntries(FILTERS.flatMap((each) => params.get(each) ? [[each, params.get(each)]] : []));
}

define("lectern-changes", Changes);
