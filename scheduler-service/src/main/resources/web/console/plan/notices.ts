import { icon } from "../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import type { Plan } from "./model.ts";
import { formOf } from "./state.ts";
import { t } from "./texts.ts";
import { number } from "./words.ts";

type Act = (what: "continue" | "publish-rest") => void;

/** What a person must know about the whole plan before reading it, each with a way out. */
export function notices(plan: Plan, act: Act): unknown {
  return [failed(plan, act), published(plan), refused(plan, act), cancelled(plan), whatIf(plan)];
}

function failed(plan: Plan, act: Act): unknown {
  if (plan.state !== "FAILED") return nothing;
  return html`
    <div class="callout bad" role="alert">
      ${icon("warning")}
      <div class="grow"><strong>${t.searchFailed}</strong><br>${plan.failure} ${t.searchFailedHint}</div>
      ${hasRole("organizer")
        ? html`
          <button @click="${() => act("continue")}">${t.continue}</button>
        `
        : nothing}
    </div>
  `;
}

function published(plan: Plan): unknown {
  if (plan.state !== "PUBLISHED") return nothing;
  const { publication, coverage, campaign } = plan;
  const left = coverage.leftOut + (publication?.refused ?? 0);
  const partly = publication?.outcome === "PARTLY";
  const booked = number(publication?.confirmed ?? coverage.placed);
  return html`
    <div class="callout ${partly ? "warn" : "good"}" role="status">
      ${icon(partly ? "warning" : "check")}
      <div class="grow">${partly
        ? t.publishedPartly(booked, number(publication.refused))
        : (plan.purpose === "RESCUE" ? t.repaired : t.published)(booked)}</div>
      <div class="row">
        ${partly ? showRefused() : nothing} ${left > 0 && hasRole("organizer")
          ? html`
            <a class="button" href="${to("plan", { campaign: campaign.id, new: formOf("PLAN") })}">${t.planMissing}</a>
          `
          : nothing}
        <a class="button" href="${to("campaign", { campaign: campaign.id })}">${t.seeCampaign}</a>
      </div>
    </div>
  `;
}

function refused(plan: Plan, act: Act): unknown {
  if (plan.state !== "DRAFT" || plan.publication?.outcome !== "REFUSED" || !plan.coverage.refused) return nothing;
  return html`
    <div class="callout bad" role="alert">
      ${icon("warning")}
      <div class="grow"><strong>${t.publishRefused(number(plan.coverage.refused))}</strong><br>${t.publishRefusedHint}</div>
      <div class="row">
        ${showRefused()} ${hasRole("organizer")
          ? html`
            <button @click="${() => act("continue")}">${t.planRefused}</button>
            <button @click="${() => act("publish-rest")}">${t.publishRest}</button>
          `
          : nothing}
      </div>
    </div>
  `;
}

function cancelled(plan: Plan): unknown {
  if (plan.state !== "DRAFT" || plan.publication?.outcome !== "CANCELLED") return nothing;
  return html`
    <div class="callout" role="status">${icon("clock")}<div class="grow">${t.publishStopped}</div></div>
  `;
}

function showRefused(): TemplateResult {
  return html`
    <a class="button" href="${here({ view: "items", state: "REFUSED", item: undefined })}">${t.showRefused}</a>
  `;
}

function whatIf(plan: Plan): unknown {
  if (plan.purpose !== "WHAT_IF") return nothing;
  return html`
    <div class="callout">${icon("chart")}<div class="grow"><strong>${t.publishWhatIf}</strong><br>${t
      .publishWhatIfHint}</div></div>
  `;
}
