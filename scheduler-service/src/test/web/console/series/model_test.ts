import { assert } from "../../common/assert.ts";
import { ahead, datesOf, request, type Series, usual, type Values, weekdaysOf } from "./model.ts";

const ref = (id: string) => ({ id, code: id, name: id });
const complete = (): Values => ({
  ...usual(),
  topic: { ...ref("topic"), durationMinutes: 60 },
  branch: ref("branch"),
  lecturer: ref("lecturer"),
  venue: ref("venue"),
  from: "2026-12-08",
});

Deno.test("seriesWithoutAPlaceOrADate_isNoRequest", () => {
  assert.equal(request({ ...complete(), venue: undefined }), undefined);
  assert.equal(request({ ...complete(), weekly: false, dates: [""] }), undefined);
});

Deno.test("weeklySeries_leavesOutDatesBySkip", () => {
  const body = request({ ...complete(), weekdays: ["FRIDAY", "TUESDAY"], count: 3, skip: ["2026-12-11"] })!;
  assert.equal(body.weekly, { from: "2026-12-08", interval: 1, weekdays: ["TUESDAY", "FRIDAY"], count: 3 });
  assert.equal(body.skip, ["2026-12-11"]);
  assert.equal(body.dates, undefined);
});

Deno.test("listedSeries_leavesDatesOutOfItsList", () => {
  const body = request({ ...complete(), weekly: false, dates: ["2026-12-08", "2026-12-09", ""], skip: ["2026-12-09"] })!;
  assert.equal(body.dates, ["2026-12-08"]);
  assert.equal(body.skip, undefined);
});

Deno.test("otherDates_areAnotherQuestion", () => {
  const values = complete();
  assert.equal(datesOf(values), datesOf({ ...values, note: "x", skip: ["2026-12-08"] }));
  assert.ok(datesOf(values) !== datesOf({ ...values, count: 9 }));
});

Deno.test("onlyActiveFutureOccurrences_canChange", () => {
  const at = (id: string, start: string, status: string) => ({ id, start, status });
  const series = {
    occurrences: [
      at("past", "2026-12-01T06:00:00Z", "CONFIRMED"),
      at("cancelled", "2026-12-08T06:00:00Z", "CANCELLED"),
      at("next", "2026-12-15T06:00:00Z", "CONFIRMED"),
    ],
  } as unknown as Series;
  assert.equal(ahead(series, Date.parse("2026-12-02T00:00:00Z")).map((each) => each.id), ["next"]);
});

Deno.test("ruleWithoutWeekdays_hasTheOneOfItsFirstDate", () => {
  assert.equal(weekdaysOf({ from: "2026-12-06" }), ["SUNDAY"]);
  assert.equal(weekdaysOf({ from: "2026-12-08", weekdays: ["FRIDAY"] }), ["FRIDAY"]);
});
