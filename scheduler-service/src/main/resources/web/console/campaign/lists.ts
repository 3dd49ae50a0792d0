import { empty } from "../../common/states.ts";
import { icon } from "../../common/icons.ts";
import { local, show } from "../../common/time.ts";
import { html, nothing, repeat, type TemplateResult } from "../../common/view.ts";
import { go, here, to } from "../../common/router.ts";
import { stateChip } from "./marks.ts";
import { type Call, type Item, STATES, type Topic, type Visit } from "./model.ts";
import type { State } from "./state.ts";
import { t } from "./texts.ts";

/** Filters of the items; they write the URL. */
export function filters(state: State, topics: readonly Topic[]): TemplateResult {
  const states = STATES.map((each) => ({ value: each, label: t.state[each] }));
  return html`
    <div class="row filters no-print">
      ${filter("state", t.stateFilter, state.item, [{ value: "", label: t.anyState }, ...states])} ${filter(
        "topic",
        t.topicFilter,
        state.topic,
        [
          { value: "", label: t.anyTopic },
          ...topics.map((each) => ({ value: each.id, label: each.title })),
        ],
      )}
    </div>
  `;
}

function filter(
  name: string,
  label: string,
  value: string | undefined,
  options: { value: string; label: string }[],
): TemplateResult {
  const set = (event: Event) => go(here({ [name]: (event.target as HTMLSelectElement).value || undefined }));
  return html`
    <label>
      <span class="hidden">${label}</span>
      <select @change="${set}">
        ${options.map((each) =>
          html`
            <option value="${each.value}" ?selected="${each.value === (value ?? "")}">${each.label}</option>
          `
        )}
      </select>
    </label>
  `;
}

/** Items with their next step. Each is a card, so that it fits a phone as well. */
export function itemList(items: readonly Item[], more: (() => void) | undefined): TemplateResult {
  if (items.length === 0) {
    return empty({
      title: t.noItems,
      hint: t.noItemsHint,
      action: html`
        <a class="button" href="${here({ state: undefined, topic: undefined, branch: undefined })}">${t.showAll}</a>
      `,
    });
  }
  return html`
    <ul class="lines">${repeat(items, (each) => each.branch.id + each.topic.id, item)}</ul>
    ${more
      ? html`
        <button class="no-print" @click="${more}">${t.more}</button>
      `
      : nothing}
  `;
}

function item(each: Item): TemplateResult {
  const first = each.priority
    ? html`
      <span class="chip warn">${t.priority}</span>
    `
    : nothing;
  const next = each.nextStep
    ? html`
      <div class="next small">${icon("right")}${each.nextStep}</div>
    `
    : nothing;
  return html`
    <li>
      <div class="row">
        <b>${each.branch.name}</b>
        ${first}
        <span class="grow soft small">${each.district?.name}</span>
        ${stateChip(each.state)}
      </div>
      <div>${each.topic.title} <span class="soft small">${each.detail}</span></div>
      ${next}
      <div class="row small">${each.bookings.slice(0, 3).map(visit)}</div>
    </li>
  `;
}

function visit(each: Visit): TemplateResult {
  return html`
    <a href="${lecture(each)}">${show.moment(each.start)} · ${each.lecturer}</a>
  `;
}

function lecture(each: Visit): string {
  return to("timeline", { day: local(each.start).day, booking: each.bookingId });
}

/** Whom to call, the soonest lecture first. */
export function callList(found: readonly Call[]): TemplateResult {
  if (found.length === 0) return empty({ icon: "check", title: t.noCalls, hint: t.noCallsHint });
  return html`
    <p class="soft small">${t.callsHint}</p>
    <ul class="lines">${found.map(({ item: of, visit: each }) =>
      html`
        <li>
          <div class="row">
            <b>${of.branch.name}</b>
            <span class="code soft">${of.branch.code}</span>
            <span class="grow soft small">${of.district?.name}</span>
            ${stateChip(of.state)}
          </div>
          <div class="row">
            <a href="${lecture(each)}">${show.moment(each.start)}</a>
            <span>${of.topic.title}</span>
            <span class="soft">${each.lecturer}</span>
          </div>
          <div class="next small">${icon("bell")}${of.state === "NOTIFIED" ? t.reached.NOTIFIED : t.reached.BOOKED}</div>
        </li>
      `
    )}</ul>
  `;
}
