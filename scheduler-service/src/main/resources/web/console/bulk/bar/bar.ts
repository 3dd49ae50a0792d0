import { html, nothing, type TemplateResult } from "../../../common/view.ts";
import { to } from "../../../common/router.ts";
import { MOST, selection } from "../selection.ts";
import { t } from "./texts.ts";

/** Below a list in which lectures are chosen: how many are, and what leads on. Its page draws it again on `changed`. */
export function bulkBar(): TemplateResult | typeof nothing {
  const count = selection.size();
  if (count === 0) return nothing;
  return html`
    <section class="bulk-bar no-print" aria-label="${t.bar}">
      <span class="grow" role="status"><b>${t.chosen(count)}</b>${count >= MOST
        ? html`
          <br><span class="soft small">${t.most(MOST)}</span>
        `
        : nothing}</span>
      <button class="plain" @click="${() => selection.clear()}">${t.clear}</button>
      <a class="button primary" href="${to("lectures/change")}">${t.change}</a>
    </section>
  `;
}
