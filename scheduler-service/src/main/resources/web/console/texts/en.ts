export const en = {
  product: "Lectern",
  console: "Console",
  pages: {
    timeline: "Timeline",
    lectures: "Lectures",
    requests: "Requests",
    campaign: "Campaigns",
    plan: "Plans",
    deliveries: "Deliveries",
    registries: "Registries",
    history: "History",
  },
  roles: { organizer: "Organizer", auditor: "Auditor: read only", operator: "Operator", branch: "Branch" } as Record<
    string,
    string
  >,
  keys: "Keyboard",
  helpKey: "Show these keys",
  toStart: "To the timeline",
};

export type Texts = typeof en;
