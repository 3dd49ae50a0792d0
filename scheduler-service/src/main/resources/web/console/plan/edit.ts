import { openDialog, type Opened } from "../../common/dialog.ts";
import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { local, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { change, isRefusal } from "../api.ts";
import { isUnknown, Sender } from "../../common/attempt.ts";
import { clock, instants } from "../booking/bodies.ts";
import { pickField } from "../booking/fields.ts";
import type { Ref } from "../booking.ts";
import { registry } from "../registry.ts";
import { planPath } from "./data.ts";
import { type Change, type Edited, isPlaced, type Item, type Obstacle, type Plan, type Way } from "./model.ts";
import { t } from "./texts.ts";
import { offerUndo } from "./undo.ts";
import { causes, components } from "./why.ts";
import { duration } from "./words.ts";

interface Edit {
  heading: string;
  label: string;
  danger?: boolean;
  plan: Plan;
  etag: string | undefined;
  /** The lecture it is about. */
  item: Item;
  draw?: (form: Form) => TemplateResult;
  /** What is sent; undefined while it would be nothing. */
  changes: () => Change[] | undefined;
}

const QUIET = 350;

/** A change of a draft: what it costs is asked at each value, and nothing is changed before the button. */
class Form {
  #edit: Edit;
  #dialog!: Opened<Edited>;
  #trial: Edited | undefined;
  #trying = false;
  #sending = false;
  #error: unknown;
  #sender = new Sender();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(edit: Edit) {
    this.#edit = edit;
  }

  async open(): Promise<Edited | undefined> {
    this.#dialog = openDialog<Edited>(() => this.#part());
    void this.#try();
    const done = await this.#dialog.result;
    clearTimeout(this.#timer);
    this.#running?.abort();
    return done;
  }

  touched(): void {
    this.#error = undefined;
    this.#trial = undefined;
    this.#dialog.update();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#try(), QUIET);
  }

  async #try(): Promise<void> {
    const changes = this.#edit.changes();
    this.#running?.abort();
    this.#trial = undefined;
    this.#trying = !!changes;
    this.#dialog.update();
    if (!changes) return;
    const running = this.#running = new AbortController();
    try {
      const { plan, etag } = this.#edit;
      const { data } = await change<Edited>("POST", planPath(plan.id, "/edit"), { changes }, {
        etag,
        query: { dryRun: true },
        signal: running.signal,
      });
      if (running.signal.aborted) return;
      this.#trial = data;
    } catch (error) {
      if (running.signal.aborted) return;
      this.#error = error;
    }
    this.#trying = false;
    this.#dialog.update();
  }

  async #send(): Promise<void> {
    const changes = this.#edit.changes();
    if (!changes || this.#sending) return;
    this.#running?.abort();
    this.#sending = true;
    this.#error = undefined;
    this.#dialog.update();
    try {
      const { plan, etag } = this.#edit;
      const after = await this.#sender.send<Edited>({ path: planPath(plan.id, "/edit"), body: { changes }, etag });
      this.#dialog.close(after.data);
      offerUndo(plan, this.#edit.item, changes, after);
    } catch (error) {
      this.#error = error;
    }
    this.#sending = false;
    this.#dialog.update();
  }

  #part() {
    const { heading, label, danger, draw } = this.#edit;
    const overtaken = isRefusal(this.#error, "stale-version");
    const refused = isRefusal(this.#error, "plan-edit-refused");
    return {
      heading,
      body: html`
        <form id="planner-edit" class="stack" @submit="${(e: Event) => {
          e.preventDefault();
          void this.#send();
        }}">${draw ? draw(this) : nothing}${this.#cost()} ${this.#failed()}</form>
      `,
      foot: html`
        <button type="button" @click="${() => this.#dialog.close(overtaken ? NOTHING : undefined)}">${overtaken
          ? t.lookAgain
          : common.cancel}</button>
        <button form="planner-edit" class="${danger ? "danger" : "primary"}" ?disabled="${this.#sending || overtaken || refused ||
          !this.#edit.changes()}">${this.#sending ? t.sending : label}</button>
      `,
    };
  }

  #cost(): unknown {
    const trial = this.#trial;
    if (!trial && this.#error && !this.#trying) return nothing;
    if (!trial) {
      return html`
        <section class="audience" aria-live="polite" aria-busy="${this.#trying}"><p class="soft">${this.#trying
          ? t.asking
          : t.noChangeYet}</p></section>
      `;
    }
    const more = Math.round(trial.differenceMinutes);
    const others = trial.items.filter((each) => each.number !== this.#edit.item.number);
    return html`
      <section class="audience" aria-live="polite">
        <h3>${more > 0 ? t.wouldCost(duration(more)) : more < 0 ? t.wouldSave(duration(-more)) : t.wouldSame}</h3>
        ${components(trial.components ?? [], true)} ${trial.before && trial.after
          ? html`
            <p class="small soft">${t.totalThen(duration(trial.before.totalMinutes), duration(trial.after.totalMinutes))}</p>
          `
          : nothing} ${others.length > 0
          ? html`
            <h4>${t.alsoChanged}</h4><ul class="plain-list small">${others.map((each) =>
              html`
                <li>${each.branch.name}: ${isPlaced(each)
                  ? show.range(each.start, each.end, each.zone)
                  : t.itemState[each.state]}</li>
              `
            )}</ul>
          `
          : nothing}
      </section>
    `;
  }

  #failed(): unknown {
    const error = this.#error;
    if (!error) return nothing;
    if (isRefusal(error, "stale-version")) {
      return html`
        <div class="callout warn" role="alert"><div><strong>${t.overtaken}</strong><br>${t.overtakenHint}</div></div>
      `;
    }
    const { title, detail } = told(error);
    const list = isRefusal(error, "plan-edit-refused") ? (error.problem.obstacles ?? []) as Obstacle[] : undefined;
    return html`
      <div class="callout ${list || isUnknown(error) ? "warn" : "bad"}" role="alert">
        ${icon("warning")}
        <div class="stack tight grow"><strong>${list ? t.notPossible : title}</strong>${list && list.length > 0
          ? causes(list)
          : html`
            <p>${detail}</p>
          `}${list
          ? html`
            <p class="small">${t.wayOutEdit}</p>
          `
          : nothing}</div>
      </div>
    `;
  }
}

/** Closes with an answer, so that the page reads the plan again. */
const NOTHING: Edited = { differenceMinutes: 0, items: [] };

/**
 * Another lecturer, venue, day or time.
 *
 * @param way what the fields begin with
 * @param taking the lecture that is removed to make room
 */
export async function openMove(
  plan: Plan,
  etag: string | undefined,
  item: Item,
  way?: Pick<Way, "lecturer" | "venue" | "start">,
  taking?: number,
): Promise<Edited | undefined> {
  const [lecturers, venues] = await Promise.all([registry("lecturer"), registry("venue")]);
  const begin = way?.start ?? item.start;
  const at = begin ? local(begin, item.zone) : undefined;
  let lecturer: Ref | undefined = way?.lecturer ?? item.lecturer;
  let venue: Ref | undefined = way ? way.venue : item.venue;
  let day = at?.day ?? "";
  let time = at ? clock(at.minutes) : "";
  const draw = (form: Form): TemplateResult =>
    html`
      ${taking === undefined ? nothing : html`
        <p>${t.giveWayHint}</p>
      `}
      <div class="fields">
        ${pickField({
          name: "lecturerId",
          label: t.lecturer,
          required: true,
          list: lecturers,
          value: lecturer,
          onPick: (value) => {
            lecturer = value;
            form.touched();
          },
        })} ${pickField({
          name: "venueId",
          label: t.venue,
          list: venues,
          value: venue,
          onPick: (value) => {
            venue = value;
            form.touched();
          },
        })} ${textField({
          name: "day",
          label: t.day,
          type: "date",
          required: true,
          value: day,
          onInput: (value) => {
            day = value;
            form.touched();
          },
        })} ${textField({
          name: "time",
          label: t.start,
          type: "time",
          required: true,
          value: time,
          onInput: (value) => {
            time = value;
            form.touched();
          },
        })}
      </div>
      <p class="small soft">${show.zone(item.zone)}</p>
    `;
  return await new Form({
    heading: taking === undefined ? t.editHeading(item.branch.name) : t.giveWayHeading(item.branch.name),
    label: t.apply,
    plan,
    etag,
    item,
    draw,
    changes: () => {
      const start = instants({ day, time, minutes: 1 }, item.zone)?.start;
      if (!lecturer || !start) return undefined;
      const one: Change = { number: item.number, action: "MOVE" };
      if (lecturer.id !== item.lecturer?.id) one.lecturerId = lecturer.id;
      if (venue && venue.id !== item.venue?.id) one.venueId = venue.id;
      if (!item.start || Date.parse(start) !== Date.parse(item.start)) one.start = start;
      if (Object.keys(one).length === 2) return undefined;
      return taking === undefined ? [one] : [{ number: taking, action: "REMOVE" }, one];
    },
  }).open();
}

/** Taken out for now, or excluded from the whole draft. */
export function openLeave(
  plan: Plan,
  etag: string | undefined,
  item: Item,
  action: "REMOVE" | "EXCLUDE",
): Promise<Edited | undefined> {
  const out = action === "REMOVE";
  return new Form({
    heading: out ? t.removeHeading(item.branch.name) : t.excludeHeading(item.branch.name),
    label: out ? t.applyRemove : t.applyExclude,
    danger: true,
    plan,
    etag,
    item,
    draw: () =>
      html`
        <p>${out ? t.removeHint : t.excludeHint}</p>
      `,
    changes: () => [{ number: item.number, action }],
  }).open();
}
