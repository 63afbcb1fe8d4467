// Small helps of the pages; every page works without them.
"use strict";
