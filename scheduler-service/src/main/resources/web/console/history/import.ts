import { announce, toast } from "../../common/announce.ts";
import { selectField } from "../../common/forms.ts";
import { told } from "../../common/states.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { change, newKey, type Path, readFile, saveFile } from "../api.ts";
import { isRefusal, RefusedProblem } from "../../common/problem.ts";
import { type Consequences, drawn as consequences } from "../registries/consequences.ts";
import { go, here, route, Routed } from "../../common/router.ts";
import { decoded, repaired } from "./csv.ts";
import { drawn, type Outcome, OUTCOMES, type Outcomes, type RowError, type Shown, tableOf } from "./preview.ts";
import { t } from "./texts.ts";

const f = t.files;

/** Rows drawn at once; more on request. */
const PART = 200;

interface Report {
  dryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  errorCount: number;
  errors?: RowError[];
  outcomes?: Outcomes[];
  consequences?: Consequences;
  outdatedBookings?: { count: number };
}

/** A file is checked, repaired where it was refused, and then taken over as a whole. */
class Import extends View {
  #text = "";
  #report: Report | undefined;
  #shown: Shown = "ALL";
  #most = PART;
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
      <div class="callout bad" role="alert"><div><strong>${title}</strong><br>${detail}${errors.map((each) =>
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
        ${this.#rows(report)} ${report.dryRun && report.errorCount === 0
          ? html`
            <p>${change > 0 ? f.ready : f.nothing}</p>
            ${report.consequences?.count ? consequences(report.consequences) : nothing} ${report.outdatedBookings?.count
              ? html`
                <p>${f.outdated(report.outdatedBookings.count)}</p>
              `
              : nothing} ${change > 0
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

  #rows(report: Report): TemplateResult {
    const errors = report.errors ?? [];
    const table = tableOf(this.#text, report.outcomes, errors);
    const counts: Record<Outcome, number> = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
    for (const { outcome } of table.rows) if (outcome) counts[outcome]++;
    const shown = this.#shown === "ALL" || counts[this.#shown] > 0 ? this.#shown : "ALL";
    const count = shown === "ALL" ? table.rows.length : counts[shown];
    const unlisted = report.errorCount - errors.length;
    const choose = (value: Shown, label: string) =>
      html`
        <button aria-pressed="${value === shown}" @click="${() => {
          this.#shown = value;
          this.#most = PART;
          this.requestUpdate();
        }}">${label}</button>
      `;
    return html`
      <div class="group" role="group" aria-label="${f.preview}">${choose("ALL", `${f.all} ${table.rows.length}`)} ${OUTCOMES
        .filter((each) => counts[each] > 0).map((each) =>
          choose(each, `${(report.dryRun ? f.outcomes : f.outcomesStored)[each]} ${counts[each]}`)
        )}</div>
      ${errors.length > 0
        ? html`
          <p>${f.repair}</p>
        `
        : nothing} ${drawn(table, shown, this.#most, !report.dryRun, {
          of: this.#repairs,
          changed: () => this.requestUpdate(),
        })} ${count > this.#most
        ? html`
          <div class="row"><span class="soft">${f.part(this.#most, count)}</span><button @click="${() => {
            this.#most += PART;
            this.requestUpdate();
          }}">${f.more}</button></div>
        `
        : nothing} ${unlisted > 0
        ? html`
          <p class="soft">${f.notListed(unlisted)}</p>
        `
        : nothing} ${errors.length > 0
        ? html`
          <div><button class="primary" ?disabled="${this.#busy || this.#repairs.size === 0}" @click="${() =>
            this.#send(true)}">${f.again}</button></div>
        `
        : nothing}
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
      this.#shown = data.errorCount > 0 ? "REFUSED" : "ALL";
      this.#most = PART;
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
