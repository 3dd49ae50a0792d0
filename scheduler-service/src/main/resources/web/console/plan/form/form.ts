import { selectField, textField } from "../../../common/forms.ts";
import { icon } from "../../../common/icons.ts";
import { empty as emptyState, Load, told } from "../../../common/states.ts";
import { common } from "../../../common/texts.ts";
import { addDays, type Day, isDay, show, today } from "../../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../../common/view.ts";
import { isRefusal, RefusedProblem } from "../../api.ts";
import { Attempt } from "../../../common/attempt.ts";
import { formatField, numberField } from "../../booking/fields.ts";
import type { Ref } from "../../booking.ts";
import { choices } from "../../choices.ts";
import { isRemote } from "../../formats.ts";
import { registry } from "../../registry.ts";
import { go, here, route, to } from "../../../common/router.ts";
import { lengthOptions } from "../again.ts";
import { type PlannedCampaign, readCampaigns, readPlan } from "../data.ts";
import { extraLines, goneLines } from "./lines.ts";
import { type Plan, type Purpose, PURPOSES } from "../model.ts";
import { changedWeights, empty, type GoneLine, like, type NewPlan, order, USUAL, type Weight, weightsOf } from "../order.ts";
import { formOf } from "../state.ts";
import { t as plan } from "../texts.ts";
import { t } from "./texts.ts";

interface Lists {
  campaigns: PlannedCampaign[];
  lecturers: Ref[];
  venues: Ref[];
  model: Plan | undefined;
}

/** A new plan: for what, from when to when, how long to search; prices are folded away. */
class PlanForm extends View {
  static override properties = { purpose: {}, campaign: {}, like: {} };

  declare purpose: Purpose;
  declare campaign: string | undefined;
  /** The plan that provides the first settings of the form. */
  declare like: string | undefined;

  #values: NewPlan | undefined;
  #lists = new Load<Lists>(this, async (signal) => {
    const [campaigns, lecturers, venues, model] = await Promise.all([
      readCampaigns(signal),
      registry("lecturer"),
      registry("venue"),
      this.like ? readPlan(this.like, signal).then((reply) => reply.data) : undefined,
      choices(),
    ]);
    return { campaigns: campaigns.filter((each) => each.status !== "CLOSED"), lecturers, venues, model };
  });
  #attempt = new Attempt(this);

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("like") || !this.hasUpdated) {
      void this.#lists.run(true).then(() => this.#begin());
    } else if (changed.has("purpose") && this.#values) {
      const { campaign, ...before } = this.#values;
      this.#values = { ...empty(campaign, this.purpose, before), ...kept(before), seconds: this.purpose === "RESCUE" ? 15 : 60 };
      this.#attempt.forget();
    }
  }

  #begin(): void {
    const { campaigns = [], lecturers = [], venues = [], model } = this.#lists.data ?? {};
    const active = campaigns.filter((each) => each.status === "ACTIVE");
    const campaign = campaigns.find((each) => each.id === (model?.campaign.id ?? this.campaign)) ??
      (active.length === 1 ? active[0] : undefined);
    this.#values = {
      ...empty(campaign?.id ?? "", this.purpose, days(campaign, this.purpose)),
      ...(model && like(model, this.purpose)),
    };
    const known = goneAsked(lecturers, venues);
    if (known && this.purpose !== "PLAN") this.#values.gone = [known];
    this.requestUpdate();
  }

  #set(change: Partial<NewPlan>): void {
    this.#values = { ...this.#values!, ...change };
    this.requestUpdate();
  }

  async #send(): Promise<void> {
    const body = this.#values && order(this.#named(this.#values));
    if (!body) return;
    const made = await this.#attempt.send<Plan>({ path: "/api/v1/plans", body });
    if (made) go(to("plan", { plan: made.data.id }), { replace: true });
    else await this.updateComplete.then(() => this.querySelector<HTMLElement>("[aria-invalid='true'], .notice.bad")?.focus());
  }

  /** A name that was left empty is the usual one. */
  #named(values: NewPlan): NewPlan {
    return values.name.trim() ? values : { ...values, name: t.usualName[values.purpose](show.day(today())) };
  }

  #error(name: string): string | undefined {
    return this.#attempt.error instanceof RefusedProblem ? this.#attempt.error.errorOf(name) : undefined;
  }

  override render(): unknown {
    return html`
      <div class="page planner-new">
        <header class="stack tight">
          <nav class="small"><a href="${to("plan", { campaign: this.campaign })}">${plan.all}</a></nav>
          <h1>${t.formHeading[this.purpose]}</h1>
        </header>
        ${this.#lists.render((lists) => this.#values ? this.#draw(lists, this.#values) : nothing, 10)}
      </div>
    `;
  }

  #draw(lists: Lists, values: NewPlan): TemplateResult {
    if (lists.campaigns.length === 0) {
      return emptyState({
        icon: "chart",
        title: t.noCampaign,
        hint: t.noCampaignHint,
        action: html`
          <a class="button" href="${to("campaign")}">${plan.seeCampaign}</a>
        `,
      });
    }
    return html`
      <form class="form card" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#send();
      }}">
        ${this.#purposes()} ${this.#main(lists, values)} ${this.purpose === "WHAT_IF"
          ? extraLines(values.extra, lists.lecturers, (extra) => this.#set({ extra }), (name) => this.#error(name))
          : nothing} ${goneLines(values, lists, (gone) => this.#set({ gone }), (name) => this.#error(name))} ${this.#further(
            values,
          )} ${this
          .#weights(values)} ${this.#refusal()}
        <div class="foot">
          <a class="button" href="${to("plan", { campaign: this.campaign })}">${common.cancel}</a>
          <button class="primary" ?disabled="${this.#attempt.busy || !order(this.#named(values))}">${this.#attempt.busy
            ? plan.sending
            : t.start_[this.purpose]}</button>
        </div>
      </form>
    `;
  }

  #purposes(): TemplateResult {
    return html`
      <div class="planner-purposes" role="group" aria-label="${plan.heading}">${PURPOSES.map((each) =>
        html`
          <a href="${here({ new: formOf(each) })}" aria-current="${each === this.purpose ? "true" : nothing}"><b>${plan.purpose[
            each
          ]}</b><span class="small">${t.purposeHint[each]}</span></a>
        `
      )}</div>
    `;
  }

  #main({ campaigns }: Lists, values: NewPlan): TemplateResult {
    const campaign = campaigns.find((each) => each.id === values.campaign);
    const formats = campaign?.formats ?? [];
    return html`
      <div class="pair">
        ${selectField({
          name: "campaignId",
          label: plan.campaign,
          required: true,
          value: values.campaign,
          error: this.#error("campaignId"),
          options: [
            ...(campaign ? [] : [{ value: "", label: t.chooseCampaign }]),
            ...campaigns.map((each) => ({ value: each.id, label: `${each.name} · ${each.code}` })),
          ],
          onChange: (value) => {
            const chosen = campaigns.find((each) => each.id === value);
            this.#set({
              campaign: value,
              ...days(chosen, this.purpose),
              ...(chosen?.formats?.[0] && { format: chosen.formats[0] }),
            });
          },
        })} ${textField({
          name: "name",
          label: t.name,
          value: values.name,
          hint: t.usualName[this.purpose](show.day(today())),
          error: this.#error("name"),
          onInput: (name) => this.#set({ name }),
        })}
      </div>
      <div class="pair">
        ${day("from", t.from, values.from, this.#error("from"), (from) => this.#set({ from }))} ${day(
          "until",
          t.until,
          values.until,
          this.#error("until"),
          (until) => this.#set({ until }),
          t.untilHint[this.purpose],
        )} ${selectField({
          name: "seconds",
          label: t.search,
          hint: t.searchLengthHint,
          required: true,
          value: String(values.seconds),
          error: this.#error("seconds"),
          options: lengthOptions(values.seconds),
          onChange: (value) => this.#set({ seconds: Number(value) }),
        })}
      </div>
      ${formats.length > 1 || isRemote(values.format)
        ? html`
          <div class="pair">${formatField(values.format, (format) =>
            this.#set({ format }), this.#error("format"))}${isRemote(values.format)
            ? textField({
              name: "joinLink",
              label: t.joinLink,
              type: "url",
              required: true,
              hint: t.joinLinkHint,
              value: values.joinLink,
              error: this.#error("joinLink"),
              onInput: (joinLink) =>
                this.#set({ joinLink }),
            })
            : nothing}</div>
        `
        : nothing}
    `;
  }

  #further(values: NewPlan): TemplateResult {
    const tick = (name: "joint" | "headCounts", label: string) =>
      html`
        <label class="row"><input type="checkbox" .checked="${values[name]}" @change="${(e: Event) =>
          this.#set({ [name]: (e.target as HTMLInputElement).checked })}"> ${label}</label>
      `;
    return html`
      <div class="stack tight">
        ${tick("joint", t.joint)} ${values.joint
          ? html`
            <div class="pair inset">${numberField(
              {
                name: "guests-most",
                label: t.jointMost,
                value: values.most,
                min: 1,
                required: true,
                error: this.#error("guests/most"),
              },
              (most) => this.#set({ most }),
            )}${numberField(
              {
                name: "guests-minutes",
                label: t.jointMinutes,
                value: values.minutes,
                min: 1,
                required: true,
                error: this.#error("guests/minutes"),
              },
              (minutes) => this.#set({ minutes }),
            )}</div>
          `
          : nothing} ${tick("headCounts", plan.headCounts)}
        <p class="hint soft small">${t.headCountsHint}</p>
        <div class="pair">${numberField(
          {
            name: "lecturesPerDay",
            label: t.perDay,
            hint: t.perDayHint,
            value: values.perDay,
            min: 1,
            error: this.#error("lecturesPerDay"),
          },
          (perDay) => this.#set({ perDay }),
        )}</div>
      </div>
    `;
  }

  #weights(values: NewPlan): TemplateResult {
    const count = changedWeights(values.weights);
    const wrong = isRefusal(this.#attempt.error) &&
      this.#attempt.error.problem.errors?.some((each) => each.pointer.includes("weights"));
    return html`
      <details ?open="${!!wrong || nothing}">
        <summary>${plan.weightsHeading}${count > 0
          ? html`
            <span class="soft small">· ${t.weightsChanged(count)}</span>
          `
          : nothing}</summary>
        <div class="stack">
          <p class="soft small">${t.weightsHint}</p>
          <div class="planner-weights">${weightsOf(this.purpose, values.joint).map((name) => this.#weight(name, values))}</div>
          <div><button type="button" ?disabled="${count === 0}" @click="${() => this.#set({ weights: {} })}">${t
            .weightsUsual}</button></div>
        </div>
      </details>
    `;
  }

  #weight(name: Weight, values: NewPlan): TemplateResult {
    const [label, hint] = plan.weight[name]!;
    const error = this.#error(`weights/${name}`);
    const value = values.weights[name];
    const changed = value !== undefined && value !== USUAL[name];
    return html`
      <label for="weight-${name}"><span>${label}</span><span class="soft small">${hint}</span></label>
      <div>
        <input
          id="weight-${name}"
          type="number"
          min="0"
          max="100000"
          step="any"
          required
          .value="${String(
            value ?? USUAL[name],
          )}"
          aria-describedby="weight-${name}-usual"
          aria-invalid="${error ? "true" : nothing}"
          @input="${(e: Event) => {
            const { valueAsNumber } = e.target as HTMLInputElement;
            this.#set({ weights: { ...values.weights, [name]: Number.isNaN(valueAsNumber) ? undefined : valueAsNumber } });
          }}"
        >
        <span class="small ${error ? "bad-text" : "soft"}" id="weight-${name}-usual">${error ??
          (changed ? t.usual(String(USUAL[name])) : "")}</span>
      </div>
    `;
  }

  #refusal(): unknown {
    const { error } = this.#attempt;
    if (!error) return nothing;
    const { title, detail } = told(error);
    const errors = isRefusal(error) ? error.problem.errors ?? [] : [];
    return html`
      <div class="callout ${this.#attempt.unknown ? "warn" : "bad"}" role="alert" tabindex="-1">
        ${icon("warning")}
        <div class="grow"><strong>${title}</strong><br>${detail}${errors.length > 0
          ? html`
            <ul class="plain-list">${errors.map((each) =>
              html`
                <li>${each.detail}</li>
              `
            )}</ul>
          `
          : nothing}</div>
      </div>
    `;
  }
}

/** What drops out, if the address says it: the page of absences leads here. */
function goneAsked(lecturers: Ref[], venues: Ref[]): GoneLine | undefined {
  const { params } = route();
  const from = params.get("first");
  const until = params.get("last");
  if (!isDay(from)) return undefined;
  const kind = (["lecturer", "venue"] as const).find((each) => each === params.get("for")) ?? "day";
  const what = (kind === "venue" ? venues : lecturers).find((each) => each.id === params.get("id"));
  return kind !== "day" && !what ? undefined : { kind, what, from, until: isDay(until) ? until : from };
}

/** What stays when another purpose is chosen. */
function kept(
  { name, format, joinLink, joint, most, minutes, headCounts, perDay, weights }: Omit<NewPlan, "campaign">,
): Partial<NewPlan> {
  return { name, format, joinLink, joint, most, minutes, headCounts, perDay, weights };
}

/** From tomorrow (a rescue: today), or from the campaign's first day, to its last. */
function days(campaign: PlannedCampaign | undefined, purpose: Purpose): { from: Day; until: Day } {
  const now = purpose === "RESCUE" ? today() : addDays(today(), 1);
  if (!campaign) return { from: now, until: now };
  return { from: campaign.from > now ? campaign.from : now, until: campaign.until > now ? campaign.until : now };
}

function day(
  name: string,
  label: string,
  value: Day,
  error: string | undefined,
  onInput: (value: Day) => void,
  hint?: string,
): TemplateResult {
  return textField({ name, label, type: "date", required: true, value, error, onInput, ...(hint && { hint }) });
}

define("lectern-planner-form", PlanForm);
