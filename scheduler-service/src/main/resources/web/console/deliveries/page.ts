import { Load } from "../../common/states.ts";
import { tabs } from "../../common/parts.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { route, Routed, to } from "../../common/router.ts";
import { mayRead } from "./model.ts";
import { t } from "./texts.ts";
import "./log.ts";
import "./quarantine.ts";
import "./unreached.ts";

type ViewName = "unreached" | "log" | "quarantine" | "held";

interface Counts {
  notices: number;
  channels: { delivered: number; waiting: number; parked: number; dead: number }[];
}

const WEEK = 7 * 86_400_000;

/** Who could not be notified, why, and what to do about it. */
class Deliveries extends View {
  #counts = new Load<Counts>(this, async (signal) => {
    const from = new Date(Date.now() - WEEK).toISOString();
    return (await read<Counts>("/peer/api/v1/deliveries/counts", { from }, signal)).data;
  });

  constructor() {
    super();
    new Routed(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#counts.run();
  }

  override render(): unknown {
    const views = mine();
    const asked = route().params.get("view");
    const view = views.find((each) => each === asked) ?? views[0];
    return html`
      <div class="page">
        <div class="page-head"><h1>${t.heading}</h1></div>
        ${this.#counts.data ? tiles(this.#counts.data) : nothing} ${views.length > 1
          ? tabs(
            t.viewsLabel,
            views.map((each) => ({
              label: t.views[each],
              href: to("deliveries", { view: each }),
              current: each === view,
            })),
          )
          : nothing} ${view ? draw(view) : nothing}
      </div>
    `;
  }
}

/** Each role sees what the API lets it read; organizers begin with a call list. */
function mine(): ViewName[] {
  return [
    ...(mayRead.lectures() ? ["unreached"] as const : []),
    ...(mayRead.log() ? ["log"] as const : []),
    ...(mayRead.records() ? ["quarantine", "held"] as const : []),
  ];
}

function draw(view: ViewName): TemplateResult {
  switch (view) {
    case "unreached":
      return html`
        <lectern-unreached></lectern-unreached>
      `;
    case "log":
      return html`
        <lectern-delivery-log></lectern-delivery-log>
      `;
    case "quarantine":
      return html`
        <lectern-quarantine></lectern-quarantine>
      `;
    case "held":
      return html`
        <lectern-held></lectern-held>
      `;
  }
}

function tiles(counts: Counts): TemplateResult {
  const of = (name: "delivered" | "waiting" | "parked" | "dead") => counts.channels.reduce((sum, each) => sum + each[name], 0);
  const tile = (name: "delivered" | "waiting" | "parked" | "dead", state: string, tone: string) => {
    const body = html`
      <b>${of(name)}</b><span class="soft">${t.counts[name]}</span>
    `;
    const style = `tile ${of(name) > 0 ? tone : ""}`;
    return mayRead.log()
      ? html`
        <a class="${style}" href="${to("deliveries", { view: "log", state })}">${body}</a>
      `
      : html`
        <div class="${style}">${body}</div>
      `;
  };
  return html`
    <section class="stack" aria-label="${t.last}">
      <p class="soft small">${t.last} · ${t.notices(counts.notices)}</p>
      <div class="tiles">
        ${tile("dead", "DEAD", "bad")} ${tile("parked", "PARKED", "warn")} ${tile("waiting", "READY", "")} ${tile(
          "delivered",
          "DELIVERED",
          "good",
        )}
      </div>
    </section>
  `;
}

define("lectern-deliveries", Deliveries);
