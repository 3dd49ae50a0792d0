import { assert } from "../../common/assert.ts";
import { cells, decoded, repaired, rows, separator, withCell } from "./csv.ts";
import { differences, written } from "./differences.ts";
import { tableOf } from "./preview.ts";

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

Deno.test("cells_areReadAndWrittenWithTheSeparatorOfTheFile", () => {
  assert.equal(separator(rows('code;name\nA;"x,y"')), ";");
  assert.equal(separator(rows("sep=\t\ncode,a\tb")), "\t");
  assert.equal(cells('A;"x;""y"""; z', ";"), ["A", 'x;"y"', " z"]);
  assert.equal(withCell('A,"x,y",3', ",", 2, 'four "4"'), 'A,"x,y","four ""4"""');
  assert.equal(withCell("A", ",", 2, "c"), "A,,c");
});

Deno.test("everyRow_hasTheOutcomeThatTheApiTells", () => {
  const outcomes = [
    { fromLine: 2, toLine: 3, outcome: "CREATED" },
    { fromLine: 5, toLine: 5, outcome: "REFUSED" },
  ] as const;
  const table = tableOf("code,name\nA,1\nB,2\n\nC,3", outcomes, [{ line: 5, column: "name", detail: "too short" }]);
  assert.equal(table.header, ["code", "name"]);
  assert.equal(table.rows.map(({ row, outcome }) => [row.line, outcome]), [[2, "CREATED"], [3, "CREATED"], [5, "REFUSED"]]);
});

Deno.test("withoutOutcomes_onlyRefusedRowsAreKnown", () => {
  const table = tableOf("code\nA\nB", undefined, [{ line: 3, detail: "unknown" }]);
  assert.equal(table.rows.map((each) => each.outcome ?? "unknown"), ["unknown", "REFUSED"]);
});
