export const en = {
  label: "Search everything",
  placeholder: "Search",
  open: "Search",
  key: "Search lecturers, branches, venues, topics and lectures",
  results: "Results",
  hint: "Name, code, pinyin or its initials, for example qsc. Several words narrow it.",
  none: (text: string) => `Nothing found for “${text}”`,
  noneHint: "Try fewer words, a code, or pinyin initials.",
  searching: "Searching",
  count: (count: number) => count === 1 ? "1 result" : `${count} results`,
  kinds: { BOOKING: "Lectures", BRANCH: "Branches", LECTURER: "Lecturers", VENUE: "Venues", TOPIC: "Topics" },
  archived: "archived",
  tiers: {
    national: "national",
    provincial: "provincial",
    municipal: "municipal",
    county: "county",
    grassroots: "grassroots",
  } as Record<string, string>,
  status: {
    HELD: "Held",
    CONFIRMED: "Confirmed",
    COMPLETED: "Completed",
    CANCELLED: "Cancelled",
    RELEASED: "Released",
    EXPIRED: "Expired",
  },
};

export type Texts = typeof en;
