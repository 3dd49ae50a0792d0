import { define, html, View } from "../../common/view.ts";
import { texts } from "../texts.ts";
import "./endpoints.ts";
import "./feeds.ts";
import "./preferences.ts";
import "./push.ts";

/** Where, when and how the branch or the lecturer is notified. */
class Settings extends View {
  override render(): unknown {
    return html`
      <div class="page">
        <div class="top"><h1>${texts.pages.settings}</h1></div>
        <lectern-push></lectern-push>
        <lectern-endpoints></lectern-endpoints>
        <lectern-preferences></lectern-preferences>
        <lectern-feeds></lectern-feeds>
      </div>
    `;
  }
}

define("lectern-settings", Settings);
