/** The language of the page. It is the only thing, with theme and keys, that the browser remembers. */
export type Language = "en" | "zh";

const KEPT = "lectern.language";

function chosen(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "zh") {
    return kept;
  }
  return navigator.languages.some((each) => each.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

export const language: Language = chosen();

/** For `lang`, `Intl` and `Accept-Language`. */
export const locale = language === "zh" ? "zh-CN" : "en-GB";

if (globalThis.document) {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** The texts of this language. The type of the English ones is the type of all: a missing text does not compile. */
export function pick<T>(en: T, zh: T): T {
  return language === "zh" ? zh : en;
}

/** Keeps the choice and loads the page again, because answers of the API are in a language as well. */
export function choose(next: Language): void {
  localStorage.setItem(KEPT, next);
  location.reload();
}
