import type { Common } from "./en.ts";

export const zh: Common = {
  close: "关闭",
  cancel: "取消",
  back: "返回",
  retry: "重试",
  loading: "正在加载",
  required: "必填",
  optional: "选填",
  asOf: (time) => `数据截至 ${time}`,
  failed: "无法加载",
  unreachable: "服务没有响应。请检查网络连接后重试。",
  unknownOutcome: "没有收到答复，暂不确定更改是否生效。可以放心重试：只会生效一次。",
  unexpected: "页面出现问题，请重新加载。如仍有问题，请联系运维人员。",
  trace: (id) => `供运维人员查询的编号：${id}`,
  offline: "网络已断开。页面内容可能不是最新的，您输入的内容不会丢失。",
  keys: "键盘操作",
  keysOn: "单字母快捷键",
  keysHint: "如与辅助软件冲突，可在此关闭。",
};
