import { assert } from "../../common/assert.ts";
import { body, KINDS, values } from "./kinds.ts";
import { byDay, request } from "./windows.ts";

Deno.test("formOfAThing_makesTheRequestItCameFrom", () => {
  const venue = {
    code: "V-1",
    name: "Hall",
    kind: "lecture-hall",
    capacity: 120,
    place: { address: "Main street", latitude: 30.2, longitude: 120.1 },
  };
  assert.equal(body(KINDS.venues, values(KINDS.venues, venue)), venue);
});

Deno.test("fieldLeftEmpty_isAbsentInTheRequest", () => {
  assert.equal(body(KINDS.topics, { code: "T-1", title: " A ", durationMinutes: "90", description: "  " }), {
    code: "T-1",
    title: "A",
    durationMinutes: 90,
  });
});

Deno.test("whatIsNoNumber_isLeftToTheApiToRefuse", () => {
  assert.equal(body(KINDS.topics, { durationMinutes: "long" })["durationMinutes"], "long");
});

Deno.test("absenceOfOneDay_endsOnThatDay", () => {
  const sent = request(
    { weekly: [], exceptions: [], blackouts: [{ firstDay: "2026-12-01", lastDay: "" }, { firstDay: "" }] },
    true,
  );
  assert.equal(sent.blackouts, [{ firstDay: "2026-12-01", lastDay: "2026-12-01" }]);
});

Deno.test("windowsOfAWeek_areListedByDay", () => {
  const weekly = [
    { day: "TUESDAY", from: "14:00", until: "17:00" },
    { day: "MONDAY", from: "09:00", until: "12:00" },
    { day: "TUESDAY", from: "09:00", until: "12:00" },
  ];
  assert.equal(byDay(weekly), [
    { day: "MONDAY", windows: ["09:00–12:00"] },
    { day: "TUESDAY", windows: ["09:00–12:00", "14:00–17:00"] },
  ]);
});
