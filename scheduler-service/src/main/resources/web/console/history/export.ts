import { toast } from "../../common/announce.ts";
import { textField } from "../../common/forms.ts";
import { told } from "../../common/states.ts";
import { addDays, instant, isDay, today } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { type Path, type Query, readFile, saveFile } from "../api.ts";
import { go, here, route, Routed } from "../../common/router.ts";
import { t } from "./texts.ts";

const f = t.files;

/** Lists as files. */
class Export extends View {
  #bom = true;
  #busy = "";

  constructor() {
    super();
    new Routed(this);
  }

  override render(): unknown {
    const { from, until } = range();
    return html`
      <div class="stack">
        <p class="soft">${f.exportHint}</p>
        <label class="row"><input type="checkbox" .checked="${this.#bom}" @change="${(
          e: Event,
        ) => (this.#bom = (e.target as HTMLInputElement).checked)}"> ${f.bom}</label>
        <ul class="list">${Object.entries(f.of).filter(([of]) => of !== "calendar").map(([of, label]) =>
          html`
            <li>
              <div class="item">
                <span class="stack"><b>${label}</b>${of === "bookings"
                  ? html`
                    <span class="filters">${date("from", t.from, from)} ${date("to", t.to, until)}</span>
                  `
                  : nothing}</span><span class="end">
                  <button ?disabled="${this.#busy === of}" @click="${() => this.#get(of, "csv")}">${f.download}</button>
                  ${of === "bookings"
                    ? html`
                      <button ?disabled="${this.#busy === of}" @click="${() => this.#get(of, "ics")}">${f.calendar}</button>
                    `
                    : nothing}
                </span>
              </div>
            </li>
          `
        )}</ul>
      </div>
    `;
  }

  async #get(of: string, kind: "csv" | "ics"): Promise<void> {
    const { from, until } = range();
    const query: Query = {
      ...(of === "bookings" && { from: instant(from).toISOString(), to: instant(addDays(until, 1)).toISOString() }),
      ...(kind === "csv" && { bom: this.#bom }),
    };
    this.#busy = of;
    this.requestUpdate();
    try {
      saveFile(await readFile(`/api/v1/${of}/export.${kind}` as Path, query));
    } catch (error) {
      toast({ text: told(error).detail, kind: "bad" });
    } finally {
      this.#busy = "";
      this.requestUpdate();
    }
  }
}

function date(name: "from" | "to", label: string, value: string): TemplateResult {
  return textField({
    name,
    label,
    required: true,
    type: "date",
    value,
    onInput: (day) => go(here({ [name]: day }), { replace: true }),
  });
}

function range(): { from: string; until: string } {
  const { params } = route();
  const from = params.get("from");
  const until = params.get("to");
  const first = isDay(from) ? from : today();
  return { from: first, until: isDay(until) ? until : addDays(first, 30) };
}

define("lectern-export", Export);
