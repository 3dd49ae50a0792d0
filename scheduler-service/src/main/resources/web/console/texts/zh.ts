import type { Texts } from "./en.ts";

export const zh: Texts = {
  product: "Lectern",
  console: "排课工作台",
  pages: {
    timeline: "时间轴",
    lectures: "宣讲",
    requests: "宣讲申请",
    campaign: "活动",
    plan: "排课方案",
    deliveries: "通知送达",
    registries: "基础资料",
    history: "历史与文件",
  },
  roles: { organizer: "组织者", auditor: "审计员（只读）", operator: "运维人员", branch: "基层单位" },
  keys: "键盘操作",
  helpKey: "显示快捷键",
  toStart: "返回时间轴",
};
