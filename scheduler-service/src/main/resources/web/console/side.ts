import { icon } from "../common/icons.ts";
import { common } from "../common/texts.ts";
import { html, type TemplateResult } from "../common/view.ts";
import { go } from "../common/router.ts";

/** What is open beside a list; on a phone instead of it. Escape and Back close it. */
export function side(heading: string, close: string, body: unknown): TemplateResult {
  return html`
    <aside class="side" tabindex="-1" aria-label="${heading}" @keydown="${(e: KeyboardEvent) => {
      if (e.key === "Escape" && !(e.target as HTMLElement).closest("input, textarea, select")) go(close);
    }}">
      <div class="side-head">
        <h2>${heading}</h2>
        <a class="button plain square" href="${close}" aria-label="${common.close}">${icon("close")}</a>
      </div>
      <div class="stack">${body}</div>
    </aside>
  `;
}
