import { icon } from "../../common/icons.ts";
import { local, show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Booking } from "../booking.ts";
import { differences } from "../booking/stale.ts";
import { to } from "../../common/router.ts";
import { attempt } from "../timeline/actions.ts";
import {
  alternativeOptions,
  blocks,
  type BulkAction,
  type ChangePreview,
  lecturerOptions,
  type Line,
  type Offer,
  type Option,
  same,
} from "./model.ts";
import { openChoice } from "./choose.ts";
import { t } from "./texts.ts";

export interface Row {
  line: Line;
  /** What happens to all. */
  action: BulkAction;
  /** What was chosen for this one. */
  chosen: BulkAction | undefined;
  offer: Offer | undefined;
  locked: boolean;
  choose: (action: BulkAction | undefined) => void;
}

const TONES: Record<Line["standing"], string> = {
  CHANGES: "good",
  UNCHANGED: "",
  CONFLICT: "bad",
  RULES: "warn",
  IMPOSSIBLE: "bad",
  LEFT: "",
  UNPLACED: "warn",
};

/** One lecture of many: when and where, what would change, whether it can, and what else could happen to it. */
export function row(of: Row): TemplateResult {
  const { before, change, standing } = of.line;
  return html`
    <li class="plan-row ${blocks(of.line) ? "blocked" : ""}">
      <div class="plan-lecture">${before ? lecture(before) : of.line.id}</div>
      <div class="plan-effect">
        ${effect(change)} ${reasons(change)}${standing === "UNPLACED"
          ? html`
            <p class="soft small">${t.unplacedHint}</p>
          `
          : nothing}
      </div>
      <div class="plan-standing"><span class="chip ${TONES[standing]}">${sign(standing)}${t.standing[standing]}</span></div>
      <div class="plan-choice">${choices(of)}</div>
    </li>
  `;
}

function sign(standing: Line["standing"]): TemplateResult | typeof nothing {
  if (standing === "CHANGES") return icon("check");
  return TONES[standing] === "" ? nothing : icon("warning");
}

export function lecture(b: Booking): TemplateResult {
  return html`
    <a href="${to("timeline", { booking: b.id, day: local(b.start).day })}" target="_blank">${show.range(
      b.start,
      b.end,
      b.zone,
    )}</a>
    <br><b>${b.branch.name}</b><br><span class="soft small">${b.topic.title}</span>
  `;
}

function named(b: Booking): string {
  return `${show.range(b.start, b.end, b.zone)}, ${b.branch.name}`;
}

function effect(change: ChangePreview | undefined): unknown {
  const { before, after } = change ?? {};
  if (!before || !after || change?.outcome === "UNCHANGED") {
    return html`
      <p class="soft">${t.stays}</p>
    `;
  }
  if (after.status === "CANCELLED" || after.status === "RELEASED") {
    return html`
      <p><del>${before.lecturer.name}</del> ${after.status === "CANCELLED" ? t.cancelled : t.released}</p>
    `;
  }
  return differences(before, after).map(([name, was, is]) =>
    html`
      <p><span class="hidden">${name}: </span><del>${was}</del> <span aria-hidden="true">→</span> <ins>${is}</ins></p>
    `
  );
}

/** Why it cannot be changed like this. */
function reasons(change: ChangePreview | undefined): unknown {
  if (!change) return nothing;
  const texts = [
    ...(change.conflicts ?? []).map((each) =>
      t.conflict[each.resource]([show.range(each.start, each.end), each.branch?.name].filter(Boolean).join(", "))
    ),
    ...(change.rules ?? []).map((each) => each.detail),
    ...(change.violations ?? []).map((each) => each.detail),
  ];
  return texts.length === 0 ? nothing : html`
    <ul class="plan-reasons small">${[...new Set(texts)].map((each) =>
      html`
        <li>${each}</li>
      `
    )}</ul>
  `;
}

/** A list of all ways out for this lecture; the first is what happens to all. */
function choices({ line, action, chosen, offer, locked, choose }: Row): TemplateResult {
  const { before } = line;
  const groups: [string, Option[]][] = [
    [t.groups.lecturers, lecturerOptions(offer)],
    [t.groups.alternatives, alternativeOptions(offer)],
    [t.groups.other, [
      { label: t.leave, action: { type: "leave" } },
      { label: t.cancelOne, action: { type: "cancel" } },
    ]],
  ];
  const all = groups.flatMap(([, options]) => options);
  const at = chosen ? all.findIndex((each) => same(each.action, chosen)) : -1;
  const changed = async (event: Event) => {
    const select = event.target as HTMLSelectElement;
    const { value } = select;
    if (value === "another") {
      select.value = chosen ? (at < 0 ? "own" : String(at)) : "all";
      if (before) await attempt(async () => choose(await openChoice(before) ?? chosen));
    } else if (value !== "own") choose(value === "all" ? undefined : all[Number(value)]?.action);
  };
  let index = 0;
  return html`
    <select aria-label="${t.choiceOf(before ? named(before) : line.id)}" ?disabled="${locked}" @change="${(e: Event) =>
      void changed(e)}">
      <option value="all" .selected="${!chosen}">${t.asForAll[action.type]}</option>
      ${chosen && at < 0
        ? html`
          <option value="own" .selected="${true}">${t.asChosen}</option>
        `
        : nothing} ${groups.map(([label, options]) =>
          options.length === 0 ? nothing : html`
            <optgroup label="${label}">${options.map((option) => {
              const value = index++;
              return html`
                <option value="${value}" .selected="${value === at}">${option.label}</option>
              `;
            })}${label === t.groups.other
              ? html`
                <option value="another">${t.another}</option>
              `
              : nothing}</optgroup>
          `
        )}
    </select>
  `;
}
