// The first load needs these, and so does nearly every page. `api.ts` imports them, so that they are in one file with
// it: else the bundler splits them by which page uses which, and each part is one more request.
import "../common/dialog.ts";
import "../common/keys.ts";
import "../common/parts.ts";
import "../common/walk.ts";
import "../common/when.ts";
import "./booking/changes.ts";
import "./registry.ts";
import "../common/router.ts";
