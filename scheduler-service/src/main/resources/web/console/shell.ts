import { Frame, sign } from "../common/frame.ts";
import { home } from "../common/home.ts";
import { icon } from "../common/icons.ts";
import { addKeys, showKeys } from "../common/keys.ts";
import { go, route, to } from "../common/router.ts";
import * as session from "../common/session.ts";
import { empty, failure, loading } from "../common/states.ts";
import { common } from "../common/texts.ts";
import { define, html, nothing, type TemplateResult } from "../common/view.ts";
import "./api.ts";
import { pages } from "./pages.ts";
import "./search/search.ts";
import { texts } from "./texts.ts";

/** The frame of the console: navigation, search and the page; its code is loaded when it is first shown. */
class Shell extends Frame {
  #loaded = new Set<string>();
  #failed: unknown;

  constructor() {
    super();
    addKeys({ key: "?", label: texts.helpKey, run: showKeys });
  }

  protected override label(page: string): string {
    return `${pages[page]?.label ?? common.frame.missing} · ${texts.product}`;
  }

  protected override roleName(role: string): string {
    return texts.roles[role] ?? role;
  }

  protected override head(): TemplateResult {
    const current = route().page;
    const mine = Object.entries(pages).filter(([, page]) => session.hasRole(...page.roles));
    return html`
      <header class="head no-print">
        <a class="brand" href="${to("timeline")}" aria-label="${texts.product} ${texts.console}">
          ${sign()}<span>${texts.product}</span></a>
        <nav aria-label="${common.frame.navigation}">${mine.map(([name, page]) =>
          html`
            <a href="${to(name)}" aria-current="${name === current ? "page" : nothing}">${icon(page.icon)}<span>${page
              .label}</span></a>
          `
        )}</nav>
        <span class="grow"></span>
        ${session.hasRole("organizer", "auditor")
          ? html`
            <lectern-search></lectern-search>
          `
          : nothing} ${this.account(html`
            <button class="plain" @click="${showKeys}">${icon("keys")}${texts.keys}</button>
          `)}
      </header>
    `;
  }

  protected override page(): TemplateResult {
    const name = route().page;
    const page = pages[name];
    if (!page) {
      return empty({
        whole: true,
        title: common.frame.missing,
        hint: common.frame.missingHint,
        action: html`
          <a class="button" href="${to("timeline")}">${texts.toStart}</a>
        `,
      });
    }
    if (!session.hasRole(...page.roles)) {
      const first = Object.keys(pages).find((each) => session.hasRole(...pages[each]!.roles));
      if (first && location.pathname.replace(/\/$/, "") === home) {
        queueMicrotask(() => go(to(first), { replace: true })); // operators do not start at the timeline
        return loading();
      }
      return empty({ whole: true, icon: "person", title: common.frame.notFor, hint: common.frame.notForHint });
    }
    if (this.#loaded.has(name)) return page.draw();
    if (this.#failed) {
      return failure({ error: this.#failed, retry: () => location.reload() });
    }
    page.load().then(() => this.#loaded.add(name), (error) => (this.#failed = error)).finally(() => this.requestUpdate());
    return loading();
  }
}

define("lectern-shell", Shell);
