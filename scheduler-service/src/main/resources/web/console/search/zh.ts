import type { Texts } from "./en.ts";

export const zh: Texts = {
  label: "搜索全部内容",
  placeholder: "搜索",
  open: "搜索",
  key: "搜索讲师、基层单位、场地、主题和宣讲",
  results: "搜索结果",
  hint: "可输入名称、编号、拼音或拼音首字母（如 qsc），多个词可缩小范围。",
  none: (text) => `没有找到“${text}”`,
  noneHint: "请减少词语，或改用编号、拼音首字母。",
  searching: "正在搜索",
  count: (count) => `${count} 条结果`,
  kinds: { BOOKING: "宣讲", BRANCH: "基层单位", LECTURER: "讲师", VENUE: "场地", TOPIC: "主题" },
  archived: "已归档",
  tiers: {
    national: "国家级",
    provincial: "省级",
    municipal: "市级",
    county: "县级",
    grassroots: "基层",
  },
  status: {
    HELD: "预留",
    CONFIRMED: "已确认",
    COMPLETED: "已完成",
    CANCELLED: "已取消",
    RELEASED: "已释放",
    EXPIRED: "已过期",
  },
};
