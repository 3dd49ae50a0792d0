import { empty, loading } from "../../common/states.ts";
import { html, nothing, svg, type TemplateResult } from "../../common/view.ts";
import { go, here } from "../../common/router.ts";
import { mark, shape, tone } from "./marks.ts";
import { type BranchState, byBranch, type Item, type ItemState, STATES } from "./model.ts";
import { type Dot, project, type Projected, towards } from "./projection.ts";
import { t } from "./texts.ts";

const WIDTH = 560;
const HEIGHT = 440;
/** Room for the scale. */
const FOOT = 36;

let kept: { of: readonly Item[]; projected: Projected<BranchState>; states: ItemState[] } | undefined;

/** The same drawing for the same items, however often the page is drawn. */
function projected(items: readonly Item[]): NonNullable<typeof kept> {
  if (kept?.of !== items) {
    const branches = byBranch(items);
    kept = {
      of: items,
      projected: project(branches, (each) => each.branch, WIDTH, HEIGHT - FOOT, 20),
      states: STATES.filter((state) => branches.some((each) => each.state === state)),
    };
  }
  return kept;
}

/**
 * Branches at their places. One dot is in the order of tabs; arrow keys lead to the others, Enter and a click select.
 */
export function map(items: readonly Item[] | undefined, selected: string | undefined): TemplateResult {
  if (!items) return loading(8);
  const { projected: { dots, without, scale }, states } = projected(items);
  if (dots.length === 0) return empty({ icon: "place", title: t.noPlaces, hint: t.noPlacesHint });
  const entry = dots.find((dot) => dot.branch.id === selected) ?? dots[0]!;
  const select = (dot: Dot) => go(here({ branch: dot.branch.id === selected ? undefined : dot.branch.id }));
  return html`
    <div class="map">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-labelledby="map-title map-text">
        <title id="map-title">${t.mapTitle}</title>
        <desc id="map-text">${t.mapText(dots.length)}</desc>
        ${dots.map((dot) => {
          const name = `${dot.branch.name}: ${t.state[dot.state]}`;
          return svg`
            <g
              class="dot ${tone(dot.state)}"
              role="button"
              tabindex="${dot === entry ? 0 : -1}"
              data-dot="${dot.branch.id}"
              transform="translate(${dot.x.toFixed(1)} ${dot.y.toFixed(1)})"
              aria-label="${name}"
              aria-pressed="${dot.branch.id === selected}"
              @click="${() => select(dot)}"
              @keydown="${(event: KeyboardEvent) => key(event, dots, dot, () => select(dot))}"
            >
              <circle class="target" r="12" /><g>${shape(dot.state)}</g><title>${name}</title></g>
          `;
        })} ${scale
          ? svg`
            <g class="scale" aria-hidden="true"><path d="M12 ${HEIGHT - 18}v6H${12 + scale.width}v-6" />
              <text class="axis" x="${16 + scale.width / 2}" y="${HEIGHT - 18}" text-anchor="middle">${t.km(scale.km)}</text></g>
          `
          : nothing}
      </svg>
      <p class="keys small">${states.map((state) =>
        html`
          <span>${mark(state)}${t.state[state]}</span>
        `
      )}</p>
      ${without.length > 0
        ? html`
          <p class="small soft">${t.without(without.length)}</p>
        `
        : nothing}
    </div>
  `;
}

function key(event: KeyboardEvent, dots: readonly Dot[], dot: Dot, select: () => void): void {
  if (event.key === "Enter" || event.key === " ") select();
  else {
    const next = towards(dots, dot, event.key);
    if (!next) return;
    const root = (event.currentTarget as Element).closest("svg");
    root?.querySelector<SVGElement>(`[data-dot="${CSS.escape(next.branch.id)}"]`)?.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}
