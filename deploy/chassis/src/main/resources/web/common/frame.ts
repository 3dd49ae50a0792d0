import { announce } from "./announce.ts";
import { connection } from "./api.ts";
import { openDialog } from "./dialog.ts";
import { home } from "./home.ts";
import { icon } from "./icons.ts";
import { choose, language } from "./language.ts";
import { RefusedProblem } from "./problem.ts";
import { go, route, Routed } from "./router.ts";
import * as session from "./session.ts";
import { empty, failure, loading } from "./states.ts";
import { common } from "./texts.ts";
import { setTheme, theme } from "./theme.ts";
import { html, nothing, type PropertyValues, type TemplateResult, View } from "./view.ts";

const texts = common.frame;

/** `kept`: no connection at the start, and the page shows what this device kept. */
type Standing = "asking" | "in" | "kept" | "out" | "failed" | "error";

/** The frame around every page: who is signed in, account, connection. Its head and pages are those of each site. */
export abstract class Frame extends View {
  #standing: Standing = "asking";
  #error: unknown;
  #offline = false;
  #over = false;
  #shown = "";
  #beginning = false;

  constructor() {
    super();
    new Routed(this);
    connection.addEventListener("offline", () => this.#connected(false));
    connection.addEventListener("online", () => this.#connected(true));
    session.sessionEvents.addEventListener("over", () => this.#sessionOver());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  /** Above the page: brand, navigation, account. */
  protected abstract head(): unknown;

  /** The page that the address names. */
  protected abstract page(): unknown;

  /** What the window is called while a page is open. */
  protected abstract label(page: string): string;

  /** What a role of the person is called. */
  protected abstract roleName(role: string): string;

  /** Below the page, if anything. */
  protected foot(): unknown {
    return nothing;
  }

  /** Someone has signed in or is signed in still. */
  protected begun(_: session.Person): void | Promise<void> {}

  /** Without a connection at the start: whether this device kept enough to show something. */
  protected beginKept(): Promise<boolean> {
    return Promise.resolve(false);
  }

  protected signOut(): Promise<void> {
    return session.signOut();
  }

  protected get isOffline(): boolean {
    return this.#offline;
  }

  /** Shows that the session has ended. */
  protected leave(): void {
    this.#standing = "out";
    this.requestUpdate();
  }

  async #begin(): Promise<void> {
    this.#beginning = true;
    const signedOut = session.justSignedOut();
    const failed = route().params.has("error");
    try {
      const person = await session.ask();
      if (person) {
        await this.begun(person);
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
      const refused = error instanceof RefusedProblem && error.problem.status < 500;
      if (!refused && (this.#standing === "kept" || await this.beginKept())) {
        this.#standing = "kept";
        this.#offline = true;
      } else {
        this.#standing = "error";
        this.#error = error;
      }
    }
    this.#beginning = false;
    this.requestUpdate();
  }

  #connected(now: boolean): void {
    if (now && this.#standing === "kept" && !this.#beginning) void this.#begin(); // who is signed in is known only now
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
    if ((this.#standing === "in" || this.#standing === "kept") && this.#shown !== page) {
      if (this.#shown) {
        this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
      }
      this.#shown = page;
      document.title = this.label(page);
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
    if (this.#standing === "out" || this.#standing === "failed") return this.#welcome();
    return html`
      <a class="skip" href="#content" @click="${(e: Event) => {
        e.preventDefault();
        this.querySelector("main")?.focus();
      }}">${texts.skip}</a>
      ${this.head()} ${this.#offline
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
      <main id="content" tabindex="-1">${this.page()}</main>
      ${this.foot()}
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
            go(home, { replace: true });
            session.signIn();
          }}">${texts.signIn}</button>
        `,
      })}</main>
    `;
  }

  /** The menu of the account; `more` are further entries, each a plain button. */
  protected account(more: unknown = nothing): TemplateResult {
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
            <span class="soft small">${person?.roles.map((role) => this.roleName(role)).join(" · ")}</span>
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
          ${more}
          <button class="plain" @click="${() => void this.signOut()}">${icon("out")}${texts.signOut}</button>
        </div>
      </details>
    `;
  }
}

/** The sign of the product. */
export function sign(): TemplateResult {
  return html`
    <svg width="26" height="26" viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="10"></rect>
      <path d="M11 14h18l-3.4 7H14.4zM18.6 21h2.800v7h-2.800zM14.500 28h11v2.400h-11z"></path>
    </svg>
  `;
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
