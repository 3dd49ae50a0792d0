import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { empty, Load, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { show, today, WEEKDAYS } from "../../common/time.ts";
import { dayInput } from "../../common/when.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { change, read } from "../api.ts";
import { decide } from "../decide.ts";
import { isRefusal, RefusedProblem } from "../../common/problem.ts";
import { go, here, route, Routed } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { consequences } from "./consequences.ts";
import { t } from "./texts.ts";

const c = t.calendar;

interface NamedDay {
  date: string;
  name: string;
  isOffDay: boolean;
  actsAs?: string;
}

interface Year {
  year: number;
  announced: boolean;
  days: NamedDay[];
}

/** Holidays and make-up workdays of a year, as they were announced. */
class Calendar extends View {
  #year = 0;
  #draft: Year | undefined;
  #etag: string | undefined;
  #error: unknown;
  #one = new Load<Year>(this, async (signal) => {
    const { data, etag } = await read<Year>(`/api/v1/calendar/${this.#year}`, {}, signal);
    this.#etag = etag;
    return { ...data, days: data.days ?? [] };
  });

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
  }

  #routed(): void {
    const year = Number(route().params.get("year")) || Number(today().slice(0, 4));
    if (year !== this.#year) {
      this.#year = year;
      this.#draft = undefined;
      void this.#one.run(true);
    }
  }

  override render(): unknown {
    const editing = route().params.get("edit") === "year" && hasRole("organizer");
    if (!editing) this.#draft = undefined;
    return html`
      <div class="stack">
        <div class="row">
          <div class="group">
            <a class="button square" href="${here({ year: String(this.#year - 1), edit: undefined })}" aria-label="${this.#year -
              1}">${icon("left")}</a>
            <a class="button square" href="${here({ year: String(this.#year + 1), edit: undefined })}" aria-label="${this.#year +
              1}">${icon("right")}</a>
          </div>
          <h2>${this.#year}</h2><span class="grow"></span>
          ${hasRole("organizer") && !editing
            ? html`
              <a class="button" href="${here({ edit: "year" })}">${t.edit}</a>
            `
            : nothing}
        </div>
        ${this.#one.render((year) => {
          if (editing) this.#draft ??= structuredClone(year);
          return this.#draft ? this.#form(this.#draft) : this.#read(year);
        })}
      </div>
    `;
  }

  #read(year: Year): TemplateResult {
    const off = year.days.filter((each) => each.isOffDay).length;
    return html`
      ${year.announced
        ? html`
          <p class="soft">${c.announced}: ${c.days(off, year.days.length - off)}</p>
        `
        : html`
          <div class="callout warn">${icon("warning")}<span>${c.notAnnounced}</span></div>
        `} ${year.days.length === 0 ? empty({ icon: "calendar", title: c.none }) : html`
        <ul class="list">${year.days.map((each) =>
          html`
            <li>
              <div class="item">
                <span><b>${each.name}</b> · ${show.longDay(each.date)}${each.actsAs
                  ? html`
                    <br><span class="soft">${c.actsAs} ${t.weekdays[each.actsAs]}</span>
                  `
                  : nothing}</span><span class="end"><span class="chip ${each.isOffDay ? "good" : "held"}"
                  >${each.isOffDay ? c.off : c.work}</span></span>
                </div>
              </li>
            `
          )}</ul>
        `}
      `;
    }

    #form(draft: Year): TemplateResult {
      const set = (change: (value: string) => void) => (event: Event) => {
        change((event.target as HTMLInputElement).value);
        this.requestUpdate();
      };
      return html`
        <form class="form card" novalidate @submit="${(e: Event) => {
          e.preventDefault();
          void this.#save(draft);
        }}">
          <label class="row"><input type="checkbox" .checked="${draft.announced}" @change="${(e: Event) => {
            draft.announced = (e.target as HTMLInputElement).checked;
            this.requestUpdate();
          }}"> ${c.announced}</label>
          ${draft.announced
            ? html`
              ${draft.days.map((each, i) =>
                html`
                  <fieldset>
                    <div class="line">
                      ${dayInput({ label: t.hours.date, value: each.date, onInput: (day) => (each.date = day) })}
                      <input aria-label="${c.name}" placeholder="${c.name}" .value="${each.name}" @input="${set((
                        v,
                      ) => (each.name = v))}">
                      <select aria-label="${c.kind}" @change="${set((v) => {
                        each.isOffDay = v === "off";
                        if (each.isOffDay) delete each.actsAs;
                      })}">
                        <option value="off" ?selected="${each.isOffDay}">${c.off}</option>
                        <option value="work" ?selected="${!each.isOffDay}">${c.work}</option>
                      </select>
                      <button type="button" class="plain square" aria-label="${t.hours.remove}" @click="${() => {
                        draft.days.splice(i, 1);
                        this.requestUpdate();
                      }}">${icon("close")}</button>
                      ${each.isOffDay ? nothing : html`
                        <label class="wide row small">${c.actsAs}<select @change="${set((v) => {
                          if (v) each.actsAs = v;
                          else delete each.actsAs;
                        })}">
                          <option value="">${c.own}</option>${WEEKDAYS.map((day) =>
                            html`
                              <option value="${day}" ?selected="${day === each.actsAs}">${t.weekdays[day]}</option>
                            `
                          )}
                        </select></label>
                    `} ${this.#errors(`/days/${i}`)}
                  </div>
                </fieldset>
              `)}
            <div><button type="button" @click="${() => {
              draft.days.push({ date: `${this.#year}-01-01`, name: "", isOffDay: true });
              this.requestUpdate();
            }}">${c.addDay}</button></div>
          `
            : html`
              <p class="soft">${c.notAnnounced}</p>
            `} ${this.#refusal()}
        <div class="foot">
          <a class="button" href="${here({ edit: undefined })}">${common.cancel}</a>
          <button class="primary">${t.check}</button>
        </div>
      </form>
    `;
  }

  #errors(pointer: string): unknown {
    const errors = this.#error instanceof RefusedProblem ? this.#error.problem.errors ?? [] : [];
    const mine = errors.filter((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`));
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
            this.#etag = (await read<Year>(`/api/v1/calendar/${this.#year}`)).etag;
            this.#error = undefined;
            this.requestUpdate();
          }}">${t.keepMine}</button>
        `
        : nothing}</div>
    `;
  }

  async #save({ announced, days }: Year): Promise<void> {
    this.#error = undefined;
    try {
      const body = { announced, ...(announced && { days }) };
      const path = `/api/v1/calendar/${this.#year}` as const;
      const affected = await consequences(path, body, this.#etag);
      const done = await decide({
        heading: c.confirm(this.#year),
        body: affected,
        confirm: t.save,
        send: async () => {
          try {
            return await change<Year>("PUT", path, body, { etag: this.#etag });
          } catch (error) {
            this.#error = error;
            throw error;
          }
        },
      });
      this.requestUpdate();
      if (!done) return;
      toast(t.saved);
      await this.#one.run();
      go(here({ edit: undefined }), { replace: true });
    } catch (error) {
      this.#error = error;
    }
    this.requestUpdate();
  }
}

define("lectern-calendar", Calendar);
