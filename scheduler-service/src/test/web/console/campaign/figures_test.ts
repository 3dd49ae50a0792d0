import { assert } from "../../common/assert.ts";
import { order, type Suggestion, whoIsTold } from "./choice.ts";
import { byBranch, byLag, calls, type District, type Item, parts, steps, type Totals } from "./model.ts";
import { burnUp, expectedBy, ticks } from "./scale.ts";

const NONE: Totals = {
  items: 0,
  notPlanned: 0,
  requested: 0,
  booked: 0,
  notified: 0,
  acknowledged: 0,
  held: 0,
  missed: 0,
  excluded: 0,
  percentHeld: 0,
  headCount: 0,
  lecturerAccepted: 0,
  rated: 0,
};
const SOME: Totals = { ...NONE, items: 22, notPlanned: 4, booked: 5, notified: 3, acknowledged: 2, held: 6, excluded: 2 };
const place = (id: string) => ({ id, code: id, name: id, kind: "village" });

function item(branch: string, state: Item["state"], start?: string): Item {
  return {
    branch: place(branch),
    topic: { id: "t", code: "t", title: "t" },
    state,
    detail: "",
    required: 1,
    held: 0,
    priority: false,
    bookings: start ? [{ bookingId: branch, status: "CONFIRMED", start, lecturer: "L" }] : [],
  };
}

Deno.test("everyStep_includesTheLaterOnes", () => {
  assert.equal(steps(SOME).map((each) => each.count), [20, 16, 11, 8, 6]);
  assert.equal(steps(SOME)[4]!.share, 0.3);
});

Deno.test("campaignWithoutItems_hasEmptyBars", () => {
  assert.equal(steps(NONE).map((each) => each.share), [0, 0, 0, 0, 0]);
  assert.equal(parts(NONE), []);
});

Deno.test("partsOfABar_addUpWithoutThoseExcluded", () => {
  const all = parts(SOME);
  assert.equal(all.map((each) => each.state), ["HELD", "ACKNOWLEDGED", "NOTIFIED", "BOOKED", "NOT_PLANNED"]);
  assert.equal(all.reduce((sum, each) => sum + each.share, 0), 1);
});

Deno.test("districts_areSortedByLagAndThenByWhatIsOpen", () => {
  const district = (id: string, percentHeld: number, items: number): District => ({
    branch: place(id),
    itself: false,
    totals: { ...NONE, items, percentHeld },
  });
  const sorted = byLag([district("done", 90, 10), district("small", 10, 2), district("large", 10, 40)]);
  assert.equal(sorted.map((each) => each.branch.id), ["large", "small", "done"]);
});

Deno.test("branch_hasTheStateThatNeedsAttentionMost", () => {
  const [branch] = byBranch([item("a", "HELD"), item("a", "NOT_PLANNED"), item("a", "NOTIFIED")]);
  assert.equal([branch!.state, branch!.items], ["NOT_PLANNED", 3]);
});

Deno.test("callList_hasWhatLiesAheadUnacknowledged_soonestFirst", () => {
  const now = Date.parse("2026-12-01T00:00:00Z");
  const found = calls([
    item("late", "NOTIFIED", "2026-12-09T10:00:00Z"),
    item("soon", "BOOKED", "2026-12-02T10:00:00Z"),
    item("past", "NOTIFIED", "2026-11-02T10:00:00Z"),
    item("knows", "ACKNOWLEDGED", "2026-12-03T10:00:00Z"),
  ], now);
  assert.equal(found.map((each) => each.item.branch.id), ["soon", "late"]);
});

const CAMPAIGN = { from: "2026-11-01", until: "2026-11-30", due: 60 };

Deno.test("expectedByToday_isEvenOverTheCampaign", () => {
  assert.equal(expectedBy("2026-10-20", CAMPAIGN), 0);
  assert.equal(expectedBy("2026-11-15", CAMPAIGN), 30);
  assert.equal(expectedBy("2026-12-24", CAMPAIGN), 60);
});

Deno.test("burnUp_risesByDayAndGoesOnToToday", () => {
  const trend = [{ date: "2026-11-03", held: 12, heldSoFar: 12 }];
  const chart = burnUp({ ...CAMPAIGN, today: "2026-11-15", trend, finishesOn: undefined }, 300, 60);
  assert.equal(chart.held, [{ x: 0, y: 60 }, { x: 30, y: 60 }, { x: 30, y: 48 }, { x: 150, y: 48 }]);
  assert.equal(chart.expected[1], { x: 300, y: 0 });
  assert.equal(chart.today, 150);
});

Deno.test("forecastWithinTheDrawing_endsWhereAllIsHeld", () => {
  const trend = [{ date: "2026-11-03", held: 12, heldSoFar: 12 }];
  const chart = burnUp({ ...CAMPAIGN, today: "2026-11-15", trend, finishesOn: "2026-12-10" }, 400, 60);
  assert.equal(chart.forecast![1], { x: 400, y: 0 });
  assert.equal(chart.forecastCut, false);
});

Deno.test("forecastFarAhead_isCutAndKeepsItsSlope", () => {
  const trend = [{ date: "2026-11-03", held: 10, heldSoFar: 10 }];
  const chart = burnUp({ ...CAMPAIGN, today: "2026-11-15", trend, finishesOn: "2027-11-30" }, 450, 60);
  assert.equal(chart.forecastCut, true);
  assert.equal(chart.forecast![1].x, 450);
  assert.equal(chart.forecast![1].y > 40, true);
});

Deno.test("campaignThatHasNotBegun_hasNoTodayAndNoForecast", () => {
  const chart = burnUp({ ...CAMPAIGN, today: "2026-10-01", trend: [], finishesOn: undefined }, 300, 60);
  assert.equal([chart.today, chart.forecast, chart.expectedToday], [undefined, undefined, 0]);
  assert.equal(chart.held, [{ x: 0, y: 60 }]);
});

Deno.test("ticks_areRoundAndWhole", () => {
  assert.equal(ticks(60), [0, 20, 40, 60]);
  assert.equal(ticks(3), [0, 1, 2, 3]);
  assert.equal(ticks(0), [0]);
});

Deno.test("suggestionWithoutVenue_isBookedWithItsLink", () => {
  const each: Suggestion = {
    branch: place("b"),
    topic: { id: "t", code: "t", title: "t" },
    lecturer: { id: "l", code: "l", name: "l" },
    format: "video",
    start: "s",
    end: "e",
    zone: "UTC",
    reasons: [],
  };
  assert.equal(order([each], new Map([["b,t", "https://x"]])).items, [
    { branchId: "b", topicId: "t", lecturerId: "l", joinLink: "https://x", format: "video", start: "s", end: "e" },
  ]);
});

Deno.test("whoIsTold_namesHostsAndGuestsOnce", () => {
  const told = whoIsTold([{ branch: place("a"), guests: [place("b")] }, { branch: place("b") }]);
  assert.equal(told, ["a", "b"]);
});
