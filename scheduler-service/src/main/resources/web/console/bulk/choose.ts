import { openDialog, type Opened } from "../../common/dialog.ts";
import { textField } from "../../common/forms.ts";
import { told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { addDays, instant, local, show, today } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Booking, Ref } from "../booking.ts";
import { changed, type ChangeValues, whenOf } from "../booking/bodies.ts";
import { pickField, whenFields } from "../booking/fields.ts";
import { slot } from "../booking/refusal.ts";
import type { Slot } from "../booking/types.ts";
import { registry } from "../registry.ts";
import type { BulkAction } from "./model.ts";
import { t } from "./texts.ts";

const DAYS_AHEAD = 7;
const EACH = 8;

/** Another lecturer, time or venue for one lecture of many: from free slots, or by hand. Nothing is changed here. */
export async function openChoice(before: Booking): Promise<BulkAction | undefined> {
  const [lecturers, venues] = await Promise.all([registry("lecturer"), registry("venue")]);
  const choice = new Choice(before, lecturers, venues);
  const opened = openDialog<BulkAction>((dialog) => choice.draw(dialog));
  return await opened.result;
}

class Choice {
  #values: ChangeValues;
  #from: string;
  #to: string;
  #slots: Slot[] | undefined;
  #busy = false;
  #error: unknown;
  #said = "";

  constructor(readonly before: Booking, readonly lecturers: Ref[], readonly venues: Ref[]) {
    this.#values = {
      when: whenOf(before.start, before.end, before.zone),
      lecturer: before.lecturer,
      venue: before.venue,
      branch: before.branch,
      joinLink: before.joinLink ?? "",
      reason: { code: "", words: "" },
    };
    const day = local(before.start).day;
    this.#from = day > today() ? day : today();
    this.#to = addDays(this.#from, DAYS_AHEAD);
  }

  draw(dialog: Opened<BulkAction>) {
    const { before } = this;
    return {
      heading: t.oneHeading(before.branch.name),
      body: html`
        <p><span class="soft">${t.oneNow}:</span> ${show.range(before.start, before.end, before.zone)} · ${before.lecturer
          .name}${before.venue ? ` · ${before.venue.name}` : ""}<br><span class="soft">${before.topic.title}</span></p>
        <form class="stack tight" @submit="${(e: Event) => {
          e.preventDefault();
          void this.#search(dialog);
        }}">
          <h3>${t.slots}</h3>
          <div class="fields three">
            ${this.#day("searchFrom", t.searchFrom, this.#from, (value) => (this.#from = value))} ${this.#day(
              "searchTo",
              t.searchTo,
              this.#to,
              (value) => (this.#to = value),
            )}
            <button ?disabled="${this.#busy}">${t.search}</button>
          </div>
          <div class="slots" aria-live="polite" aria-busy="${this.#busy}">${this.#found(dialog)}</div>
        </form>
        <form id="by-hand" class="stack tight" @submit="${(e: Event) => {
          e.preventDefault();
          this.#take(dialog);
        }}">
          <h3>${t.byHand}</h3>
          ${whenFields(this.#values.when, {}, () => dialog.update())}
          <div class="fields">
            ${pickField({
              name: "lecturerId",
              label: t.lecturer,
              required: true,
              list: this.lecturers,
              value: this.#values.lecturer,
              onPick: (value) => {
                this.#values.lecturer = value;
                dialog.update();
              },
            })} ${before.venue
              ? pickField({
                name: "venueId",
                label: t.venue,
                required: true,
                list: this.venues,
                value: this.#values.venue,
                onPick: (value) => {
                  this.#values.venue = value;
                  dialog.update();
                },
              })
              : nothing}
          </div>
          ${this.#said
            ? html`
              <div class="callout warn" role="alert">${this.#said}</div>
            `
            : nothing}
        </form>
      `,
      foot: html`
        <button type="button" @click="${() => dialog.close()}">${common.cancel}</button>
        <button class="primary" form="by-hand">${t.useThese}</button>
      `,
    };
  }

  #day(name: string, label: string, value: string, set: (value: string) => void): TemplateResult {
    return textField({ name, label, type: "date", required: true, value, onInput: set });
  }

  #take(dialog: Opened<BulkAction>): void {
    const body = changed(this.before, this.#values);
    if (!body) {
      this.#said = t.sameValues;
      dialog.update();
      return;
    }
    const { reason: _, ...rest } = body;
    dialog.close({ type: "change", ...rest });
  }

  async #search(dialog: Opened<BulkAction>): Promise<void> {
    const { topic, branch, format, expectedHeadCount } = this.before;
    this.#busy = true;
    this.#error = undefined;
    dialog.update();
    try {
      const { data } = await read<{ items: Slot[] }>("/api/v1/availability", {
        topicId: topic.id,
        branchId: branch.id,
        format,
        expectedHeadCount,
        from: instant(this.#from).toISOString(),
        to: instant(addDays(this.#to, 1)).toISOString(),
        limit: EACH,
      });
      this.#slots = data.items;
    } catch (error) {
      this.#error = error;
    }
    this.#busy = false;
    dialog.update();
  }

  #found(dialog: Opened<BulkAction>): unknown {
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
    return html`
      <ol>${this.#slots.map((each) =>
        html`
          <li>
            ${slot(each)}<button type="button" aria-label="${t.take}: ${show.range(
              each.start,
              each.end,
              each.zone,
            )}, ${each.lecturer.name}" @click="${() =>
              dialog.close({
                type: "change",
                start: each.start,
                end: each.end,
                lecturerId: each.lecturer.id,
                ...(each.venue && { venueId: each.venue.id }),
              })}">${t.take}</button>
          </li>
        `
      )}</ol>
    `;
  }
}
