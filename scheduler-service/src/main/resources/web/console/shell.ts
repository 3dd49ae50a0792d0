import { announce } from "../common/announce.ts";
import { openDialog } from "../common/dialog.ts";
import { icon } from "../common/icons.ts";
import { addKeys, showKeys } from "../common/keys.ts";
import { choose, language } from "../common/language.ts";
import { empty, failure, loading } from "../common/states.ts";
import { common } from "../common/texts.ts";
import { setTheme, theme } from "../common/theme.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../common/view.ts";
import { connection } from "./api.ts";
import { pages } from "./pages.ts";
import "./search/search.ts";
import { go, route, Routed, to } from "./router.ts";
import * as session from "./session.ts";
import { texts } from "./texts.ts";

type Standing = "asking" | "in" | "out" | "failed" | "error";

/** The frame around every page: navigation, account, connection, and who is signed in. */
class Shell extends View {
  #standing: Standing = "asking";
  #error: unknown;
  #offline = false;
  #over = false;
  #loaded = new Set<string>();
  #failed: unknown;
  #shown = "";

  constructor() {
    super();
    new Routed(this);
    connection.addEventListener("offline", () => this.#connected(false));
    connection.addEventListener("online", () => this.#connected(true));
    session.sessionEvents.addEventListener("over", () => this.#sessionOver());
    addKeys({ key: "?", label: texts.helpKey, run: showKeys });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const signedOut = session.justSignedOut();
    const failed = route().params.has("error");
    try {
      const person = await session.ask();
      if (person) {
        const back = session.returnAddress();
        if (back) go(back, { replace: true });
        this.#standing = "in";
      } else if (signedOut || failed) {
        this.#standing = failed ? "failed" : "out";
      } else {
        session.signIn();
        return;
      }
    } catch (error) {
      this.#standing = "error";
      this.#error = error;
    }
    this.requestUpdate();
  }

  #connected(now: boolean): void {
    if (this.#offline === now) {
      this.#offline = !now;
      if (!now) announce(common.offline);
      this.requestUpdate();
    }
  }

  #sessionOver(): void {
    this.#over = true;
    const dialog = openDialog((opened) => ({
      heading: texts.over,
      body: html`
        <p>${texts.overBody}</p>
      `,
      foot: html`
        <button @click="${() => opened.close()}">${common.cancel}</button>
        <button class="primary" @click="${signInBeside}">${texts.signIn}</button>
      `,
    }));
    session.sessionEvents.addEventListener("back", () => {
      this.#over = false;
      dialog.close();
      this.requestUpdate();
    }, { once: true });
    void dialog.result.then(session.leaveOver);
    this.requestUpdate();
  }

  override updated(_: PropertyValues): void {
    const page = route().page;
    if (this.#standing === "in" && this.#shown !== page) {
      if (this.#shown) {
        this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
      }
      this.#shown = page;
      document.title = `${pages[page]?.label ?? texts.missing} · ${texts.product}`;
    }
  }

  override render(): unknown {
    if (this.#standing === "asking") {
      return html`
        <div class="welcome">${loading(4)}</div>
      `;
    }
    if (this.#standing === "error") {
      return html`
        <main class="welcome">${failure({ error: this.#error, retry: () => location.reload() })}</main>
      `;
    }
    if (this.#standing !== "in") return this.#welcome();
    return html`
      <a class="skip" href="#content" @click="${(e: Event) => {
        e.preventDefault();
        this.querySelector("main")?.focus();
      }}">${texts.skip}</a>
      ${this.#head()} ${this.#offline
        ? html`
          <div class="offline no-print" role="status">${icon("offline")}${common.offline}</div>
        `
        : nothing} ${this.#over
        ? html`
          <div class="offline no-print" role="status">
            ${icon("out")}<span class="grow">${texts.over}</span><button @click="${signInBeside}">${texts.signIn}</button>
          </div>
        `
        : nothing}
      <main id="content" tabindex="-1">${this.#page()}</main>
    `;
  }

  #welcome(): TemplateResult {
    const failed = this.#standing === "failed";
    return html`
      <main class="welcome">${empty({
        whole: true,
        icon: failed ? "warning" : "out",
        title: failed ? texts.signInFailed : texts.signedOut,
        hint: !failed
          ? texts.signedOutHint
          : route().params.get("error") === "cookies"
          ? texts.tooManyCookies
          : texts.signInFailedHint,
        action: html`
          <button class="primary" @click="${() => {
            go("/console", { replace: true });
            session.signIn();
          }}">${texts.signIn}</button>
        `,
      })}</main>
    `;
  }

  #head(): TemplateResult {
    const current = route().page;
    const mine = Object.entries(pages).filter(([, page]) => session.hasRole(...page.roles));
    return html`
      <header class="head no-print">
        <a class="brand" href="${to("timeline")}" aria-label="${texts.product} ${texts.console}">
          <svg width="26" height="26" viewBox="0 0 40 40" aria-hidden="true">
            <rect width="40" height="40" rx="10"></rect>
            <path d="M11 14h18l-3.4 7H14.4zM18.6 21h2.800v7h-2.800zM14.500 28h11v2.400h-11z"></path>
          </svg>
          <span>${texts.product}</span></a>
        <nav aria-label="${texts.navigation}">${mine.map(([name, page]) =>
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
          : nothing} ${this.#account()}
      </header>
    `;
  }

  #account(): TemplateResult {
    const person = session.person();
    const name = person?.name ?? "";
    return html`
      <details class="menu" @keydown="${closeOnEscape}" @focusout="${closeWhenLeft}">
        <summary class="button plain" role="button" aria-label="${texts.account(name)}">
          <span class="face" aria-hidden="true">${name.slice(0, 1)}</span><span class="name">${name}</span>
        </summary>
        <div>
          <div class="who">
            <strong>${name}</strong><br>
            <span class="soft small">${person?.roles.map((role) => texts.roles[role] ?? role).join(" · ")}</span>
          </div>
          <button class="plain" lang="${language === "zh" ? "en" : "zh-CN"}" @click="${() =>
            choose(language === "zh" ? "en" : "zh")}">
            ${icon("globe")}${texts.language}
          </button>
          <button class="plain" @click="${() => {
            const next = { auto: "light", light: "dark", dark: "auto" } as const;
            setTheme(next[theme()]);
            this.requestUpdate();
          }}">${icon("moon")}${texts.theme[theme()]}</button>
          <button class="plain" @click="${showKeys}">${icon("keys")}${texts.keys}</button>
          <button class="plain" @click="${() => void session.signOut()}">${icon("out")}${texts.signOut}</button>
        </div>
      </details>
    `;
  }

  #page(): TemplateResult {
    const name = route().page;
    const page = pages[name];
    if (!page) {
      return empty({
        whole: true,
        title: texts.missing,
        hint: texts.missingHint,
        action: html`
          <a class="button" href="${to("timeline")}">${texts.toStart}</a>
        `,
      });
    }
    if (!session.hasRole(...page.roles)) {
      const first = Object.keys(pages).find((each) => session.hasRole(...pages[each]!.roles));
      if (first && /^\/console\/?$/.test(location.pathname)) {
        queueMicrotask(() => go(to(first), { replace: true })); // operators do not start at the timeline
        return loading();
      }
      return empty({ whole: true, icon: "person", title: texts.notFor, hint: texts.notForHint });
    }
    if (this.#loaded.has(name)) return page.draw();
    if (this.#failed) {
      return failure({ error: this.#failed, retry: () => location.reload() });
    }
    page.load().then(() => this.#loaded.add(name), (error) => (this.#failed = error)).finally(() => this.requestUpdate());
    return loading();
  }
}

/** In a new tab, so that this page stays as it is. */
function signInBeside(): void {
  globalThis.open("/session/login", "_blank", "noopener");
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    const menu = event.currentTarget as HTMLDetailsElement;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

function closeWhenLeft(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) {
    menu.open = false;
  }
}

addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});

define("lectern-shell", Shell);
