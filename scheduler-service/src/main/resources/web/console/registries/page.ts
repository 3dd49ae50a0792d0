import { icon } from "../../common/icons.ts";
import { tabs } from "../../common/parts.ts";
import { empty } from "../../common/states.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { Names, type Registry } from "../names.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { KINDS, nameOf, type Thing } from "./kinds.ts";
import { t } from "./texts.ts";
import "./calendar.ts";
import "./detail.ts";
import "./form.ts";

const TABS = ["lecturers", "branches", "venues", "topics", "calendar"] as const;

/** What lectures are made of: who, for whom, where, on what, on which days. */
class Registries extends View {
  #names = new Names(this);
  #question = "";
  #open = "";
  #typing: ReturnType<typeof setTimeout> | undefined;
  #list = new Paged<Thing>(this, (cursor, signal) => {
    const { kind, q, archived, parent } = asked();
    return read<Part<Thing>>(`/api/v1/${kind}`, {
      q,
      archived: archived || undefined,
      ...(kind === "branches" && !q && !archived ? { parentId: parent } : {}),
      ...(kind === "venues" ? { branchId: parent } : {}),
      cursor,
    }, signal);
  });

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    this.addEventListener("changed", () => void this.#list.restart(false));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  #routed(): void {
    const { kind, q, archived, parent } = asked();
    const question = [kind, q, archived, parent].join("\n");
    if (kind !== "calendar" && question !== this.#question) {
      const typed = this.#question.split("\n")[0] === kind;
      this.#question = question;
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => void this.#list.restart(), typed ? 200 : 0);
    }
  }

  override updated(): void {
    const { id = "" } = asked();
    if (id !== this.#open) {
      const closed = this.#open;
      this.#open = id;
      if (closed && !id) this.querySelector<HTMLElement>(`a[data-id="${CSS.escape(closed)}"]`)?.focus();
    }
  }

  override render(): unknown {
    const { kind } = asked();
    return html`
      <div class="page">
        <div class="page-head">
          <h1>${t.heading}</h1>
          ${kind !== "calendar" && hasRole("organizer")
            ? html`
              <a class="button" href="${to("history/import", { what: kind })}">CSV</a>
              <a class="button" href="${to(`registries/${kind}/new`)}">${t.add[kind]}</a>
            `
            : nothing}
        </div>
        ${tabs(
          t.kindsLabel,
          TABS.map((each) => ({ label: t.kinds[each], href: to(`registries/${each}`), current: each === kind })),
        )} ${kind === "calendar"
          ? html`
            <lectern-calendar></lectern-calendar>
          `
          : this.#registry(kind)}
      </div>
    `;
  }

  #registry(kind: Registry): TemplateResult {
    const { id, edit } = asked();
    const beside = !id ? nothing : id === "new" || edit === "profile"
      ? html`
        <lectern-registry-form .kind="${kind}" .thing="${id}"></lectern-registry-form>
      `
      : html`
        <lectern-registry-detail .kind="${kind}" .thing="${id}"></lectern-registry-detail>
      `;
    return html`
      <div class="split ${id ? "open" : ""}">
        <div class="stack under">
          ${this.#filters(kind)} ${this.#list.render((items) => this.#items(kind, items))}
        </div>
        ${beside}
      </div>
    `;
  }

  #filters(kind: Registry): TemplateResult {
    const { q, archived, parent } = asked();
    return html`
      <div class="row">
        <label class="find">${icon("search")}<span class="hidden">${t.find}</span>
          <input type="search" placeholder="${t.find}" .value="${q}" @input="${(e: Event) =>
            go(here({ q: (e.target as HTMLInputElement).value }), { replace: true })}"></label>
        <label class="row small"><input type="checkbox" .checked="${archived}" @change="${(e: Event) =>
          go(here({ archived: (e.target as HTMLInputElement).checked ? "true" : undefined }))}"> ${t.archivedOnly}</label>
        ${parent
          ? html`
            <span class="chip">${t.children(this.#names.of("branches", parent)?.name ?? t.one.branches)}</span>
            <a href="${to(`registries/${kind}`)}">${t.top}</a>
          `
          : nothing}
      </div>
    `;
  }

  #items(kind: Registry, items: Thing[]): TemplateResult {
    const { id, archived } = asked();
    if (items.length === 0) return empty({ icon: "search", title: t.none, hint: t.noneHint });
    return html`
      <ul class="list">${items.map((each) =>
        html`
          <li>
            <a class="item" data-id="${each.id}" href="${open(kind, each.id)}" aria-current="${each.id === id}">
              <span><b>${nameOf(each)}</b> <span class="code soft">${each.code}</span><br>
                <span class="soft">${this.#about(kind, each)}</span></span>
              <span class="end">${archived
                ? html`
                  <span class="chip">${t.archived}</span>
                `
                : nothing}${chips(kind, each)}</span>
            </a>
          </li>
        `
      )}</ul>
    `;
  }

  /** The second line: where it belongs. */
  #about(kind: Registry, each: Thing): string {
    const above = each[kind === "branches" ? "parentId" : "branchId"] as string | undefined;
    const place = (each["place"] ?? each["home"]) as { address?: string } | undefined;
    return [
      this.#names.of("branches", above)?.name,
      kind === "topics" ? each["description"] : place?.address,
    ].filter(Boolean).join(" · ");
  }
}

function chips(kind: Registry, each: Thing): unknown {
  const word = (each["tier"] ?? each["kind"]) as string | undefined;
  const number = kind === "venues" ? each["capacity"] : kind === "topics" ? each["durationMinutes"] : undefined;
  return html`
    ${word
      ? html`
        <span class="chip">${t.words[word] ?? word}</span>
      `
      : nothing} ${number
      ? html`
        <span class="soft small">${number} ${kind === "topics" ? "min" : t.fields["capacity"]}</span>
      `
      : nothing}
  `;
}

interface Asked {
  kind: typeof TABS[number];
  id: string | undefined;
  q: string;
  archived: boolean;
  parent: string | undefined;
  edit: string | undefined;
}

function asked(): Asked {
  const { rest: [kind = "", id], params } = route();
  return {
    kind: kind === "calendar" || Object.hasOwn(KINDS, kind) ? kind as Asked["kind"] : "lecturers",
    id: id || undefined,
    q: params.get("q") ?? "",
    archived: params.get("archived") === "true",
    parent: params.get("parent") ?? undefined,
    edit: params.get("edit") ?? undefined,
  };
}

function open(kind: Registry, id: string): string {
  const { q, archived, parent } = asked();
  return to(`registries/${kind}/${id}`, { q, archived: archived ? "true" : undefined, parent });
}

define("lectern-registries", Registries);
