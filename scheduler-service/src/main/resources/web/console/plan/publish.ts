import { openDialog, type Opened } from "../../common/dialog.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { change, isRefusal } from "../api.ts";
import { isUnknown, Sender } from "../../common/attempt.ts";
import { here } from "../../common/router.ts";
import { planPath } from "./data.ts";
import type { Plan, Publication, PublishTrial } from "./model.ts";
import { t } from "./texts.ts";
import { number } from "./words.ts";

const SHOWN = 6;

/** Whether the plan is as it was, is read again, or is searched on first. */
type Ending = "changed" | "continue";

/**
 * Books a plan. Before that the dialog has tried every lecture, and says who will be notified and what would be
 * refused.
 */
class Publish {
  #plan: Plan;
  #etag: string | undefined;
  #onRefusal: Publication["onRefusal"];
  #dialog!: Opened<Ending>;
  #trial: PublishTrial | undefined;
  #failed: unknown;
  #error: unknown;
  #sending = false;
  #all = false;
  #running = new AbortController();
  #sender = new Sender();

  constructor(plan: Plan, etag: string | undefined, onRefusal: Publication["onRefusal"]) {
    this.#plan = plan;
    this.#etag = etag;
    this.#onRefusal = onRefusal;
  }

  open(): Promise<Ending | undefined> {
    this.#dialog = openDialog<Ending>(() => this.#part());
    void this.#try();
    return this.#dialog.result.finally(() => this.#running.abort());
  }

  async #try(): Promise<void> {
    this.#failed = undefined;
    this.#dialog.update();
    try {
      const { data } = await change<PublishTrial>("POST", planPath(this.#plan.id, "/check"), undefined, {
        signal: this.#running.signal,
      });
      this.#trial = data;
    } catch (error) {
      if (this.#running.signal.aborted) return;
      this.#failed = error;
    }
    this.#dialog.update();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    this.#error = undefined;
    this.#dialog.update();
    try {
      await this.#sender.send<Plan>({
        path: planPath(this.#plan.id, "/publish"),
        body: { onRefusal: this.#onRefusal },
        etag: this.#etag,
      });
      this.#dialog.close("changed");
    } catch (error) {
      this.#error = error;
      this.#sending = false;
      this.#dialog.update();
    }
  }

  #part() {
    const trial = this.#trial;
    const overtaken = isRefusal(this.#error ?? this.#failed, "stale-version");
    const rescue = this.#plan.purpose === "RESCUE";
    const count = trial ? this.#booked(trial) : 0;
    return {
      heading: t.publishHeading,
      body: html`
        ${trial ? this.#what(trial) : this.#failed ? nothing : html`
          <p role="status" class="soft">${t.publishChecking}</p><progress aria-label="${t.publishChecking}"></progress>
        `} ${this.#said(overtaken)}
      `,
      foot: html`
        <button @click="${() => this.#dialog.close(overtaken ? "changed" : undefined)}">${overtaken
          ? t.lookAgain
          : common.cancel}</button>
        ${this.#failed && !overtaken
          ? html`
            <button @click="${() => void this.#try()}">${common.retry}</button>
          `
          : nothing}
        <button class="primary" ?disabled="${!trial || count === 0 || this.#sending || overtaken}" @click="${() =>
          void this.#send()}">${this.#sending
          ? t.sending
          : !trial
          ? t.publish
          : count === 0
          ? t.nothingBooked
          : rescue
          ? t.publishChanges(count)
          : t.publishNow(count)}</button>
      `,
    };
  }

  /** Of those tried, how many would be booked. */
  #booked(trial: PublishTrial): number {
    if (trial.refusals.length === 0) return trial.lectures;
    return this.#onRefusal === "NOTHING" ? 0 : trial.lectures - trial.refusals.length;
  }

  #what(trial: PublishTrial): TemplateResult {
    const { coverage, purpose } = this.#plan;
    return html`
      <p class="big"><b>${trial.lectures === 0
        ? t.noneToPublish
        : t.publishWhat(t.lectures(trial.lectures), t.branches(trial.branches))}</b></p>
      ${coverage.leftOut > 0
        ? html`
          <p class="small">${icon("warning")} ${(purpose === "RESCUE" ? t.publishNotRepaired : t.publishNotPlaced)(
            number(coverage.leftOut),
          )}</p>
        `
        : nothing}
      <p class="soft small">${purpose === "RESCUE" ? t.publishRescueFirst : t.publishFirst}</p>
      ${trial.refusals.length > 0 ? this.#refusals(trial) : nothing} ${purpose === "RESCUE" ? nothing : html`
        <fieldset class="bare stack tight"><legend><b>${t.ifRefused}</b></legend>${(["NOTHING", "BOOK_THE_REST"] as const).map((
          each,
        ) =>
          html`
            <label class="row"><input type="radio" name="on-refusal" .checked="${each === this.#onRefusal}" @change="${() => {
              this.#onRefusal = each;
              this.#dialog.update();
            }}"> ${t.onRefusal[each]}</label>
          `
        )}</fieldset>
      `} ${this.#audience(trial)}
    `;
  }

  #refusals(trial: PublishTrial): TemplateResult {
    return html`
      <div class="callout warn" role="alert">
        ${icon("warning")}
        <div class="stack tight grow">
          <strong>${t.wouldRefuse(number(trial.refusals.length))}</strong>
          <p class="small">${t.wouldRefuseHint}</p>
          <ul class="plain-list small scrolls">${trial.refusals.map(({ number: item, refusal }) =>
            html`
              <li><a href="${here({ item: String(item) })}" @click="${() => this.#dialog.close()}">${t.item(item)}</a>: ${refusal
                .detail}</li>
            `
          )}</ul>
          <div><button type="button" @click="${() => this.#dialog.close("continue")}">${t.continue}</button></div>
        </div>
      </div>
    `;
  }

  #audience(trial: PublishTrial): TemplateResult {
    const { branches } = trial;
    const notices = perBranch(trial.notices);
    const shown = this.#all ? notices : notices.slice(0, SHOWN);
    return html`
      <section class="audience">
        <h3>${icon("bell")}${t.whoNotified}: ${t.branches(branches)}</h3>
        <ul class="${this.#all ? "scrolls" : ""}" tabindex="${this.#all ? 0 : nothing}">${shown.map(({ branch, news, count }) =>
          html`
            <li>
              <b>${branch.name}</b> <span class="code soft">${branch.code}</span><span class="grow"></span><span
                class="chip ${news === "CANCELLED" ? "bad" : ""}"
              >${t.newsOf(t.news[news], count)}</span>
            </li>
          `
        )}</ul>
        ${!this.#all && notices.length > SHOWN
          ? html`
            <button type="button" class="plain" @click="${() => {
              this.#all = true;
              this.#dialog.update();
            }}">${t.showAllNotified(number(notices.length))}</button>
          `
          : this.#all && branches > notices.length
          ? html`
            <p class="soft">${t.andMore(number(branches - notices.length))}</p>
          `
          : nothing}
      </section>
    `;
  }

  #said(overtaken: boolean): unknown {
    const error = this.#error ?? this.#failed;
    if (!error) return nothing;
    const { title, detail } = overtaken ? { title: t.overtaken, detail: t.overtakenHint } : told(error);
    return html`
      <div class="callout ${overtaken || isUnknown(error)
        ? "warn"
        : "bad"}" role="alert"><div><strong>${title}</strong><br>${detail}</div></div>
    `;
  }
}

/** One line for each branch and kind of news, with how many. */
function perBranch(notices: PublishTrial["notices"]): (PublishTrial["notices"][number] & { count: number })[] {
  const found = new Map<string, PublishTrial["notices"][number] & { count: number }>();
  for (const each of notices) {
    const known = found.get(each.branch.id + each.news);
    if (known) known.count++;
    else found.set(each.branch.id + each.news, { ...each, count: 1 });
  }
  return [...found.values()];
}

export function openPublish(
  plan: Plan,
  etag: string | undefined,
  onRefusal: Publication["onRefusal"],
): Promise<Ending | undefined> {
  return new Publish(plan, etag, onRefusal).open();
}
