import { assert } from "../../common/assert.ts";
import type { Slot } from "../booking/types.ts";
import { ahead, type LectureRequest, matches, needShare, neighbour, ranked, suits } from "./model.ts";
import { state } from "./state.ts";

const NOW = Date.parse("2026-12-01T00:00:00Z");
const period = (from: string, until: string) => ({ from: `2026-12-${from}:00:00Z`, until: `2026-12-${until}:00:00Z` });

function slot(lecturer: string, start: string, score: number): Slot {
  const end = new Date(Date.parse(start) + 3_600_000).toISOString();
  return { lecturer: { id: lecturer, code: lecturer, name: lecturer }, start, end, zone: "UTC", score, reasons: [] };
}

Deno.test("windowsThatAreOver_areNotSearched", () => {
  const found = ahead([period("03T10", "03T12"), { from: "2026-11-01T00:00:00Z", until: "2026-11-30T00:00:00Z" }], NOW);
  assert.equal(found, [period("03T10", "03T12")]);
});

Deno.test("windowThatRuns_isSearchedFromNow", () => {
  const [first] = ahead([{ from: "2026-11-30T00:00:00Z", until: "2026-12-02T00:00:00Z" }], NOW);
  assert.equal(first!.from, "2026-12-01T00:00:00.000Z");
});

Deno.test("longWindow_isSearchedAsFarAsTheApiAnswers", () => {
  const [first] = ahead([{ from: "2026-12-02T00:00:00Z", until: "2027-12-02T00:00:00Z" }], NOW);
  assert.equal(first!.until, "2027-01-02T00:00:00.000Z");
});

Deno.test("slotAtTheEdgesOfAWindow_suits", () => {
  const exact = { start: "2026-12-03T10:00:00Z", end: "2026-12-03T12:00:00Z" };
  assert.equal(suits(exact, [period("03T10", "03T12")]), true);
  assert.equal(suits({ ...exact, end: "2026-12-03T12:00:01Z" }, [period("03T10", "03T12")]), false);
});

Deno.test("slotInSummerTimeOffset_isComparedAsAnInstant", () => {
  const local = { start: "2026-12-03T18:00:00+08:00", end: "2026-12-03T20:00:00+08:00" };
  assert.equal(suits(local, [period("03T10", "03T12")]), true);
});

Deno.test("severalSearches_becomeOneRankingWithoutDoubles", () => {
  const early = slot("A", "2026-12-03T10:00:00Z", 90);
  const late = slot("B", "2026-12-04T10:00:00Z", 90);
  const best = slot("C", "2026-12-05T10:00:00Z", 99);
  assert.equal(ranked([[late, best], [early, late]]).map((each) => each.lecturer.id), ["C", "A", "B"]);
});

Deno.test("walkingTheList_stopsAtItsEnds", () => {
  const items = [{ id: "1" }, { id: "2" }];
  assert.equal(neighbour(items, undefined, 1), "1");
  assert.equal(neighbour(items, "1", 1), "2");
  assert.equal(neighbour(items, "2", 1), undefined);
  assert.equal(neighbour(items, "gone", 1), "1");
});

Deno.test("need_isAShareAndNeverMoreThanTheWhole", () => {
  assert.equal([needShare(-5), needShare(50), needShare(400)], [0, 0.5, 1]);
});

Deno.test("search_findsBranchTopicAndWish", () => {
  const item = {
    branch: { id: "b", code: "QS-01", name: "青山村" },
    topic: { id: "t", code: "T1", title: "Fire safety" },
    note: "Please in the evening",
  } as LectureRequest;
  assert.equal(["青山", "qs-0", "FIRE", "evening", ""].map((find) => matches(item, find)), [true, true, true, true, true]);
  assert.equal(matches(item, "morning"), false);
});

Deno.test("unknownFilterInTheAddress_meansTheUsualOne", () => {
  const shown = state(new URLSearchParams("status=NONSENSE&sort=x"));
  assert.equal([shown.status, shown.sort], ["WAITING", "need"]);
});
