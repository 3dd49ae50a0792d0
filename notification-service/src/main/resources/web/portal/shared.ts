import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";

/** What several elements show is loaded once: it stands where an element would, and all of them are drawn again. */
export class Shared implements ReactiveControllerHost {
  readonly updateComplete = Promise.resolve(true);
  #watchers = new Set<ReactiveControllerHost>();

  addController(): void {}

  removeController(): void {}

  requestUpdate(): void {
    for (const each of this.#watchers) each.requestUpdate();
  }

  /** As long as the element is shown. */
  watch(element: ReactiveControllerHost): void {
    element.addController(
      {
        hostConnected: () => this.#watchers.add(element),
        hostDisconnected: () => this.#watchers.delete(element),
      } satisfies ReactiveController as ReactiveController,
    );
  }
}
