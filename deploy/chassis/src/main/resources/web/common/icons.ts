import { html, type TemplateResult } from "./view.ts";

const paths = {
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  search: "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l4 4",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4 20c1-4 4-6 8-6s7 2 8 6",
  place: "M12 21c5-6 7-9 7-12a7 7 0 10-14 0c0 3 2 6 7 12zM12 6.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z",
  house: "M5 20V8l7-4 7 4v12M9 20v-5h6v5M9 10h.01M15 10h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  bell: "M6 16V11a6 6 0 1112 0v5l2 2H4zM10 20.5h4",
  clock: "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
  offline: "M3 3l18 18M8.5 15.5a5 5 0 017 0M5 12a10 10 0 015-2.8M19 12a10 10 0 00-4-2.5M12 19h.01",
  empty: "M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5",
  plan: "M4 6h9M4 12h7M4 18h5M13 15.5l3 3 5-6.5",
  pin: "M12 15v6M8 3.5h8l-1 6 3 3.5v2H6v-2l3-3.5z",
  way:
    "M6 21a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM18 8a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM8.5 18.5H15a3.5 3.5 0 000-7H9a3.5 3.5 0 010-7h6.5",
  change: "M4 8h13l-3.5-3.5M20 16H7l3.5 3.5",
  home: "M4 11.5l8-7.5 8 7.5V20h-5.5v-5.5h-5V20H4z",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  away: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M10 13l4 4M14 13l-4 4",
  menu: "M4 7h16M4 12h16M4 17h16",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  keys: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  globe: "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17",
  chart: "M4 4v16h16M8 16v-4M12.500 16V8M17 16v-6",
  plus: "M12 5v14M5 12h14",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  phone: "M8 3h8v18H8zM11 18h2",
  robot: "M5 9h14v10H5zM12 9V5M12 5h.01M9 13h.01M15 13h.01M9 16h6",
  hook: "M9 17a4 4 0 11-4-4M12 7a4 4 0 114 5l-3-.5M17 17h-6M17 17a3 3 0 100-6",
  gear:
    "M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  moon: "M19 14.5A7.5 7.5 0 019.5 5a7.5 7.5 0 109.5 9.5z",
} as const;

export type IconName = keyof typeof paths;

/** A sign beside a text that says the same; alone it needs an accessible name on its button. */
export function icon(name: IconName): TemplateResult {
  return html`
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${paths[name]}"></path></svg>
  `;
}
