import { tabs } from "../../common/parts.ts";
import { define, html, type TemplateResult, View } from "../../common/view.ts";
import { route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { t } from "./texts.ts";
import "./changes.ts";
import "./export.ts";
import "./import.ts";

type Tab = "changes" | "import" | "export";

/** What was changed, by whom and why; and files in and out. */
class History extends View {
  constructor() {
    super();
    new Routed(this);
  }

  override render(): unknown {
    const mine: Tab[] = [
      "changes",
      ...(hasRole("organizer") ? ["import"] as const : []),
      ...(hasRole("organizer", "auditor") ? ["export"] as const : []),
    ];
    const open = mine.find((each) => each === route().rest[0]) ?? "changes";
    return html`
      <div class="page">
        <h1>${t.heading}</h1>
        ${tabs(
          t.tabsLabel,
          mine.map((each) => ({
            label: t.tabs[each],
            href: to(each === "changes" ? "history" : `history/${each}`),
            current: each === open,
          })),
        )} ${draw(open)}
      </div>
    `;
  }
}

function draw(tab: Tab): TemplateResult {
  switch (tab) {
    case "changes":
      return html`
        <lectern-changes></lectern-changes>
      `;
    case "import":
      return html`
        <lectern-import></lectern-import>
      `;
    case "export":
      return html`
        <lectern-export></lectern-export>
      `;
  }
}

define("lectern-history", History);
