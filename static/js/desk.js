// The desk's behaviours, one file each; every one begins with a data- attribute (or htmx's event) and works without the others.

import "./behaviours/adjusting.js";
import "./behaviours/announcing.js";
import "./behaviours/arranging.js";
import "./behaviours/busy.js";
import "./behaviours/connecting.js";
import "./behaviours/copying.js";
import "./behaviours/counting.js";
import "./behaviours/drafting.js";
import "./behaviours/focusing.js";
import "./behaviours/lighting.js";
import "./behaviours/levelling.js";
import "./behaviours/marking.js";
import "./behaviours/menus.js";
import "./behaviours/merging.js";
import "./behaviours/opening.js";
import "./behaviours/pending.js";
import "./behaviours/picking.js";
import "./behaviours/renewing.js";
import "./behaviours/restoring.js";
import "./behaviours/returning.js";
import "./behaviours/same.js";
import "./behaviours/selecting.js";
import "./behaviours/sheet.js";
import "./behaviours/shortcuts.js";
import "./behaviours/typing.js";
