import { assert } from "../../common/assert.ts";
import {
  countOf,
  type Coverage,
  dates,
  firstDay,
  histogram,
  type Item,
  type LecturerDay,
  lectures,
  loadsOf,
  parts,
  rows,
  shares,
} from "./model.ts";
import { state } from "./state.ts";

const COVERAGE: Coverage = { items: 121, placed: 117, guests: 5, leftOut: 3, excluded: 1, pinned: 2, refused: 0, changed: 0 };

function ref(id: string) {
  return { id, code: id.toUpperCase(), name: id };
}

function item(number: number, at: string, more: Partial<Item> = {}): Item {
  return {
    number,
    branch: ref(`b${number}`),
    topic: { id: "t", code: "T", title: "T" },
    occurrence: 1,
    state: "PLACED",
    zone: "Asia/Shanghai",
    lecturer: ref("l1"),
    start: `2026-12-10T${at}:00+08:00`,
    end: new Date(Date.parse(`2026-12-10T${at}:00+08:00`) + 90 * 60_000).toISOString(),
    ...more,
  };
}

function day(lecturer: string, date: string, items: Item[], travelMinutes = 60): LecturerDay {
  return { lecturer: ref(lecturer), date, travelMinutes, lectures: items };
}

Deno.test("barOfAPlan_showsGuestsApartAndEveryItemOnce", () => {
  const bar = parts(COVERAGE);
  assert.equal(bar.map((each) => [each.state, each.count]), [["PLACED", 112], ["GUEST", 5], ["LEFT_OUT", 3], ["EXCLUDED", 1]]);
  assert.equal(bar.reduce((sum, each) => sum + each.count, 0), COVERAGE.items);
});

Deno.test("filters_areCountedFromTheCoverage", () => {
  assert.equal([countOf("PLACED", COVERAGE), countOf("LEFT_OUT", COVERAGE), countOf("EXCLUDED", COVERAGE)], [117, 3, 1]);
});

Deno.test("cost_isListedFromTheGreatestPart_withoutWhatCostsNothing", () => {
  const found = shares({
    totalMinutes: 400,
    components: [{ component: "load", minutes: 100 }, { component: "later", minutes: 0 }, { component: "travel", minutes: 300 }],
  });
  assert.equal(found.map((each) => [each.component, each.share]), [["travel", 0.75], ["load", 0.25]]);
});

Deno.test("guests_areNamedWithTheLectureTheyJoin", () => {
  const guest = item(3, "14:00", { state: "GUEST", hostNumber: 2 });
  const { guests } = loadsOf([item(2, "14:00"), guest, item(1, "09:00")]);
  const found = lectures(day("l1", "2026-12-10", [item(2, "14:00"), item(1, "09:00")]), guests);
  assert.equal(found.map((each) => [each.item.number, each.guests.map((one) => one.number)]), [[1, []], [2, [3]]]);
});

Deno.test("loads_countLecturesNotGuests", () => {
  const other = { lecturer: ref("l2"), start: "2026-12-11T09:00:00+08:00", end: "2026-12-11T10:30:00+08:00" };
  const guest = item(4, "14:00", { state: "GUEST", hostNumber: 2 });
  const { lecturers, dates } = loadsOf([item(1, "09:00"), item(2, "14:00"), guest, item(3, "09:00", other)]);
  assert.equal(lecturers.map((each) => [each.lecturer.code, each.lectures, each.days]), [["L1", 2, 1], ["L2", 1, 1]]);
  assert.equal([...dates], [["2026-12-10", 2], ["2026-12-11", 1]]);
});

Deno.test("daysOfALecturer_areOneRowWithItsSums", () => {
  const found = rows([
    day("l2", "2026-12-10", [item(4, "09:00")], 10),
    day("l1", "2026-12-11", [item(1, "09:00"), item(2, "11:00")], 30),
    day("l1", "2026-12-10", [item(3, "09:00")], 20),
  ]);
  assert.equal(found.map((each) => [each.lecturer.code, each.days.size, each.lectures, each.travelMinutes]), [
    ["L1", 2, 3, 50],
    ["L2", 1, 1, 10],
  ]);
});

Deno.test("stripOfDays_hasThoseWithoutALectureToo", () => {
  const found = dates("2026-12-30", "2027-01-01", new Map([["2026-12-31", 4]]));
  assert.equal(found, [
    { date: "2026-12-30", lectures: 0 },
    { date: "2026-12-31", lectures: 4 },
    { date: "2027-01-01", lectures: 0 },
  ]);
});

Deno.test("firstShownDay_isTheFirstWithALecture", () => {
  const plan = { from: "2026-12-01", until: "2026-12-31" };
  assert.equal(firstDay(plan, new Map([["2026-12-09", 2], ["2026-12-08", 0], ["2026-12-11", 1]])), "2026-12-09");
  assert.equal(firstDay(plan, undefined), "2026-12-01");
});

Deno.test("histogramOfLoads_hasNoGap", () => {
  assert.equal(histogram([2, 5, 2]).map((each) => [each.lectures, each.lecturers]), [[2, 2], [3, 0], [4, 0], [5, 1]]);
  assert.equal(histogram([]), []);
});

Deno.test("unknownValuesInTheAddress_meanTheUsualView", () => {
  const found = state(new URLSearchParams("plan=p&view=x&item=-1&day=tomorrow&state=x&new=x"));
  assert.equal([found.view, found.item, found.day, found.filter, found.form], [
    "days",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("purposeInTheAddress_opensItsForm", () => {
  assert.equal(state(new URLSearchParams("new=what-if")).form, "WHAT_IF");
});
