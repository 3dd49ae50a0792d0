import type { Day } from "../../common/time.ts";
import { read } from "../api.ts";

/** A day that is not what its weekday says. */
export interface Special {
  kind: "PUBLIC_HOLIDAY" | "MAKE_UP_WORKDAY";
  name: string;
}

interface CalendarDay {
  date: Day;
  kind: string;
  name?: string;
}

/** Public holidays and make-up workdays of a range, as far as they are announced. */
export async function readSpecial(days: Day[], signal: AbortSignal): Promise<Map<Day, Special>> {
  const { data } = await read<{ days: CalendarDay[] }>("/api/v1/calendar", { from: days[0], to: days.at(-1) }, signal);
  return new Map(
    data.days.flatMap(({ date, kind, name }): [Day, Special][] =>
      kind === "PUBLIC_HOLIDAY" || kind === "MAKE_UP_WORKDAY" ? [[date, { kind, name: name ?? "" }]] : []
    ),
  );
}
