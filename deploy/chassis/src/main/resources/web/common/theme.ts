export type Theme = "auto" | "light" | "dark";

const KEPT = "lectern.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function theme(): Theme {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function setTheme(next: Theme): void {
  if (next === "auto") {
    localStorage.removeItem(KEPT);
  } else {
    localStorage.setItem(KEPT, next);
  }
  apply();
}

function apply(): void {
  const now = theme();
  document.documentElement.dataset.theme = now === "auto" ? (dark.matches ? "dark" : "light") : now;
}

dark.addEventListener("change", apply);
apply();
