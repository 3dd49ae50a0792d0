/** Which of our pages this is, as the page says in its head. */
function said(name: string): string {
  return globalThis.document?.querySelector<HTMLMetaElement>(`meta[name="lectern-${name}"]`)?.content ?? "";
}

/** The path under which all addresses of this page are. */
export const home = said("home");

/** The first part of the path where none is given. */
export const start = said("start");
