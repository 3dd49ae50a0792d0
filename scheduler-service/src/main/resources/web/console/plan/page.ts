import { define, html, View } from "../../common/view.ts";
import { Routed } from "../../common/router.ts";
import "./list.ts";
import { state } from "./state.ts";
import "./view.ts";

/** Plans of campaigns: the list, one plan, two side by side, or the form of a new one. */
class PlanPage extends View {
  #state = state();

  constructor() {
    super();
    new Routed(this, () => (this.#state = state()));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#state = state();
  }

  override render(): unknown {
    const { plan, form, compare, campaign } = this.#state;
    if (form) {
      void import("./form/form.ts"); // the element wakes when its code has come
      return html`
        <lectern-planner-form
          .purpose="${form}"
          .campaign="${campaign}"
          .like="${plan}"
        ></lectern-planner-form>
      `;
    }
    if (plan && compare) {
      void import("./compare.ts");
      return html`
        <lectern-planner-compare .plan="${plan}" .other="${compare}"></lectern-planner-compare>
      `;
    }
    return plan
      ? html`
        <lectern-planner-view .plan="${plan}"></lectern-planner-view>
      `
      : html`
        <lectern-planner-list .campaign="${campaign}"></lectern-planner-list>
      `;
  }
}

define("lectern-planner", PlanPage);
