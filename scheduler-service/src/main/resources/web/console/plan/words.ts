import { language, locale } from "../../common/language.ts";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

export function number(value: number): string {
  return whole.format(value);
}

const zh = language === "zh";

/** A length of time as people say it: 47 min, 2 h 15 min, 138 h. */
export function duration(minutes: number): string {
  const all = Math.round(Math.abs(minutes));
  const sign = minutes < 0 && all > 0 ? "−" : "";
  const hours = Math.floor(all / 60);
  if (all < 100) return `${sign}${all}${zh ? " 分钟" : " min"}`;
  if (hours >= 24) return `${sign}${whole.format(Math.round(all / 60))}${zh ? " 小时" : " h"}`;
  const rest = all % 60;
  return `${sign}${hours}${zh ? " 小时" : " h"}${rest === 0 ? "" : zh ? ` ${rest} 分` : ` ${rest} min`}`;
}

/** A difference with its sign: + 47 min, − 2 h. */
export function difference(minutes: number): string {
  if (Math.round(minutes) === 0) return zh ? "持平" : "the same";
  return minutes > 0 ? `+${duration(minutes)}` : duration(minutes);
}

export function percent(share: number): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}
