import type { Texts } from "./en.ts";

export const zh: Texts = {
  bar: "已选择的宣讲",
  chosen: (count) => `已选择 ${count} 场宣讲`,
  change: "批量变更",
  clear: "清除选择",
  most: (most) => `一次最多 ${most} 场，超出的未加入。`,
};
