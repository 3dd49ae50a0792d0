import { icon } from "../../common/icons.ts";
import { addKeys } from "../../common/keys.ts";
import { choice, tabs } from "../../common/parts.ts";
import { empty, Load, told } from "../../common/states.ts";
import { toast } from "../../common/announce.ts";
import { common } from "../../common/texts.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { readAll, readFile, saveFile } from "../api.ts";
import { go, here, Routed, to } from "../../common/router.ts";
import { Refresh } from "../refresh.ts";
import { Data } from "./data.ts";
import { districts } from "./districts.ts";
import { burnUpChart, totals } from "./figures.ts";
import { callList, filters, itemList } from "./lists.ts";
import { map } from "./map.ts";
import type { Campaign, Coverage } from "./model.ts";
import { report } from "./report.ts";
import { state, TABS } from "./state.ts";
import "./suggestions.ts";
import { t } from "./texts.ts";
import { flatten } from "./tree.ts";

const REFRESH = 60_000;

/** How far a campaign has come, where it lags, and the next step. */
class CampaignPage extends View {
  #state = state();
  #list = new Load<Campaign[]>(this, (signal) => readAll<Campaign>("/api/v1/campaigns", {}, signal));
  #data = new Data(this, () => this.#state);
  #removeKeys = () => {};

  constructor() {
    super();
    new Routed(this, () => this.#routed());
    new Refresh(this, REFRESH, () => {
      if (this.#state.campaign) this.#data.refresh();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    this.#removeKeys = addKeys(
      { key: "m", label: t.keys.map, run: () => go(here({ where: this.#state.map ? undefined : "map" })) },
      { key: "l", label: t.keys.tab, run: () => go(here({ tab: TABS[(TABS.indexOf(this.#state.tab) + 1) % TABS.length] })) },
      { key: "p", label: t.keys.report, run: () => go(here({ view: this.#state.report ? undefined : "report" })) },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removeKeys();
  }

  #routed(): void {
    this.#state = state();
    if (this.#state.campaign) this.#data.follow();
    else if (!this.#list.data && !this.#list.busy) void this.#list.run();
  }

  override render(): unknown {
    if (!this.#state.campaign) {
      return html`
        <div class="page"><h1>${t.heading}</h1>${this.#list.render((all) => campaigns(all))}</div>
      `;
    }
    return this.#data.campaign.render((campaign) => this.#draw(campaign), 10);
  }

  #draw(campaign: Campaign): TemplateResult {
    const scope = this.#state.branch ?? this.#state.under ? this.#data.scope : this.#data.root;
    if (this.#state.report) {
      return html`
        ${scope.render((coverage) => report(campaign, coverage), 10)}
      `;
    }
    return html`
      <div class="page campaign">
        ${this.#head(campaign, scope.data)}
        <div class="figures">${scope.render(
          (coverage) =>
            html`
              ${totals(coverage)}${burnUpChart(campaign, coverage)}
            `,
          8,
        )}</div>
        <div class="work">${this.#where()}${this.#lists(campaign)}</div>
      </div>
    `;
  }

  #head(campaign: Campaign, coverage: Coverage | undefined): TemplateResult {
    const { under, branch } = this.#state;
    const chosen = coverage?.under?.name;
    const district = under && (this.#data.nameOf(under) ?? (branch ? t.tree : chosen));
    return html`
      <header class="row title">
        <div class="grow">
          <nav class="small"><a href="${to("campaign")}">${t.all}</a></nav>
          <div class="row"><h1>${campaign.name}</h1><span class="chip ${campaign.status === "ACTIVE" ? "good" : ""}">${t
            .status[campaign.status]}</span></div>
          <p class="soft small">${campaign.code} · ${t.window(show.day(campaign.from), show.day(campaign.until))}${coverage
            ? html`
              · ${common.asOf(show.time(coverage.asOf))}
            `
            : nothing}</p>
        </div>
        ${under
          ? html`
            <a class="button" href="${here({ under: undefined, branch: undefined })}">${icon("close")}${district ?? t.whole}</a>
          `
          : nothing} ${branch
          ? html`
            <a class="button" href="${here({ branch: undefined })}">${icon("close")}${t.chosen(chosen ?? "…")}</a>
          `
          : nothing}
        <a class="button" href="${to("plan", { campaign: campaign.id })}">${icon("plan")}${t.plans}</a>
        <button @click="${() => void this.#csv(campaign)}">${t.csv}</button>
        <a class="button" href="${here({ view: "report" })}">${icon("print")}${t.report}</a>
      </header>
    `;
  }

  async #csv(campaign: Campaign): Promise<void> {
    try {
      const { branch, under, item, topic } = this.#state;
      saveFile(
        await readFile(`/api/v1/campaigns/${campaign.id}/coverage/items.csv`, {
          under: branch ?? under,
          state: item,
          topicId: topic,
          bom: true,
        }),
      );
    } catch (error) {
      toast({ text: told(error).detail, kind: "bad" });
    }
  }

  #where(): TemplateResult {
    const { open, branch, map: onMap } = this.#state;
    return html`
      <section class="card where" aria-label="${t.where}">
        <div class="row"><h2 class="grow">${t.where}</h2>${choice(t.where, [
          { label: t.tree, href: here({ where: undefined }), current: !onMap },
          { label: t.map, href: here({ where: "map" }), current: onMap },
        ])}</div>
        ${onMap
          ? this.#data.places.render((places) => map(places, branch), 8)
          : this.#data.root.render((root) => districts(flatten(root.districts, open, this.#data.below), this.#state), 8)}
      </section>
    `;
  }

  #lists(campaign: Campaign): TemplateResult {
    const { tab } = this.#state;
    return html`
      <section class="card lists" aria-label="${t.tabsLabel}">
        ${tabs(
          t.tabsLabel,
          TABS.map((each) => ({
            label: t.tabs[each],
            href: here({ tab: each === "items" ? undefined : each }),
            current: each === tab,
          })),
        )} ${tab === "items"
          ? this.#items(campaign)
          : tab === "calls"
          ? this.#data.calls.render((found) => callList(found))
          : this.#suggestions(campaign)}
      </section>
    `;
  }

  #items(campaign: Campaign): TemplateResult {
    return html`
      ${filters(this.#state, campaign.topics)} ${this.#data.items.render(
        ({ items, nextCursor }) => itemList(items, nextCursor ? () => void this.#more() : undefined),
      )}
    `;
  }

  async #more(): Promise<void> {
    try {
      await this.#data.more();
    } catch (error) {
      toast({ text: told(error).detail, kind: "bad" });
    }
  }

  #suggestions(campaign: Campaign): TemplateResult {
    return campaign.status === "ACTIVE"
      ? html`
        <p><a href="${to("plan", { campaign: campaign.id, new: "plan" })}">${t.planAll}</a></p>
        <lectern-suggestions .campaign="${campaign.id}" .under="${this.#state.branch ?? this.#state.under}" @booked="${() =>
          this.#data.refresh()}"></lectern-suggestions>
      `
      : empty({ icon: "clock", title: t.onlyActive, hint: t.onlyActiveHint });
  }
}

function campaigns(all: Campaign[]): TemplateResult {
  if (all.length === 0) return empty({ icon: "chart", title: t.none, hint: t.noneHint });
  const order = { ACTIVE: 0, DRAFT: 1, CLOSED: 2 };
  return html`
    <ul class="campaigns">${[...all].sort((a, b) => order[a.status] - order[b.status]).map((each) =>
      html`
        <li class="card">
          <div class="row">
            <a href="${to("campaign", { campaign: each.id })}"><b>${each.name}</b></a><span
              class="code soft"
            >${each.code}</span><span class="grow"></span><span class="chip ${each.status === "ACTIVE" ? "good" : ""}">${t
              .status[each.status]}</span>
          </div>
          <p>${t.window(show.day(each.from), show.day(each.until))} · ${t.columns.branches} ${each.targetCount}</p>
          <p class="soft small">${each.topics.map((topic) => topic.title).join(" · ")}</p>
        </li>
      `
    )}</ul>
  `;
}

define("lectern-campaign", CampaignPage);
