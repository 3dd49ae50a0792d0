import { icon } from "../../common/icons.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { to } from "../../common/router.ts";
import { cells, parts, type Row, rows, separator, withCell } from "./csv.ts";
import { t } from "./texts.ts";

const f = t.files;

export const OUTCOMES = ["CREATED", "UPDATED", "UNCHANGED", "REFUSED"] as const;
export type Outcome = typeof OUTCOMES[number];
/** What the table shows: rows of one outcome, or all. */
export type Shown = Outcome | "ALL";

export interface RowError {
  line?: number;
  column?: string;
  detail?: string;
  otherLine?: number;
  bookingId?: string;
}

/** Consecutive rows with the same outcome, as the API tells them. */
export interface Outcomes {
  fromLine: number;
  toLine: number;
  outcome: Outcome;
}

export interface Table {
  header: string[];
  between: string;
  rows: { row: Row; outcome: Outcome | undefined; errors: RowError[] }[];
}

/** The rows of the file with the outcome of each. A row that the API does not report has no outcome. */
export function tableOf(text: string, outcomes: readonly Outcomes[] | undefined, errors: readonly RowError[]): Table {
  const all = rows(text);
  const between = separator(all);
  const { header, below } = parts(all);
  const byLine = new Map<number, RowError[]>();
  for (const error of errors) byLine.set(error.line ?? 1, [...(byLine.get(error.line ?? 1) ?? []), error]);
  let at = 0;
  const known = outcomes ?? [];
  return {
    header: header ? cells(header.text, between).map((each) => each.trim()) : [],
    between,
    rows: below.map((row) => {
      while (at < known.length && known[at]!.toLine < row.line) at++;
      const found = known[at];
      const own = byLine.get(row.line) ?? [];
      const outcome = found && found.fromLine <= row.line ? found.outcome : own.length > 0 ? "REFUSED" : undefined;
      return { row, outcome, errors: own };
    }),
  };
}

export interface Repairs {
  /** What was typed for a line; undefined leaves the line out. */
  of: Map<number, string | undefined>;
  changed: () => void;
}

/** Rows with their outcome. A refused row is repaired in its cells, each with its error, or left out. */
export function drawn(table: Table, shown: Shown, most: number, stored: boolean, repairs: Repairs): TemplateResult {
  const wanted = table.rows.filter((each) => shown === "ALL" || each.outcome === shown);
  return html`
    <div class="table-frame" tabindex="0" role="region" aria-label="${f.preview}">
      <table class="preview">
        <caption class="hidden">${f.preview}</caption>
        <thead>
          <tr>
            <th scope="col" class="number">${f.lineNumber}</th>
            <th scope="col">${f.outcome}</th>${table.header.map((name) =>
              html`
                <th scope="col">${name}</th>
              `
            )}
          </tr>
        </thead>
        <tbody>${wanted.slice(0, most).map((each) =>
          each.errors.length > 0 && !stored ? refused(table, each.row, each.errors, repairs) : html`
            <tr>
              <th scope="row" class="number">${each.row.line}</th>
              <td>${chip(each.outcome, stored)}</td>
              ${cells(each.row.text, table.between).map((cell) =>
                html`
                  <td>${cell}</td>
                `
              )}
            </tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

const TONES: Record<Outcome, string> = { CREATED: "good", UPDATED: "warn", UNCHANGED: "", REFUSED: "bad" };
const SIGNS = { CREATED: "check", UPDATED: "clock", UNCHANGED: "right", REFUSED: "warning" } as const;

function chip(outcome: Outcome | undefined, stored: boolean): unknown {
  return outcome === undefined ? nothing : html`
    <span class="chip ${TONES[outcome]}">${icon(SIGNS[outcome])}${(stored ? f.outcomesStored : f.outcomes)[outcome]}</span>
  `;
}

function refused({ header, between }: Table, row: Row, errors: RowError[], repairs: Repairs): TemplateResult {
  const { line } = row;
  const out = repairs.of.has(line) && repairs.of.get(line) === undefined;
  const typed = cells(repairs.of.get(line) ?? row.text, between);
  const at = (error: RowError) => header.findIndex((name) => name.toLowerCase() === error.column?.toLowerCase());
  const general = errors.filter((each) => at(each) < 0);
  const width = Math.max(header.length, typed.length);
  const set = (index: number, value: string) => {
    repairs.of.set(line, withCell(repairs.of.get(line) ?? row.text, between, index, value));
    repairs.changed();
  };
  return html`
    <tr class="refused">
      <th scope="row" class="number">${line}</th>
      <td>
        ${chip("REFUSED", false)} ${general.map((each) => reason(each))}
        <label class="row small"><input type="checkbox" .checked="${out}" @change="${(e: Event) => {
          if ((e.target as HTMLInputElement).checked) repairs.of.set(line, undefined);
          else repairs.of.delete(line);
          repairs.changed();
        }}"> ${f.leaveOut}</label>
      </td>
      ${Array.from({ length: width }, (_, index) => {
        const own = errors.filter((each) => at(each) === index);
        const id = `cell-${line}-${index}`;
        return html`
          <td>
            <input
              aria-label="${f.cell(line, header[index] ?? String(index + 1))}"
              aria-invalid="${own.length > 0 ? "true" : nothing}"
              aria-describedby="${own.length > 0 ? id : nothing}"
              size="${Math.min(40, Math.max(6, (typed[index] ?? "").length + 2))}"
              ?disabled="${out}"
              .value="${typed[index] ?? ""}"
              @input="${(e: Event) => set(index, (e.target as HTMLInputElement).value)}"
            >${own.length > 0
              ? html`
                <div class="error" id="${id}">${own.map((each) => reason(each, false))}</div>
              `
              : nothing}
          </td>
        `;
      })}
    </tr>
  `;
}

function reason(error: RowError, withColumn = true): TemplateResult {
  return html`
    <div class="small">${withColumn && error.column ? `${f.column(error.column)}: ` : ""}${error.detail} ${error.otherLine
      ? f.otherLine(error.otherLine)
      : ""} ${error.bookingId
      ? html`
        <a href="${to("timeline", { booking: error.bookingId })}" target="_blank">${f.booking}</a>
      `
      : nothing}</div>
  `;
}
