import { define, html, View } from "../../common/view.ts";
import { route, Routed } from "../router.ts";
import "./form.ts";
import "./view.ts";

/** One series, or the form of a new one. */
class SeriesPage extends View {
  constructor() {
    super();
    new Routed(this);
  }

  override render(): unknown {
    const id = route().rest[1];
    return id
      ? html`
        <lectern-series-view .series="${id}"></lectern-series-view>
      `
      : html`
        <lectern-series-form></lectern-series-form>
      `;
  }
}

define("lectern-series", SeriesPage);
