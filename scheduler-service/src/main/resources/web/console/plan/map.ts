import { icon } from "../../common/icons.ts";
import { empty, Load } from "../../common/states.ts";
import { addDays, type Day, show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, svg, type TemplateResult, View } from "../../common/view.ts";
import { readAll } from "../api.ts";
import { type Drawn, project } from "../campaign/projection.ts";
import { go, here } from "../../common/router.ts";
import { planPath, readHomes } from "./data.ts";
import { firstDay, type Item, type LecturerDay, lectures, type Loads, type Located, type Plan } from "./model.ts";
import { stops } from "./route.ts";
import type { State } from "./state.ts";
import { strip } from "./strip.ts";
import { t } from "./texts.ts";
import { duration } from "./words.ts";

const WIDTH = 720;
const HEIGHT = 500;
const FOOT = 36;

const NO_GUESTS = new Map();

/** A point of a route: the home of a lecturer, or the venue of a lecture. */
interface Point {
  lecturer: string;
  item: Item | undefined;
  nr: number;
  at: Located;
}

/** What lecturers travel on one day: routes on a map, and the same as a list. */
class PlanMap extends View {
  static override properties = {
    plan: { attribute: false },
    loads: { attribute: false },
    state: { attribute: false },
  };

  declare plan: Plan;
  declare loads: Loads;
  declare state: State;

  #question = "";
  #days = new Load<LecturerDay[]>(
    this,
    (signal) => readAll<LecturerDay>(planPath(this.plan.id, "/days"), { from: this.#day, to: this.#day }, signal),
  );
  #homes = new Load<Map<string, Located>>(this, () => readHomes());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#homes.run();
  }

  get #day(): Day {
    return this.state.day ?? firstDay(this.plan, this.loads.dates);
  }

  override willUpdate(_: PropertyValues): void {
    const day = [this.plan.id, this.#day].join();
    const question = [day, this.plan.version, this.plan.state].join();
    if (question === this.#question) return;
    const other = !this.#question.startsWith(day);
    this.#question = question;
    void this.#days.run(other);
  }

  override render(): unknown {
    const day = this.#day;
    return html`
      <section class="card planner-sheet" aria-label="${t.view.map}">
        ${strip(this.plan, this.loads.dates, { from: day, until: day })}
        <div class="row planner-toolbar">
          <div class="group">
            <a class="button square" href="${here({ day: addDays(day, -1) })}" aria-label="${t.earlier.day}">${icon("left")}</a>
            <a class="button square" href="${here({ day: addDays(day, 1) })}" aria-label="${t.later.day}">${icon("right")}</a>
          </div>
          <h2 class="grow">${show.longDay(day)}</h2>
          ${this.state.lecturer
            ? html`
              <a class="button" href="${here({ lecturer: undefined })}">${icon("close")}${t.allLecturers}</a>
            `
            : nothing}
        </div>
        ${this.#days.render((days) => this.#draw(days.filter((each) => each.date === day)), 8)}
      </section>
    `;
  }

  #draw(days: LecturerDay[]): TemplateResult {
    if (days.length === 0) {
      return empty({
        icon: "place",
        title: t.noDay.day,
        hint: t.noDayHint,
        action: html`
          <a class="button" href="${here({ day: undefined })}">${t.toFirst}</a>
        `,
      });
    }
    const chosen = this.state.lecturer;
    return html`
      <div class="planner-map">
        <div class="map">${this.#homes.data ? this.#map(days, this.#homes.data) : this.#homes.render(() => nothing, 8)}</div>
        <ul class="planner-routes">${repeat(days, (each) => each.lecturer.id, (each) => {
          const open = each.lecturer.id === chosen;
          return html`
            <li class="${open ? "open" : ""}">
              <a class="head-line" href="${here({ lecturer: open ? undefined : each.lecturer.id })}" aria-expanded="${open}">
                <b class="grow">${each.lecturer.name}</b><span class="soft small">${t.lectures(
                  each.lectures.length,
                )} · ${duration(
                  each.travelMinutes,
                )}</span></a>
              ${open ? stops(each, this.loads.guests, this.state.item) : nothing}
            </li>
          `;
        })}</ul>
      </div>
    `;
  }

  #map(days: LecturerDay[], homes: ReadonlyMap<string, Located>): TemplateResult {
    const points = days.flatMap((day) => route(day, homes));
    const { dots, without, scale } = project(points, (each) => each.at, WIDTH, HEIGHT - FOOT, 30);
    if (dots.length === 0) return empty({ icon: "place", title: t.noPlaces, hint: t.noPlacesHint });
    const chosen = days.some((each) => each.lecturer.id === this.state.lecturer) ? this.state.lecturer : undefined;
    const order = [...days].sort((a, b) => Number(a.lecturer.id === chosen) - Number(b.lecturer.id === chosen)); // the chosen on top
    const missing = without.filter((each) => each.item).length;
    return html`
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="planner-map-title planner-map-text">
        <title id="planner-map-title">${t.mapTitle(show.day(this.#day))}</title>
        <desc id="planner-map-text">${t.mapText(days.length)}</desc>
        ${order.map((day) => {
          const own = dots.filter((each) => each.lecturer === day.lecturer.id);
          const line = own.map((each) => `${each.x.toFixed(1)},${each.y.toFixed(1)}`).join(" ");
          const open = day.lecturer.id === chosen;
          const marks = [house(own[0]), ...(open ? places(own) : own.filter((each) => each.item).map(dot))];
          return svg`
            <g class="route ${open ? "chosen" : chosen ? "other" : ""}" @click="${() =>
              go(here({ lecturer: open ? undefined : day.lecturer.id }))}">
              <title>${day.lecturer.name}, ${duration(
                day.travelMinutes,
              )}</title><polyline class="target" points="${line}" /><polyline
                class="path"
                points="${line}"
              /><g>${marks}</g></g>
          `;
        })} ${scale
          ? svg`
            <g class="scale" aria-hidden="true"><path d="M12 ${HEIGHT - 18}v6H${12 + scale.width}v-6" />
              <text class="axis" x="${16 + scale.width / 2}" y="${HEIGHT - 18}" text-anchor="middle">${t.km(scale.km)}</text></g>
          `
          : nothing}
      </svg>
      ${missing > 0
        ? html`
          <p class="small soft">${t.withoutPlace(missing)}</p>
        `
        : nothing}
    `;
  }
}

/** Home, the stops in order, home. */
function route(day: LecturerDay, homes: ReadonlyMap<string, Located>): Point[] {
  const lecturer = day.lecturer.id;
  const home: Point = { lecturer, item: undefined, nr: 0, at: homes.get(lecturer) ?? {} };
  const visits = lectures(day, NO_GUESTS).map(({ item }, i): Point => ({
    lecturer,
    item,
    nr: i + 1,
    at: item.venue ?? {},
  }));
  return [home, ...visits, home];
}

function house(home: Drawn<Point> | undefined): unknown {
  if (!home || home.item) return nothing;
  const { x, y } = home;
  return svg`
    <path class="house" d="M${x - 6} ${y + 5}v-6l6-5 6 5v6z" />
  `;
}

function dot({ x, y }: Drawn<Point>): TemplateResult {
  return svg`
    <circle class="stop" cx="${x}" cy="${y}" r="4" />
  `;
}

/** The stops of the chosen lecturer with their numbers; several at one place are one. */
function places(own: readonly Drawn<Point>[]): TemplateResult[] {
  const found = new Map<string, Drawn<Point>[]>();
  for (const each of own.filter((one) => one.item)) {
    const at = `${each.x.toFixed(0)},${each.y.toFixed(0)}`;
    found.set(at, [...(found.get(at) ?? []), each]);
  }
  return [...found.values()].map(place);
}

function place(all: readonly Drawn<Point>[]): TemplateResult {
  const { x, y, item, nr } = all[0]!;
  const left = x > WIDTH * 0.7; // the name stays inside the drawing
  const wide = all.length > 1 ? 15 : 10;
  const name = all.length > 1 ? item?.venue?.name : item?.branch.name;
  const label = svg`
    <text class="label" x="${left ? x - wide - 5 : x + wide + 5}" y="${y + 4}" text-anchor="${left
      ? "end"
      : "start"}">${name}</text>
  `;
  const mark = svg`
    <text class="nr" x="${x}" y="${y + 4}" text-anchor="middle">${all.length > 1 ? `${nr}–${all.at(-1)!.nr}` : nr}</text>
  `;
  return svg`
    <g><circle class="stop" cx="${x}" cy="${y}" r="${wide}" /><g>${[mark, label]}</g></g>
  `;
}

define("lectern-planner-map", PlanMap);
