import { toast } from "../../common/announce.ts";
import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { empty, failure, Load, told } from "../../common/states.ts";
import { addDays, isDay, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, read } from "../api.ts";
import { isActive, type Ref, type Status } from "../booking.ts";
import { pickField } from "../booking/fields.ts";
import { actionFields, type ActionName, actionOf, type ActionValues, usual } from "../bulk/action.ts";
import type { PlanOf, Selected } from "../bulk/model.ts";
import "../bulk/plan.ts";
import { MOST } from "../bulk/selection.ts";
import { registry } from "../registry.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { enter, type Entered, takeBack } from "./enter.ts";
import { FAILING, type Failing, isPeriod, type Period, rangeOf } from "./model.ts";
import { t } from "./texts.ts";

/** The usual way out of each; the person can choose another. */
/** The code to begin with. */
const CODES: Record<Failing, string> = { lecturer: "lecturer-ill", venue: "venue-unavailable", day: "" };
const ACTIONS: Record<Failing, ActionName[]> = {
  lecturer: ["substitute", "reassign", "shift", "move-to-day", "cancel"],
  venue: ["venue", "shift", "move-to-day", "cancel"],
  day: ["move-to-day", "shift", "cancel"],
};

interface Lists {
  lecturers: Ref[];
  venues: Ref[];
  branches: Ref[];
}

interface Concerned {
  selected: Selected;
  /** What it is about, for the person. */
  name: string;
  entered: Entered | undefined;
}

/** A lecturer is ill, a venue is closed, a day fails: entered once, and all lectures concerned are solved together. */
class Absence extends View {
  #note: string | undefined;
  #busy = false;
  #error: unknown;
  #concerned: Concerned | undefined;
  #none = false;
  /** Whether the lectures were changed: the result then stands alone. */
  #done = false;
  #values: ActionValues = usual("substitute");
  #plan: PlanOf | undefined;
  #question = "";
  #lists = new Load<Lists>(this, async () => {
    const [lecturers, venues, branches] = await Promise.all([registry("lecturer"), registry("venue"), registry("branch")]);
    return { lecturers, venues, branches };
  });

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    void this.#lists.run();
  }

  /** Another question begins from the form. */
  #routed(): void {
    const question = JSON.stringify(asked());
    if (question !== this.#question) {
      const before = this.#question && JSON.parse(this.#question) as Asked;
      this.#question = question;
      if (!before || before.failing !== asked().failing) {
        this.#values = usual(ACTIONS[asked().failing][0]!);
        this.#note = undefined;
      }
      this.#concerned = this.#plan = this.#error = undefined;
      this.#none = false;
    }
  }

  async #begin(lists: Lists, entering: boolean): Promise<void> {
    const { failing, period } = asked();
    const thing = this.#thing(lists);
    if (this.#busy || !isPeriod(period) || (failing !== "day" && !thing)) return;
    this.#busy = true;
    this.#error = undefined;
    this.requestUpdate();
    try {
      const entered = failing !== "day" && thing && entering
        ? await enter(failing, thing.id, period, (this.#note ?? t.noteUsual[failing]).trim())
        : undefined;
      const range = rangeOf(period, Date.now());
      const selected: Selected = failing === "lecturer"
        ? { lecturerId: thing!.id, ...range }
        : failing === "venue"
        ? { venueId: thing!.id, ...range }
        : { bookingIds: await this.#ofDays(range, thing) };
      this.#concerned = { selected, name: thing?.name ?? "", entered };
      this.#none = selected.bookingIds?.length === 0;
      this.#done = false;
      if (this.#values.day <= period.last) this.#values.day = addDays(period.last, 1);
      // a lecturer has an obvious way out; for a venue or a day the lectures are shown first
      if (failing === "lecturer") this.#look();
      else this.#plan = { selected, action: { type: "leave" }, range };
    } catch (error) {
      this.#error = error;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  /** The lectures of these days, at all branches or at some. */
  async #ofDays({ from, to }: { from: string; to: string }, under: Ref | undefined): Promise<string[]> {
    const { data } = await read<{ items: { id: string; status: Status; start: string }[] }>("/api/v1/timeline", {
      from,
      to,
      branches: under?.id,
    });
    return data.items
      .filter((each) => isActive(each) && Date.parse(each.start) >= Date.parse(from))
      .map((each) => each.id);
  }

  #thing(lists: Lists): Ref | undefined {
    const { failing, id } = asked();
    const list = { lecturer: lists.lecturers, venue: lists.venues, day: lists.branches }[failing];
    return list.find((each) => each.id === id);
  }

  #look(): void {
    const action = actionOf(this.#values);
    if (!action || !this.#concerned) return;
    const { failing } = asked();
    this.#plan = {
      selected: this.#concerned.selected,
      action,
      range: rangeOf(asked().period, Date.now()),
      reason: { code: CODES[failing], words: "" },
    };
    this.requestUpdate();
  }

  async #takeBack(entered: Entered): Promise<void> {
    try {
      await takeBack(entered);
      toast(t.tookBack);
      this.#concerned = this.#plan = undefined;
    } catch (error) {
      toast({ text: isRefusal(error, "stale-version") ? t.tookBackNot : told(error).detail, kind: "bad" });
    }
    this.requestUpdate();
  }

  override render(): unknown {
    return html`
      <div class="row"><h2>${t.heading}</h2></div>
      <p class="soft">${t.intro}</p>
      ${this.#lists.render((lists) => this.#concerned ? this.#solve(this.#concerned, lists) : this.#form(lists), 5)}
    `;
  }

  #form(lists: Lists): TemplateResult {
    const { failing, period } = asked();
    const thing = this.#thing(lists);
    const list = { lecturer: lists.lecturers, venue: lists.venues, day: lists.branches }[failing];
    const wrong = !!period.first && !!period.last && !isPeriod(period);
    return html`
      <form class="card stack absence-form" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#begin(lists, true);
      }}">
        ${choice(
          t.kindLabel,
          FAILING.map((each) => ({ label: t.kinds[each], href: here({ for: each, id: undefined }), current: each === failing })),
        )}
        <div class="fields">
          ${pickField({
            name: `absent-${failing}`,
            label: failing === "day" ? t.branch : t[failing],
            ...(failing === "day" && { hint: t.branchHint }),
            required: failing !== "day",
            list,
            value: thing,
            onPick: (value) => go(here({ id: value?.id }), { replace: true }),
          })}
        </div>
        <div class="fields three">
          ${this.#day("first", t.first, period.first)} ${this.#day("last", t.last, period.last, wrong ? t.lastBefore : undefined)}
        </div>
        ${failing === "day"
          ? html`
            <p class="soft small">${t.dayHint} <a href="${to("registries/calendar")}">${t.calendar}</a></p>
          `
          : textField({
            name: "absenceNote",
            label: t.note,
            hint: t.noteHint,
            value: this.#note ?? t.noteUsual[failing],
            onInput: (value) => (this.#note = value),
          })} ${this.#error ? failure({ error: this.#error, retry: () => void this.#begin(lists, true) }) : nothing}
        <div class="row end">
          <span class="soft small grow">${icon("bell")} ${t.nobodyTold}</span>
          ${failing === "day" ? nothing : html`
            <button type="button" ?disabled="${this.#busy || wrong || !thing}" @click="${() =>
              void this.#begin(lists, false)}">${t.only}</button>
          `}
          <button class="primary" ?disabled="${this.#busy || wrong}">${this.#busy ? t.entering : t.enter[failing]}</button>
        </div>
      </form>
    `;
  }

  #day(name: "first" | "last", label: string, value: string, error?: string): TemplateResult {
    return textField({
      name,
      label,
      type: "date",
      required: true,
      value,
      error,
      onInput: (day) => {
        const { period } = asked();
        const follows = name === "first" && day && period.last < day ? { last: day } : {};
        go(here({ [name]: day || undefined, ...follows }), { replace: true });
      },
    });
  }

  #solve(concerned: Concerned, lists: Lists): TemplateResult {
    const { failing, period } = asked();
    const { entered, name } = concerned;
    const when = period.first === period.last
      ? show.longDay(period.first)
      : `${show.day(period.first)} – ${show.day(period.last)}`;
    const ids = concerned.selected.bookingIds?.length ?? 0;
    return html`
      <div class="callout ${entered ? "good" : ""}">
        ${icon(entered ? "check" : "calendar")}
        <div class="grow">${entered || failing === "day"
          ? t.entered[failing](name, when)
          : t.looked(name, when)} ${entered && !entered.before ? t.already : nothing}</div>
        <button @click="${() => {
          this.#concerned = this.#plan = undefined;
          this.requestUpdate();
        }}">${t.change}</button>
        ${entered?.before
          ? html`
            <button @click="${() => void this.#takeBack(entered)}">${t.takeBack}</button>
          `
          : nothing}
      </div>
      ${this.#none || this.#done ? nothing : html`
        <p class="soft small">${t.rescueHint} <a href="${to("plan", {
          new: "rescue",
          for: failing,
          id: failing === "day" ? undefined : asked().id,
          first: period.first,
          last: period.last,
        })}">${t.rescue}</a></p>
      `} ${this.#none ? this.#nothing(period) : ids > MOST
        ? html`
          <div class="callout warn" role="alert">${icon("warning")}${t.tooMany(ids, MOST)}</div>
        `
        : html`
          ${this.#done ? nothing : this.#ways(lists, failing)} ${this.#plan
            ? html`
              <lectern-plan .of="${this.#plan}" @done="${() => {
                this.#done = true;
                this.requestUpdate();
              }}"></lectern-plan>
            `
            : nothing}
        `}
    `;
  }

  /** What happens to all of them; what needs no field is looked at at once. */
  #ways(lists: Lists, failing: Failing): TemplateResult {
    const whole = () => this.#values.name === "substitute" || this.#values.name === "cancel";
    return html`
      <form class="card stack" @submit="${(e: Event) => {
        e.preventDefault();
        this.#look();
      }}">
        ${actionFields(this.#values, ACTIONS[failing], lists, () => {
          if (whole()) this.#look();
          this.requestUpdate();
        })} ${whole() ? nothing : html`
          <div class="row end"><button class="primary" ?disabled="${!actionOf(this.#values)}">${t.whatNow}</button></div>
        `}
      </form>
    `;
  }

  #nothing({ first }: Period): TemplateResult {
    return empty({
      icon: "check",
      title: t.none,
      hint: t.noneHint,
      action: html`
        <a class="button" href="${to("timeline", {
          day: first,
          span: "week",
        })}">${t
          .toTimeline}</a>
      `,
    });
  }
}

interface Asked {
  failing: Failing;
  id: string | undefined;
  period: Period;
}

function asked(): Asked {
  const { params } = route();
  const first = params.get("first");
  const from = isDay(first) ? first : today();
  const last = params.get("last");
  return {
    failing: FAILING.find((each) => each === params.get("for")) ?? "lecturer",
    id: params.get("id") ?? undefined,
    period: { first: from, last: isDay(last) ? last : from },
  };
}

define("lectern-absence", Absence);
