import { toast } from "../../common/announce.ts";
import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { empty, Load, told } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, type TemplateResult, View } from "../../common/view.ts";
import { change, isRefusal, read, type Reply } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import { pickField } from "../booking/fields.ts";
import type { Ref } from "../booking.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { registry } from "../registry.ts";
import { go, here } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { planPath } from "./data.ts";
import { isChanged, itemChips } from "./marks.ts";
import { countOf, type Edited, FILTERS, isPlaced, type Item, type Plan, type PublishTrial } from "./model.ts";
import type { State } from "./state.ts";
import { t } from "./texts.ts";
import { number } from "./words.ts";

/** Changes that one request may have. */
const AT_ONCE = 200;
const MOST_STALE = 60;

/** All lectures of a plan as a list, by what they need. */
class PlanItems extends View {
  static override properties = { plan: { attribute: false }, etag: {}, state: { attribute: false } };

  declare plan: Plan;
  declare etag: string | undefined;
  declare state: State;

  #mark = new Attempt(this);
  #question = "";
  #items = new Paged<Item>(this, (cursor, signal) => {
    const { filter, lecturer, branch, on, check } = this.state;
    if (filter === "STALE") return this.#stale(signal);
    return read<Part<Item>>(planPath(this.plan.id, "/items"), {
      state: filter,
      lecturerId: lecturer,
      branchId: branch,
      day: on,
      check: check || undefined,
      cursor,
      limit: 50,
    }, signal);
  });
  #lists = new Load<{ lecturers: Ref[]; branches: Ref[] }>(this, async () => {
    const [lecturers, branches] = await Promise.all([registry("lecturer"), registry("branch")]);
    return { lecturers, branches };
  });

  /** What publishing would refuse now: all of the plan is rehearsed, and taken back. */
  async #stale(signal: AbortSignal): Promise<Reply<Part<Item>>> {
    const trial = await change<PublishTrial>("POST", planPath(this.plan.id, "/check"), undefined, { signal });
    const items = await Promise.all(
      trial.data.refusals.slice(0, MOST_STALE).map(async ({ number, refusal }) => {
        const { data } = await read<Item>(planPath(this.plan.id, `/items/${number}`), {}, signal);
        return { ...data, stale: [refusal] };
      }),
    );
    return { ...trial, data: { items } };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#lists.run();
  }

  override willUpdate(_: PropertyValues): void {
    const { filter, lecturer, branch, on, check } = this.state;
    const filters = [this.plan.id, filter, lecturer, branch, on, check].join();
    const question = [filters, this.plan.version, this.plan.state].join();
    if (question === this.#question) return;
    const other = !this.#question.startsWith(filters);
    this.#question = question;
    void this.#items.restart(other);
  }

  override render(): unknown {
    return html`
      <div class="stack">
        ${this.#filters()} ${this.#items.render((items) => items.length === 0 ? this.#empty() : this.#draw(items))}
      </div>
    `;
  }

  #filters(): TemplateResult {
    const { coverage, purpose, state } = this.plan;
    const { filter } = this.state;
    const offered = FILTERS.filter((each) =>
      each === filter || each === "PLACED" || each === "LEFT_OUT" ||
      (each === "CHANGED" ? purpose === "RESCUE" : countOf(each, coverage) > 0)
    );
    const chip = (value: string | undefined, label: string, count: number | undefined) =>
      html`
        <a class="button filter" href="${here({
          state: value,
          item: undefined,
          check: undefined,
        })}" aria-current="${value === filter ? "true" : nothing}">${label}${count === undefined ? nothing : html`
          <span class="count">${number(count)}</span>
        `}</a>
      `;
    return html`
      <div class="stack tight no-print">
        <div class="row" role="group" aria-label="${t.filterLabel}">
          ${chip(undefined, t.everything, coverage.items)} ${offered.map((each) =>
            chip(each, t.filters[each], countOf(each, coverage))
          )} ${state === "DRAFT" && purpose !== "WHAT_IF" && hasRole("organizer") ? chip("STALE", t.stale, undefined) : nothing}
        </div>
        ${filter === "STALE"
          ? html`
            <p class="soft small">${t.staleHint}</p>
          `
          : this.#narrow()}
      </div>
    `;
  }

  #narrow(): TemplateResult {
    const { lecturer, branch, on } = this.state;
    const { lecturers = [], branches = [] } = this.#lists.data ?? {};
    return html`
      <div class="filters">
        ${pickField({
          name: "lecturer",
          label: t.lecturer,
          list: lecturers,
          value: lecturers.find((each) => each.id === lecturer),
          onPick: (value) => go(here({ lecturer: value?.id, item: undefined })),
        })} ${pickField({
          name: "branch",
          label: t.branch,
          list: branches,
          value: branches.find((each) => each.id === branch),
          onPick: (value) => go(here({ branch: value?.id, item: undefined })),
        })} ${textField({
          name: "day",
          label: t.day,
          type: "date",
          value: on ?? "",
          onInput: (value) => go(here({ on: value || undefined, item: undefined }), { replace: true }),
        })} ${this.plan.state === "DRAFT" ? this.#tick() : nothing}
      </div>
    `;
  }

  #tick(): TemplateResult {
    const set = (e: Event) => go(here({ check: (e.target as HTMLInputElement).checked ? "1" : undefined }));
    return html`
      <label class="row check" title="${t.checkHint}">
        <input type="checkbox" .checked="${this.state.check}" @change="${set}"> ${t.check}
      </label>
    `;
  }

  /** Keeps all lectures of this choice where they are, or lets them go: neither moves anything. */
  #pins(items: Item[]): unknown {
    const { filter } = this.state;
    const fits = filter !== "STALE" && filter !== "REFUSED"; // what does not fit is not kept there
    if (!fits || this.plan.state !== "DRAFT" || !hasRole("organizer") || this.#items.load.data?.nextCursor) return nothing;
    const placed = items.filter(isPlaced).slice(0, AT_ONCE);
    const loose = placed.filter((each) => !each.pinned);
    const of = loose.length > 0 ? loose : placed;
    if (of.length < 2) return nothing;
    const action = loose.length > 0 ? "PIN" as const : "UNPIN" as const;
    return html`
      <div class="row no-print">
        <button ?disabled="${this.#mark.busy}" title="${t.pinHint}" @click="${() => void this.#pin(of, action)}">${icon(
          "pin",
        )}${action ===
            "PIN"
          ? t.pinAll(number(of.length))
          : t.unpinAll(number(of.length))}</button>${this.#mark.error
          ? html`
            <span class="bad-text small" role="alert">${told(this.#mark.error).detail}</span>
          `
          : nothing}
      </div>
    `;
  }

  async #pin(of: readonly Item[], action: "PIN" | "UNPIN"): Promise<void> {
    const done = await this.#mark.send<Edited>({
      path: planPath(this.plan.id, "/edit"),
      body: { changes: of.map((each) => ({ number: each.number, action })) },
      etag: this.etag,
    });
    if (done) toast((action === "PIN" ? t.allPinned : t.allUnpinned)(number(of.length)));
    if (done || isRefusal(this.#mark.error, "stale-version")) this.dispatchEvent(new Event("plan-changed", { bubbles: true }));
  }

  #draw(items: Item[]): TemplateResult {
    return html`
      ${this.#pins(items)}
      <ul class="list">${repeat(items, (each) => each.number, (each) =>
        html`
          <li>
            <a class="item" data-number="${each.number}" href="${here({
              item: String(each.number),
            })}" aria-current="${each.number ===
                this.state.item
              ? "true"
              : nothing}">
              <span><b>${each.branch.name}</b> <span class="code soft">${each.branch.code}</span></span>
              <span class="end">${each.priority
                ? html`
                  <span class="chip warn">${t.priority}</span>
                `
                : nothing}${each.requested
                ? html`
                  <span class="chip">${t.requestedMark}</span>
                `
                : nothing}${itemChips(each)}</span>
              <span>${isPlaced(each)
                ? html`
                  ${show.range(each.start, each.end, each.zone)} · ${each.lecturer.name}${each.venue
                    ? ` · ${each.venue.name}`
                    : ""}
                `
                : html`
                  <span class="soft">${t.notPlaced}</span>
                `}</span>
              <span class="soft small topic">${each.topic.title}${each.occurrence > 1
                ? ` · ${t.occurrence(each.occurrence)}`
                : ""}</span>
              ${each.before && isChanged(each)
                ? html`
                  <span class="small soft wide">${t.wasBefore(
                    [
                      show.range(each.before.start, each.before.end, each.zone),
                      each.before.lecturer?.name,
                      each.before.venue?.name,
                    ]
                      .filter(Boolean).join(" · "),
                  )}</span>
                `
                : nothing} ${said(each).map((text) =>
                  html`
                    <span class="small wide bad-text">${icon("warning")} ${text}</span>
                  `
                )}
            </a>
          </li>
        `)}</ul>
    `;
  }

  #empty(): TemplateResult {
    const { filter, lecturer, branch, on } = this.state;
    const narrowed = !!lecturer || !!branch || !!on;
    if (filter === "STALE") return empty({ icon: "check", title: t.noneStale, hint: t.noneStaleHint });
    if (filter === "LEFT_OUT" && !narrowed) return empty({ icon: "check", title: t.noneLeftOut, hint: t.noneLeftOutHint });
    return empty({
      icon: "search",
      title: t.noItems,
      hint: t.noItemsHint,
      action: html`
        <a class="button" href="${here({
          state: undefined,
          lecturer: undefined,
          branch: undefined,
          on: undefined,
          check: undefined,
        })}">${t
          .clear}</a>
      `,
    });
  }
}

/** What booking refused or would refuse, each text once. */
function said({ refusal, stale = [] }: Item): string[] {
  return [...new Set([...(refusal ? [refusal] : []), ...stale].map((each) => each.detail))];
}

define("lectern-planner-items", PlanItems);
