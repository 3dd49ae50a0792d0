import { addDays, type Day, isDay, show, today } from "./time.ts";

// Days and times of day as a person writes them, in both languages of the console, whatever the browser's language is.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WORDS: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1, "今天": 0, "明天": 1, "后天": 2, "昨天": -1 };
const two = (number: number) => String(number).padStart(2, "0");

/** The text of a day, which `readDay` reads again. */
export function writtenDay(day: Day | ""): string {
  return isDay(day) ? show.wholeDay(day) : day;
}

/** The day that a text means; undefined if it means none, or could mean two. */
export function readDay(text: string, now: Day = today()): Day | undefined {
  const plain = text.normalize("NFKC").toLowerCase()
    .replace(/(?:周|星期|礼拜)[一二三四五六日天]/g, " ")
    .replace(/\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/g, " ")
    .replace(/[,\s]+/g, " ").trim();
  const word = WORDS[plain];
  if (word !== undefined) return addDays(now, word);
  if (/^[+-]\d{1,3}$/.test(plain)) return addDays(now, Number(plain));
  const whole = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain);
  if (whole) return made(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const short = /^(\d{1,2}) ?月 ?(\d{1,2}) ?日?$/.exec(plain);
  if (short) return nearest(Number(short[1]), Number(short[2]), now);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(plain);
  if (dotted) return made(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const first = /^(\d{1,2})(?:st|nd|rd|th)? ?([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(plain);
  const last = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(plain);
  const [day, name, year] = first ? [first[1], first[2], first[3]] : last ? [last[2], last[1], last[3]] : [];
  const month = MONTHS.indexOf((name ?? "").slice(0, 3)) + 1;
  if (!day || month === 0) return undefined;
  return year ? made(Number(year), month, Number(day)) : nearest(month, Number(day), now);
}

function made(year: number, month: number, day: number): Day | undefined {
  const found = `${year}-${two(month)}-${two(day)}`;
  return isDay(found) && addDays(found, 0) === found ? found : undefined;
}

/** Without a year the nearest such day is meant. */
function nearest(month: number, day: number, now: Day): Day | undefined {
  const year = Number(now.slice(0, 4));
  const distance = (of: Day) => Math.abs(Date.parse(of) - Date.parse(now));
  return [year, year + 1, year - 1]
    .map((each) => made(each, month, day))
    .filter((each) => each !== undefined)
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** The time of day, `14:30`, that a text means; 24:00 is the end of a day. */
export function readTime(text: string): string | undefined {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const found = /^(上午|早上|中午|下午|晚上)?(\d{1,2})(?:[:.点时h]?([0-5]\d)分?|点半|点整|[点时h])?(am|pm)?$/.exec(plain);
  if (!found) return undefined;
  const [, before, hours, minutes, after] = found;
  let hour = Number(hours);
  const minute = plain.includes("点半") ? 30 : Number(minutes ?? 0);
  const half = before ?? after;
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    if (["下午", "晚上", "pm"].includes(half) || (half === "中午" && hour < 11)) hour = hour === 12 ? 12 : hour + 12;
    else if (hour === 12 && half !== "中午") hour = 0;
  }
  return hour < 24 || (hour === 24 && minute === 0) ? `${two(hour)}:${two(minute)}` : undefined;
}

/** The same time later or earlier, within the day. */
export function laterTime(time: string, minutes: number): string {
  const at = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes;
  const kept = Math.min(23 * 60 + 59, Math.max(0, at));
  return `${two(Math.floor(kept / 60))}:${two(kept % 60)}`;
}

/** The same day of another month, or its last day. */
export function addMonths(day: Day, months: number): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const month = `${Math.floor(at / 12)}-${two(at % 12 + 1)}`;
  for (let date = Number(day.slice(8)); date > 28; date--) {
    const found = made(Number(month.slice(0, 4)), Number(month.slice(5)), date);
    if (found) return found;
  }
  return `${month}-${two(Math.min(28, Number(day.slice(8))))}`;
}
