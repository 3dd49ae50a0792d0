import { assert } from "../common/assert.ts";
import { ahead, type Availability, changeOf, type Draft, isShort, mapAddress, type OwnLoad, weeks } from "../portal/own/model.ts";

const ZONE = "Asia/Shanghai";
const draft = (of: Partial<Draft>): Draft => ({
  kind: "days",
  firstDay: "2026-12-20",
  lastDay: "2026-12-24",
  from: "",
  until: "",
  reason: "",
  weekly: [],
  ...of,
});

Deno.test("days_becomeABlackout", () => {
  assert.equal(
    JSON.stringify(changeOf(draft({ reason: " leave " }), ZONE)),
    '{"blackout":{"firstDay":"2026-12-20","lastDay":"2026-12-24","reason":"leave"}}',
  );
  assert.ok(changeOf(draft({ lastDay: "2026-12-19" }), ZONE) === undefined);
});

Deno.test("hoursOfADay_areInstantsInTheZone", () => {
  assert.equal(
    JSON.stringify(changeOf(draft({ kind: "hours", from: "08:30", until: "12:00" }), ZONE)),
    '{"blackout":{"from":"2026-12-20T00:30:00.000Z","until":"2026-12-20T04:00:00.000Z"}}',
  );
  assert.ok(changeOf(draft({ kind: "hours", from: "12:00", until: "08:30" }), ZONE) === undefined);
});

Deno.test("dateWithoutHours_isNotAvailable", () => {
  assert.equal(JSON.stringify(changeOf(draft({ kind: "date" }), ZONE)), '{"date":{"date":"2026-12-20","windows":[]}}');
  assert.ok(changeOf(draft({ kind: "date", from: "09:00" }), ZONE) === undefined);
});

Deno.test("weeklyHours_mustEndAfterTheyBegin", () => {
  const weekly = [{ day: "MONDAY", from: "09:00", until: "08:00" }];
  assert.ok(changeOf(draft({ kind: "weekly", weekly }), ZONE) === undefined);
  assert.equal(JSON.stringify(changeOf(draft({ kind: "weekly" }), ZONE)), '{"weekly":[]}');
});

Deno.test("entriesOfThePast_areNotShown", () => {
  const of: Availability = {
    version: 1,
    zone: ZONE,
    weekly: [],
    exceptions: [{ date: "2026-11-29", windows: [] }, { date: "2026-11-30", windows: [] }],
    blackouts: [
      { firstDay: "2026-11-20", lastDay: "2026-11-29" },
      { firstDay: "2026-11-20", lastDay: "2026-11-30" },
      { from: "2026-11-30T01:00:00Z", until: "2026-11-30T02:00:00Z" },
    ],
  };
  const { blackouts, dates } = ahead(of, new Date("2026-11-30T02:00:00Z"));
  assert.equal(blackouts.map((each) => each.lastDay).join(), "2026-11-30");
  assert.equal(dates.map((each) => each.date).join(), "2026-11-30");
});

Deno.test("weeks_includeThoseWithoutLectures", () => {
  const load = { zone: ZONE, days: [], journeys: [], weeks: [{ monday: "2026-12-07", lectures: 3 }] } as OwnLoad;
  assert.equal(
    weeks(load, "2026-12-02", 3).map((each) => `${each.monday} ${each.lectures}`).join(),
    "2026-11-30 0,2026-12-07 3,2026-12-14 0",
  );
});

Deno.test("map_searchesForVenueAndAddress", () => {
  const pattern = "https://maps.example.org/?q={place}";
  assert.equal(mapAddress(pattern, { name: "Hall", address: "1 Lane" }), "https://maps.example.org/?q=Hall%201%20Lane");
  assert.ok(mapAddress("", { name: "Hall" }) === undefined);
  assert.ok(mapAddress("javascript:{place}", { name: "Hall" }) === undefined);
});

Deno.test("journey_isShortOnlyIfItsTimeIsKnown", () => {
  const journey = { fromBookingId: "a", toBookingId: "b", minutesAvailable: 30 };
  assert.ok(isShort({ ...journey, minutes: 31 }));
  assert.ok(!isShort({ ...journey, minutes: 30 }));
  assert.ok(!isShort(journey));
});
