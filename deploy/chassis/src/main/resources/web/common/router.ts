import { home, start } from "./home.ts";
import type { ReactiveController, ReactiveControllerHost } from "./view.ts";

/** The URL is the state of a page: `HOME/PAGE/REST…?name=value`. */
export interface Route {
  page: string;
  rest: string[];
  params: URLSearchParams;
}

const events = new EventTarget();

export function route(): Route {
  const [page = "", ...rest] = location.pathname.slice(home.length + 1).split("/").map(decodeURIComponent);
  return { page: page || start, rest, params: new URLSearchParams(location.search) };
}

export type Params = Record<string, string | undefined>;

/** The address of a page, for a link. */
export function to(page: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value) search.set(name, value);
  }
  return `${home}/${page}${search.size > 0 ? `?${search}` : ""}`;
}

/** The address of this page with some parameters changed; an undefined one goes. */
export function here(changes: Params): string {
  const { page, rest, params } = route();
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const path = [home, page, ...rest.map(encodeURIComponent)].join("/");
  return `${path}${params.size > 0 ? `?${params}` : ""}`;
}

/** @param replace for what is typed or scrolled, so that Back leads to the page before */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  events.dispatchEvent(new Event("route"));
}

/** Draws its element again whenever the URL changes. */
export class Routed implements ReactiveController {
  #changed: () => void;

  constructor(host: ReactiveControllerHost, onRoute: () => void = () => {}) {
    this.#changed = () => {
      onRoute();
      host.requestUpdate();
    };
    host.addController(this);
  }

  hostConnected(): void {
    events.addEventListener("route", this.#changed);
  }

  hostDisconnected(): void {
    events.removeEventListener("route", this.#changed);
  }
}

addEventListener("popstate", () => events.dispatchEvent(new Event("route")));

addEventListener("click", (event) => {
  const link = (event.target as Element | null)?.closest?.("a");
  if (
    !link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented ||
    link.target || link.hasAttribute("download") || link.origin !== location.origin || !link.pathname.startsWith(home)
  ) {
    return;
  }
  event.preventDefault();
  go(link.pathname + link.search);
});
