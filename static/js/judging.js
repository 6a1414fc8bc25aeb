// The behaviours of the pages on which verdicts are made and reviewed; see desk.js.

import "./behaviours/previewing.js";
import "./behaviours/referring.js";
import "./behaviours/remarking.js";
import "./behaviours/sourcing.js";
