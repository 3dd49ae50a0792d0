import { toast } from "../../common/announce.ts";
import { areaField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { addDays, instant, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Ref } from "../booking.ts";
import { choices } from "../choices.ts";
import { isRemote, usualFormat } from "../formats.ts";
import { registry, type Topic } from "../registry.ts";
import { go, here } from "../../common/router.ts";
import { type Form, openAct } from "./act.ts";
import { booking, type NewValues, whenOf } from "./bodies.ts";
import { formatField, numberField, pickField, whenFields } from "./fields.ts";
import { slot } from "./refusal.ts";
import { t } from "./texts.ts";
import type { Slot } from "./types.ts";

/** What is known when the dialog opens: the values of an empty cell, or a need. */
export interface Start {
  day: string;
  /** Minutes since midnight. */
  minutes?: number;
  lecturer?: Ref | undefined;
  venue?: Ref | undefined;
  branch?: Ref | undefined;
  topic?: Topic | undefined;
  need?: boolean;
}

const USUAL = 90;
const NINE = 9 * 60;

/** Books a lecture: from the values of a cell, or from a need, for which the API ranks free slots. */
export async function openBook(start: Start): Promise<void> {
  const [topics, branches, lecturers, venues] = await Promise.all([
    registry("topic"),
    registry("branch"),
    registry("lecturer"),
    registry("venue"),
    choices(),
  ]);
  const begin = instant(start.day, start.minutes ?? NINE).getTime();
  const values: NewValues = {
    topic: start.topic,
    branch: start.branch,
    format: usualFormat(),
    headCount: undefined,
    guests: [],
    when: whenOf(begin, begin + (start.topic?.durationMinutes ?? USUAL) * 60_000),
    lecturer: start.lecturer,
    venue: start.venue,
    joinLink: "",
    note: "",
    hold: true,
  };
  const search = new Search(values, start.day);
  let need = !!start.need;

  const draw = (form: Form): TemplateResult => {
    const touched = () => form.touched();
    const mode = (wanted: boolean, label: string) =>
      html`
        <button type="button" aria-pressed="${need === wanted}" @click="${() => {
          need = wanted;
          form.touched();
        }}">${label}</button>
      `;
    return html`
      <div class="group" role="group" aria-label="${t.way}">${mode(false, t.byHand)}${mode(true, t.byNeed)}</div>
      <div class="fields">
        ${pickField({
          name: "topicId",
          label: t.topic,
          required: true,
          list: topics,
          value: values.topic,
          error: form.errorOf("topicId"),
          onPick: (value) => {
            values.topic = value;
            if (value) values.when.minutes = value.durationMinutes;
            touched();
          },
        })} ${pickField({
          name: "branchId",
          label: t.branch,
          required: true,
          list: branches,
          value: values.branch,
          error: form.errorOf("branchId"),
          onPick: (value) => {
            values.branch = value;
            touched();
          },
        })} ${formatField(values.format, (value) => {
          values.format = value;
          touched();
        }, form.errorOf("format"))} ${numberField(
          { name: "expectedHeadCount", label: t.headCount, value: values.headCount, error: form.errorOf("expectedHeadCount") },
          (value) => {
            values.headCount = value;
            touched();
          },
        )}
      </div>
      ${need ? search.draw(form, lecturers) : html`
        ${whenFields(values.when, { start: form.errorOf("start"), end: form.errorOf("end") }, touched)}
        <p class="soft small">${show.zone()}</p>
        <div class="fields">
          ${pickField({
            name: "lecturerId",
            label: t.lecturer,
            required: true,
            list: lecturers,
            value: values.lecturer,
            error: form.errorOf("lecturerId"),
            onPick: (value) => {
              values.lecturer = value;
              touched();
            },
          })} ${isRemote(values.format)
            ? textField({
              name: "joinLink",
              label: t.joinLink,
              type: "url",
              required: true,
              value: values.joinLink,
              error: form.errorOf("joinLink"),
              onInput: (value) => {
                values.joinLink = value;
                touched();
              },
            })
            : pickField({
              name: "venueId",
              label: t.venue,
              required: true,
              list: venues,
              value: values.venue,
              error: form.errorOf("venueId"),
              onPick: (value) => {
                values.venue = value;
                touched();
              },
            })}
        </div>
        <fieldset class="bare row" aria-label="${t.standing}">
          <label class="row"><input type="radio" name="hold" .checked="${values.hold}" @change="${() => {
            values.hold = true;
            touched();
          }}">${t.asHold}</label>
          <label class="row"><input type="radio" name="hold" .checked="${!values.hold}" @change="${() => {
            values.hold = false;
            touched();
          }}">${t.asConfirmed}</label>
        </fieldset>
      `} ${guests(values, branches, form)} ${need ? nothing : areaField({
        name: "note",
        label: t.note,
        hint: t.noteHint,
        value: values.note,
        error: form.errorOf("note"),
        onInput: (value) => (values.note = value),
      })}
    `;
  };

  await openAct({
    heading: t.bookHeading,
    label: () => need ? t.find : values.hold ? t.hold : t.bookAndTell,
    path: "/api/v1/bookings",
    rehearses: true,
    draw,
    body: () => need ? undefined : booking(values),
    quiet: () => need,
    submit: (form) => {
      if (need) void search.run(form);
      return need;
    },
    take: (alternative) => {
      values.when = whenOf(alternative.start, alternative.end);
      values.lecturer = alternative.lecturer;
      if (alternative.venue) values.venue = alternative.venue;
    },
    done: ({ data }) => {
      toast({
        text: (data.status === "HELD" ? t.heldDone : t.bookedDone)(`${data.branch.name}, ${show.range(data.start, data.end)}`),
        action: { label: t.open, run: () => go(here({ booking: data.id })) },
      });
    },
  });
}

function guests(values: NewValues, branches: Ref[], form: Form): TemplateResult {
  return html`
    <details ?open="${values.guests.length > 0}">
      <summary>${t.guests}</summary>
      <div class="stack tight">
        ${values.guests.map((guest, i) =>
          html`
            <div class="fields guest">
              ${pickField({
                name: `guests-${i}`,
                label: t.guest,
                required: true,
                list: branches,
                value: guest.branch,
                error: form.errorOf(`guests/${i}/branchId`),
                onPick: (value) => {
                  guest.branch = value;
                  form.touched();
                },
              })} ${numberField({ name: `guests-${i}-count`, label: t.headCount, value: guest.headCount }, (value) => {
                guest.headCount = value;
                form.touched();
              })}
              <button type="button" class="square plain" aria-label="${t.removeGuest}" @click="${() => {
                values.guests.splice(i, 1);
                form.touched();
              }}">${icon("close")}</button>
            </div>
          `
        )}
        <div><button type="button" @click="${() => {
          values.guests.push({ branch: undefined, headCount: undefined });
          form.redraw();
        }}">${t.addGuest}</button></div>
      </div>
    </details>
  `;
}

/** The need: who could, when, best first. A slot is held or booked by one click. */
class Search {
  #values: NewValues;
  #from: string;
  #to: string;
  #lecturer: Ref | undefined;
  #slots: Slot[] | undefined;
  #busy = false;
  #error: unknown;

  constructor(values: NewValues, day: string) {
    this.#values = values;
    this.#lecturer = values.lecturer;
    this.#from = day;
    this.#to = addDays(day, 14);
  }

  async run(form: Form): Promise<void> {
    const { topic, branch, format, headCount } = this.#values;
    if (!topic || !branch) return;
    this.#busy = true;
    this.#error = undefined;
    form.redraw();
    try {
      const { data } = await read<{ items: Slot[] }>("/api/v1/availability", {
        topicId: topic.id,
        branchId: branch.id,
        format,
        expectedHeadCount: headCount,
        lecturerId: this.#lecturer?.id,
        from: instant(this.#from).toISOString(),
        to: instant(addDays(this.#to, 1)).toISOString(),
        limit: 8,
      });
      this.#slots = data.items;
    } catch (error) {
      this.#error = error;
    }
    this.#busy = false;
    form.redraw();
  }

  draw(form: Form, lecturers: Ref[]): TemplateResult {
    const day = (name: string, label: string, value: string, set: (value: string) => void) =>
      textField({ name, label, type: "date", required: true, value, onInput: set });
    return html`
      <div class="fields three">
        ${day("from", t.fromDay, this.#from, (value) => (this.#from = value))} ${day(
          "to",
          t.toDay,
          this.#to,
          (value) => (this.#to = value),
        )} ${pickField({
          name: "only",
          label: t.onlyLecturer,
          list: lecturers,
          value: this.#lecturer,
          onPick: (value) => (this.#lecturer = value),
        })}
      </div>
      <section class="slots" aria-live="polite" aria-busy="${this.#busy}">${this.#found(form)}</section>
    `;
  }

  #found(form: Form): unknown {
    if (this.#busy) {
      return html`
        <p class="soft">${t.searching}</p>
      `;
    }
    if (this.#error) {
      const { title, detail } = told(this.#error);
      return html`
        <div class="callout bad" role="alert"><div><b>${title}</b><p>${detail}</p></div></div>
      `;
    }
    if (!this.#slots) return nothing;
    if (this.#slots.length === 0) {
      return html`
        <p>${t.noSlot}</p>
      `;
    }
    const names = [this.#values.branch, ...this.#values.guests.map((each) => each.branch)].map((each) => each?.name)
      .filter(Boolean).join(", ");
    return html`
      <p class="soft">${t.slotsTell(names)}</p>
      <ol>${this.#slots.map((each) =>
        html`
          <li>
            ${slot(each)}<span class="row">
              <button type="button" @click="${() => this.#book(form, each, true)}">${t.hold}</button>
              <button type="button" class="primary" @click="${() => this.#book(form, each, false)}">${t.bookNow}</button></span>
            </li>
          `
        )}</ol>
      `;
    }

    #book(form: Form, each: Slot, hold: boolean): void {
      const body = booking({
        ...this.#values,
        when: whenOf(each.start, each.end),
        lecturer: each.lecturer,
        venue: each.venue,
        hold,
      });
      void form.send(body);
    }
  }
