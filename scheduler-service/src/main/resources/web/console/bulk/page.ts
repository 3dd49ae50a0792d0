import { empty, Load, loading } from "../../common/states.ts";
import { define, html, type TemplateResult, View } from "../../common/view.ts";
import { registry } from "../registry.ts";
import type { Ref } from "../booking.ts";
import { to } from "../../common/router.ts";
import { actionFields, type ActionName, actionOf, type ActionValues, usual } from "./action.ts";
import type { PlanOf } from "./model.ts";
import "./plan.ts";
import { selection } from "./selection.ts";
import { t as bar } from "./bar/texts.ts";
import { t } from "./texts.ts";

const ACTIONS: ActionName[] = ["substitute", "reassign", "venue", "shift", "move-to-day", "cancel"];

/** One change of the selected lectures in three steps: action, result, done. */
class BulkPage extends View {
  #values: ActionValues = usual("substitute");
  #plan: PlanOf | undefined;
  #lists = new Load<{ lecturers: Ref[]; venues: Ref[] }>(this, async () => {
    const [lecturers, venues] = await Promise.all([registry("lecturer"), registry("venue")]);
    return { lecturers, venues };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    selection.addEventListener("changed", this.#changed);
    void this.#lists.run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    selection.removeEventListener("changed", this.#changed);
  }

  #changed = (): void => {
    if (selection.size() > 0) this.#plan = undefined; // another selection, another plan
    this.requestUpdate();
  };

  override render(): unknown {
    if (selection.size() === 0 && !this.#plan) {
      return empty({
        icon: "check",
        title: t.nothing,
        hint: t.nothingHint,
        action: html`
          <a class="button primary" href="${to("lectures")}">${t.toList}</a>
        `,
      });
    }
    return html`
      <h2>${t.heading}</h2>
      ${this.#lists.data || this.#lists.error ? this.#lists.render((lists) => this.#draw(lists)) : loading(4)}
    `;
  }

  #draw(lists: { lecturers: Ref[]; venues: Ref[] }): TemplateResult {
    const action = actionOf(this.#values);
    return html`
      ${selection.size() > 0
        ? html`
          <form class="card stack" @submit="${(e: Event) => {
            e.preventDefault();
            if (action) this.#plan = { selected: { bookingIds: selection.ids() }, action };
            this.requestUpdate();
          }}">
            <p role="status"><b>${bar.chosen(selection.size())}</b> · <a href="${to("lectures")}">${t.toList}</a></p>
            ${actionFields(this.#values, ACTIONS, lists, () => this.requestUpdate())}
            <div class="row end"><button class="${this.#plan ? "" : "primary"}" ?disabled="${!action}">${this.#plan
              ? t.previewAgain
              : t.preview}</button></div>
          </form>
        `
        : ""} ${this.#plan
        ? html`
          <lectern-plan .of="${this.#plan}" @done="${() => selection.clear()}"></lectern-plan>
        `
        : ""}
    `;
  }
}

define("lectern-bulk", BulkPage);
