import { addDays, today } from "../../common/time.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, View } from "../../common/view.ts";
import { here } from "../router.ts";
import { bar } from "./bar.ts";
import { type Axis, axis, fraction, lane, type Line, lines, shows, windowed } from "./layout.ts";
import type { Row } from "./rows.ts";
import type { By } from "./state.ts";
import { t } from "./texts.ts";

/** Rows, hours and lectures. Only the rows in view are in the document. */
class Grid extends View {
  static override properties = {
    rows: { attribute: false },
    days: { attribute: false },
    by: { attribute: false },
    selected: { attribute: false },
  };

  declare rows: Row[];
  declare days: string[];
  declare by: By;
  declare selected: string | undefined;

  #axis: Axis = { days: [], fromHour: 8, toHour: 20 };
  #lines: Line[] = [];
  #top = 0;
  #height = 800;
  #resized = new ResizeObserver(() => this.#measure());
  #printing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    addEventListener("beforeprint", this.#print);
    addEventListener("afterprint", this.#print);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    removeEventListener("beforeprint", this.#print);
    removeEventListener("afterprint", this.#print);
  }

  /** Paper has no scroll bar: all rows go onto it. */
  #print = (event: Event): void => {
    this.#printing = event.type === "beforeprint";
    this.requestUpdate();
    this.performUpdate();
  };

  #measure(): void {
    this.#height = this.clientHeight;
    this.requestUpdate();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("rows") || changed.has("days")) {
      this.#axis = axis(this.days, this.rows);
      this.#lines = lines(this.rows, this.#axis);
    }
  }

  /** Other rows begin at their first one; the same rows stay where they were. */
  override updated(changed: PropertyValues): void {
    const before = changed.get("rows") as Row[] | undefined;
    if (before && before[0]?.id !== this.rows[0]?.id) {
      this.querySelector(".scroll")?.scrollTo(0, 0);
    }
  }

  override render(): unknown {
    const shown = this.#printing ? this.#lines : windowed(this.#lines, this.#top, this.#height);
    const last = this.#lines.at(-1);
    const span = this.days.length > 1 ? "week" : "day";
    return html`
      <div class="scroll ${span}" tabindex="0" role="region" aria-label="${t.grid}" @scroll="${this.#scrolled}" @keydown="${this
        .#keys}">
        <div class="plane" .style="${`--lane-height:${lane(this.days.length)}px;--days:${this.days.length};--hours:${
          this.#axis.toHour - this.#axis.fromHour
        }`}">
          ${this.#head()}
          <div class="lines" .style="${`--height:${last ? last.top + last.height : 0}px`}" role="list">
            ${this.#now()}${repeat(shown, (line) => line.row.id, (line) => this.#line(line))}
          </div>
        </div>
      </div>
    `;
  }

  #head(): unknown {
    const { fromHour, toHour, days } = this.#axis;
    if (days.length === 1) {
      const hours = Array.from({ length: toHour - fromHour }, (_, i) => fromHour + i);
      return html`
        <div class="hours" aria-hidden="true"><span class="corner">${t.by[this.by]}</span>${hours.map((hour) =>
          html`
            <span>${String(hour).padStart(2, "0")}:00</span>
          `
        )}</div>
      `;
    }
    const now = today();
    return html`
      <div class="hours"><span class="corner">${t.by[this.by]}</span>${days.map((day) =>
        html`
          <a href="${here({ day, span: "day" })}" class="${day === now ? "today" : nothing}">${show.day(day)}</a>
        `
      )}</div>
    `;
  }

  #now(): unknown {
    const now = Date.now();
    return this.days.length === 1 && shows(now, this.#axis)
      ? html`
        <i class="now" .style="${`--left:${fraction(now, this.#axis)}`}" aria-hidden="true"></i>
      `
      : nothing;
  }

  #line({ row, placed, top, height }: Line): unknown {
    return html`
      <div class="line-row" role="listitem" data-row="${row.id}" .style="${`--top:${top}px;--height:${height}px`}">
        <div class="who"><span class="name">${row.name}</span><span class="code soft">${row.code}</span></div>
        <div class="lane">${placed.map((each) => bar(each, this.by, each.item.id === this.selected))}</div>
      </div>
    `;
  }

  #scrolled = (event: Event): void => {
    const scroll = event.target as HTMLElement;
    if (Math.abs(scroll.scrollTop - this.#top) > 60) {
      this.#top = scroll.scrollTop;
      this.requestUpdate();
    }
  };

  /** Arrows walk from lecture to lecture; up and down go to the nearest one in the next row. */
  #keys = (event: KeyboardEvent): void => {
    const current = (event.target as Element).closest<HTMLElement>(".bar");
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const found = neighbour(this, current, event.key);
    if (found) {
      event.preventDefault();
      found.focus();
    }
  };
}

function neighbour(grid: HTMLElement, current: HTMLElement, key: string): HTMLElement | undefined {
  const bars = [...grid.querySelectorAll<HTMLElement>(".bar")];
  switch (key) {
    case "ArrowRight":
      return bars[bars.indexOf(current) + 1];
    case "ArrowLeft":
      return bars[bars.indexOf(current) - 1];
    case "ArrowDown":
    case "ArrowUp": {
      const here = current.getBoundingClientRect();
      const down = key === "ArrowDown";
      return bars
        .map((each) => ({ each, box: each.getBoundingClientRect() }))
        .filter(({ box }) => down ? box.top > here.top + 4 : box.top < here.top - 4)
        .sort((a, b) =>
          (down ? a.box.top - b.box.top : b.box.top - a.box.top) ||
          Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left)
        )[0]?.each;
    }
    default:
      return undefined;
  }
}

/** The day before or after what is shown. */
export function stepped(days: string[], direction: 1 | -1): string {
  return addDays(days[0]!, direction * days.length);
}

define("lectern-timeline-grid", Grid);
