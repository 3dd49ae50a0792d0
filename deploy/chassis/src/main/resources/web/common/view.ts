import { LitElement } from "lit";

export { html, nothing, render, svg } from "lit";
export { repeat } from "lit/directives/repeat.js";
export type { PropertyValues, ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";

/** A custom element in the document's own tree, so that one set of styles serves all pages and prints. */
export class View extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Registers an element once; two chunks may bring the same one. */
export function define(name: string, type: CustomElementConstructor): void {
  if (!customElements.get(name)) {
    customElements.define(name, type);
  }
}
