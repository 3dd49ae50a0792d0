import { empty, Load } from "../../common/states.ts";
import { addKeys } from "../../common/keys.ts";
import { common } from "../../common/texts.ts";
import { type Day, local, show, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { changes } from "../booking/changes.ts";
import { bulkBar } from "../bulk/bar/bar.ts";
import { selection } from "../bulk/selection.ts";
import { go, here, Routed } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { Refresh } from "../refresh.ts";
import { attempt } from "./actions.ts";
import { agenda } from "./agenda.ts";
import type { Plan } from "./drag.ts";
import type { Cell, Grid } from "./grid.ts";
import "./grid.ts";
import "./panel.ts";
import { loadRange, type Range } from "./range.ts";
import type { Row } from "./rows.ts";
import { readSpecial, type Special } from "./holidays.ts";
import { month } from "./month.ts";
import { sheet } from "./print.ts";
import { days, state, stepped } from "./state.ts";
import { t } from "./texts.ts";
import { toolbar } from "./toolbar.ts";

const REFRESH = 15_000;
const narrow = matchMedia("(max-width: 720px)");

/** Who lectures where and when: the first page of the console. */
class Timeline extends View {
  #state = state();
  #question = "";
  #range = new Load<Range>(
    this,
    (signal): Promise<Range> => loadRange(this.#state.by, days(this.#state), signal, this.#range.data),
  );
  #special = new Load<Map<Day, Special>>(this, (signal) => readSpecial(days(this.#state), signal));
  #shown: { from: Row[] | undefined; find: string; all: boolean; rows: Row[] } = {
    from: undefined,
    find: "",
    all: false,
    rows: [],
  };
  #paper = false;
  #removeKeys = () => {};

  constructor() {
    super();
    new Routed(this, () => this.#routed());
    new Refresh(this, REFRESH, () => this.#live());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    narrow.addEventListener("change", this.#narrowed);
    addEventListener("beforeprint", this.#printing);
    addEventListener("afterprint", this.#printing);
    this.#routed();
    document.addEventListener("visibilitychange", this.#live);
    changes.addEventListener("changed", this.#changed);
    selection.addEventListener("changed", this.#selected);
    this.#removeKeys = addKeys(
      { key: "t", label: t.today, run: () => go(here({ day: today() })) },
      { key: "ArrowLeft", label: t.earlier[this.#state.span], run: () => this.#step(-1) },
      { key: "ArrowRight", label: t.later[this.#state.span], run: () => this.#step(1) },
      { key: "d", label: t.span.day, run: () => go(here({ span: "day" })) },
      { key: "w", label: t.span.week, run: () => go(here({ span: "week" })) },
      { key: "o", label: t.span.month, run: () => go(here({ span: "month" })) },
      { key: "p", label: t.print, run: () => globalThis.print() },
      ...(hasRole("organizer")
        ? [
          { key: "n", label: t.book, run: () => this.#book() },
          { key: "f", label: t.findSlot, run: () => this.#book({ need: true }) },
          { key: "m", label: t.liftKey, run: () => this.#grid()?.lift() },
        ]
        : []),
    );
  }

  /** The browser takes its picture right after the event, so it is drawn at once. */
  #printing = (event: Event): void => {
    this.#paper = event.type === "beforeprint";
    this.requestUpdate();
    this.performUpdate();
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeprint", this.#printing);
    removeEventListener("afterprint", this.#printing);
    narrow.removeEventListener("change", this.#narrowed);
    document.removeEventListener("visibilitychange", this.#live);
    changes.removeEventListener("changed", this.#changed);
    selection.removeEventListener("changed", this.#selected);
    this.#removeKeys();
  }

  /** Reads what others changed, while the page is visible. */
  #live = (): void => {
    if (document.visibilityState === "visible" && !this.#range.busy) void this.#range.run();
  };

  #changed = (): void => void this.#range.run();

  #grid(): Grid | null {
    return this.querySelector<Grid>("lectern-timeline-grid");
  }

  /** Opens the form for a new lecture with what is known: the cell, or the shown day. */
  #book({ cell = this.#grid()?.cell(), need = false }: { cell?: Cell | undefined; need?: boolean } = {}): void {
    const { by, day } = this.#state;
    const row = cell && { id: cell.row.id, code: cell.row.code, name: cell.row.name };
    void attempt(async () => {
      const { openBook } = await import("../booking/book.ts");
      await openBook({
        day: cell?.day ?? day,
        ...(cell && { minutes: cell.minutes }),
        ...(row && { [by]: row }),
        need,
      });
    });
  }

  #move = (plan: Plan, beside: DOMRect | undefined): void => {
    void attempt(async () => (await import("../booking/move.ts")).move(plan, beside));
  };

  #narrowed = (): void => this.requestUpdate();

  #selected = (): void => this.requestUpdate();

  /** Whether lectures are shown as a list, in which they can be chosen. */
  get #listed(): boolean {
    return narrow.matches || this.#state.span === "month";
  }

  #step(direction: 1 | -1): void {
    if (!(document.activeElement?.closest(".bar"))) {
      go(here({ day: stepped(this.#state, direction) }));
    }
  }

  /** Asks the API only when the question has changed: not for a search in the rows or a selected booking. */
  #routed(): void {
    this.#state = state();
    const question = [this.#state.by, ...days(this.#state)].join();
    if (question !== this.#question) {
      this.#question = question;
      void this.#range.run(true);
      if (this.#state.span === "month") void this.#special.run(true);
    }
  }

  override render(): unknown {
    const { booking, by } = this.#state;
    const range = this.#range.data;
    return html`
      ${this.#paper && range
        ? sheet({ days: days(this.#state), rows: this.#filtered(range.rows), by, at: this.#range.at })
        : nothing}
      <div class="timeline ${booking ? "with-panel" : ""}">
        <div class="main">
          ${toolbar(
            { ...this.#state, listed: this.#listed },
            hasRole("organizer") ? (need) => this.#book({ need, cell: undefined }) : undefined,
          )}
          <div class="sheet">${this.#range.render(({ rows }) => this.#sheet(this.#filtered(rows)), 12)}</div>
          ${bulkBar()} ${this.#foot()}
        </div>
        ${booking
          ? html`
            <lectern-booking-panel
              .booking="${booking}"
              .version="${this.#range.data?.items.get(booking)?.version}"
            ></lectern-booking-panel>
          `
          : nothing}
      </div>
    `;
  }

  #sheet(rows: Row[]): TemplateResult {
    const shown = days(this.#state);
    const { day, span, booking: selected, picking } = this.#state;
    if (span === "month") {
      const listed = agenda({ days: [day], rows, selected, picking });
      return html`
        <div class="month-view">
          ${month(shown, rows, day, this.#special.data ?? new Map())}
          <section class="month-list" aria-label="${show.longDay(
            day,
          )}">${rows.some((row) => row.items.some((item) => local(new Date(item.start)).day === day))
            ? listed
            : this.#empty("day")}</section>
        </div>
      `;
    }
    if (rows.length === 0) return this.#empty();
    return narrow.matches ? agenda({ days: shown, rows, selected, picking }) : html`
      <lectern-timeline-grid
        .rows="${rows}"
        .days="${shown}"
        .by="${this.#state.by}"
        .selected="${this.#state.booking}"
        .onMove="${this.#move}"
        .onCell="${(cell: Cell) => this.#book({ cell })}"
      ></lectern-timeline-grid>
    `;
  }

  #empty(span = this.#state.span): TemplateResult {
    const { find } = this.#state;
    return find
      ? empty({
        icon: "search",
        title: t.noRow(find),
        action: html`
          <a class="button" href="${here({ find: undefined })}">${t.clearFind}</a>
        `,
      })
      : empty({
        icon: "calendar",
        title: t.noLecture[span],
        hint: t.noLectureHint,
        action: html`
          <a class="button" href="${here({ rows: "all" })}">${t.allRows}</a>
        `,
      });
  }

  #foot(): unknown {
    const range = this.#range.data;
    if (!range) return nothing;
    return html`
      <footer class="foot soft small">
        <span>${t.count(range.items.size)}</span><span>${show.zone()}</span>
        ${this.#range.at
          ? html`
            <span>${common.asOf(show.time(this.#range.at))}</span>
          `
          : nothing}
        <span class="legend"><i class="held"></i>${t.status.HELD}<i class="confirmed"></i>${t.status.CONFIRMED}
          <i class="completed"></i>${t.status.COMPLETED}</span>
        </footer>
      `;
    }

    /** The same array as long as nothing changed, so that the grid lays out only what is new. */
    #filtered(rows: Row[]): Row[] {
      const { find, all } = this.#state;
      if (this.#shown.from !== rows || this.#shown.find !== find || this.#shown.all !== all) {
        const wanted = find.trim().toLowerCase();
        this.#shown = {
          from: rows,
          find,
          all,
          rows: rows.filter((row) => matches(row, wanted) && (all || row.items.length > 0)),
        };
      }
      return this.#shown.rows;
    }
  }

  function matches(row: Row, wanted: string): boolean {
    return !wanted || row.name.toLowerCase().includes(wanted) || row.code.toLowerCase().includes(wanted);
  }

  define("lectern-timeline", Timeline);
