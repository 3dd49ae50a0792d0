import { html, render, type TemplateResult } from "./view.ts";
import { icon } from "./icons.ts";
import { common } from "./texts.ts";

export interface DialogPart {
  heading: string;
  body: TemplateResult | string;
  /** Buttons; the last one is the usual choice. */
  foot?: TemplateResult;
}

/** An open dialog. `update` draws it again, for instance with the refusal of the server. */
export interface Opened<R> {
  close(result?: R): void;
  update(): void;
  readonly result: Promise<R | undefined>;
}

/**
 * Opens a modal dialog. Focus stays inside and returns afterwards; Escape closes it with no result. `draw` gets the
 * handle of the dialog and is called at each update.
 */
export function openDialog<R = void>(draw: (opened: Opened<R>) => DialogPart): Opened<R> {
  const element = document.createElement("dialog");
  const before = document.activeElement as HTMLElement | null;
  let result: R | undefined;
  let finish: (result: R | undefined) => void = () => {};
  const opened: Opened<R> = {
    result: new Promise((resolve) => (finish = resolve)),
    close(value) {
      result = value;
      element.close();
    },
    update() {
      const part = draw(opened);
      render(
        html`
          <div class="head">
            <h2 id="dialog-heading">${part.heading}</h2>
            <button class="plain square" aria-label="${common.close}" @click="${() => opened.close()}">${icon("close")}</button>
          </div>
          <div class="body">${part.body}</div>
          ${part.foot
            ? html`
              <div class="foot">${part.foot}</div>
            `
            : ""}
        `,
        element,
      );
    },
  };
  element.setAttribute("aria-labelledby", "dialog-heading");
  element.addEventListener("close", () => {
    element.remove();
    before?.focus();
    finish(result);
  });
  opened.update();
  document.body.append(element);
  element.showModal();
  element.querySelector<HTMLElement>("[autofocus], .body input, .body select, .body textarea, .foot button:last-child")
    ?.focus();
  return opened;
}
