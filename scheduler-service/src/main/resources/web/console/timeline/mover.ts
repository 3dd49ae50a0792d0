import { announce } from "../../common/announce.ts";
import { lettersAreOn } from "../../common/keys.ts";
import { show } from "../../common/time.ts";
import type { ReactiveController, ReactiveControllerHost } from "../../common/view.ts";
import { changes } from "../booking/changes.ts";
import { hasRole } from "../../common/session.ts";
import { edgeSpeed, type Lifted, movable, nudged, type Plan, planOf, startAt, THRESHOLD } from "./drag.ts";
import type { Axis, Line } from "./layout.ts";
import type { Item, Row } from "./rows.ts";
import type { By } from "./state.ts";
import { t } from "./texts.ts";

/** What the mover has to know of the grid. */
export interface Lanes {
  axis: Axis;
  lines: Line[];
  rows: Row[];
  by: By;
}

interface Press {
  item: Item;
  row: string;
  x: number;
  y: number;
  /** From the left edge of the bar to the pointer, in pixels. */
  grip: number;
}

/**
 * Lifts a lecture, carries it over the lanes and drops it: by mouse or pen, or by keys. A finger scrolls; touch has the
 * dialog. What is dropped is handed over; nothing moves here before the API has agreed.
 */
export class Mover implements ReactiveController {
  lifted: Lifted | undefined;
  /** Whether the pointer is over a lane, so that letting go drops it. */
  over = true;
  byKeys = false;

  #host: ReactiveControllerHost & HTMLElement;
  #lanes: () => Lanes;
  #drop: (plan: Plan, ghost: DOMRect | undefined) => void;
  #press: Press | undefined;
  #at = { x: 0, y: 0, alt: false };
  #frame = 0;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    lanes: () => Lanes,
    drop: (plan: Plan, ghost: DOMRect | undefined) => void,
  ) {
    this.#host = host;
    this.#lanes = lanes;
    this.#drop = drop;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  down = (event: PointerEvent): void => {
    const bar = (event.target as Element).closest<HTMLElement>(".bar");
    const found = bar && this.#found(bar);
    if (!found || event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey || this.lifted) return;
    this.#press = { ...found, x: event.clientX, y: event.clientY, grip: event.clientX - bar.getBoundingClientRect().left };
    addEventListener("pointermove", this.#move);
    addEventListener("pointerup", this.#up);
    addEventListener("pointercancel", this.#cancel);
    addEventListener("keydown", this.#escape, true);
  };

  #move = (event: PointerEvent): void => {
    const press = this.#press;
    if (!press) return;
    if (!this.lifted) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < THRESHOLD) return;
      this.byKeys = false;
      this.lifted = { item: press.item, from: press.row, row: press.row, start: press.item.start };
      this.#frame = requestAnimationFrame(this.#edges);
    }
    event.preventDefault();
    this.#at = { x: event.clientX, y: event.clientY, alt: event.altKey };
    this.#carry();
  };

  /** Where the pointer is now; also called while the lanes scroll below it. */
  #carry(): void {
    const lifted = this.lifted;
    const press = this.#press;
    const lane = this.#host.querySelector(".lane")?.getBoundingClientRect();
    const lines = this.#host.querySelector(".lines")?.getBoundingClientRect();
    const scroll = this.#scroll()?.getBoundingClientRect();
    if (!lifted || !press || !lane || !lines || !scroll) return;
    const { x, y, alt } = this.#at;
    const { axis, lines: all, by } = this.#lanes();
    const head = this.#host.querySelector(".hours")?.getBoundingClientRect();
    const names = this.#host.querySelector(".who")?.getBoundingClientRect();
    const line = all.find(({ top, height }) => y - lines.top >= top && y - lines.top < top + height);
    const over = !!line && x > (names?.right ?? scroll.left) && x < Math.min(scroll.right, lane.right) &&
      y > (head?.bottom ?? scroll.top) && y < scroll.bottom;
    const start = startAt(lifted.item, axis, {
      left: (x - press.grip - lane.left) / lane.width,
      pointer: (x - lane.left) / lane.width,
    }, alt ? 5 : 15);
    const row = line && by !== "branch" ? line.row.id : lifted.from;
    if (over !== this.over || (over && (start !== lifted.start || row !== lifted.row))) {
      this.over = over;
      if (over) this.lifted = { ...lifted, start, row };
      this.#host.requestUpdate();
    }
  }

  #edges = (): void => {
    const scroll = this.#scroll();
    if (!this.lifted || !scroll) return;
    const box = scroll.getBoundingClientRect();
    const head = this.#host.querySelector(".hours")?.getBoundingClientRect().bottom ?? box.top;
    const names = this.#host.querySelector(".who")?.getBoundingClientRect().right ?? box.left;
    const down = edgeSpeed(this.#at.y, head, box.bottom);
    const right = edgeSpeed(this.#at.x, names, box.right);
    if (down || right) {
      scroll.scrollBy(right, down);
      this.#carry();
    }
    this.#frame = requestAnimationFrame(this.#edges);
  };

  #up = (event: PointerEvent): void => {
    if (this.lifted) {
      event.preventDefault();
      swallowClick();
      if (this.over) this.#dropped();
    }
    this.#end();
  };

  #cancel = (): void => this.#end();

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.lifted) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    announce(t.left);
    this.#end();
  };

  /** @return whether the key was for the mover */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    if (!this.lifted) {
      return event.key.toLowerCase() === "m" && !event.altKey && lettersAreOn() && this.lift();
    }
    if (!this.byKeys) return false;
    switch (event.key) {
      case "ArrowLeft":
      case "ArrowRight": {
        const { item, start } = this.lifted;
        this.lifted.start = nudged(start, item, this.#lanes().axis, { key: event.key, shift: event.shiftKey, alt: event.altKey });
        break;
      }
      case "ArrowUp":
      case "ArrowDown":
        this.#toRow(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        this.#dropped();
        this.#end();
        return true;
      case "Escape":
        announce(t.left);
        this.#end();
        return true;
      default:
        return event.key === "Tab" || event.key === " "; // the focus stays with what is lifted
    }
    const { item, start, row } = this.lifted;
    const name = this.#lanes().rows.find((each) => each.id === row)?.name ?? "";
    announce(t.carried(show.range(new Date(start), new Date(start + item.end - item.start)), name));
    this.#host.requestUpdate();
    return true;
  }

  /** Lifts the focused lecture. */
  lift(): boolean {
    const bar = document.activeElement?.closest<HTMLElement>(".bar");
    const found = bar && this.#found(bar);
    if (!found) return false;
    this.byKeys = true;
    this.over = true;
    this.lifted = { item: found.item, from: found.row, row: found.row, start: found.item.start };
    announce(t.lifted(found.item.branch.name));
    this.#host.requestUpdate();
    return true;
  }

  leave(): void {
    this.#end();
  }

  #toRow(direction: 1 | -1): void {
    const { lines, by } = this.#lanes();
    if (!this.lifted || by === "branch") return;
    const next = lines[lines.findIndex((line) => line.row.id === this.lifted?.row) + direction];
    if (!next) return;
    this.lifted.row = next.row.id;
    const scroll = this.#scroll();
    const head = this.#host.querySelector<HTMLElement>(".hours")?.offsetHeight ?? 0;
    if (!scroll) return;
    if (next.top < scroll.scrollTop) scroll.scrollTop = next.top;
    const bottom = next.top + next.height + head - scroll.clientHeight;
    if (bottom > scroll.scrollTop) scroll.scrollTop = bottom;
  }

  #found(bar: HTMLElement): { item: Item; row: string } | undefined {
    const row = bar.closest<HTMLElement>(".line-row")?.dataset.row;
    const item = this.#lanes().rows.find((each) => each.id === row)?.items.find((each) => each.id === bar.dataset.booking);
    return item && row && movable(item) && hasRole("organizer") && !changes.of(item.id) ? { item, row } : undefined;
  }

  #dropped(): void {
    const { by, rows } = this.#lanes();
    const plan = this.lifted && planOf(this.lifted, by, rows);
    if (plan) this.#drop(plan, this.#host.querySelector(".ghost")?.getBoundingClientRect());
    else announce(t.left);
  }

  #scroll(): HTMLElement | null {
    return this.#host.querySelector<HTMLElement>(".scroll");
  }

  #end(): void {
    cancelAnimationFrame(this.#frame);
    this.#press = undefined;
    this.lifted = undefined;
    this.over = true;
    removeEventListener("pointermove", this.#move);
    removeEventListener("pointerup", this.#up);
    removeEventListener("pointercancel", this.#cancel);
    removeEventListener("keydown", this.#escape, true);
    this.#host.requestUpdate();
  }
}

/** The click that follows letting go is no wish to open the lecture. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, true), 300);
}
