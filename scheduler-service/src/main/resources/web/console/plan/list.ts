import { icon } from "../../common/icons.ts";
import { empty, Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { go, here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { Refresh } from "../refresh.ts";
import { type PlannedCampaign, readCampaigns } from "./data.ts";
import { coverageBar, planChips } from "./marks.ts";
import { isBusy, type Plan } from "./model.ts";
import { formOf } from "./state.ts";
import { t } from "./texts.ts";
import { duration, number } from "./words.ts";

const REFRESH = 10_000;

/** All plans, or those of one campaign, the newest first. */
class PlanList extends View {
  static override properties = { campaign: {} };

  declare campaign: string | undefined;

  #plans = new Paged<Plan>(
    this,
    (cursor, signal) => read<Part<Plan>>("/api/v1/plans", { campaignId: this.campaign, cursor, limit: 50 }, signal),
  );
  #campaigns = new Load<PlannedCampaign[]>(this, (signal) => readCampaigns(signal));
  /** Those to put side by side. */
  #chosen: Plan[] = [];

  constructor() {
    super();
    new Refresh(this, REFRESH, () => {
      const busy = this.#plans.load.data?.items.some((each) => isBusy(each.state));
      if (busy && !this.#plans.load.busy) void this.#plans.restart(false);
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#campaigns.run();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("campaign") && this.hasUpdated) return;
    this.#chosen = [];
    void this.#plans.restart();
  }

  override render(): unknown {
    const campaign = this.#campaigns.data?.find((each) => each.id === this.campaign);
    return html`
      <div class="page planners">
        <header class="page-head">
          <h1>${t.heading}</h1>
          <label class="row small"><span class="soft">${t.campaign}</span>
            <select @change="${(e: Event) => go(here({ campaign: (e.target as HTMLSelectElement).value || undefined }))}">
              <option value="">${t.anyCampaign}</option>
              ${(this.#campaigns.data ?? []).map((each) =>
                html`
                  <option value="${each.id}" ?selected="${each.id === this.campaign}">${each.name}</option>
                `
              )}
            </select></label>
          ${hasRole("organizer") ? this.#starts() : nothing}
        </header>
        ${this.#plans.render((plans) => plans.length === 0 ? this.#empty(campaign) : this.#draw(plans))}
      </div>
    `;
  }

  #starts(): TemplateResult {
    const { campaign } = this;
    return html`
      <div class="row">
        <a class="button" href="${to("plan", { campaign, new: formOf("WHAT_IF") })}">${t.purpose.WHAT_IF} …</a>
        <a class="button" href="${to("plan", { campaign, new: formOf("RESCUE") })}">${t.purpose.RESCUE} …</a>
        <a class="button primary" href="${to("plan", { campaign, new: formOf("PLAN") })}">${t.newPlan} …</a>
      </div>
    `;
  }

  #empty(campaign: PlannedCampaign | undefined): TemplateResult {
    return empty({
      icon: "plan",
      title: campaign ? t.noneHere : t.none,
      hint: t.noneHint,
      ...(hasRole("organizer") && {
        action: html`
          <a class="button primary" href="${to("plan", { campaign: this.campaign, new: formOf("PLAN") })}">${t.newPlan} …</a>
        `,
      }),
    });
  }

  #draw(plans: Plan[]): TemplateResult {
    return html`
      <ul class="list planner-list">${repeat(plans, (each) => each.id, (each) => this.#plan(each))}</ul>
      ${this.#chosen.length > 0 ? this.#side() : nothing}
    `;
  }

  #plan(plan: Plan): TemplateResult {
    const { coverage, cost, lecturers, travelMinutes } = plan;
    const chosen = this.#chosen.some((each) => each.id === plan.id);
    const other = this.#chosen[0];
    return html`
      <li class="${chosen ? "chosen" : ""}">
        <input
          class="pick"
          type="checkbox"
          aria-label="${t.choose(plan.name)}"
          .checked="${chosen}"
          ?disabled="${!chosen && (this.#chosen.length > 1 || (!!other && other.campaign.id !== plan.campaign.id))}"
          @change="${() => {
            this.#chosen = chosen ? this.#chosen.filter((each) => each.id !== plan.id) : [...this.#chosen, plan];
            this.requestUpdate();
          }}"
        >
        <div class="stack tight grow">
          <div class="row">
            <a class="name" href="${to("plan", { plan: plan.id })}"><b>${plan.name}</b></a> ${planChips(plan)}
            <span class="grow"></span>
            <span class="soft small">${t.by(plan.createdBy ?? "", show.ago(plan.createdAt)).replace(/^, /, "")}</span>
          </div>
          <div class="soft small">${plan.campaign.name} · ${t.window(show.day(plan.from), show.day(plan.until))}</div>
          ${cost
            ? html`
              <div class="row small">
                ${coverageBar(coverage)}
                <span>${t.placedOf(number(coverage.placed), number(coverage.items))}</span>
                ${cost
                  ? html`
                    <span class="fact">${icon("chart")}${t.cost} ${duration(cost.totalMinutes)}</span>
                  `
                  : nothing} ${travelMinutes === undefined ? nothing : html`
                  <span class="fact">${icon("way")}${t.travel} ${duration(travelMinutes)}</span>
                `} ${lecturers
                  ? html`
                    <span class="fact">${icon("calendar")}${t.lecturerDays} ${number(lecturers.days)}</span>
                  `
                  : nothing}
              </div>
            `
            : nothing}
        </div>
      </li>
    `;
  }

  #side(): TemplateResult {
    const [one, other] = this.#chosen;
    return html`
      <div class="planner-bar row no-print" role="status">
        <span class="grow">${this.#chosen.map((each) => each.name).join(t.comma)}${other ? nothing : html`
          <span class="soft"> · ${t.compareOne}</span>
        `}</span>
        <button class="primary" ?disabled="${!other}" @click="${() => go(to("plan", { plan: one!.id, compare: other!.id }))}">${t
          .compareChosen}</button>
      </div>
    `;
  }
}

define("lectern-planner-list", PlanList);
