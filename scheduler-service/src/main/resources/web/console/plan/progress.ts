import { announce, toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { define, html, nothing, type PropertyValues, svg, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, read } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import { hasRole } from "../../common/session.ts";
import { planPath } from "./data.ts";
import { type Phase, type Plan, type Progress, type Publication } from "./model.ts";
import { t } from "./texts.ts";
import { difference, duration, number } from "./words.ts";

const EACH = 1_000;
const AFTER_FAILURE = 3_000;
const WIDTH = 320;
const HEIGHT = 64;

/** A search or a publication that runs. Says `plan-changed` when it has ended. */
class PlanProgress extends View {
  static override properties = { plan: { attribute: false } };

  declare plan: Plan;

  #now: Progress | undefined;
  #lost = false;
  /** The end that was read out. */
  #said: string | undefined;
  #curve: { at: number; cost: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = new AbortController();
  #cancel = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#running = new AbortController();
    if (this.plan) void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#running.abort();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("plan") as Plan | undefined;
    if (changed.has("plan") && before?.id !== this.plan.id) {
      this.#curve = [];
      this.#now = undefined;
      clearTimeout(this.#timer);
      if (before) void this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const { signal } = this.#running;
    let wait = EACH;
    try {
      const { data } = await read<Progress>(planPath(this.plan.id, "/progress"), {}, signal);
      this.#lost = false;
      this.#take(data);
      if ((data.version ?? 0) > this.plan.version) this.dispatchEvent(new Event("plan-changed", { bubbles: true }));
      if (data.state !== this.plan.state) {
        if (this.#said !== data.state) this.#say(data);
        this.#said = data.state;
        this.dispatchEvent(new Event("plan-changed", { bubbles: true }));
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#lost = !isRefusal(error) || this.#lost;
      wait = AFTER_FAILURE;
    }
    this.requestUpdate();
    if (!signal.aborted) this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  #take(data: Progress): void {
    this.#now = data;
    if (data.totalMinutes !== undefined && data.secondsSpent !== undefined) {
      if ((this.#curve.at(-1)?.at ?? -1) > data.secondsSpent) this.#curve = [];
      if (this.#curve.at(-1)?.at !== data.secondsSpent) {
        this.#curve = [...this.#curve, { at: data.secondsSpent, cost: data.totalMinutes }];
      }
    }
  }

  /** The end is read out; the page then shows it. */
  #say({ state, placed, leftOut, publication }: Progress): void {
    const refused = number(publication?.refused ?? 0);
    if (state === "FAILED") announce(t.searchFailed, true);
    else if (publication?.outcome === "CANCELLED") announce(t.publishStopped);
    else if (publication?.outcome === "REFUSED") announce(t.publishRefused(refused), true);
    else if (publication?.outcome === "PARTLY") announce(t.publishedPartly(number(publication.confirmed), refused));
    else if (state === "PUBLISHED") {
      announce((this.plan.purpose === "RESCUE" ? t.repaired : t.published)(number(publication?.confirmed ?? 0)));
    } else if (state === "DRAFT" && this.plan.state !== "PUBLISHING" && placed !== undefined) {
      announce(t.searchDone(number(placed), number(leftOut ?? 0)));
    }
  }

  async #stop(): Promise<void> {
    const publishing = this.plan.state === "PUBLISHING";
    const done = await this.#cancel.send<Plan>({ path: planPath(this.plan.id, "/cancel") });
    if (!done) return;
    if (!publishing) toast(t.stopped);
    else if (done.data.publication?.phase === "CONFIRMING") toast({ text: t.stopTooLate, kind: "bad" });
    this.dispatchEvent(new Event("plan-changed", { bubbles: true }));
  }

  override render(): unknown {
    const state = this.#now?.state ?? this.plan.state;
    return html`
      <section class="card planner-progress">
        ${state === "PUBLISHING" || this.plan.state === "PUBLISHING"
          ? this.#publishing()
          : this.#searching(state === "QUEUED")} ${this.#lost
          ? html`
            <p class="small soft" role="status">${icon("offline")} ${t.noProgress}</p>
          `
          : nothing} ${this.#cancel.error
          ? html`
            <div class="callout bad" role="alert">${told(this.#cancel.error).detail}</div>
          `
          : nothing}
      </section>
    `;
  }

  #searching(queued: boolean): TemplateResult {
    const { share = 0, secondsSpent = 0, placed, leftOut, totalMinutes, iterations } = this.#now ?? {};
    const all = duration0(this.plan.seconds);
    const first = this.#curve[0]?.cost;
    return html`
      <div class="row">
        <div class="grow">
          <h2>${queued ? t.queued : t.searching}</h2>
          <p class="soft small">${queued ? t.queuedHint : t.searchingHint}</p>
        </div>
        ${hasRole("organizer")
          ? html`
            <button ?disabled="${this.#cancel.busy}" @click="${() => void this.#stop()}">${queued
              ? t.stopQueued
              : t.stop}</button>
          `
          : nothing}
      </div>
      ${queued ? nothing : html`
        <div class="row meter">
          <progress class="grow" max="1" .value="${share}" aria-label="${t.searching}"></progress>
          <span class="small">${t.ofTime(duration0(secondsSpent), all)}</span>
        </div>
        <div class="row found">
          ${figure(placed === undefined ? "–" : number(placed), t.placed)} ${figure(
            leftOut === undefined ? "–" : number(leftOut),
            t.leftOut,
            leftOut ? "warn" : "",
          )} ${figure(totalMinutes === undefined ? "–" : duration(totalMinutes), t.costNow)}
          <span class="grow"></span>
          ${this.#curve.length > 2 ? curve(this.#curve) : nothing}
        </div>
        <p class="small soft">${[
          first && totalMinutes !== undefined && first > totalMinutes ? t.sinceFirst(difference(totalMinutes - first)) : "",
          iterations ? t.iterations(number(iterations)) : "",
        ].filter(Boolean).join(" · ")}</p>
      `}
    `;
  }

  #publishing(): TemplateResult {
    const of = this.#now?.publication ?? this.plan.publication;
    const phase: Phase = of?.phase ?? "HOLDING";
    return html`
      <div class="row">
        <div class="grow">
          <h2>${t.publishing}</h2>
          <p class="soft small">${phase === "HOLDING"
            ? t.holdingHint
            : phase === "RELEASING"
            ? t.releasing
            : t.confirmingHint}</p>
        </div>
        ${hasRole("organizer") && phase === "HOLDING"
          ? html`
            <button ?disabled="${this.#cancel.busy}" @click="${() => void this.#stop()}">${t.stopPublishing}</button>
          `
          : nothing}
      </div>
      ${of ? steps(of) : nothing}
    `;
  }
}

/** 25 s of 1 min: seconds up to two minutes. */
function duration0(seconds: number): string {
  return t.seconds(Math.round(seconds));
}

function figure(value: string, label: string, tone = ""): TemplateResult {
  return html`
    <span class="found-figure ${tone}"><b>${value}</b> ${label}</span>
  `;
}

function steps(of: Publication): TemplateResult {
  const order = ["HOLDING", "CONFIRMING", "DONE"] as const;
  const at = order.findIndex((each) => each === of.phase);
  const counts = { HOLDING: of.held, CONFIRMING: of.confirmed, DONE: undefined };
  return html`
    <ol class="planner-steps">${order.map((step, i) => {
      const count = counts[step];
      const standing = i < at || of.phase === "DONE" ? "done" : i === at ? "now" : "";
      return html`
        <li class="${standing}" aria-current="${standing === "now" ? "step" : nothing}">
          <span class="sign" aria-hidden="true">${standing === "done" ? icon("check") : i + 1}</span>
          <span class="stack tight grow"><span class="row"><b>${t.publishSteps[step]}</b>${count === undefined ? nothing : html`
            <span class="soft small">${t.heldOf(number(count), number(of.total))}</span>
          `}</span>${count === undefined ? nothing : html`
            <progress max="${Math.max(of.total, 1)}" .value="${count}" aria-label="${t.publishSteps[step]}"></progress>
          `}</span>
        </li>
      `;
    })}</ol>
  `;
}

/** How the cost falls. The numbers beside it say the same. */
function curve(points: { at: number; cost: number }[]): TemplateResult {
  const costs = points.map((each) => each.cost);
  const least = Math.min(...costs);
  const most = Math.max(...costs, least + 1);
  const end = Math.max(points.at(-1)!.at, 1);
  const line = points.map(({ at, cost }) =>
    `${(at / end * WIDTH).toFixed(1)},${(4 + (most - cost) / (most - least) * (HEIGHT - 8)).toFixed(1)}`
  ).join(" ");
  return html`
    <svg class="planner-curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${t.curve}">${svg`
      <polyline points="${line}" />
    `}</svg>
  `;
}

define("lectern-planner-progress", PlanProgress);
