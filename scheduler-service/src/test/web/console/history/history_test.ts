import { assert } from "../../common/assert.ts";
import { decoded, repaired, rows } from "./csv.ts";
import { differences, written } from "./differences.ts";

Deno.test("differences_areTheMembersWithAnotherValue", () => {
  const before = { version: 1, start: "2026-12-01T06:00:00Z", venue: { name: "A", code: "V-1" }, note: "" };
  const after = { version: 2, start: "2026-12-02T06:00:00Z", venue: { code: "V-1", name: "A" } };
  assert.equal(differences(before, after).map((each) => each.name), ["start"]);
});

Deno.test("firstEntry_hasNoDifferences", () => {
  assert.equal(differences(undefined, { name: "A" }), []);
});

Deno.test("value_isWrittenForAPerson", () => {
  const say = {
    nothing: "nothing",
    yes: "yes",
    no: "no",
    moment: (at: string) => `at ${at}`,
    name: (id: string) => id === "l1" ? "Lin" : undefined,
  };
  assert.equal(written({ id: "v", code: "V-1", name: "Hall" }, say), "Hall (V-1)");
  assert.equal(written("2026-12-01T06:00:00Z", say), "at 2026-12-01T06:00:00Z");
  assert.equal(written(["l1", "x"], say), "Lin; x");
  assert.equal(written([], say), "nothing");
  assert.equal(written(false, say), "no");
});

Deno.test("quotedLineBreak_belongsToTheRowOfItsFirstLine", () => {
  assert.equal(rows('code,name\r\nA,"two\nlines"\r\nB,x\n'), [
    { line: 1, text: "code,name" },
    { line: 2, text: 'A,"two\nlines"' },
    { line: 4, text: "B,x" },
  ]);
});

Deno.test("repair_replacesOrLeavesOutOnlyItsRow", () => {
  const changes = new Map<number, string | undefined>([[2, "A,1"], [3, undefined]]);
  assert.equal(repaired("code,n\nA,x\nB,y\nC,3", changes), "code,n\nA,1\nC,3");
});

Deno.test("fileOfAChineseSpreadsheet_isRead", () => {
  assert.equal(decoded(new Uint8Array([0xc1, 0xd6, 0x2c, 0x31])), "林,1");
  assert.equal(decoded(new Uint8Array([0xff, 0xfe, 0x41, 0x00])), "A");
});
