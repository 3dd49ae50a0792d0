import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { Load, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import type { Blackout } from "../../common/blackout.ts";
import { show, WEEKDAYS } from "../../common/time.ts";
import { dayInput, timeInput } from "../../common/when.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, type Path, read } from "../api.ts";
import { decide } from "../decide.ts";
import { isRefusal, RefusedProblem } from "../../common/problem.ts";
import { go, here, route, Routed } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { consequences } from "./consequences.ts";
import { t } from "./texts.ts";
import { byDay, type Hours, request } from "./windows.ts";

const h = t.hours;

/** The availability of a lecturer or the opening hours of a venue: read, and edited in place. */
class HoursPart extends View {
  static override properties = { kind: {}, thing: {} };

  declare kind: "lecturers" | "venues";
  declare thing: string;

  #draft: Hours | undefined;
  #etag: string | undefined;
  #error: unknown;
  #one = new Load<Hours>(this, async (signal) => {
    const { data, etag } = await read<Hours>(this.#path(), {}, signal);
    this.#etag = etag;
    return { ...data, weekly: data.weekly ?? [], exceptions: data.exceptions ?? [], blackouts: data.blackouts ?? [] };
  });

  constructor() {
    super();
    new Routed(this);
  }

  #path(): Path {
    return `/api/v1/${this.kind}/${this.thing}/${this.kind === "lecturers" ? "availability" : "opening-hours"}`;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("thing") || changed.has("kind")) {
      this.#draft = undefined;
      this.#error = undefined;
      void this.#one.run(true);
    }
  }

  override render(): unknown {
    const editing = route().params.get("edit") === "hours" && hasRole("organizer");
    if (!editing) this.#draft = undefined;
    return html`
      <section class="stack">
        <h3>${this.kind === "lecturers" ? t.availability : t.openingHours}</h3>
        ${this.#one.render((hours) => {
          if (editing) this.#draft ??= structuredClone(hours);
          return this.#draft ? this.#form(this.#draft) : this.#read(hours);
        }, 4)}
      </section>
    `;
  }

  #read(hours: Hours): TemplateResult {
    const limits = Object.entries(hours.limits ?? {}).filter(([, value]) => value);
    return html`
      ${hours.weekly.length === 0
        ? html`
          <p class="soft">${this.kind === "lecturers" ? h.none : h.noneVenue}</p>
        `
        : html`
          <dl class="facts">${byDay(hours.weekly).map(({ day, windows }) =>
            html`
              <dt>${t.weekdays[day]}</dt><dd>${windows.join("、")}</dd>
            `
          )}</dl>
        `} ${hours.exceptions.length > 0
        ? html`
          <h3>${h.exceptions}</h3><dl class="facts">${hours.exceptions.map((each) =>
            html`
              <dt>${show.day(each.date)}</dt><dd>${each.windows.length === 0
                ? h.closed
                : each.windows.map((w) => `${w.from}–${w.until}`).join("、")} <span class="soft">${each.note}</span></dd>
            `
          )}</dl>
        `
        : nothing} ${hours.blackouts?.length
        ? html`
          <h3>${h.blackouts}</h3><ul class="steps">${hours.blackouts.map((each) =>
            html`
              <li>${period(each, hours.zone)}<br><span class="soft">${each.reason}</span></li>
            `
          )}</ul>
        `
        : nothing} ${limits.length > 0
        ? html`
          <h3>${h.limits}</h3><dl class="facts">${limits.map(([name, value]) =>
            html`
              <dt>${h[name as "noticeHours"]}</dt><dd>${value}</dd>
            `
          )}</dl>
        `
        : nothing}
      <p class="soft small">${h.zone(show.zone(hours.zone))}</p>
      ${hasRole("organizer")
        ? html`
          <div><a class="button" href="${here({ edit: "hours" })}">${t.edit}</a></div>
        `
        : nothing}
    `;
  }

  #form(draft: Hours): TemplateResult {
    const lecturer = this.kind === "lecturers";
    return html`
      <form class="form" novalidate @submit="${(e: Event) => {
        e.preventDefault();
        void this.#save(draft);
      }}">
        <fieldset>
          <legend>${h.weekly}</legend>
          ${draft.weekly.map((each, i) =>
            html`
              <div class="line">
                <select aria-label="${h.day}" @change="${this.#text((v) => (each.day = v))}">${WEEKDAYS.map((day) =>
                  html`
                    <option value="${day}" ?selected="${day === each.day}">${t.weekdays[day]}</option>
                  `
                )}</select>
                ${this.#time(h.from, each, "from")} ${this.#time(h.until, each, "until")} ${this.#remove(
                  draft.weekly,
                  each,
                )} ${this.#errors(`/weekly/${i}`)}
              </div>
            `
          )} ${this.#add(h.addWindow, () => {
            const last = draft.weekly.at(-1);
            draft.weekly.push({ day: next(last?.day), from: last?.from ?? "09:00", until: last?.until ?? "17:00" });
          })} ${this.#errors("/weekly", true)}
        </fieldset>
        ${this.#exceptions(draft)} ${lecturer ? this.#blackouts(draft) : nothing} ${lecturer
          ? this.#limits(draft)
          : nothing} ${this.#refusal()}
        <div class="foot">
          <a class="button" href="${here({ edit: undefined })}">${common.cancel}</a>
          <button class="primary">${t.check}</button>
        </div>
      </form>
    `;
  }

  #exceptions(draft: Hours): TemplateResult {
    return html`
      <fieldset>
        <legend>${h.exceptions}</legend>
        ${draft.exceptions.map((each, i) =>
          html`
            <div class="line">
              ${this.#day(h.date, each, "date")} ${each.windows[0]
                ? html`
                  ${this.#time(h.from, each.windows[0], "from")} ${this.#time(h.until, each.windows[0], "until")}
                `
                : html`
                  <span class="soft">${h.closed}</span><span></span>
                `} ${this.#remove(draft.exceptions, each)}
              <label class="row small wide"><input type="checkbox" .checked="${each.windows.length === 0}" @change="${(
                e: Event,
              ) => {
                each.windows = (e.target as HTMLInputElement).checked ? [] : [{ from: "09:00", until: "12:00" }];
                this.requestUpdate();
              }}"> ${h.wholeDay}</label>
              ${each.windows.slice(1).map((w) =>
                html`
                  <span></span>${this.#time(h.from, w, "from")} ${this.#time(h.until, w, "until")} ${this.#remove(
                    each.windows,
                    w,
                  )}
                `
              )}
              <input class="wide" aria-label="${h.note}" placeholder="${h.note}" .value="${each.note ?? ""}" @input="${this.#text(
                (
                  v,
                ) => (each.note = v),
              )}">
              ${this.#errors(`/exceptions/${i}`)}
            </div>
          `
        )} ${this.#add(h.addException, () => draft.exceptions.push({ date: "", windows: [] }))}
      </fieldset>
    `;
  }

  #blackouts(draft: Hours): TemplateResult {
    const blackouts = draft.blackouts ??= [];
    return html`
      <fieldset>
        <legend>${h.blackouts}</legend>
        ${blackouts.map((each, i) =>
          html`
            <div class="line two">
              ${each.from
                ? html`
                  <span class="soft">${period(each, draft.zone)}</span><span></span>
                `
                : html`
                  ${this.#day(h.firstDay, each, "firstDay")} ${this.#day(h.lastDay, each, "lastDay")}
                `} ${this.#remove(blackouts, each)}
              <input class="wide" aria-label="${h.reason}" placeholder="${h.reason}" .value="${each.reason ?? ""}" @input="${this
                .#text((v) => (each.reason = v))}">
              ${this.#errors(`/blackouts/${i}`)}
            </div>
          `
        )} ${this.#add(h.addBlackout, () => blackouts.push({ firstDay: "", lastDay: "" }))}
      </fieldset>
    `;
  }

  #limits(draft: Hours): TemplateResult {
    const limits = draft.limits ??= {};
    return html`
      <fieldset>
        <legend>${h.limits}</legend>
        <div class="pair">${(["lecturesPerDay", "lecturesPerWeek", "noticeHours"] as const)
          .map((name) =>
            html`
              <label class="field small"
              >${h[name]}<input inputmode="numeric" placeholder="${h.noLimit}" .value="${String(
                limits[name] ?? "",
              )}" @input="${this.#text((v) => {
                if (v === "") delete limits[name];
                else limits[name] = Number(v);
              })}">${this.#errors(`/limits/${name}`)}</label>
            `
          )}</div>
      </fieldset>
    `;
  }

  #time<K extends string>(label: string, of: Record<K, string>, name: K): TemplateResult {
    return timeInput({ label, value: of[name], onInput: (value) => (of[name] = value) });
  }

  #day<K extends string>(label: string, of: Partial<Record<K, string>>, name: K): TemplateResult {
    return dayInput({ label, value: of[name] ?? "", onInput: (value) => (of[name] = value) });
  }

  #text(set: (value: string) => void): (event: Event) => void {
    return (event) => {
      set((event.target as HTMLInputElement).value);
      this.requestUpdate();
    };
  }

  #remove<T>(from: T[], one: T): TemplateResult {
    return html`
      <button type="button" class="plain square" aria-label="${h.remove}" @click="${() => {
        from.splice(from.indexOf(one), 1);
        this.requestUpdate();
      }}">${icon("close")}</button>
    `;
  }

  #add(label: string, add: () => void): TemplateResult {
    return html`
      <div><button type="button" @click="${() => {
        add();
        this.requestUpdate();
      }}">${label}</button></div>
    `;
  }

  /** What the API says of a line, beside it. */
  #errors(pointer: string, exact = false): unknown {
    const errors = this.#error instanceof RefusedProblem ? this.#error.problem.errors ?? [] : [];
    const mine = errors.filter((each) => each.pointer === pointer || (!exact && each.pointer.startsWith(`${pointer}/`)));
    return mine.length === 0 ? nothing : html`
      <div class="field wide"><div class="error" role="alert">${mine.map((each) => each.detail).join(" ")}</div></div>
    `;
  }

  #refusal(): unknown {
    if (!this.#error) return nothing;
    const stale = isRefusal(this.#error, "stale-version");
    const { title, detail } = told(this.#error);
    return html`
      <div class="callout ${stale ? "warn" : "bad"}" role="alert"><div class="grow"><strong>${title}</strong><br>${stale
        ? t.changedMeanwhile
        : detail}</div>${stale
        ? html`
          <button type="button" @click="${async () => {
            this.#etag = (await read<Hours>(this.#path())).etag;
            this.#error = undefined;
            this.requestUpdate();
          }}">${t.keepMine}</button>
        `
        : nothing}</div>
    `;
  }

  /** Shows first what the change means for lectures that are booked. */
  async #save(draft: Hours): Promise<void> {
    const lecturer = this.kind === "lecturers";
    this.#error = undefined;
    this.requestUpdate();
    try {
      const body = request(draft, lecturer);
      const affected = await consequences(this.#path(), body, this.#etag);
      const done = await decide({
        heading: lecturer ? h.confirm : h.confirmHours,
        body: affected,
        confirm: t.save,
        send: async () => {
          try {
            return await change<Hours>("PUT", this.#path(), body, { etag: this.#etag });
          } catch (error) {
            this.#error = error;
            this.requestUpdate();
            throw error;
          }
        },
      });
      if (done) {
        toast(t.saved);
        await this.#one.run();
        go(here({ edit: undefined }), { replace: true });
      }
    } catch (error) {
      this.#error = error;
      this.requestUpdate();
    }
  }
}

function period(of: Blackout, zone: string | undefined): string {
  if (of.from && of.until) return show.range(of.from, of.until, zone);
  const first = of.firstDay ?? "";
  return of.lastDay && of.lastDay !== first ? `${show.day(first)} – ${show.day(of.lastDay)}` : show.day(first);
}

function next(day: string | undefined): string {
  return WEEKDAYS[(WEEKDAYS.findIndex((each) => each === (day ?? "SUNDAY")) + 1) % 7]!;
}

define("lectern-hours", HoursPart);
