import { announce } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { addKeys } from "../../common/keys.ts";
import { told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { go } from "../../common/router.ts";
import { addressOf, type Group, grouped, type Hit, iconOf, stepped, whenOf } from "./model.ts";
import { t } from "./texts.ts";

const PAUSE = 150;
const EACH = 5;

/** One search over everything, as a combobox of ARIA: the focus stays in the field, arrows walk through the results. */
class Search extends View {
  #text = "";
  #groups: Group[] | undefined;
  #hits: Hit[] = [];
  #active = -1;
  #shown = false;
  #busy = false;
  #error: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #removeKey = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#removeKey = addKeys({ key: "/", label: t.key, run: () => this.#begin() });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removeKey();
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  #begin(): void {
    this.classList.add("open");
    this.#input()?.focus();
    this.#input()?.select();
  }

  #end(): void {
    this.#shown = false;
    this.#active = -1;
    this.classList.remove("open");
    this.requestUpdate();
  }

  #typed(text: string): void {
    this.#text = text;
    this.#shown = true;
    this.#active = -1;
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#error = undefined;
    if (text.trim()) {
      this.#busy = true;
      this.#timer = setTimeout(() => void this.#ask(), PAUSE);
    } else {
      this.#busy = false;
      this.#take(undefined);
    }
    this.requestUpdate();
  }

  #take(hits: Hit[] | undefined): void {
    this.#groups = hits && grouped(hits);
    this.#hits = this.#groups?.flatMap((group) => group.hits) ?? [];
  }

  async #ask(): Promise<void> {
    const running = this.#running = new AbortController();
    this.#busy = true;
    this.#error = undefined;
    this.requestUpdate();
    try {
      const { data } = await read<{ items: Hit[] }>("/api/v1/search", { q: this.#text.trim(), limit: EACH }, running.signal);
      this.#take(data.items);
      announce(this.#hits.length > 0 ? t.count(this.#hits.length) : t.none(this.#text.trim()));
    } catch (error) {
      if (running.signal.aborted) return;
      this.#take(undefined);
      this.#error = error;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  #open(hit: Hit): void {
    this.#end();
    this.#input()?.blur();
    go(addressOf(hit));
  }

  #keys = (event: KeyboardEvent): void => {
    if (event.isComposing) return; // the keys belong to the input method
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        this.#shown = true;
        this.#active = stepped(this.#active, event.key === "ArrowDown" ? 1 : -1, this.#hits.length);
        this.requestUpdate();
        void this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }));
        return;
      case "Enter": {
        const hit = this.#hits[Math.max(this.#active, 0)];
        if (hit && this.#shown && !this.#busy) {
          event.preventDefault();
          this.#open(hit);
        }
        return;
      }
      case "Escape":
        event.preventDefault();
        event.stopPropagation();
        if (this.#shown && this.#text) {
          this.#typed("");
          this.#shown = false;
        } else {
          this.#end();
          this.#input()?.blur();
        }
    }
  };

  #left = (event: FocusEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.#end();
  };

  override render(): unknown {
    const list = this.#shown && this.#hits.length > 0;
    return html`
      <button class="plain square search-open" aria-label="${t.open}" @click="${() => this.#begin()}">${icon("search")}</button>
      <div class="search-box" role="search" @focusout="${this.#left}">
        <label class="search-field">${icon("search")}<span class="hidden">${t.label}</span>
          <input
            type="text"
            role="combobox"
            placeholder="${t.placeholder}"
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="search"
            aria-autocomplete="list"
            aria-expanded="${list}"
            aria-controls="${list ? "search-hits" : nothing}"
            aria-activedescendant="${list && this.#active >= 0 ? `search-hit-${this.#active}` : nothing}"
            .value="${this.#text}"
            @input="${(e: Event) => this.#typed((e.target as HTMLInputElement).value)}"
            @focus="${() => {
              this.#shown = true;
              this.requestUpdate();
            }}"
            @keydown="${this.#keys}"
          ><kbd aria-hidden="true">/</kbd></label>
        <button class="plain square search-close" aria-label="${common.close}" @click="${() => this.#end()}">${icon(
          "close",
        )}</button>
        ${this.#shown ? this.#pop() : nothing}
      </div>
    `;
  }

  #pop(): TemplateResult {
    return html`
      <div class="search-pop" aria-busy="${this.#busy}">${this.#content()}</div>
    `;
  }

  #content(): unknown {
    if (this.#error) {
      const { detail } = told(this.#error);
      return html`
        <div class="search-say" role="alert">
          ${icon("warning")}<span class="grow">${detail}</span>
          <button @click="${() => void this.#ask().then(() => this.#input()?.focus())}">${common.retry}</button>
        </div>
      `;
    }
    if (!this.#text.trim()) {
      return html`
        <p class="search-say soft">${t.hint}</p>
      `;
    }
    if (!this.#groups) {
      return html`
        <p class="search-say soft">${t.searching} …</p>
      `;
    }
    if (this.#hits.length === 0) {
      return html`
        <p class="search-say">${this.#busy ? `${t.searching} …` : t.none(this.#text.trim())}<br><span class="soft">${t
          .noneHint}</span></p>
      `;
    }
    let index = 0;
    return html`
      <div id="search-hits" role="listbox" aria-label="${t.results}">${this.#groups.map((group) =>
        html`
          <div role="group" aria-label="${t.kinds[group.kind]}">
            <div class="search-kind" aria-hidden="true">${t.kinds[group.kind]}</div>
            ${group.hits.map((hit) => this.#hit(hit, index++))}
          </div>
        `
      )}</div>
    `;
  }

  #hit(hit: Hit, index: number): TemplateResult {
    const when = whenOf(hit);
    return html`
      <a
        class="search-hit"
        role="option"
        id="search-hit-${index}"
        tabindex="-1"
        href="${addressOf(hit)}"
        aria-selected="${index === this.#active}"
        @mousedown="${(e: Event) => e.preventDefault()}"
        @click="${() => this.#end()}"
      >
        ${icon(iconOf(hit))}
        <span class="grow"><b>${hit.name}</b> ${hit.code
          ? html`
            <span class="code soft">${hit.code}</span>
          `
          : nothing}${when
          ? html`
            <br>${when}
          `
          : nothing}${hit.detail
          ? html`
            <br><span class="soft small">${hit.kind === "LECTURER" ? t.tiers[hit.detail] ?? hit.detail : hit.detail}</span>
          `
          : nothing}</span>
        ${hit.archived
          ? html`
            <span class="chip">${t.archived}</span>
          `
          : nothing}${hit.status
          ? html`
            <span class="chip ${hit.status.toLowerCase()}">${t.status[hit.status]}</span>
          `
          : nothing}
      </a>
    `;
  }
}

define("lectern-search", Search);
