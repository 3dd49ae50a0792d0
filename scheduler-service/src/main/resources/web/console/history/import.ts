import { announce, toast } from "../../common/announce.ts";
import { selectField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { change, newKey, type Path, readFile, saveFile } from "../api.ts";
import { isRefusal, RefusedProblem } from "../problem.ts";
import { go, here, route, Routed, to } from "../router.ts";
import { decoded, repaired, rows } from "./csv.ts";
import { t } from "./texts.ts";

const f = t.files;

interface RowError {
  line?: number;
  column?: string;
  detail?: string;
  otherLine?: number;
  bookingId?: string;
}

interface Report {
  dryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  errorCount: number;
  errors?: RowError[];
}

/** A file is checked, repaired where it was refused, and then taken over as a whole. */
class Import extends View {
  #text = "";
  #report: Report | undefined;
  #error: unknown;
  #busy = false;
  /** Rows that were repaired or left out since the last check, by their line. */
  #repairs = new Map<number, string | undefined>();
  #key = newKey();
  #of = "";

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
  }

  #routed(): void {
    if (what() !== this.#of) {
      this.#of = what();
      this.#forget();
    }
  }

  #forget(): void {
    this.#report = undefined;
    this.#error = undefined;
    this.#repairs.clear();
    this.#key = newKey();
    this.requestUpdate();
  }

  override render(): unknown {
    const of = what();
    return html`
      <div class="stack form files">
        ${selectField({
          name: "what",
          label: f.what,
          required: true,
          value: of,
          options: Object.entries(f.of).map(([value, label]) => ({ value, label })),
          onChange: (value) => go(here({ what: value })),
        })}
        <div class="field">
          <label for="file">${f.choose}</label>
          <input id="file" type="file" accept=".csv,.txt,.tsv,text/csv" aria-describedby="file-hint" @change="${this.#chosen}">
          <div class="hint" id="file-hint">${f.chooseHint}</div>
        </div>
        <div class="field">
          <label for="pasted">${f.paste}</label>
          <textarea id="pasted" rows="6" spellcheck="false" class="code" .value="${this.#text}" @input="${(e: Event) => {
            this.#text = (e.target as HTMLTextAreaElement).value;
            this.#forget();
          }}"></textarea>
        </div>
        <div class="row">
          <button class="${this.#report?.errorCount === 0 ? "" : "primary"}" ?disabled="${this.#busy ||
            !this.#text.trim()}" @click="${() => this.#send(true)}">${this.#report ? f.again : f.check}</button>
          ${of === "calendar" ? nothing : html`
            <button class="plain" @click="${() => template(of)}">${f.template}</button>
          `}
        </div>
        ${this.#failed()} ${this.#report ? this.#preview(this.#report) : nothing}
      </div>
    `;
  }

  #chosen = async (event: Event): Promise<void> => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    this.#text = decoded(new Uint8Array(await file.arrayBuffer()));
    this.#forget();
    await this.#send(true);
  };

  #failed(): unknown {
    if (!this.#error) return nothing;
    const { title, detail } = told(this.#error);
    const errors = this.#error instanceof RefusedProblem ? this.#error.problem.errors ?? [] : [];
    return html`
      <div class="notice bad" role="alert"><div><strong>${title}</strong><br>${detail}${errors.map((each) =>
        html`
          <br>${each.detail}
        `
      )}</div></div>
    `;
  }

  #preview(report: Report): TemplateResult {
    const labels = report.dryRun ? f.counts : f.stored;
    const tile = (name: "created" | "updated" | "unchanged" | "errorCount", tone: string) =>
      html`
        <div class="tile ${report[name] > 0 ? tone : ""}"><b>${report[name]}</b><span class="soft">${labels[name]}</span></div>
      `;
    const change = report.created + report.updated;
    return html`
      <section class="stack" aria-label="${f.rows(report.rows)}">
        <p class="soft small">${f.rows(report.rows)}</p>
        <div class="tiles">${tile("created", "good")} ${tile("updated", "warn")} ${tile("unchanged", "")} ${tile(
          "errorCount",
          "bad",
        )}</div>
        ${report.errorCount > 0 ? this.#refused(report) : nothing} ${report.dryRun && report.errorCount === 0
          ? html`
            <p>${change > 0 ? f.ready : f.nothing}</p>
            ${change > 0
              ? html`
                <div><button class="primary" ?disabled="${this.#busy}" @click="${() => this.#send(false)}">${f.store(
                  change,
                )}</button></div>
              `
              : nothing}
          `
          : nothing}
      </section>
    `;
  }

  #refused(report: Report): TemplateResult {
    const own = new Map(rows(this.#text).map(({ line, text }) => [line, text]));
    const byLine = new Map<number, RowError[]>();
    for (const error of report.errors ?? []) byLine.set(error.line ?? 1, [...(byLine.get(error.line ?? 1) ?? []), error]);
    const unlisted = report.errorCount - (report.errors?.length ?? 0);
    return html`
      <p>${f.repair}</p>
      <ol class="list">${[...byLine].map(([line, errors]) => {
        const out = this.#repairs.has(line) && this.#repairs.get(line) === undefined;
        return html`
          <li>
            <div class="item">
              <span class="stack">
                <span><b>${f.line(line)}</b>${errors.map((each) => reason(each))}</span>
                <textarea
                  class="code"
                  spellcheck="false"
                  rows="${(own.get(line) ?? "").split("\n").length}"
                  aria-label="${f.line(line)}"
                  ?disabled="${out}"
                  .value="${this.#repairs.get(line) ?? own.get(line) ?? ""}"
                  @input="${(e: Event) => {
                    this.#repairs.set(line, (e.target as HTMLTextAreaElement).value);
                    this.requestUpdate();
                  }}"
                ></textarea>
                ${line === 1 ? nothing : html`
                  <label class="row small"><input type="checkbox" .checked="${out}" @change="${(e: Event) => {
                    if ((e.target as HTMLInputElement).checked) this.#repairs.set(line, undefined);
                    else this.#repairs.delete(line);
                    this.requestUpdate();
                  }}"> ${f.leaveOut}</label>
                `}
              </span>
            </div>
          </li>
        `;
      })}</ol>
      ${unlisted > 0
        ? html`
          <p class="soft">${f.notListed(unlisted)}</p>
        `
        : nothing}
      <div><button class="primary" ?disabled="${this.#busy || this.#repairs.size === 0}" @click="${() => this.#send(true)}">${f
        .again}</button></div>
    `;
  }

  async #send(dryRun: boolean): Promise<void> {
    if (this.#repairs.size > 0) {
      this.#text = repaired(this.#text, this.#repairs);
      this.#repairs.clear();
      this.#key = newKey();
    }
    const of = what();
    this.#busy = true;
    this.#error = undefined;
    this.requestUpdate();
    try {
      const { data } = await change<Report>("POST", `/api/v1/${of}/import`, this.#text, {
        query: { dryRun: dryRun || undefined },
        type: "text/csv; charset=utf-8",
        ...(of === "bookings" && !dryRun && { key: this.#key }),
      });
      this.#report = data;
      if (dryRun) {
        announce(
          `${f.counts.created} ${data.created}, ${f.counts.updated} ${data.updated}, ${f.counts.errorCount} ${data.errorCount}`,
        );
      } else {
        toast(f.done);
      }
    } catch (error) {
      this.#report = undefined;
      this.#error = error;
      if (isRefusal(error, "import-refused") && !dryRun) void this.#send(true); // something changed since the check
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

function reason(error: RowError): TemplateResult {
  return html`
    <br>${icon("warning")} ${error.column ? `${f.column(error.column)}: ` : ""}${error.detail} ${error.otherLine
      ? f.otherLine(error.otherLine)
      : ""} ${error.bookingId
      ? html`
        <a href="${to("timeline", { booking: error.bookingId })}" target="_blank">${f.booking}</a>
      `
      : nothing}
  `;
}

function what(): string {
  const of = route().params.get("what") ?? "";
  return f.of[of] ? of : "bookings";
}

function template(of: string): void {
  readFile(`/api/v1/${of}/export.csv` as Path, { bom: true }).then(
    saveFile,
    (error) => toast({ text: told(error).detail, kind: "bad" }),
  );
}

define("lectern-import", Import);
