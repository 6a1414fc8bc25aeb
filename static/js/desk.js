// The desk's behaviours, one file each; every one begins with a data- attribute (or htmx's event) and works without the others.

import "./behaviours/adjusting.js";
import "./behaviours/announcing.js";
import "./behaviours/arranging.js";
import "./behaviours/busy.js";
import "./behaviours/counting.js";
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
import "./behaviours/same.js";
import "./behaviours/selecting.js";
import "./behaviours/sheet.js";
import "./behaviours/shortcuts.js";
import "./behaviours/taking.js";
import "./behaviours/typing.js";
import "./behaviours/unsaved.js";
