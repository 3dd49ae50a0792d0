import { tabs } from "../../common/parts.ts";
import { define, html, nothing, View } from "../../common/view.ts";
import "../absence/page.ts";
import "../bulk/page.ts";
import "../proposals/page.ts";
import { route, Routed, to } from "../../common/router.ts";
import "../series/page.ts";
import { hasRole } from "../../common/session.ts";
import "./list.ts";
import { t } from "./texts.ts";

/** The parts of the page, by the second part of the path. */
const PARTS = {
  list: () =>
    html`
      <lectern-lecture-list></lectern-lecture-list>
    `,
  change: () =>
    html`
      <lectern-bulk></lectern-bulk>
    `,
  absence: () =>
    html`
      <lectern-absence></lectern-absence>
    `,
  proposals: () =>
    html`
      <lectern-proposals></lectern-proposals>
    `,
  series: () =>
    html`
      <lectern-series></lectern-series>
    `,
} as const;

type Part = keyof typeof PARTS;

/** Lectures as a list, and everything that changes many of them. */
class Lectures extends View {
  constructor() {
    super();
    new Routed(this);
  }

  override render(): unknown {
    const part = asked();
    const organizer = hasRole("organizer");
    const shown = (["list", "absence", "proposals", "series"] as const).filter((each) => each !== "absence" || organizer);
    return html`
      <div class="page lectures">
        <div class="page-head">
          <h1>${t.heading}</h1>
          ${organizer && part !== "series"
            ? html`
              <a class="button" href="${to("lectures/series")}">${t.newSeries}</a>
            `
            : nothing}
        </div>
        ${tabs(
          t.tabsLabel,
          shown.map((each) => ({
            label: t.tabs[each],
            href: to(each === "list" ? "lectures" : `lectures/${each}`),
            current: each === (part === "change" ? "list" : part),
          })),
        )} ${PARTS[part]()}
      </div>
    `;
  }
}

function asked(): Part {
  const part = route().rest[0] ?? "list";
  return Object.hasOwn(PARTS, part) ? part as Part : "list";
}

define("lectern-lectures", Lectures);
