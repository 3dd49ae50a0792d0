export const en = {
  reason: "Reason",
  kind: "Kind of reason",
  noCode: "In words only",
  codes: {
    "weather": "Weather or safety",
    "lecturer-ill": "Lecturer is ill",
    "venue-unavailable": "Venue not available",
    "branch-request": "The branch asked for it",
    "organizational": "Change of plan",
    "other": "Other",
  } as Record<string, string>,
  colon: ": ",
  words: "In your words",
  hint: "The branches read it: no telephone numbers or addresses, please.",
};

export type Texts = typeof en;
