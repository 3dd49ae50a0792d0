import { toast } from "../../common/announce.ts";
import { openDialog } from "../../common/dialog.ts";
import { icon } from "../../common/icons.ts";
import { empty, Load, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, type Path, read } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import type { Booking } from "../booking.ts";
import { hasRole } from "../../common/session.ts";
import { keyOf, order, type Suggestion, type Suggestions, whoIsTold } from "./choice.ts";
import { t } from "./texts.ts";

interface Booked {
  items: (Booking & { warnings?: { detail: string }[] })[];
}

/** What to book next: one or many, after a trial that says who will be notified. Says `booked` when it was done. */
class SuggestionList extends View {
  static override properties = { campaign: {}, under: {} };

  declare campaign: string;
  declare under: string | undefined;

  #load = new Load<Suggestions>(
    this,
    async (signal) =>
      (await read<Suggestions>(`/api/v1/campaigns/${this.campaign}/suggestions`, { under: this.under, limit: 20 }, signal)).data,
  );
  #trial = new Attempt(this);
  #booking = new Attempt(this);
  #chosen = new Set<string>();
  #refused = new Set<string>();
  #links = new Map<string, string>();

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("campaign") && !changed.has("under")) return;
    this.#chosen.clear();
    this.#refused.clear();
    this.#trial.forget();
    void this.#load.run(true);
  }

  get #path(): Path {
    return `/api/v1/campaigns/${this.campaign}/suggestions/book`;
  }

  /** Tries, without a booking; then the dialog says who will be notified and asks. */
  async #check(chosen: Suggestion[]): Promise<void> {
    const trial = await this.#trial.send<Booked>({
      path: this.#path,
      body: order(chosen, this.#links),
      query: { dryRun: true },
    });
    if (trial) this.#confirm(chosen, trial.data);
    else this.#markRefused(this.#trial.error, chosen);
  }

  #markRefused(error: unknown, chosen: Suggestion[]): void {
    if (!isRefusal(error, "suggestions-refused")) return;
    for (const { index } of error.problem.refused as { index: number }[]) {
      if (chosen[index]) this.#refused.add(keyOf(chosen[index]));
    }
    this.requestUpdate();
  }

  #confirm(chosen: Suggestion[], { items }: Booked): void {
    const dialog = openDialog((opened) => ({
      heading: t.checkHeading,
      body: html`
        <p class="soft">${t.checkHint}</p>
        <ul class="lines">${items.map((each) =>
          html`
            <li>
              <b>${show.range(each.start, each.end, each.zone)}</b>
              <span>${each.branch.name} · ${each.topic.title} · ${each.lecturer.name}${each.venue
                ? ` · ${each.venue.name}`
                : ""}</span>
              ${(each.warnings ?? []).map((warning) =>
                html`
                  <span class="small">${icon("warning")} ${warning.detail}</span>
                `
              )}
            </li>
          `
        )}</ul>
        <div class="callout">${icon("bell")}<span>${t.tells(whoIsTold(items).join(t.comma))}</span></div>
        ${this.#booking.error
          ? html`
            <div class="callout bad" role="alert">${told(this.#booking.error).detail}</div>
          `
          : nothing}
      `,
      foot: html`
        <button @click="${() => opened.close()}">${common.cancel}</button>
        <button class="primary" ?disabled="${this.#booking.busy}" @click="${async () => {
          const sent = this.#booking.send<Booked>({ path: this.#path, body: order(chosen, this.#links) });
          opened.update();
          const done = await sent;
          if (done) {
            opened.close();
            this.#done(done.data.items.length);
          } else {
            this.#markRefused(this.#booking.error, chosen);
            opened.update();
          }
        }}">${t.bookNow(items.length)}</button>
      `,
    }));
    void dialog.result.then(() => this.#booking.forget());
  }

  #done(count: number): void {
    toast(t.bookedDone(count));
    this.#chosen.clear();
    this.#refused.clear();
    this.dispatchEvent(new Event("booked"));
    void this.#load.run();
  }

  override render(): unknown {
    return this.#load.render((found) => this.#draw(found));
  }

  #draw({ items, withoutLecturer }: Suggestions): TemplateResult {
    const chosen = items.filter((each) => this.#chosen.has(keyOf(each)));
    return html`
      <div class="stack">
        ${items.length === 0 ? empty({ icon: "check", title: t.noSuggestions, hint: t.noSuggestionsHint }) : html`
          <p class="soft small">${t.suggestionsHint}</p>
          ${this.#refusal()}
          <ul class="lines">${repeat(items, keyOf, (each) => this.#suggestion(each))}</ul>
          ${hasRole("organizer") ? this.#foot(items, chosen) : nothing}
        `} ${withoutLecturer.length > 0
          ? html`
            <section>
              <h3>${t.nobody}</h3>
              <ul class="lines">${withoutLecturer.map((each) =>
                html`
                  <li><b>${each.branch.name}</b><span>${each.topic.title} <span class="soft small">${each
                    .detail}</span></span></li>
                `
              )}</ul>
            </section>
          `
          : nothing}
      </div>
    `;
  }

  #foot(items: Suggestion[], chosen: Suggestion[]): TemplateResult {
    const all = chosen.length === items.length;
    return html`
      <div class="answers row no-print">
        <label class="row grow"><input type="checkbox" .checked="${all}" @change="${() => {
          this.#chosen = new Set(all ? [] : items.map(keyOf));
          this.requestUpdate();
        }}">${t.selectAll}</label>
        <button class="primary" ?disabled="${chosen.length === 0 || this.#trial.busy}" @click="${() =>
          void this.#check(chosen)}">${chosen.length
          ? chosen.length ? t.check(chosen.length) : t.checkNone
          : t.checkNone}</button>
      </div>
    `;
  }

  #refusal(): unknown {
    const { error } = this.#trial;
    if (!error) return nothing;
    const { title, detail } = told(error);
    return html`
      <div class="callout bad" role="alert">
        ${icon("warning")}<div class="grow"><strong>${title}</strong><br>${detail}</div>
        ${this.#refused.size > 0
          ? html`
            <button @click="${() => {
              for (const key of this.#refused) this.#chosen.delete(key);
              this.#trial.forget();
            }}">${t.dropRefused}</button>
          `
          : nothing}
      </div>
    `;
  }

  #suggestion(each: Suggestion): TemplateResult {
    const key = keyOf(each);
    const mayBook = hasRole("organizer");
    return html`
      <li>
        <div class="row">
          <label class="row grow">${mayBook
            ? html`
              <input type="checkbox" .checked="${this.#chosen.has(key)}" @change="${() => {
                if (!this.#chosen.delete(key)) this.#chosen.add(key);
                this.requestUpdate();
              }}">
            `
            : nothing}<b>${each.branch.name}</b> ${each.topic.title}</label>
          ${this.#refused.has(key)
            ? html`
              <span class="chip bad">${icon("warning")}${t.refused}</span>
            `
            : nothing} ${mayBook
            ? html`
              <button class="no-print" ?disabled="${this.#trial.busy}" @click="${() => void this.#check([each])}">${t
                .bookOne}</button>
            `
            : nothing}
        </div>
        <div>${show.range(each.start, each.end, each.zone)} · ${each.lecturer.name}${each.venue
          ? ` · ${each.venue.name}`
          : ""}</div>
        ${each.venue || !mayBook ? nothing : html`
          <label class="row small">${t.joinLink}<input type="url" .value="${this.#links.get(key) ?? ""}" @input="${(
            e: Event,
          ) => this.#links.set(key, (e.target as HTMLInputElement).value)}"></label>
        `}
        <div class="soft small why">${each.reasons.map((reason) =>
          html`
            <span>${reason.detail}</span>
          `
        )}</div>
      </li>
    `;
  }
}

define("lectern-suggestions", SuggestionList);
