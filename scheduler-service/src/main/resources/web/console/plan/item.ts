import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { addKeys } from "../../common/keys.ts";
import { Load, told } from "../../common/states.ts";
import { local, show, zone } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, read, readAll } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import { go, here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { side } from "../side.ts";
import { attempt, planPath } from "./data.ts";
import { isChanged, itemChips } from "./marks.ts";
import { type Action, type Edited, isPlaced, type Item, type Plan, type Way, type Why } from "./model.ts";
import { t } from "./texts.ts";
import "./try.ts";
import { components, giveWay, obstacles, ways } from "./why.ts";

/** One lecture of the plan beside the view: what it is, why it is there, and what else would be possible. */
class PlanItem extends View {
  static override properties = { plan: { attribute: false }, etag: {}, number: {} };

  declare plan: Plan;
  declare etag: string | undefined;
  declare number: number;

  #item = new Load<Item>(
    this,
    async (signal) => (await read<Item>(planPath(this.plan.id, `/items/${this.number}`), {}, signal)).data,
  );
  #why = new Load<Why>(
    this,
    async (signal) => (await read<Why>(planPath(this.plan.id, `/items/${this.number}/why`), {}, signal)).data,
  );
  /** The same with what booking would refuse now; a list can be asked for that. */
  #checked = new Load<Item | undefined>(this, async (signal) => {
    const query = { branchId: this.#item.data?.branch.id, check: true };
    const items = await readAll<Item>(planPath(this.plan.id, "/items"), query, signal);
    return items.find((each) => each.number === this.number);
  });
  #mark = new Attempt(this);
  #question = "";
  #removeKeys = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#removeKeys = addKeys(
      { key: "j", label: t.keys.next, run: () => this.#walk(1) },
      { key: "k", label: t.keys.previous, run: () => this.#walk(-1) },
      ...(hasRole("organizer")
        ? [
          { key: "p", label: t.keys.pin, run: () => this.#togglePin() },
          { key: "e", label: t.keys.move, run: () => this.#move() },
        ]
        : []),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removeKeys();
    const link = document.querySelector<HTMLElement>(`[data-number="${this.number}"]`);
    if (document.activeElement === document.body) link?.focus(); // it was closed from inside
  }

  override willUpdate(_: PropertyValues): void {
    const one = [this.plan.id, this.number].join();
    const question = [one, this.plan.version, this.plan.state].join();
    if (question === this.#question) return;
    const other = !this.#question.startsWith(`${one},`);
    this.#question = question;
    this.#mark.forget();
    this.#checked.data = undefined;
    void this.#item.run(other).then(() => {
      if (this.#item.data && this.plan.state === "DRAFT") void this.#checked.run();
    });
    if (this.plan.state === "DRAFT") void this.#why.run(other);
    else this.#why.data = undefined;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("number")) this.querySelector<HTMLElement>("aside")?.focus({ preventScroll: innerWidth > 900 });
  }

  get #editable(): boolean {
    return hasRole("organizer") && this.plan.state === "DRAFT";
  }

  /** The next lecture in the list, or by number where there is none. */
  #walk(step: 1 | -1): void {
    const shown = [...document.querySelectorAll<HTMLElement>("[data-number]")].map((each) => Number(each.dataset.number));
    const at = shown.indexOf(this.number);
    const next = at < 0 ? this.number + step : shown[at + step];
    if (next !== undefined && next >= 0) go(here({ item: String(next) }), { replace: true });
  }

  #move(way?: Way, taking?: number): void {
    const item = this.#item.data;
    if (!item || !this.#editable) return;
    void attempt(async () => {
      const { openMove } = await import("./edit.ts");
      if (await openMove(this.plan, this.etag, item, way, taking)) this.#changed();
    });
  }

  #leave(action: "REMOVE" | "EXCLUDE"): void {
    const item = this.#item.data;
    if (!item) return;
    void attempt(async () => {
      const { openLeave } = await import("./edit.ts");
      if (await openLeave(this.plan, this.etag, item, action)) this.#changed();
    });
  }

  #togglePin(): void {
    const item = this.#item.data;
    if (item && this.#editable && isPlaced(item)) void this.#do(item.pinned ? "UNPIN" : "PIN");
  }

  /** What needs no question: it moves nothing. */
  async #do(action: Action): Promise<void> {
    const done = await this.#mark.send<Edited>({
      path: planPath(this.plan.id, "/edit"),
      body: { changes: [{ number: this.number, action }] },
      etag: this.etag,
    });
    if (isRefusal(this.#mark.error, "stale-version")) this.#changed(); // it is read again; the button can be used then
    if (!done) return;
    toast(action === "PIN" ? t.pinnedDone : action === "UNPIN" ? t.unpinnedDone : t.includedDone);
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("plan-changed", { bubbles: true }));
  }

  override render(): unknown {
    return side(
      this.#item.data?.branch.name ?? t.item(this.number),
      here({ item: undefined }),
      this.#item.render((item) => this.#draw(this.#checked.data ?? item), 8),
    );
  }

  #draw(item: Item): TemplateResult {
    return html`
      <div class="stack">
        <div class="row"><span class="code soft">${item.branch.code}</span><span class="grow"></span>${itemChips(item)}</div>
        <dl class="facts">${facts(item)}</dl>
        ${warning(t.refusalHeading, item.refusal ? [item.refusal] : [], t.wayOutRefused)} ${warning(
          t.stale,
          item.stale ?? [],
          t.wayOutRefused,
        )} ${this.#editable ? this.#actions(item) : nothing} ${this.#mark.error
          ? html`
            <div class="callout bad" role="alert">${told(this.#mark.error).detail}</div>
          `
          : nothing} ${this.plan.state === "DRAFT" ? this.#reasons(item) : nothing}
      </div>
    `;
  }

  #actions(item: Item): TemplateResult {
    const placed = isPlaced(item);
    return html`
      <div class="row no-print">
        ${placed
          ? html`
            <button ?disabled="${this.#mark.busy}" aria-pressed="${!!item.pinned}" title="${t.pinHint}" @click="${() =>
              this.#togglePin()}">
              ${icon("pin")}${item.pinned ? t.unpin : t.pin}
            </button>
          `
          : nothing} ${item.state === "EXCLUDED"
          ? html`
            <button ?disabled="${this.#mark.busy}" @click="${() => void this.#do("INCLUDE")}">${t.include}</button>
          `
          : html`
            <button @click="${() => this.#move()}">${placed ? t.move : t.place}</button>
            ${placed
              ? html`
                <button @click="${() => this.#leave("REMOVE")}">${t.takeOut}</button>
              `
              : nothing}
            <button @click="${() => this.#leave("EXCLUDE")}">${t.exclude}</button>
          `}
      </div>
    `;
  }

  #reasons(item: Item): TemplateResult {
    return html`
      ${this.#why.render((why) =>
        html`
          <section class="stack tight why">
            <h3>${why.placed ? t.why : t.whyLeftOut}</h3>
            <p>${why.text}</p>
            ${components(why.components ?? [])} ${why.placed
              ? ways(why.instead ?? [], item, this.#editable ? (way) => this.#move(way) : undefined)
              : obstacles(why.obstacles ?? [])} ${why.giveWay
              ? giveWay(why.giveWay, item, this.#editable ? () => this.#move(why.giveWay!.way, why.giveWay!.number) : undefined)
              : nothing}
          </section>
        `, 5)}
      <lectern-planner-try .plan="${this.plan}" .item="${item}" .onWay="${this.#editable
        ? (way: Way) => this.#move(way)
        : undefined}"></lectern-planner-try>
    `;
  }
}

function facts(item: Item): TemplateResult[] {
  const { before } = item;
  const all: [string, unknown][] = [
    [t.what, `${item.topic.title}${item.occurrence > 1 ? ` · ${t.occurrence(item.occurrence)}` : ""}`],
    [
      t.when,
      isPlaced(item) && html`
        ${show.range(item.start, item.end, item.zone)}${item.zone === zone ? nothing : html`
          <div class="soft small">${show.zone(item.zone, new Date(item.start))}</div>
        `}
      `,
    ],
    [
      t.who,
      item.lecturer && html`
        <a href="${here({ view: "map", day: item.start && local(item.start, item.zone).day, lecturer: item.lecturer.id })}">${item
          .lecturer
          .name}</a> <span class="code soft">${item.lecturer.code}</span>
      `,
    ],
    [t.where, item.venue?.name],
    [
      t.host,
      item.hostNumber !== undefined && html`
        <a href="${here({ item: String(item.hostNumber) })}">${t.openHost(item.hostNumber)}</a>
      `,
    ],
    [
      t.beforeHeading,
      before && isChanged(item) && html`
        <del>${[show.range(before.start, before.end, item.zone), before.lecturer?.name, before.venue?.name].filter(Boolean).join(
          " · ",
        )}</del>
      `,
    ],
    [
      "",
      (item.bookingId ?? before?.bookingId) && html`
        <a href="${to("timeline", {
          day: item.start && local(item.start).day,
          booking: item.bookingId ?? before?.bookingId,
        })}">${t.booking}</a>
      `,
    ],
  ];
  return all.filter(([, value]) => value).map(([name, value]) =>
    html`
      <dt>${name}</dt><dd>${value}</dd>
    `
  );
}

function warning(heading: string, said: { detail: string }[], hint: string): unknown {
  if (said.length === 0) return nothing;
  return html`
    <div class="callout bad" role="status">
      ${icon("warning")}<div class="grow">
        <strong>${heading}</strong>
        <ul class="plain-list">${said.map((each) =>
          html`
            <li>${each.detail}</li>
          `
        )}</ul>
        <p class="small">${hint}</p>
      </div>
    </div>
  `;
}

define("lectern-planner-item", PlanItem);
