import { assert } from "./assert.ts";
import { addDays, instant, isDay, local, monday, show } from "./time.ts";

Deno.test("instant_isTheInverseOfLocal", () => {
  const at = instant("2026-12-01", 14 * 60 + 30, "Asia/Shanghai");
  assert.equal(at.toISOString(), "2026-12-01T06:30:00.000Z");
  assert.equal(local(at, "Asia/Shanghai"), { day: "2026-12-01", minutes: 870 });
});

Deno.test("instant_countsTheDaysOnWhichClocksChange", () => {
  assert.equal(instant("2026-03-29", 12 * 60, "Europe/Berlin").toISOString(), "2026-03-29T10:00:00.000Z");
  assert.equal(instant("2026-03-28", 12 * 60, "Europe/Berlin").toISOString(), "2026-03-28T11:00:00.000Z");
});

Deno.test("midnight_isMinuteZeroOfItsDay", () => {
  assert.equal(local("2026-11-30T16:00:00Z", "Asia/Shanghai"), { day: "2026-12-01", minutes: 0 });
});

Deno.test("weeks_beginOnMonday", () => {
  assert.equal(monday("2026-11-30"), "2026-11-30");
  assert.equal(monday("2026-12-06"), "2026-11-30");
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
});

Deno.test("onlyDays_areDays", () => {
  assert.ok(isDay("2026-12-01"));
  for (const other of ["2026-13-01", "1.12.2026", "", null]) assert.ok(!isDay(other), String(other));
});

Deno.test("shortDate_namesItsMonth", () => {
  assert.equal(show.date("2026-12-01"), "1 Dec");
});
