import { assert } from "../../common/assert.ts";
import { away, closed, daysOf, isPeriod, rangeOf } from "./model.ts";

const period = { first: "2026-12-30", last: "2027-01-01" };
const none = { weekly: [], exceptions: [] };

Deno.test("absence_isAddedToWhatIsKnown", () => {
  const before = { ...none, blackouts: [{ firstDay: "2026-12-01", lastDay: "2026-12-02" }] };
  assert.equal(away(before, period, "Ill").blackouts, [
    { firstDay: "2026-12-01", lastDay: "2026-12-02" },
    { firstDay: "2026-12-30", lastDay: "2027-01-01", reason: "Ill" },
  ]);
});

Deno.test("absenceThatIsKnown_changesNothing", () => {
  const before = { ...none, blackouts: [{ firstDay: "2026-12-30", lastDay: "2027-01-05" }] };
  assert.ok(away(before, period, "Ill") === before);
});

Deno.test("closedVenue_keepsItsOtherExceptions", () => {
  const before = {
    ...none,
    exceptions: [
      { date: "2026-12-31", windows: [{ from: "09:00", until: "12:00" }] },
      { date: "2027-02-01", windows: [] },
    ],
  };
  const after = closed(before, period, "");
  assert.equal(after.exceptions.map((each) => [each.date, each.windows.length]), [
    ["2026-12-30", 0],
    ["2026-12-31", 0],
    ["2027-01-01", 0],
    ["2027-02-01", 0],
  ]);
  assert.ok(closed(after, period, "") === after);
});

Deno.test("period_holdsBothDaysAndTurnsOfTheYear", () => {
  assert.equal(daysOf(period), ["2026-12-30", "2026-12-31", "2027-01-01"]);
  assert.equal(isPeriod({ first: "2026-12-02", last: "2026-12-01" }), false);
});

Deno.test("range_beginsNowAndEndsAfterTheLastDay", () => {
  const now = Date.parse("2026-12-30T04:00:00Z");
  assert.equal(rangeOf(period, now), { from: "2026-12-30T04:00:00.000Z", to: "2027-01-01T16:00:00.000Z" });
  assert.equal(rangeOf(period, 0).from, "2026-12-29T16:00:00.000Z");
});
