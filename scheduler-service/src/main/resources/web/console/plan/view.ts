import { announce } from "../../common/announce.ts";
import { addKeys } from "../../common/keys.ts";
import { tabs } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, readFile, type Reply, saveFile } from "../api.ts";
import { go, here, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { Refresh } from "../refresh.ts";
import { attempt, planPath, readLoads, readPlan } from "./data.ts";
import "./days.ts";
import { figures, summary } from "./figures.ts";
import "./item.ts";
import "./items.ts";
import "./map.ts";
import { planChips } from "./marks.ts";
import { isBusy, type Loads, type Plan } from "./model.ts";
import { notices } from "./notices.ts";
import "./progress.ts";
import { formOf, type State, state, VIEWS } from "./state.ts";
import { t } from "./texts.ts";

const REFRESH = 30_000;
const NO_LOADS: Loads = { lecturers: [], dates: new Map(), guests: new Map() };

/** One plan: how good it is, its days, its map, its lectures, and what may be done with it. */
class PlanView extends View {
  static override properties = { plan: {} };

  declare plan: string;

  #state: State = state();
  #load = new Load<Reply<Plan>>(this, (signal) => readPlan(this.plan, signal));
  #loads = new Load<Loads>(this, (signal) => readLoads(this.plan, signal));
  #counted = "";
  #removeKeys = () => {};

  constructor() {
    super();
    new Routed(this, () => (this.#state = state()));
    new Refresh(this, REFRESH, () => {
      if (!this.#load.busy) void this.#read();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#state = state();
    this.addEventListener("plan-changed", this.#changed);
    this.#removeKeys = addKeys(
      ...(["days", "map", "items", "figures"] as const).map((view) => ({
        key: { days: "d", map: "m", items: "l", figures: "c" }[view],
        label: t.view[view],
        run: () => go(this.#viewAddress(view)),
      })),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("plan-changed", this.#changed);
    this.#removeKeys();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("plan")) {
      this.#counted = "";
      this.#loads.data = undefined;
      void this.#read(true);
    }
  }

  #changed = (): void => void this.#read();

  async #read(fresh = false): Promise<void> {
    await this.#load.run(fresh);
    const plan = this.#load.data?.data;
    const question = plan && [plan.id, plan.version, plan.state].join();
    if (!plan || !question || question === this.#counted) return;
    this.#counted = question;
    if (plan.cost) void this.#loads.run();
  }

  #viewAddress(view: State["view"]): string {
    return here({
      view: view === "days" ? undefined : view,
      state: undefined,
      lecturer: undefined,
      branch: undefined,
      check: undefined,
      on: undefined,
    });
  }

  override render(): unknown {
    if (isRefusal(this.#load.error) && this.#load.error.problem.status === 404) {
      return empty({
        whole: true,
        icon: "plan",
        title: t.missing,
        hint: t.missingHint,
        action: html`
          <a class="button" href="${to("plan")}">${t.all}</a>
        `,
      });
    }
    return html`
      <div class="page planner">${this.#load.render((reply) => this.#draw(reply), 12)}</div>
    `;
  }

  #draw({ data: plan, etag }: Reply<Plan>): TemplateResult {
    const { view, item } = this.#state;
    const filled = !!plan.cost;
    return html`
      ${this.#head(plan, etag)} ${notices(plan, (what) => this.#act(what, plan, etag))} ${isBusy(plan.state)
        ? html`
          <lectern-planner-progress .plan="${plan}"></lectern-planner-progress>
        `
        : nothing} ${filled ? summary(plan) : nothing} ${filled
        ? html`
          ${tabs(
            t.viewsLabel,
            VIEWS.map((each) => ({ label: t.view[each], href: this.#viewAddress(each), current: each === view })),
          )}
          <div class="split ${item === undefined ? "" : "open"}">
            <div class="under">${this.#body(plan, etag)}</div>
            ${item === undefined ? nothing : html`
              <lectern-planner-item .plan="${plan}" .etag="${etag}" .number="${item}"></lectern-planner-item>
            `}
          </div>
        `
        : nothing}
    `;
  }

  #body(plan: Plan, etag: string | undefined): TemplateResult {
    const loads = this.#loads.data ?? NO_LOADS;
    switch (this.#state.view) {
      case "days":
        return html`
          <lectern-planner-days .plan="${plan}" .loads="${loads}" .state="${this.#state}"></lectern-planner-days>
        `;
      case "map":
        return html`
          <lectern-planner-map .plan="${plan}" .loads="${loads}" .state="${this.#state}"></lectern-planner-map>
        `;
      case "items":
        return html`
          <lectern-planner-items .plan="${plan}" .etag="${etag}" .state="${this.#state}"></lectern-planner-items>
        `;
      case "figures":
        return figures(plan, this.#loads.data, this);
    }
  }

  #head(plan: Plan, etag: string | undefined): TemplateResult {
    return html`
      <header class="row title">
        <div class="grow">
          <nav class="row small" aria-label="${t.heading}">
            <a href="${to("plan", { campaign: plan.campaign.id })}">${t.all}</a><a
              href="${to("campaign", { campaign: plan.campaign.id })}"
            >${plan.campaign.name}</a>
          </nav>
          <div class="row"><h1>${plan.name}</h1> ${planChips(plan)}</div>
          <p class="soft small">${t.window(show.day(plan.from), show.day(plan.until))}${plan.factsAt
            ? html`
              · ${t.factsAt(show.moment(plan.factsAt))}
            `
            : nothing}</p>
        </div>
        ${this.#actions(plan, etag)}
      </header>
    `;
  }

  #actions(plan: Plan, etag: string | undefined): TemplateResult {
    const act = (what: Act) => () => this.#act(what, plan, etag);
    const organizer = hasRole("organizer");
    const draft = organizer && plan.state === "DRAFT";
    const again = organizer && (plan.state === "DRAFT" || plan.state === "FAILED");
    return html`
      <div class="row no-print actions">
        ${again
          ? html`
            <button @click="${act("continue")}">${t.continue}</button>
            <button @click="${act("replan")}">${t.replan}</button>
          `
          : nothing}
        <details class="menu" @keydown="${closeOnEscape}">
          <summary class="button" role="button">${t.more}</summary>
          <div>
            <a class="button plain" href="${here({ compare: plan.id, item: undefined })}">${t.compare}</a>
            ${plan.cost
              ? html`
                <button class="plain" @click="${() => void this.#csv(plan)}">${t.csv}</button>
              `
              : nothing} ${organizer && plan.purpose === "WHAT_IF"
              ? html`
                <a class="button plain" href="${to("plan", {
                  campaign: plan.campaign.id,
                  new: formOf("PLAN"),
                  plan: plan.id,
                })}">${t.planFromThis}</a>
              `
              : nothing} ${organizer && !isBusy(plan.state)
              ? html`
                <button class="plain" @click="${act("delete")}">${t.remove}</button>
              `
              : nothing}
          </div>
        </details>
        ${draft && plan.purpose !== "WHAT_IF"
          ? html`
            <button class="primary" ?disabled="${!plan.coverage.placed}" title="${plan.coverage.placed
              ? nothing
              : t.nothingPlaced}" @click="${act("publish")}">${t.publish}</button>
          `
          : nothing}
      </div>
    `;
  }

  #act(what: Act, plan: Plan, etag: string | undefined): void {
    for (const menu of this.querySelectorAll("details.menu")) menu.removeAttribute("open");
    void attempt(async () => {
      if (what === "publish" || what === "publish-rest") {
        const { openPublish } = await import("./publish.ts");
        if (await openPublish(plan, etag, what === "publish-rest" ? "BOOK_THE_REST" : "NOTHING") === "continue") {
          this.#act("continue", plan, etag);
        }
      } else {
        const { openAgain, openDelete } = await import("./again.ts");
        if (what === "delete") {
          if (await openDelete(plan, etag)) go(to("plan", { campaign: plan.campaign.id }));
          return;
        }
        if (await openAgain(plan, etag, what)) announce(t.queued);
      }
      await this.#read();
    });
  }

  async #csv(plan: Plan): Promise<void> {
    await attempt(async () => saveFile(await readFile(planPath(plan.id, "/items.csv"), { bom: true })));
  }
}

export type Act = "publish" | "publish-rest" | "continue" | "replan" | "delete";

function closeOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

define("lectern-planner-view", PlanView);
