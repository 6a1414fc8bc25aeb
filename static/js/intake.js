// The behaviours of the pages on which articles are taken in; see desk.js.

import "./behaviours/pasting.js";
