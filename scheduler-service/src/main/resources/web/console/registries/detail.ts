import { toast } from "../../common/announce.ts";
import { Load } from "../../common/states.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, read, type Reply } from "../api.ts";
import { decide } from "../decide.ts";
import { learn, Names, type Registry } from "../names.ts";
import { isRefusal } from "../../common/problem.ts";
import { here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { side } from "../side.ts";
import { body, KINDS, nameOf, type Spec, type Thing, values } from "./kinds.ts";
import { t } from "./texts.ts";
import "./hours.ts";

/** One thing of a registry: what is known of it, what leads on from it, its times, and its archive. */
class Detail extends View {
  static override properties = { kind: {}, thing: {} };

  declare kind: Registry;
  declare thing: string;

  #names = new Names(this);
  #one = new Load<Reply<Thing>>(this, async (signal) => {
    const reply = await read<Thing>(`/api/v1/${this.kind}/${this.thing}`, {}, signal);
    learn(this.kind, { id: reply.data.id, code: reply.data.code, name: nameOf(reply.data) });
    return reply;
  });

  constructor() {
    super();
    new Routed(this);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("thing") || changed.has("kind")) void this.#one.run(true);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("thing")) this.querySelector<HTMLElement>("aside")?.focus();
  }

  override render(): unknown {
    const { params } = route();
    const close = to(`registries/${this.kind}`, {
      q: params.get("q") ?? undefined,
      archived: params.get("archived") ?? undefined,
      parent: params.get("parent") ?? undefined,
    });
    return side(t.one[this.kind], close, this.#one.render((reply) => this.#draw(reply), 8));
  }

  #draw(reply: Reply<Thing>): TemplateResult {
    const { data: one } = reply;
    return html`
      <div>
        <h1>${nameOf(one)}</h1>
        <p class="code soft">${one.code}</p>
      </div>
      ${one.archived
        ? html`
          <p><span class="chip warn">${t.archived}</span></p>
        `
        : nothing}
      <dl class="facts">${KINDS[this.kind].map((spec) => this.#fact(spec, one))}</dl>
      <div class="row">${this.#links(one)}</div>
      ${hasRole("organizer")
        ? html`
          <div class="row">
            <a class="button" href="${here({ edit: "profile" })}">${t.edit}</a>
            ${one.archived
              ? html`
                <button @click="${() => this.#restore(reply)}">${t.restore}</button>
              `
              : html`
                <button class="danger" @click="${() => this.#archive(reply)}">${t.archive}</button>
              `}
          </div>
        `
        : nothing} ${this.kind === "lecturers" || this.kind === "venues"
        ? html`
          <lectern-hours .kind="${this.kind}" .thing="${this.thing}"></lectern-hours>
        `
        : nothing}
      <p class="soft small">${t.version(one.version)}</p>
    `;
  }

  #fact(spec: Spec, one: Thing): unknown {
    const text = values([spec], one)[spec.name] ?? "";
    if (!text || spec.name === "code" || spec.name === "name" || spec.name === "title") return nothing;
    return html`
      <dt>${t.fields[spec.name]}</dt><dd>${this.#value(spec, text)}</dd>
    `;
  }

  #value(spec: Spec, text: string): unknown {
    switch (spec.type) {
      case "branch":
        return html`
          <a href="${to(`registries/branches/${text}`)}">${this.#names.of("branches", text)?.name ?? text}</a>
        `;
      case "topics":
        return text.split(",").map((id, i) =>
          html`
            ${i > 0 ? "、" : ""}<a href="${to(`registries/topics/${id}`)}">${this.#names.of("topics", id)?.name ?? id}</a>
          `
        );
      case "check":
        return text === "true" ? t.yes : t.no;
      case "select":
        return t.words[text] ?? text;
      case "email":
        return html`
          <a href="mailto:${text}">${text}</a>
        `;
      case "tel":
        return html`
          <a href="tel:${text.replace(/[^+\d]/g, "")}">${text}</a>
        `;
      case "url":
        return /^https?:\/\//.test(text)
          ? html`
            <a href="${text}" target="_blank" rel="noopener noreferrer">${text}</a>
          `
          : text;
      default:
        return text;
    }
  }

  #links(one: Thing): unknown {
    const by = { lecturers: "lecturer", branches: "branch", venues: "venue", topics: undefined }[this.kind];
    return html`
      ${by
        ? html`
          <a class="button" href="${to("timeline", { by, span: "week", find: one.code })}">${t.lectures}</a>
        `
        : nothing} ${this.kind === "branches"
        ? html`
          <a class="button" href="${to("registries/branches", { parent: one.id })}">${t.childrenLink}</a>
          <a class="button" href="${to("registries/venues", { parent: one.id })}">${t.kinds.venues}</a>
        `
        : nothing} ${this.kind === "branches" && hasRole("operator", "auditor")
        ? html`
          <a class="button" href="${to("deliveries", { view: "log", branch: one.id })}">${t.deliveries}</a>
        `
        : nothing}
      <a class="button" href="${to("history", { subject: one.id })}">${t.history}</a>
      ${(this.kind === "lecturers" || this.kind === "venues") && !one.archived && hasRole("organizer")
        ? html`
          <a class="button" href="${to("lectures/absence", { for: by, id: one.id })}">${t.away[this.kind]}</a>
        `
        : nothing}
    `;
  }

  async #archive({ data: one, etag }: Reply<Thing>): Promise<void> {
    const done = await decide({
      heading: `${t.archive}: ${nameOf(one)}`,
      body: html`
        <p>${t.archiveBody}</p>
      `,
      confirm: t.archive,
      danger: true,
      send: () => change<Thing>("DELETE", `/api/v1/${this.kind}/${one.id}`, undefined, { etag }),
      refused: (error) => isRefusal(error, "in-use") ? uses(error.problem["uses"] as Use[], one) : nothing,
    });
    if (done) this.#changed(t.archiveDone);
  }

  async #restore({ data: one, etag }: Reply<Thing>): Promise<void> {
    const specs = KINDS[this.kind];
    const done = await decide({
      heading: `${t.restore}: ${nameOf(one)}`,
      confirm: t.restore,
      send: () =>
        change<Thing>("PUT", `/api/v1/${this.kind}/${one.id}`, { ...body(specs, values(specs, one)), archived: false }, { etag }),
    });
    if (done) this.#changed(t.restored);
  }

  #changed(message: string): void {
    toast(message);
    void this.#one.run();
    this.dispatchEvent(new Event("changed", { bubbles: true }));
  }
}

/** What still needs a thing of a registry: `uses` of the refusal. */
interface Use {
  kind: "bookings" | "requests" | "campaigns" | "branches" | "venues";
  count: number;
  first: { id: string; label: string }[];
}

function uses(all: Use[] | undefined, one: Thing): TemplateResult {
  return html`
    <ul class="steps">${(all ?? []).map((use) =>
      html`
        <li>${t.uses[use.kind](use.count)}<br>${use.first.map((each) =>
          html`
            <a href="${address(use.kind, each.id)}" @click="${leave}">${each.label}</a><br>
          `
        )}${use.count > use.first.length && (use.kind === "branches" || use.kind === "venues")
          ? html`
            <a href="${to(`registries/${use.kind}`, { parent: one.id })}" @click="${leave}">${t.allOfThem}</a>
          `
          : nothing}</li>
      `
    )}</ul>
  `;
}

function address(kind: Use["kind"], id: string): string {
  switch (kind) {
    case "bookings":
      return to("timeline", { booking: id });
    case "requests":
      return to("requests", { request: id });
    case "campaigns":
      return to("campaign", { campaign: id });
    default:
      return to(`registries/${kind}/${id}`);
  }
}

function leave(event: Event): void {
  (event.target as HTMLElement).closest("dialog")?.close();
}

define("lectern-registry-detail", Detail);
