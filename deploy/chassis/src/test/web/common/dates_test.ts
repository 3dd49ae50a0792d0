import { assert } from "./assert.ts";
import { addMonths, laterTime, readDay, readTime, writtenDay } from "./dates.ts";

const NOW = "2026-11-30";

Deno.test("dayAsItIsWritten_isReadAgain", () => {
  for (const day of ["2026-12-01", "2027-02-28", "2028-02-29"]) assert.equal(readDay(writtenDay(day), NOW), day);
});

Deno.test("days_areReadInBothLanguages", () => {
  for (
    const text of [
      "2026-12-01",
      "2026/12/1",
      "20261201",
      "1.12.2026",
      "1 Dec 2026",
      "Tue, 1 Dec 2026",
      "December 1st, 2026",
      "1 december",
      "2026年12月1日",
      "2026年12月1日周二",
      "12月1日 星期二",
      "２０２６－１２－０１",
      "tomorrow",
      "明天",
      "+1",
    ]
  ) assert.equal(readDay(text, NOW), "2026-12-01");
});

Deno.test("dayWithoutAYear_isTheNearest", () => {
  assert.equal(readDay("2 Jan", NOW), "2027-01-02");
  assert.equal(readDay("1月2日", NOW), "2027-01-02");
  assert.equal(readDay("2 Nov", NOW), "2026-11-02");
});

Deno.test("whatIsNoDay_orCouldBeTwo_isNotRead", () => {
  for (const text of ["", "soon", "2026-02-30", "2026-13-01", "1/12/2026", "31 Nov", "1 Foo 2026", "12"]) {
    assert.equal(readDay(text, NOW), undefined);
  }
});

Deno.test("times_areReadInBothLanguages", () => {
  const said: Record<string, string> = {
    "14:30": "14:30",
    "14.30": "14:30",
    "1430": "14:30",
    "9:05": "09:05",
    "9": "09:00",
    "2:30 pm": "14:30",
    "12am": "00:00",
    "下午2:30": "14:30",
    "上午9点": "09:00",
    "14点30分": "14:30",
    "晚上7点半": "19:30",
    "中午12点": "12:00",
    "１４：３０": "14:30",
    "24:00": "24:00",
  };
  for (const [text, time] of Object.entries(said)) assert.equal([text, readTime(text)], [text, time]);
});

Deno.test("whatIsNoTime_isNotRead", () => {
  for (const text of ["", "25:00", "14:60", "24:01", "13 pm", "noon"]) assert.equal(readTime(text), undefined);
});

Deno.test("arrowsChangeATime_withinItsDay", () => {
  assert.equal(laterTime("14:30", 15), "14:45");
  assert.equal(laterTime("00:10", -60), "00:00");
  assert.equal(laterTime("23:50", 60), "23:59");
});

Deno.test("otherMonth_keepsTheDayOrItsLast", () => {
  assert.equal(addMonths("2026-11-30", 1), "2026-12-30");
  assert.equal(addMonths("2027-01-31", 1), "2027-02-28");
  assert.equal(addMonths("2026-12-15", 1), "2027-01-15");
  assert.equal(addMonths("2026-01-15", -1), "2025-12-15");
});
