import { toast } from "../../common/announce.ts";
import { change, type Reply } from "../api.ts";
import { attempt, planPath } from "./data.ts";
import type { Change, Edited, Item, Plan } from "./model.ts";
import { undoOf } from "./order.ts";
import { t } from "./texts.ts";

/** Says that a change is made, with a way back while nothing else has changed. */
export function offerUndo(plan: Plan, before: Item, changes: readonly Change[], after: Reply<Edited>): void {
  const back = undoOf(before, changes, after.data.items);
  if (!back || !after.etag) {
    toast(t.applied);
    return;
  }
  toast({
    text: t.applied,
    action: {
      label: t.undo,
      run: () =>
        void attempt(async () => {
          await change<Edited>("POST", planPath(plan.id, "/edit"), { changes: back }, { etag: after.etag });
          toast(t.undone);
          document.querySelector("lectern-planner-view")?.dispatchEvent(new Event("plan-changed"));
        }),
    },
  });
}
