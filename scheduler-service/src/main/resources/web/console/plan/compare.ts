import { icon } from "../../common/icons.ts";
import { table } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, type TemplateResult, View } from "../../common/view.ts";
import { read, readAll } from "../api.ts";
import { go, here, to } from "../../common/router.ts";
import { planPath, readPlan } from "./data.ts";
import { planChips } from "./marks.ts";
import { CHANGES, type Comparison, isPlaced, type Item, type Plan } from "./model.ts";
import { t } from "./texts.ts";
import { delta } from "./why.ts";
import { difference, duration, number, percent } from "./words.ts";

/** Two plans of a campaign side by side. */
class PlanCompare extends View {
  static override properties = { plan: {}, other: {} };

  declare plan: string;
  declare other: string;

  #one = new Load<Plan>(this, async (signal) => (await readPlan(this.plan, signal)).data);
  #rivals = new Load<Plan[]>(this, async (signal) => {
    const campaignId = this.#one.data?.campaign.id;
    return (await readAll<Plan>("/api/v1/plans", { campaignId }, signal)).filter((each) => each.cost);
  });
  #both = new Load<Comparison>(
    this,
    async (signal) =>
      (await read<Comparison>(planPath(this.plan, `/compare/${encodeURIComponent(this.other)}`), {}, signal)).data,
  );
  #shown: string | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("plan")) void this.#one.run(true).then(() => this.#one.data && this.#rivals.run());
    if (changed.has("plan") || changed.has("other")) {
      this.#shown = undefined;
      if (this.plan !== this.other) void this.#both.run(true);
    }
  }

  override render(): unknown {
    return html`
      <div class="page planner-compare">${this.#one.render((one) =>
        html`
          <header class="stack tight">
            <nav class="row small" aria-label="${t.heading}">
              <a href="${to("plan", { campaign: one.campaign.id })}">${t.all}</a><a
                href="${to("plan", { plan: one.id })}"
              >${one.name}</a>
            </nav>
            <div class="page-head"><h1>${t.compareHeading}</h1>${this.#choose(one)}</div>
          </header>
          ${this.plan === this.other ? this.#begin(one) : this.#both.render((both) => this.#draw(both), 10)}
        `, 8)}</div>
    `;
  }

  #choose(one: Plan): unknown {
    const rivals = (this.#rivals.data ?? []).filter((each) => each.id !== one.id);
    if (rivals.length === 0) return nothing;
    return html`
      <label class="row small"><span class="soft">${t.compareWith}</span>
        <select @change="${(e: Event) => go(here({ compare: (e.target as HTMLSelectElement).value }))}">
          ${this.plan === this.other
            ? html`
              <option value="${one.id}" selected>–</option>
            `
            : nothing} ${rivals.map((each) =>
              html`
                <option value="${each.id}" ?selected="${each.id === this.other}">${each.name} · ${show.moment(
                  each.createdAt,
                )}</option>
              `
            )}
        </select></label>
      ${this.plan === this.other ? nothing : html`
        <a class="button" href="${to("plan", { plan: this.other, compare: this.plan })}">${icon("change")}${t.swap}</a>
      `}
    `;
  }

  #begin(one: Plan): unknown {
    return this.#rivals.render((all) => {
      const rivals = all.filter((each) => each.id !== one.id);
      if (rivals.length === 0) return empty({ icon: "plan", title: t.compareNone, hint: t.compareNoneHint });
      return html`
        <ul class="list">${rivals.map((each) =>
          html`
            <li>
              <a class="item" href="${here({ compare: each.id })}"><b>${each.name}</b><span class="end">${planChips(
                each,
              )}</span><span
                class="soft small"
              >${t.placedOf(number(each.coverage.placed), number(each.coverage.items))}${each.cost
                ? ` · ${t.cost} ${duration(each.cost.totalMinutes)}`
                : ""}</span></a>
            </li>
          `
        )}</ul>
      `;
    });
  }

  #draw(both: Comparison): TemplateResult {
    const [one, other] = both.plans;
    const total: [number, number] = [one.cost?.totalMinutes ?? 0, other.cost?.totalMinutes ?? 0];
    const lines = [
      ...both.components.filter((each) => each.minutes.some((one) => one !== 0)).map((each) => ({
        name: t.component[each.component] ?? each.component,
        values: each.minutes.map(duration),
        change: delta(each.difference),
      })),
      { name: t.total, values: total.map(duration), change: delta(total[1] - total[0]), total: true as const },
      count(t.lecturesColumn, one.coverage.placed, other.coverage.placed),
      count(t.lecturerDays, one.lecturers?.days, other.lecturers?.days),
      {
        name: t.spread,
        values: both.plans.map((each) => percent(each.lecturers?.evenness ?? 1)),
        change: html`

        `,
      },
    ];
    return html`
      <div class="planner-sides">${both.plans.map((each) =>
        html`
          <section class="card">
            <div class="row"><h2><a href="${to("plan", { plan: each.id })}">${each.name}</a></h2>${planChips(each)}</div>
            <p class="planner-big">${duration(each.cost?.totalMinutes ?? 0)}</p>
            <p class="small soft">${each.coverage
              ? t.placedOf(number(each.coverage.placed), number(each.coverage.items))
              : ""} · ${t
              .travel} ${duration(each.travelMinutes ?? 0)}</p>
          </section>
        `
      )}</div>
      ${table({
        caption: t.compareHeading,
        columns: [
          { heading: t.component_, cell: (each) => strong(each, each.name) },
          { heading: one.name, cell: (each) => strong(each, each.values[0]), number: true },
          { heading: other.name, cell: (each) => strong(each, each.values[1]), number: true },
          { heading: t.differenceColumn, cell: (each) => each.change, number: true },
        ],
        items: lines,
      })} ${this.#items(both)}
    `;
  }

  #items(both: Comparison): TemplateResult {
    const { counts } = both;
    const of: Record<string, number> = {
      OTHER_LECTURER: counts.otherLecturer,
      OTHER_TIME: counts.otherTime,
      OTHER_VENUE: counts.otherVenue,
      GAINED: counts.gained,
      LOST: counts.lost,
    };
    const shown = both.items.filter((each) => !this.#shown || each.change === this.#shown);
    return html`
      <section class="stack tight">
        <h2>${t.differ}</h2>
        <p class="soft small">${t.same(number(counts.same))}${both.items.length >= 500 ? ` ${t.atMost}` : ""}</p>
        ${both.items.length === 0 ? empty({ icon: "check", title: t.noDifference }) : html`
          <div class="row no-print" role="group" aria-label="${t.differ}">${[
            undefined,
            ...CHANGES.filter((each) => of[each]! > 0),
          ].map((
            each,
          ) =>
            html`
              <button class="filter" aria-pressed="${each === this.#shown}" @click="${() => {
                this.#shown = each;
                this.requestUpdate();
              }}">${each ? t.change[each] : t.everything}${each
                ? html`
                  <span class="count">${number(of[each]!)}</span>
                `
                : nothing}</button>
            `
          )}</div>
          <ul class="list">${repeat(shown, (each) => [each.branch.id, each.topic.id, each.occurrence].join(), (each) =>
            html`
              <li class="planner-differs">
                <div class="row">
                  <b>${each.branch.name}</b><span class="soft small grow">${each.topic.title}</span><span class="chip ${each
                      .change === "LOST"
                    ? "bad"
                    : each.change === "GAINED"
                    ? "good"
                    : ""}">${t.change[each.change] ?? each.change}</span>
                </div>
                <div class="sides">${[each.one, each.other].map((item, i) => place(item, both.plans[i]!))}</div>
              </li>
            `)}</ul>
        `}
      </section>
    `;
  }
}

function strong(line: object, text: unknown): unknown {
  return "total" in line
    ? html`
      <b>${text}</b>
    `
    : text;
}

function count(name: string, one = 0, other = 0) {
  const more = other - one;
  return {
    name,
    values: [number(one), number(other)],
    change: html`
      ${more === 0 ? difference(0) : `${more > 0 ? "+" : "−"}${number(Math.abs(more))}`}
    `,
  };
}

function place(item: Item | undefined, plan: Plan): TemplateResult {
  const text = item && isPlaced(item)
    ? [show.range(item.start, item.end, item.zone), item.lecturer.name, item.venue?.name].filter(Boolean).join(" · ")
    : t.notPlaced;
  return html`
    <div><span class="soft small">${plan.name}</span> ${item
      ? html`
        <a href="${to("plan", { plan: plan.id, view: "items", item: String(item.number) })}">${text}</a>
      `
      : html`
        <span class="soft">${text}</span>
      `}</div>
  `;
}

define("lectern-planner-compare", PlanCompare);
