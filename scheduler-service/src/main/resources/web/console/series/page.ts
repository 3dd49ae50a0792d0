import { define, html, nothing, View } from "../../common/view.ts";
import { route, Routed } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import "./form.ts";
import "./list.ts";
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
        <lectern-series-list></lectern-series-list>
        ${hasRole("organizer")
          ? html`
            <lectern-series-form></lectern-series-form>
          `
          : nothing}
      `;
  }
}

define("lectern-series", SeriesPage);
