import { html, type TemplateResult } from "../common/view.ts";
import { texts } from "./texts.ts";
import type { IconName } from "../common/icons.ts";

/** A page of the console. Its code is loaded when it is first shown. */
export interface Page {
  label: string;
  icon: IconName;
  /** Who has use for it in the navigation. The API decides what they may do. */
  roles: string[];
  load: () => Promise<unknown>;
  draw: () => TemplateResult;
}

/** By the first part of the path after `/console`, in the order of the navigation. */
export const pages: Record<string, Page> = {
  timeline: {
    label: texts.pages.timeline,
    icon: "calendar",
    roles: ["organizer", "auditor"],
    load: () => import("./timeline/page.ts"),
    draw: () =>
      html`
        <lectern-timeline></lectern-timeline>
      `,
  },
  lectures: {
    label: texts.pages.lectures,
    icon: "list",
    roles: ["organizer", "auditor"],
    load: () => import("./lectures/page.ts"),
    draw: () =>
      html`
        <lectern-lectures></lectern-lectures>
      `,
  },
  requests: {
    label: texts.pages.requests,
    icon: "empty",
    roles: ["organizer", "auditor"],
    load: () => import("./requests/page.ts"),
    draw: () =>
      html`
        <lectern-requests></lectern-requests>
      `,
  },
  campaign: {
    label: texts.pages.campaign,
    icon: "chart",
    roles: ["organizer", "auditor"],
    load: () => import("./campaign/page.ts"),
    draw: () =>
      html`
        <lectern-campaign></lectern-campaign>
      `,
  },
  plan: {
    label: texts.pages.plan,
    icon: "plan",
    roles: ["organizer", "auditor"],
    load: () => import("./plan/page.ts"),
    draw: () =>
      html`
        <lectern-planner></lectern-planner>
      `,
  },
  registries: {
    label: texts.pages.registries,
    icon: "person",
    roles: ["organizer", "auditor"],
    load: () => import("./registries/page.ts"),
    draw: () =>
      html`
        <lectern-registries></lectern-registries>
      `,
  },
  deliveries: {
    label: texts.pages.deliveries,
    icon: "bell",
    roles: ["organizer", "operator", "auditor"],
    load: () => import("./deliveries/page.ts"),
    draw: () =>
      html`
        <lectern-deliveries></lectern-deliveries>
      `,
  },
  history: {
    label: texts.pages.history,
    icon: "clock",
    roles: ["organizer", "operator", "auditor"],
    load: () => import("./history/page.ts"),
    draw: () =>
      html`
        <lectern-history></lectern-history>
      `,
  },
};
