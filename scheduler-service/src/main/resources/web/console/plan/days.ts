import { icon } from "../../common/icons.ts";
import { addKeys } from "../../common/keys.ts";
import { choice } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { addDays, type Day, monday, show, today, zone } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, repeat, type TemplateResult, View } from "../../common/view.ts";
import { neighbour } from "../../common/walk.ts";
import { readAll } from "../api.ts";
import { go, here } from "../../common/router.ts";
import { planPath } from "./data.ts";
import { type Hours, hours, needsAttention, placeOf } from "./layout.ts";
import { isChanged } from "./marks.ts";
import {
  firstDay,
  type Item,
  type LecturerDay,
  type LecturerWeek,
  lectures,
  type Loads,
  type PlacedItem,
  type Plan,
  rows,
} from "./model.ts";
import { dayCard } from "./route.ts";
import type { State } from "./state.ts";
import { strip } from "./strip.ts";
import { t } from "./texts.ts";
import { duration } from "./words.ts";

const narrow = matchMedia("(max-width: 720px)");

/** The days of lecturers: a week as a table, a day by its hours, on a phone a list. */
class PlanDays extends View {
  static override properties = {
    plan: { attribute: false },
    loads: { attribute: false },
    state: { attribute: false },
  };

  declare plan: Plan;
  declare loads: Loads;
  declare state: State;

  #question = "";
  #days = new Load<LecturerDay[]>(this, (signal) => {
    const { from, until } = this.#range();
    return readAll<LecturerDay>(planPath(this.plan.id, "/days"), { from, to: until }, signal);
  });
  #removeKeys = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    narrow.addEventListener("change", this.#redraw);
    this.#removeKeys = addKeys(
      { key: "ArrowLeft", label: t.earlier.week, run: () => this.#step(-1) },
      { key: "ArrowRight", label: t.later.week, run: () => this.#step(1) },
      { key: "f", label: t.findLecturer, run: () => this.querySelector<HTMLElement>('input[type="search"]')?.focus() },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    narrow.removeEventListener("change", this.#redraw);
    this.#removeKeys();
  }

  #redraw = (): void => this.requestUpdate();

  get #span(): "day" | "week" {
    return narrow.matches ? "day" : this.state.span;
  }

  get #day(): Day {
    return this.state.day ?? firstDay(this.plan, this.loads.dates);
  }

  #range(): { from: Day; until: Day } {
    const day = this.#day;
    return this.#span === "day" ? { from: day, until: day } : { from: monday(day), until: addDays(monday(day), 6) };
  }

  #step(direction: 1 | -1): void {
    if (document.activeElement?.closest(".planner-lecture, .bar")) return;
    go(here({ day: addDays(this.#day, direction * (this.#span === "day" ? 1 : 7)) }));
  }

  override willUpdate(_: PropertyValues): void {
    const { from, until } = this.#range();
    const range = [this.plan.id, from, until].join();
    const question = [range, this.plan.version, this.plan.state].join();
    if (question === this.#question) return;
    const other = !this.#question.startsWith(range);
    this.#question = question;
    void this.#days.run(other);
  }

  override render(): unknown {
    return html`
      <section class="card planner-sheet" aria-label="${t.view.days}">
        ${strip(this.plan, this.loads.dates, this.#range())} ${this.#toolbar()} ${this.#days.render(
          (days) => this.#sheet(days),
          8,
        )}
        <footer class="foot row small soft">
          <span>${show.zone(this.plan.zone)}</span><span class="no-print">${narrow.matches ? nothing : t.gridKeys}</span>
          <span class="planner-legend"><i class="placed"></i>${t.legend.placed}<i class="joint"></i>${t.legend.guest} ${icon(
            "pin",
          )}${t
            .legend.pinned}
            ${icon("warning")}${t.legend.warn}</span>
          </footer>
        </section>
      `;
    }

    #toolbar(): TemplateResult {
      const span = this.#span;
      const day = this.#day;
      const { from } = this.#range();
      const size = span === "day" ? 1 : 7;
      return html`
        <div class="row planner-toolbar">
          <div class="group">
            <a class="button square" href="${here({ day: addDays(day, -size) })}" aria-label="${t.earlier[span]}">${icon(
              "left",
            )}</a>
            <a class="button square" href="${here({ day: addDays(day, size) })}" aria-label="${t.later[span]}">${icon(
              "right",
            )}</a>
          </div>
          <h2 class="grow">${span === "day" ? show.longDay(day) : show.week(from)}</h2>
          <label class="find">${icon("search")}<span class="hidden">${t.findLecturer}</span>
            <input type="search" placeholder="${t.findLecturer}" .value="${this.state.find}" @input="${(e: Event) =>
              go(here({ find: (e.target as HTMLInputElement).value }), { replace: true })}"></label>
          ${narrow.matches ? nothing : choice(
            t.spanLabel,
            (["day", "week"] as const).map((each) => ({
              label: t.span[each],
              href: here({ span: each === "week" ? undefined : each, day }),
              current: each === span,
            })),
          )}
        </div>
      `;
    }

    #sheet(days: LecturerDay[]): TemplateResult {
      const { from, until } = this.#range();
      const wanted = this.state.find.trim().toLowerCase();
      const within = days.filter((each) => each.date >= from && each.date <= until);
      const shown = rows(within).filter(({ lecturer: { name, code } }) =>
        !wanted || name.toLowerCase().includes(wanted) || code.toLowerCase().includes(wanted)
      );
      if (within.length === 0) {
        return empty({
          icon: "calendar",
          title: t.noDay[this.#span],
          hint: t.noDayHint,
          action: html`
            <a class="button" href="${here({ day: undefined })}">${t.toFirst}</a>
          `,
        });
      }
      if (shown.length === 0) {
        return empty({
          icon: "search",
          title: t.noLecturer(this.state.find),
          action: html`
            <a class="button" href="${here({ find: undefined })}">${t.clear}</a>
          `,
        });
      }
      if (narrow.matches) {
        return html`
          <div class="stack tight">${shown.flatMap((row) => [...row.days.values()]).map((day) =>
            dayCard(day, this.loads.guests, this.state.item)
          )}</div>
        `;
      }
      return this.#span === "week" ? this.#week(shown, from) : this.#hours(shown, from);
    }

    #week(shown: LecturerWeek[], from: Day): TemplateResult {
      const dates = Array.from({ length: 7 }, (_, i) => addDays(from, i));
      const now = today();
      return html`
        <div class="table-frame planner-frame" tabindex="0" role="region" aria-label="${t.grid}" @keydown="${walk}">
          <table class="planner-week">
            <caption class="hidden">${t.grid}, ${show.week(from)}</caption>
            <thead><tr><th scope="col">${t.lecturer}</th>${dates.map((date) =>
              html`
                <th scope="col" class="${date === now ? "today" : nothing}"><a href="${here({ day: date, span: "day" })}">${show
                  .day(date)}</a></th>
              `
            )}</tr></thead>
            <tbody>${repeat(shown, (row) => row.lecturer.id, (row) =>
              html`
                <tr>
                  <th scope="row">
                    <span class="name">${row.lecturer.name}</span><span class="soft small">${t.lectures(
                      row.lectures,
                    )}</span><span class="soft small">${t.onTheRoad(duration(row.travelMinutes))}</span>
                  </th>
                  ${dates.map((date) =>
                    html`
                      <td>${this.#cell(row.days.get(date))}</td>
                    `
                  )}
                </tr>
              `)}</tbody>
          </table>
        </div>
      `;
    }

    #cell(day: LecturerDay | undefined): unknown {
      if (!day) return nothing;
      return html`
        ${lectures(day, this.loads.guests).map(({ item, guests }) => this.#lecture(item, guests, day.lecturer.name))}
        <a class="way soft" href="${here({ view: "map", day: day.date, lecturer: day.lecturer.id })}" title="${t.onTheRoad(
          duration(day.travelMinutes),
        )}">${icon("way")}${duration(day.travelMinutes)}</a>
      `;
    }

    #lecture(item: PlacedItem, guests: Item[], lecturer: string): TemplateResult {
      return html`
        <a
          class="planner-lecture ${look(item, guests)}"
          data-number="${item.number}"
          href="${here({ item: String(item.number) })}"
          aria-current="${item.number === this.state.item ? "true" : nothing}"
          aria-label="${spoken(item, guests, lecturer)}"
          title="${spoken(item, guests, lecturer)}"
        ><b>${show.time(item.start, item.zone)}</b><span class="name">${item.branch.name}</span>${signs(item, guests)}</a>
      `;
    }

    #hours(shown: LecturerWeek[], day: Day): TemplateResult {
      const all = shown.flatMap((row) => row.days.get(day) ?? []);
      const of: Hours = hours(day, this.plan.zone || zone, all);
      const count = of.to - of.from;
      return html`
        <div
          class="planner-frame planner-hours"
          tabindex="0"
          role="region"
          aria-label="${t.grid}"
          .style="${`--hours:${count}`}"
          @keydown="${walk}"
        >
          <div class="head-row" aria-hidden="true"><span>${t.lecturer}</span>${Array.from({ length: count }, (_, i) =>
            html`
              <span>${String(of.from + i).padStart(2, "0")}:00</span>
            `)}</div>
          <ul>${repeat(all, (each) => each.lecturer.id, (each) => {
            return html`
              <li>
                <a class="who" href="${here({ view: "map", day, lecturer: each.lecturer.id })}"><span class="name">${each.lecturer
                  .name}</span><span class="soft small">${t.onTheRoad(duration(each.travelMinutes))}</span></a>
                <div class="lane">${lectures(each, this.loads.guests).map(({ item, guests }) => {
                  const { left, width } = placeOf(item, of);
                  return html`
                    <a
                      class="bar ${look(item, guests)}"
                      data-number="${item.number}"
                      .style="${`--left:${left};--width:${width};--lane:0`}"
                      href="${here({ item: String(item.number) })}"
                      aria-current="${item.number === this.state.item ? "true" : nothing}"
                      aria-label="${spoken(item, guests, each.lecturer.name)}"
                      title="${spoken(item, guests, each.lecturer.name)}"
                    ><span class="line"><b>${show.time(item.start, item.zone)}</b><span class="with">${item.branch
                      .name}</span>${signs(item, guests)}</span><span class="line under"
                      >${item.topic.title}</span></a>
                  `;
                })}</div>
              </li>
            `;
          })}</ul>
        </div>
      `;
    }
  }

  function look(item: Item, guests: Item[]): string {
    return [
      guests.length > 0 || item.state === "GUEST" ? "joint" : "",
      needsAttention(item) ? "warn" : "",
      item.pinned ? "pinned" : "",
      isChanged(item) ? "changed" : "",
    ].join(" ");
  }

  function signs(item: Item, guests: Item[]): TemplateResult {
    return html`
      <span class="sign">${guests.length > 0
        ? html`
          <small>+${guests.length}</small>
        `
        : nothing}${isChanged(item) ? icon("change") : nothing}${needsAttention(item) ? icon("warning") : nothing}${item.pinned
        ? icon("pin")
        : nothing}</span>
    `;
  }

  function spoken(item: PlacedItem, guests: Item[], lecturer: string): string {
    return [
      show.range(item.start, item.end, item.zone),
      item.branch.name,
      item.topic.title,
      item.venue?.name,
      lecturer,
      guests.length > 0 ? t.guests(guests.map((each) => each.branch.name).join(t.comma)) : "",
      item.pinned ? t.pinned : "",
      isChanged(item) ? t.changedMark : "",
      item.refusal ? t.filters.REFUSED : "",
      item.stale?.length ? t.stale : "",
    ].filter(Boolean).join(t.comma);
  }

  /** Arrows walk from lecture to lecture. */
  function walk(event: KeyboardEvent): void {
    const current = (event.target as Element).closest<HTMLElement>(".planner-lecture, .bar");
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbour(event.currentTarget as HTMLElement, ".planner-lecture, .bar", current, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }

  define("lectern-planner-days", PlanDays);
