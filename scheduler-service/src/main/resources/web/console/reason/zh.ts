import type { Texts } from "./en.ts";

export const zh: Texts = {
  reason: "原因",
  kind: "原因类别",
  noCode: "仅文字说明",
  codes: {
    "weather": "天气或安全原因",
    "lecturer-ill": "讲师生病",
    "venue-unavailable": "场地不可用",
    "branch-request": "应单位要求",
    "organizational": "计划调整",
    "other": "其他",
  },
  colon: "：",
  words: "具体说明",
  hint: "相关单位会看到，请勿填写电话或地址。",
};
