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

let count = 0;

/**
 * Opens a modal dialog. Focus stays inside and returns afterwards; Escape closes it with no result. `draw` gets the
 * handle of the dialog and is called at each update.
 *
 * @param beside what it is about: the dialog opens below or above it, where the window has room
 */
export function openDialog<R = void>(draw: (opened: Opened<R>) => DialogPart, beside?: DOMRect): Opened<R> {
  const element = document.createElement("dialog");
  const name = `dialog-${++count}`; // a dialog may open above another one
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
            <h2 id="${name}">${part.heading}</h2>
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
  element.setAttribute("aria-labelledby", name);
  element.addEventListener("close", () => {
    element.remove();
    before?.focus();
    finish(result);
  });
  opened.update();
  document.body.append(element);
  element.showModal();
  if (beside && innerWidth > 720) place(element, beside);
  (element.querySelector<HTMLElement>("[autofocus]") ??
    element.querySelector<HTMLElement>(".body input, .body select, .body textarea, .foot button:last-child"))?.focus();
  return opened;
}

/** Below what it is about; above it, or as near as possible, where there is no room. */
function place(element: HTMLElement, { left, top, bottom }: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const fits = bottom + 8 + height < innerHeight || top < height;
  element.classList.add("beside");
  element.style.setProperty("--x", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
  element.style.setProperty("--y", `${Math.max(8, fits ? Math.min(bottom + 8, innerHeight - height - 8) : top - height - 8)}px`);
}
