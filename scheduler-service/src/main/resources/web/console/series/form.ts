import { toast } from "../../common/announce.ts";
import { areaField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { Load, loading, told } from "../../common/states.ts";
import { local } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { change, isRefusal, RefusedProblem } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import type { Ref } from "../booking.ts";
import { formatField, numberField, pickField } from "../booking/fields.ts";
import type { Slot } from "../booking/types.ts";
import { choices } from "../choices.ts";
import { isRemote, usualFormat } from "../formats.ts";
import { registry, type Topic } from "../registry.ts";
import { go, to } from "../../common/router.ts";
import { attempt } from "../timeline/actions.ts";
import { dates } from "./dates.ts";
import { datesOf, request, type Series, type SeriesPreview, usual, type Values } from "./model.ts";
import { patternFields } from "./pattern.ts";
import { t } from "./texts.ts";

interface Lists {
  topics: Topic[];
  branches: Ref[];
  lecturers: Ref[];
  venues: Ref[];
}

/** A new series: fields, then its dates with conflicts and ways out, then booked as a whole. */
class SeriesForm extends View {
  #values: Values = usual();
  #dates = "";
  #lists = new Load<Lists>(this, async () => {
    const [topics, branches, lecturers, venues] = await Promise.all([
      registry("topic"),
      registry("branch"),
      registry("lecturer"),
      registry("venue"),
      choices(),
    ]);
    this.#values.format = usualFormat(this.#values.format);
    return { topics, branches, lecturers, venues };
  });
  #preview = new Load<SeriesPreview>(
    this,
    async (signal) => (await change<SeriesPreview>("POST", "/api/v1/series/preview", request(this.#values), { signal })).data,
  );
  #booking = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#lists.run();
  }

  async #check(): Promise<void> {
    if (!request(this.#values)) return;
    const question = datesOf(this.#values);
    if (question !== this.#dates) this.#values.skip = [];
    this.#dates = question;
    this.#booking.forget();
    await this.#preview.run();
  }

  /** A field has changed: what was said about the former values no longer counts. */
  #touched = (): void => {
    this.#preview.data = undefined;
    this.#preview.error = undefined;
    this.#booking.forget();
    this.requestUpdate();
  };

  #set = <K extends keyof Values>(name: K) => (value: Values[K]): void => {
    this.#values[name] = value;
    this.#touched();
  };

  #errorOf(name: string): string | undefined {
    const error = this.#booking.error ?? this.#preview.error;
    return error instanceof RefusedProblem ? error.errorOf(name) : undefined;
  }

  async #book(): Promise<void> {
    const body = request(this.#values);
    if (!body || this.#preview.busy) return;
    const done = await this.#booking.send<Series>({ path: "/api/v1/series", body });
    if (done) {
      toast(t.booked(done.data.occurrences.length));
      go(to(`lectures/series/${done.data.id}`));
    } else if (isRefusal(this.#booking.error, "series-refused")) await this.#preview.run();
  }

  override render(): unknown {
    return html`
      <h2>${t.newHeading}</h2>
      <p class="soft">${t.intro}</p>
      ${this.#lists.render((lists) => this.#draw(lists), 8)}
    `;
  }

  #draw(lists: Lists): TemplateResult {
    const ready = !!this.#preview.data;
    return html`
      <form class="card stack series-form" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#check();
      }}">
        ${this.#what(lists)} ${patternFields({
          values: this.#values,
          set: this.#set,
          errorOf: (name) => this.#errorOf(name),
        })}
        <div class="row end"><button class="${ready ? "" : "primary"}" ?disabled="${this.#preview.busy}">${ready
          ? t.previewAgain
          : t.preview}</button></div>
      </form>
      ${this.#preview.busy && !ready
        ? html`
          <p class="soft" role="status">${t.checking} …</p>${loading(4)}
        `
        : this.#preview.data
        ? this.#checked(this.#preview.data)
        : this.#preview.error
        ? this.#failed(this.#preview.error)
        : nothing}
    `;
  }

  #what(lists: Lists): TemplateResult {
    const v = this.#values;
    return html`
      <h3>${t.what}</h3>
      <div class="fields">
        ${pickField({
          name: "topicId",
          label: t.topic,
          required: true,
          list: lists.topics,
          value: v.topic,
          error: this.#errorOf("topicId"),
          onPick: (topic) => {
            if (topic) v.minutes = topic.durationMinutes;
            this.#set("topic")(topic);
          },
        })} ${pickField({
          name: "branchId",
          label: t.branch,
          required: true,
          list: lists.branches,
          value: v.branch,
          error: this.#errorOf("branchId"),
          onPick: this.#set("branch"),
        })} ${pickField({
          name: "lecturerId",
          label: t.lecturer,
          required: true,
          list: lists.lecturers,
          value: v.lecturer,
          error: this.#errorOf("lecturerId"),
          onPick: this.#set("lecturer"),
        })} ${formatField(v.format, this.#set("format"), this.#errorOf("format"))} ${isRemote(v.format)
          ? textField({
            name: "joinLink",
            label: t.joinLink,
            type: "url",
            required: true,
            value: v.joinLink,
            error: this.#errorOf("joinLink"),
            onInput: this.#set("joinLink"),
          })
          : pickField({
            name: "venueId",
            label: t.venue,
            required: true,
            list: lists.venues,
            value: v.venue,
            error: this.#errorOf("venueId"),
            onPick: this.#set("venue"),
          })} ${numberField(
            { name: "expectedHeadCount", label: t.headCount, value: v.headCount, error: this.#errorOf("expectedHeadCount") },
            this.#set("headCount"),
          )}
      </div>
      <details>
        <summary>${t.note}</summary>
        ${areaField({
          name: "note",
          label: t.note,
          hint: t.noteHint,
          value: v.note,
          error: this.#errorOf("note"),
          onInput: (text) => (v.note = text),
        })}
      </details>
    `;
  }

  #failed(error: unknown): TemplateResult {
    const { title, detail } = told(error);
    const errors = error instanceof RefusedProblem ? error.problem.errors ?? [] : [];
    return html`
      <div class="callout bad" role="alert">${icon("warning")}<div class="grow"><b>${title}</b>${errors.length > 0
        ? html`
          <ul>${errors.map((each) =>
            html`
              <li>${each.detail}</li>
            `
          )}</ul>
        `
        : html`
          <p>${detail}</p>
        `}</div></div>
    `;
  }

  #checked(preview: SeriesPreview): TemplateResult {
    const { skip } = this.#values;
    const taken = preview.occurrences.filter((each) => each.outcome === "CONFLICT" || each.outcome === "RULES");
    const set = (out: string[]) => {
      this.#values.skip = out;
      void this.#check();
    };
    return html`
      <section class="stack" aria-label="${t.datesHeading}">
        <div class="row">
          <h3 class="grow" role="status">${t.summary(preview.free, taken.length)}</h3>
          ${taken.length > 0
            ? html`
              <button @click="${() => set([...skip, ...taken.map((each) => each.date)])}">${t.leaveOutAll(taken.length)}</button>
            `
            : nothing}
        </div>
        ${preview.yearsNotAnnounced?.length
          ? html`
            <p class="soft small">${t.notAnnounced(preview.yearsNotAnnounced.join(", "))}</p>
          `
          : nothing} ${dates(this.#withSkipped(preview), preview.zone, {
            skip: {
              has: (date) => skip.includes(date),
              set: (date, out) => set(out ? [...skip, date] : skip.filter((each) => each !== date)),
            },
            alone: (slot) => void this.#alone(slot),
          })}
        <form class="card stack" @submit="${(e: Event) => {
          e.preventDefault();
          void this.#book();
        }}">
          ${taken.some((each) => each.outcome === "RULES") || this.#values.override
            ? html`
              <div class="field">
                <label for="series-override">${t.override}</label>
                <input id="series-override" .value="${this.#values.override}" aria-describedby="series-override-hint" @change="${(
                  e: Event,
                ) => {
                  this.#values.override = (e.target as HTMLInputElement).value;
                  void this.#preview.run();
                }}">
                <div class="hint" id="series-override-hint">${t.overrideHint}</div>
              </div>
            `
            : nothing} ${this.#booking.error
            ? this.#booking.unknown
              ? html`
                <div class="callout warn" role="alert">${t.unknown}</div>
              `
              : this.#failed(this.#booking.error)
            : nothing}
          <div class="row end">
            <span class="soft small grow">${icon("bell")} ${preview.bookable
              ? t.tellHint(this.#values.branch?.name ?? "", preview.free)
              : t.cannot}</span>
            <button class="primary" ?disabled="${!preview.bookable || preview.free === 0 || this.#booking.busy ||
              this.#preview.busy}">${this.#booking.unknown ? t.askAgain : t.book(preview.free)}</button>
          </div>
        </form>
      </section>
    `;
  }

  /** Listed dates that are left out are not asked for; they stay in the list and can be added again. */
  #withSkipped({ occurrences }: SeriesPreview): SeriesPreview["occurrences"] {
    const known = new Set(occurrences.map((each) => each.date));
    return [
      ...occurrences,
      ...this.#values.skip.filter((date) => !known.has(date)).map((date) => ({ date, start: "", outcome: "SKIPPED" as const })),
    ].sort((a, b) => a.date.localeCompare(b.date));
  }

  /** A date that cannot be in the series is booked by itself, from what is free instead. */
  async #alone(slot: Slot): Promise<void> {
    const { day, minutes } = local(slot.start);
    await attempt(async () => {
      const { openBook } = await import("../booking/book.ts");
      await openBook({
        day,
        minutes,
        lecturer: slot.lecturer,
        venue: slot.venue,
        branch: this.#values.branch,
        topic: this.#values.topic,
      });
    });
  }
}

define("lectern-series-form", SeriesForm);
