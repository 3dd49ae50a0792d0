import { local, show, today } from "../../common/time.ts";
import { icon } from "../../common/icons.ts";
import { define, html, nothing, type PropertyValues, repeat, View } from "../../common/view.ts";
import { neighbour } from "../../common/walk.ts";
import { changes } from "../booking/changes.ts";
import { here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { bar, ghost } from "./bar.ts";
import type { Plan } from "./drag.ts";
import { readHours } from "./hours.ts";
import { type Axis, axis, fraction, instantAt, lane, type Line, lines, shows, windowed } from "./layout.ts";
import { Mover } from "./mover.ts";
import type { Row } from "./rows.ts";
import type { By } from "./state.ts";
import { type Hours, shades } from "./shade.ts";
import { t } from "./texts.ts";

/** What the grid asks of its page. */
export interface Cell {
  row: Row;
  day: string;
  minutes: number;
}

/** Rows, hours and lectures. Only the rows in view are in the document. */
export class Grid extends View {
  static override properties = {
    rows: { attribute: false },
    days: { attribute: false },
    by: { attribute: false },
    selected: { attribute: false },
    onMove: { attribute: false },
    onCell: { attribute: false },
  };

  declare rows: Row[];
  declare days: string[];
  declare by: By;
  declare selected: string | undefined;
  declare onMove: (plan: Plan, beside: DOMRect | undefined) => void;
  declare onCell: (cell: Cell) => void;

  #axis: Axis = { days: [], fromHour: 8, toHour: 20 };
  #lines: Line[] = [];
  #top = 0;
  #height = 800;
  #resized = new ResizeObserver(() => this.#measure());
  #printing = false;
  #question = "";
  #other = false;
  #anchor: { row: string; offset: number } | undefined;
  #mover = new Mover(
    this,
    () => ({ axis: this.#axis, lines: this.#lines, rows: this.rows, by: this.by }),
    (plan, beside) => this.onMove(plan, beside),
  );
  #hours = new Map<string, Hours>();
  #asked = new Set<string>();
  #asking = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    addEventListener("beforeprint", this.#print);
    addEventListener("afterprint", this.#print);
    changes.addEventListener("pending", this.#pending);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    removeEventListener("beforeprint", this.#print);
    removeEventListener("afterprint", this.#print);
    changes.removeEventListener("pending", this.#pending);
    this.#asking.abort();
  }

  #pending = (): void => this.requestUpdate();

  /** Lifts the focused lecture, for those who move it by keys. */
  lift(): void {
    this.#mover.lift();
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
    const question = [this.by, ...this.days].join();
    this.#other = question !== this.#question;
    this.#question = question;
    if (this.#other) {
      this.#mover.leave();
      this.#asking.abort();
      this.#asking = new AbortController();
      this.#hours = new Map();
      this.#asked = new Set();
      this.#anchor = undefined;
    } else if (changed.has("rows")) {
      this.#anchor = this.#first();
    }
    if (this.#other || changed.has("rows")) {
      this.#axis = axis(this.days, this.rows);
      this.#lines = lines(this.rows, this.#axis);
    }
  }

  /** The first row in view and how far it is scrolled: others may add rows above it. */
  #first(): { row: string; offset: number } | undefined {
    const top = this.querySelector(".scroll")?.scrollTop ?? 0;
    const line = top > 0 ? this.#lines.find((each) => each.top + each.height > top) : undefined;
    return line && { row: line.row.id, offset: top - line.top };
  }

  /** Another question begins at its first row; the same one stays where it was, whatever others add above. */
  override updated(changed: PropertyValues): void {
    const scroll = this.querySelector(".scroll");
    if (!scroll || !changed.has("rows")) return;
    if (this.#other) scroll.scrollTo(0, 0);
    const line = this.#lines.find((each) => each.row.id === this.#anchor?.row);
    if (line && this.#anchor) scroll.scrollTop = line.top + this.#anchor.offset;
    this.#anchor = undefined;
  }

  override render(): unknown {
    const shown = this.#printing ? this.#lines : windowed(this.#lines, this.#top, this.#height);
    const { lifted } = this.#mover;
    const origin = lifted && this.#lines.find((line) => line.row.id === lifted.from);
    if (origin && !shown.includes(origin)) shown.push(origin); // its bar has the focus
    if (lifted) void this.#readHours(shown);
    const last = this.#lines.at(-1);
    const span = this.days.length > 1 ? "week" : "day";
    return html`
      <div
        class="scroll ${span} ${lifted ? this.#mover.over ? "lifting" : "lifting nowhere" : ""}"
        tabindex="0"
        role="region"
        aria-label="${t
          .grid}"
        @scroll="${this.#scrolled}"
        @keydown="${this.#keys}"
        @pointerdown="${this.#mover.down}"
        @dragstart="${(
          e: Event,
        ) => e.preventDefault()}"
        @click="${this.#clicked}"
      >
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
    const { lifted, over } = this.#mover;
    return html`
      <div class="line-row" role="listitem" data-row="${row.id}" .style="${`--top:${top}px;--height:${height}px`}">
        <div class="who"><span class="name">${row.name}</span><span class="code soft">${row.code}</span>${this.#away(row)}</div>
        <div class="lane ${hasRole("organizer") ? "open" : ""}">
          ${lifted
            ? shades(this.#hours.get(row.id), row.items, lifted.item, this.#axis).map(({ kind, left, width }) =>
              html`
                <i class="shade ${kind}" .style="${`--left:${left};--width:${width}`}"></i>
              `
            )
            : nothing} ${placed.map((each) =>
              bar(each, this.by, {
                selected: each.item.id === this.selected,
                lifted: each.item.id === lifted?.item.id,
                pending: changes.of(each.item.id)?.standing,
              })
            )} ${this.#ghosts(row, over ? lifted : undefined)}
        </div>
      </div>
    `;
  }

  /** From a row to the flow for a lecturer who is ill or a venue that is closed. */
  #away({ id, name }: Row): unknown {
    if (this.by === "branch" || !hasRole("organizer")) return nothing;
    const day = this.days[0]! < today() ? today() : this.days[0]!;
    return html`
      <a class="button plain square away no-print" title="${t.away[this.by]}" aria-label="${t.away[this.by]}: ${name}" href="${to(
        "lectures/absence",
        { for: this.by, id, first: day },
      )}"
      >${icon("away")}</a>
    `;
  }

  /** Where what is lifted would go, and where what is being sent goes. */
  #ghosts(row: Row, lifted: Mover["lifted"]): unknown {
    const of = this.#axis;
    const moving = [...changes.all()].filter(([, each]) => each.start !== undefined).flatMap(([id, { start, row: to }]) => {
      const from = this.rows.find((each) => each.items.some((item) => item.id === id));
      const item = from?.items.find((each) => each.id === id);
      return item && (to ?? from?.id) === row.id ? [ghost(item, start!, of, "sending")] : [];
    });
    return [...moving, lifted?.row === row.id ? ghost(lifted.item, lifted.start, of, "carried") : nothing];
  }

  /** When those in view are open: asked once for each row, when something is lifted. */
  async #readHours(shown: Line[]): Promise<void> {
    const ids = shown.map((line) => line.row.id).filter((id) => !this.#asked.has(id)).slice(0, 60);
    if (ids.length === 0) return;
    for (const id of ids) this.#asked.add(id);
    const { signal } = this.#asking;
    try {
      const found = await readHours(this.by, ids, this.#axis, signal);
      if (signal.aborted) return;
      for (const [id, hours] of found) this.#hours.set(id, hours);
      this.requestUpdate();
    } catch {
      for (const id of ids) this.#asked.delete(id); // without shades one can drop as well: the API judges
    }
  }

  /** An empty place of a lane: the begin of a new lecture. */
  #clicked = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    if (!target.classList.contains("open")) return;
    const row = this.rows.find((each) => each.id === target.closest<HTMLElement>(".line-row")?.dataset.row);
    if (!row) return;
    const box = target.getBoundingClientRect();
    const place = (event.clientX - box.left) / box.width;
    if (this.days.length > 1) {
      const day = this.days[Math.min(Math.floor(place * this.days.length), this.days.length - 1)]!;
      this.onCell({ row, day, minutes: 9 * 60 });
      return;
    }
    const { day, minutes } = local(instantAt(place, this.#axis, 1));
    this.onCell({ row, day, minutes: Math.floor(minutes / 30) * 30 });
  };

  /** The cell after the focused lecture, or the first one. */
  cell(): Cell | undefined {
    const bar = document.activeElement?.closest<HTMLElement>(".bar");
    const row = this.rows.find((each) => each.id === bar?.closest<HTMLElement>(".line-row")?.dataset.row);
    const item = row?.items.find((each) => each.id === bar?.dataset.booking);
    if (!row || !item) return undefined;
    const { day, minutes } = local(new Date(item.occupiedUntil));
    return { row, day, minutes: Math.ceil(minutes / 15) * 15 };
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
    if (this.#mover.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const current = (event.target as Element).closest<HTMLElement>(".bar");
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const found = neighbour(this, ".bar", current, event.key);
    if (found) {
      event.preventDefault();
      found.focus();
    }
  };
}

define("lectern-timeline-grid", Grid);
