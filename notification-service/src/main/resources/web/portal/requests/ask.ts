import { toast } from "../../common/announce.ts";
import { isRefusal, readAll } from "../../common/api.ts";
import { areaField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { go, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { addDays, type Day, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { branch } from "../branches.ts";
import { problem, zone } from "../parts.ts";
import { Remembered } from "../remembered.ts";
import { Sending } from "../sending.ts";
import { texts } from "../texts.ts";
import { type LectureRequest, type TimeOfDay, windows } from "./model.ts";

const t = texts.requests;
const FEW = 8;
const PERIODS = { two: 14, four: 28, quarter: 91 } as const;
const TIMES: TimeOfDay[] = ["any", "morning", "afternoon", "evening"];

interface Topic {
  id: string;
  title: string;
  description?: string;
  durationMinutes?: number;
}

/** A request in three taps: a topic, a time, send. */
class Ask extends View {
  #topics = new Remembered<Topic[]>(this, () => "topics", (signal) => readAll<Topic>("/peer/api/v1/topics", {}, signal));
  #sending = new Sending(this);
  #search = "";
  #topic: Topic | undefined;
  #own = false;
  #from: Day | "" = "";
  #until: Day | "" = "";
  #ready = false;
  #time: TimeOfDay = "any";
  #people = "";
  #note = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.#people = String(branch()?.headCount ?? "");
    void this.#topics.run();
  }

  override render(): unknown {
    const step = !this.#topic ? 1 : !this.#ready ? 2 : 3;
    return html`
      <p class="soft small" role="status">${t.step(step)}</p>
      ${step === 1
        ? this.#topics.render((topics) => this.#chooseTopic(topics))
        : step === 2
        ? this.#choosePeriod()
        : this.#check()}
    `;
  }

  #chooseTopic(topics: Topic[]): TemplateResult {
    const found = topics.filter((each) => each.title.toLowerCase().includes(this.#search.trim().toLowerCase()));
    return html`
      <h1>${t.topic}</h1>
      ${topics.length > FEW
        ? textField({
          name: "find",
          label: t.findTopic,
          value: this.#search,
          required: true,
          onInput: (value) => {
            this.#search = value;
            this.requestUpdate();
          },
        })
        : nothing} ${found.length === 0 ? empty({ title: t.noTopic, icon: "search" }) : nothing}
      <div class="choices">${found.map((each) =>
        html`
          <button class="choice" @click="${() => {
            this.#topic = each;
            this.#turn();
          }}">
            <strong>${each.title}</strong>${each.durationMinutes
              ? html`
                <span class="soft small">${t.minutes(each.durationMinutes)}</span>
              `
              : nothing}
          </button>
        `
      )}</div>
    `;
  }

  #choosePeriod(): TemplateResult {
    const tomorrow = addDays(today(zone()), 1);
    const wrong = this.#from && this.#until && this.#until < this.#from ? t.order : undefined;
    return html`
      ${this.#chosen(this.#topic!.title, () => (this.#topic = undefined))}
      <h1>${t.when}</h1>
      <div class="choices">
        ${(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((period) => {
          const until = addDays(tomorrow, PERIODS[period] - 1);
          return html`
            <button class="choice" @click="${() => this.#period(tomorrow, until)}">
              <strong>${t.periods[period]}</strong>
              <span class="soft small">${t.window(show.day(tomorrow), show.day(until))}</span>
            </button>
          `;
        })}
        <button class="choice" aria-expanded="${this.#own}" @click="${() => {
          this.#own = !this.#own;
          this.requestUpdate();
        }}"><strong>${t.own}</strong></button>
      </div>
      ${this.#own
        ? html`
          <form class="stack" @submit="${(e: Event) => {
            e.preventDefault();
            if (this.#from && this.#until && !wrong) this.#period(this.#from, this.#until);
          }}">
            ${textField({
              name: "from",
              label: t.from,
              type: "date",
              required: true,
              value: this.#from,
              onInput: (value) => {
                this.#from = value;
                this.requestUpdate();
              },
            })} ${textField({
              name: "until",
              label: t.until,
              type: "date",
              required: true,
              value: this.#until,
              error: wrong,
              onInput: (value) => {
                this.#until = value;
                this.requestUpdate();
              },
            })}
            <button class="primary wide" ?disabled="${!this.#from || !this.#until || !!wrong}">${t.next}</button>
          </form>
        `
        : nothing}
    `;
  }

  #period(from: Day, until: Day): void {
    this.#from = from;
    this.#until = until;
    this.#ready = true;
    this.#turn();
  }

  #check(): TemplateResult {
    const error = this.#sending.error;
    const open = isRefusal(error, "already-requested") ? error.problem.requestId : undefined;
    return html`
      ${this.#chosen(this.#topic!.title, () => {
        this.#topic = undefined;
        this.#ready = false;
      })} ${this.#chosen(t.window(show.wholeDay(this.#from), show.wholeDay(this.#until)), () => (this.#ready = false))}
      <h1>${t.check}</h1>
      <fieldset class="times">
        <legend>${t.times}</legend>
        <div class="row">${TIMES.map((time) =>
          html`
            <label class="pill"><input type="radio" name="time" .checked="${this.#time === time}" @change="${() => {
              this.#time = time;
              this.requestUpdate();
            }}">${time === "any" ? t.anyTime : t[time]}</label>
          `
        )}</div>
      </fieldset>
      ${textField({
        name: "expectedHeadCount",
        label: t.people,
        type: "number",
        value: this.#people,
        error: isRefusal(error) ? error.errorOf("expectedHeadCount") : undefined,
        onInput: (value) => (this.#people = value),
      })} ${areaField({
        name: "note",
        label: t.note,
        hint: t.noteHint,
        value: this.#note,
        error: isRefusal(error) ? error.errorOf("note") : undefined,
        onInput: (value) => (this.#note = value),
      })} ${error ? problem(error) : nothing} ${typeof open === "string"
        ? html`
          <a class="button" href="${to("requests", { request: open })}">${t.back}</a>
        `
        : nothing}
      <button class="primary wide" ?disabled="${this.#sending.busy}" @click="${() => void this.#send()}">${t.send}</button>
    `;
  }

  /** What was chosen before, and the way back to it. */
  #chosen(text: string, change: () => void): TemplateResult {
    return html`
      <div class="chosen">
        ${icon(
          "check",
        )}<span class="grow">${text}</span><button class="plain" aria-label="${`${t.change}: ${text}`}" @click="${() => {
          change();
          this.#sending.forget();
          this.#turn();
        }}">
          ${t.change}
        </button>
      </div>
    `;
  }

  /** Another step begins at its heading. */
  #turn(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const heading = this.querySelector<HTMLElement>("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
    });
  }

  async #send(): Promise<void> {
    const people = Number(this.#people);
    const reply = await this.#sending.send<LectureRequest>({
      path: "/peer/api/v1/requests",
      body: {
        topicId: this.#topic!.id,
        branchId: branch()!.id,
        windows: windows(this.#from, this.#until, this.#time, zone()),
        ...(this.#people.trim() && { expectedHeadCount: Number.isFinite(people) ? people : this.#people }),
        ...(this.#note.trim() && { note: this.#note.trim() }),
      },
    });
    if (reply) {
      toast(t.sent);
      go(to("requests"), { replace: true });
    }
  }
}

define("lectern-ask", Ask);
