import { addMonths, laterTime, readDay, readTime, writtenDay } from "./dates.ts";
import { icon } from "./icons.ts";
import { common } from "./texts.ts";
import { addDays, type Day, monday, show, today } from "./time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "./view.ts";

/** What a control gets from its field, so that label, hint and error belong to it. */
interface Control {
  id?: string;
  name?: string;
  label?: string;
  describedBy?: string | typeof nothing;
  invalid?: string | typeof nothing;
  required?: boolean | undefined;
  autofocus?: boolean | undefined;
}

abstract class Written extends View {
  static override properties = { value: {}, of: { attribute: false }, text: { state: true }, unread: { state: true } };

  declare value: string;
  declare of: Control;
  /** Called with every value that is typed or chosen; with an empty one when the text means none. */
  declare onInput: (value: string) => void;
  /** Called when the person has finished typing, or has chosen. */
  declare onDone: ((value: string) => void) | undefined;
  declare protected text: string;
  declare protected unread: boolean;

  protected abstract read(text: string): string | undefined;
  protected abstract write(value: string): string;
  protected abstract step(value: string, event: KeyboardEvent): string | undefined;

  constructor() {
    super();
    this.value = "";
    this.of = {};
    this.onInput = () => {};
    this.text = "";
    this.unread = false;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("value") && (this.read(this.text) ?? "") !== this.value) {
      this.text = this.write(this.value);
      this.unread = false;
    }
  }

  protected input(example: string, said: string): TemplateResult {
    const { id, name, label, describedBy, invalid, required, autofocus } = this.of;
    const wrong = this.unread ? `${id ?? "when"}-unread` : "";
    const described = [describedBy === nothing ? "" : describedBy, wrong].filter(Boolean).join(" ");
    return html`
      <input
        id="${id ?? nothing}"
        name="${name ?? nothing}"
        type="text"
        autocomplete="off"
        spellcheck="false"
        placeholder="${example}"
        aria-label="${label ?? nothing}"
        aria-describedby="${described || nothing}"
        aria-invalid="${this.unread ? "true" : invalid ?? nothing}"
        ?required="${required}"
        ?autofocus="${autofocus}"
        .value="${this.text}"
        @input="${this.#typed}"
        @change="${this.#left}"
        @keydown="${this.#stepped}"
      >${this.unread
        ? html`
          <span class="error" id="${wrong}">${said}</span>
        `
        : nothing}
    `;
  }

  #typed = (event: Event): void => {
    event.stopPropagation();
    this.text = (event.target as HTMLInputElement).value;
    this.unread = false;
    const found = this.read(this.text);
    // what is half typed is no value yet, and no reason to forget the one before
    if (found !== undefined || this.text.trim() === "") this.give(found ?? "");
  };

  #left = (event: Event): void => {
    event.stopPropagation();
    const found = this.read(this.text);
    this.unread = found === undefined && this.text.trim() !== "";
    if (this.unread) this.give("");
    else this.settle(found ?? "");
  };

  #stepped = (event: KeyboardEvent): void => {
    const next = event.altKey || event.ctrlKey || event.metaKey ? undefined : this.step(this.read(this.text) ?? "", event);
    if (next === undefined) return;
    event.preventDefault();
    this.settle(next);
  };

  protected give(value: string): void {
    if (value === this.value) return;
    this.value = value;
    this.onInput(value);
  }

  protected settle(value: string): void {
    this.text = this.write(value);
    this.unread = false;
    this.give(value);
    this.onDone?.(value);
  }
}

/** A time of day in 24 hours, `14:30`. Arrow keys change it by a quarter, with Shift by an hour. */
class Time extends Written {
  protected override read = readTime;
  protected override write = (value: string): string => value;

  protected override step(value: string, { key, shiftKey }: KeyboardEvent): string | undefined {
    const way = key === "ArrowUp" ? 1 : key === "ArrowDown" ? -1 : 0;
    return way === 0 || !value ? undefined : laterTime(value, way * (shiftKey ? 60 : 15));
  }

  override render(): unknown {
    return this.input(common.example("14:30"), common.unreadTime);
  }
}

/** A day as text in the console's language, and a month to choose it from. Its value is `2026-12-01`. */
class DayField extends Written {
  #shown: Day | undefined;

  protected override read = (text: string): string | undefined => readDay(text);
  protected override write = writtenDay;

  protected override step(value: string, { key }: KeyboardEvent): string | undefined {
    const day = value || today();
    switch (key) {
      case "ArrowUp":
        return addDays(day, 1);
      case "ArrowDown":
        return addDays(day, -1);
      case "PageUp":
        return addMonths(day, 1);
      case "PageDown":
        return addMonths(day, -1);
      default:
        return undefined;
    }
  }

  override render(): unknown {
    const choose = this.of.label ? `${common.chooseDay}: ${this.of.label}` : common.chooseDay;
    return html`
      ${this.input(common.example(writtenDay(today())), common.unreadDay(writtenDay(today())))}
      <button type="button" class="plain square" aria-label="${choose}" aria-haspopup="dialog" @click="${this.#open}">
        ${icon(
          "calendar",
        )}
      </button>
      <div class="month" popover role="dialog" aria-label="${common.chooseDay}" @toggle="${this.#toggled}">${this.#shown
        ? this.#month(this.#shown)
        : nothing}</div>
    `;
  }

  #popover(): HTMLElement | null {
    return this.querySelector<HTMLElement>("[popover]");
  }

  #open = async (): Promise<void> => {
    await this.#show((this.read(this.text) as Day | undefined) ?? today());
    const popover = this.#popover();
    const box = this.getBoundingClientRect();
    popover?.showPopover();
    const size = popover?.getBoundingClientRect();
    if (popover && size) {
      const below = box.bottom + 4 + size.height < innerHeight || box.top < size.height;
      popover.style.setProperty("--x", `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`);
      popover.style.setProperty("--y", `${below ? box.bottom + 4 : box.top - size.height - 4}px`);
    }
    this.#focus();
  };

  async #show(day: Day): Promise<void> {
    this.#shown = day;
    this.requestUpdate();
    await this.updateComplete;
  }

  #focus(): void {
    this.querySelector<HTMLElement>('.month [tabindex="0"]')?.focus();
  }

  #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === "closed") {
      this.#shown = undefined;
      this.requestUpdate();
    }
  };

  #choose(day: Day): void {
    this.#popover()?.hidePopover();
    this.settle(day);
    this.querySelector<HTMLElement>("input")?.focus();
  }

  #key = async (event: KeyboardEvent): Promise<void> => {
    const at = this.#shown;
    if (!at) return;
    const moves: Record<string, () => Day> = {
      ArrowLeft: () => addDays(at, -1),
      ArrowRight: () => addDays(at, 1),
      ArrowUp: () => addDays(at, -7),
      ArrowDown: () => addDays(at, 7),
      PageUp: () => addMonths(at, event.shiftKey ? -12 : -1),
      PageDown: () => addMonths(at, event.shiftKey ? 12 : 1),
      Home: () => monday(at),
      End: () => addDays(monday(at), 6),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    await this.#show(move());
    this.#focus();
  };

  #month(shown: Day): TemplateResult {
    const start = monday(`${shown.slice(0, 7)}-01`);
    const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)))
      .filter((week) => week.some((day) => day.startsWith(shown.slice(0, 7))));
    const turn = (months: number, label: string, sign: "left" | "right") =>
      html`
        <button type="button" class="plain square" aria-label="${label}" @click="${() =>
          void this.#show(addMonths(shown, months))}">${icon(sign)}</button>
      `;
    return html`
      <div class="row">${turn(-1, common.monthBefore, "left")}<strong class="grow" aria-live="polite">${show.month(
        shown,
      )}</strong>${turn(1, common.monthAfter, "right")}</div>
      <table role="grid" aria-label="${show.month(shown)}" @keydown="${this.#key}">
        <thead><tr>${weeks[0]!.map((day) =>
          html`
            <th scope="col" abbr="${show.weekday(day, "long")}">${show.weekday(day, "narrow")}</th>
          `
        )}</tr></thead>
        <tbody>${weeks.map((week) =>
          html`
            <tr>${week.map((day) =>
              html`
                <td aria-selected="${day === this.value}">
                  <button
                    type="button"
                    class="plain ${day.startsWith(shown.slice(0, 7)) ? "" : "other"}"
                    tabindex="${day === shown ? 0 : -1}"
                    aria-label="${show.longDay(day)}"
                    aria-current="${day === today() ? "date" : nothing}"
                    @click="${() => this.#choose(day)}"
                  >
                    ${Number(day.slice(8))}
                  </button>
                </td>
              `
            )}</tr>
          `
        )}</tbody>
      </table>
    `;
  }
}

define("lectern-time", Time);
define("lectern-day", DayField);

interface When extends Control {
  value: string;
  onInput?: (value: string) => void;
  onDone?: (value: string) => void;
}

/** A day to type or to choose; without a field around it, it needs a label. */
export function dayInput({ value, onInput, onDone, ...of }: When): TemplateResult {
  return html`
    <lectern-day .value="${value}" .of="${of}" .onInput="${onInput ?? (() => {})}" .onDone="${onDone}"></lectern-day>
  `;
}

export function timeInput({ value, onInput, onDone, ...of }: When): TemplateResult {
  return html`
    <lectern-time .value="${value}" .of="${of}" .onInput="${onInput ?? (() => {})}" .onDone="${onDone}"></lectern-time>
  `;
}
