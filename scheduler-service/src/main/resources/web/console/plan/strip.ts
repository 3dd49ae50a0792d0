import { type Day, show } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { here } from "../../common/router.ts";
import { dates, type Plan } from "./model.ts";
import { t } from "./texts.ts";

/** Every date of the plan as a column, as high as it has lectures; a click shows it. */
export function strip(
  plan: Pick<Plan, "from" | "until">,
  counts: ReadonlyMap<Day, number>,
  shown: { from: Day; until: Day },
): TemplateResult {
  const all = dates(plan.from, plan.until, counts);
  const entry = shown.from < plan.from ? plan.from : shown.from > plan.until ? plan.until : shown.from;
  const most = Math.max(1, ...all.map((each) => each.lectures));
  return html`
    <nav class="planner-strip no-print" aria-label="${t.strip}">${all.map(({ date, lectures }) => {
      const label = t.stripDay(show.day(date), t.lectures(lectures));
      const first = date.endsWith("-01") || date === plan.from;
      return html`
        <a
          href="${here({ day: date })}"
          class="${date >= shown.from && date <= shown.until ? "shown" : ""} ${isWeekend(date) ? "weekend" : ""}"
          aria-label="${label}"
          title="${label}"
          tabindex="${date === entry ? 0 : -1}"
          @keydown="${arrows}"
        ><i .style="${`--share:${lectures / most}`}"></i><span class="${first ? "first" : ""}">${first
          ? show.date(date)
          : Number(date.slice(8))}</span></a>
      `;
    })}</nav>
  `;
}

function isWeekend(date: Day): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** One column is in the order of tabs; arrows lead to the others. */
function arrows(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const link = event.currentTarget as HTMLElement;
  const next = (step > 0 ? link.nextElementSibling : link.previousElementSibling) as HTMLElement | null;
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}
