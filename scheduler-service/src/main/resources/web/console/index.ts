// All styles are imported here: those of a chunk that is loaded later would not be found.
import "../common/css/tokens.css";
import "../common/css/base.css";
import "../common/css/controls.css";
import "../common/css/overlays.css";
import "../common/css/when.css";
import "./css/shell.css";
import "./css/timeline.css";
import "./css/bars.css";
import "./css/lists.css";
import "./css/booking.css";
import "./css/requests.css";
import "./css/campaign.css";
import "./css/campaign-parts.css";
import "../common/css/print.css";
import "../common/theme.ts";
import "./shell.ts";
