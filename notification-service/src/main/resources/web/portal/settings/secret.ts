import { announce } from "../../common/announce.ts";
import { openDialog } from "../../common/dialog.ts";
import { icon } from "../../common/icons.ts";
import { common } from "../../common/texts.ts";
import { html } from "../../common/view.ts";
import { texts } from "../texts.ts";

const t = texts.settings;

/** Something that the service says once: it can be copied, and is kept nowhere. */
export function showSecret(heading: string, hint: string, secret: string): Promise<void> {
  let copied = false;
  return openDialog((dialog) => ({
    heading,
    body: html`
      <p>${hint}</p>
      <input class="code" readonly aria-label="${heading}" .value="${secret}" @focus="${(e: Event) =>
        (e.target as HTMLInputElement).select()}">
      <button class="wide" @click="${async () => {
        try {
          await navigator.clipboard.writeText(secret);
          copied = true;
          announce(t.copied);
          dialog.update();
        } catch {
          document.querySelector<HTMLInputElement>("dialog input.code")?.select(); // the person copies it by hand
        }
      }}">${icon(copied ? "check" : "copy")}${copied ? t.copied : t.copy}</button>
    `,
    foot: html`
      <button class="primary" @click="${() => dialog.close()}">${common.close}</button>
    `,
  })).result;
}
