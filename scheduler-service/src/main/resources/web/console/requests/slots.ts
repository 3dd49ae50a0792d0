import { icon } from "../../common/icons.ts";
import { empty, loading } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Slot } from "../booking/types.ts";
import { ahead, keyOf, type LectureRequest, ranked, suits } from "./model.ts";
import { t } from "./texts.ts";

const EACH = 8;

/** Slots for a request, from the search; undefined when all its times are over. */
export async function findSlots(request: LectureRequest, signal: AbortSignal): Promise<Slot[] | undefined> {
  const periods = ahead(request.windows, Date.now());
  if (periods.length === 0) return undefined;
  const answers = await Promise.all(periods.map((period) =>
    read<{ items: Slot[] }>("/api/v1/availability", {
      branchId: request.branch.id,
      topicId: request.topic.id,
      from: period.from,
      to: period.until,
      format: request.format,
      expectedHeadCount: request.expectedHeadCount,
      limit: EACH,
    }, signal)
  ));
  return ranked(answers.map((answer) => answer.data.items));
}

export function slotList(of: {
  slots: Slot[] | undefined;
  windows: LectureRequest["windows"];
  chosen: Slot | undefined;
  choose: (slot: Slot) => void;
  key: (event: KeyboardEvent) => void;
}): TemplateResult {
  if (!of.slots) return empty({ icon: "clock", title: t.over, hint: t.overHint });
  if (of.slots.length === 0) return empty({ icon: "calendar", title: t.noSlot, hint: t.noSlotHint });
  const chosen = of.chosen && keyOf(of.chosen);
  return html`
    <fieldset class="slots" @keydown="${of.key}">
      <legend class="hidden">${t.slots}</legend>
      ${of.slots.map((slot) =>
        html`
          <label class="slot">
            <input type="radio" name="slot" .checked="${keyOf(slot) === chosen}" @change="${() => of.choose(slot)}">
            <span class="grow">
              <b>${show.range(slot.start, slot.end, slot.zone)}</b>
              <span class="line">${icon("person")}${slot.lecturer.name} <span class="code soft">${slot.lecturer
                .code}</span></span>
              ${slot.venue
                ? html`
                  <span class="line">${icon("place")}${slot.venue.name}</span>
                `
                : nothing}${suits(slot, of.windows) ? nothing : html`
                <span class="chip warn">${icon("warning")}${t.outside}</span>
              `}
              <span class="why soft small">${slot.reasons.map((each) =>
                html`
                  <span>${each.detail}</span>
                `
              )}</span>
            </span>
            <span class="rank small">${t.score(slot.score)}</span>
          </label>
        `
      )}
    </fieldset>
  `;
}

export function searching(): TemplateResult {
  return html`
    <p class="soft small">${t.searching}</p>${loading(5)}
  `;
}
