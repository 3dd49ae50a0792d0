import { textField } from "../../../common/forms.ts";
import { icon } from "../../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../../common/view.ts";
import { numberField, pickField } from "../../booking/fields.ts";
import type { Ref } from "../../booking.ts";
import type { ExtraLine, GoneLine, NewPlan } from "../order.ts";
import { t as plan } from "../texts.ts";
import { t } from "./texts.ts";

const KINDS: GoneLine["kind"][] = ["lecturer", "venue", "day"];

/** Who, what or which days drop out. */
export function goneLines(
  values: NewPlan,
  { lecturers, venues }: { lecturers: Ref[]; venues: Ref[] },
  set: (gone: GoneLine[]) => void,
  errorOf: (name: string) => string | undefined,
): TemplateResult {
  const { gone, purpose } = values;
  const change = (i: number, part: Partial<GoneLine>) => set(gone.map((each, at) => at === i ? { ...each, ...part } : each));
  const lines = html`
    <fieldset class="planner-lines">
      <legend>${t.goneHeading}</legend>
      <p class="soft small">${t.goneHint[purpose]}</p>
      ${errorOf("gone")
        ? html`
          <p class="bad-text small" role="alert">${errorOf("gone")}</p>
        `
        : nothing} ${gone.map((each, i) =>
          html`
            <div class="gone-line">
              <div class="field">
                <label for="gone-${i}">${t.goneKind}</label><select id="gone-${i}" @change="${(e: Event) =>
                  change(i, { kind: (e.target as HTMLSelectElement).value as GoneLine["kind"], what: undefined })}">${KINDS.map((
                    kind,
                  ) =>
                    html`
                      <option value="${kind}" ?selected="${kind === each.kind}">${t.goneKinds[kind]}</option>
                    `
                  )}</select>
              </div>
              ${each.kind === "day" ? nothing : pickField({
                name: `gone-what-${i}`,
                label: each.kind === "lecturer" ? plan.lecturer : plan.venue,
                required: true,
                list: each.kind === "lecturer" ? lecturers : venues,
                value: each.what,
                error: errorOf(`gone/${i}/${each.kind}Id`),
                onPick: (what) => change(i, { what }),
              })} ${textField({
                name: `gone-from-${i}`,
                label: t.from,
                type: "date",
                required: true,
                value: each.from,
                error: errorOf(`gone/${i}/from`),
                onInput: (from) => change(i, { from }),
              })} ${textField({
                name: `gone-until-${i}`,
                label: t.until,
                type: "date",
                required: true,
                value: each.until,
                error: errorOf(`gone/${i}/until`),
                onInput: (until) => change(i, { until }),
              })} ${remove(() => set(gone.filter((_, at) => at !== i)))}
            </div>
          `
        )}
      <div><button type="button" @click="${() =>
        set([...gone, { kind: "lecturer", what: undefined, from: values.from, until: values.until }])}">${t
        .addGone}</button></div>
    </fieldset>
  `;
  return purpose === "RESCUE" || gone.length > 0 ? lines : html`
    <details><summary>${t.goneHeading}</summary>${lines}</details>
  `;
}

/** Lecturers that do not exist yet. */
export function extraLines(
  extra: ExtraLine[],
  lecturers: Ref[],
  set: (extra: ExtraLine[]) => void,
  errorOf: (name: string) => string | undefined,
): TemplateResult {
  const change = (i: number, part: Partial<ExtraLine>) => set(extra.map((each, at) => at === i ? { ...each, ...part } : each));
  return html`
    <fieldset class="planner-lines">
      <legend>${t.extraHeading}</legend>
      <p class="soft small">${t.extraHint}</p>
      ${extra.map((each, i) =>
        html`
          <div class="gone-line">
            ${numberField({ name: `extra-count-${i}`, label: t.extraCount, value: each.count, min: 1, required: true }, (count) =>
              change(i, { count }))} ${pickField({
                name: `extra-like-${i}`,
                label: t.extraLike,
                list: lecturers,
                value: each.like,
                error: errorOf(`extra/${i}/likeLecturerId`),
                onPick: (like) =>
                  change(i, { like }),
              })} ${remove(() => set(extra.filter((_, at) => at !== i)))}
          </div>
        `
      )}
      <div><button type="button" @click="${() => set([...extra, { like: undefined, count: 1 }])}">${t.addExtra}</button></div>
    </fieldset>
  `;
}

function remove(run: () => void): TemplateResult {
  return html`
    <button type="button" class="square plain" aria-label="${t.removeLine}" @click="${run}">${icon("close")}</button>
  `;
}
