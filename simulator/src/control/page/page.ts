import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const BODY = `
<header><h1>Simulated terminals</h1><span id="fleet" class="quiet"></span>
<span id="feed" role="status" class="warn">connecting…</span><a href="/openapi.json">API</a></header>
<main>
<h2>Devices</h2>
<div class="wide"><table><thead><tr><th>Device</th><th>Address</th><th>Model</th><th>Power</th><th>Persons</th>
<th>Faces</th><th>Faults</th><th></th></tr></thead><tbody id="devices"></tbody></table></div>
<div class="bar"><h2>Journal</h2>
<select id="only" aria-label="Show requests of"><option value="">of all devices</option></select>
<input id="filter" type="search" placeholder="path, person, code, fault…" aria-label="Show only rows with">
<label><input id="quiet" type="checkbox"> without challenges</label>
<button id="pause" type="button" aria-pressed="false">Pause</button>
<button id="clear" type="button">Clear</button>
<span class="quiet">a row opens with a click</span></div>
<div class="wide"><table><thead><tr><th>Time</th><th>Device</th><th>Request</th><th>Person</th><th>Answer</th>
<th>Took</th><th>Faults</th></tr></thead><tbody id="journal"></tbody></table></div>
<p id="empty" class="quiet">No request yet. Call a terminal and it appears here.</p>
</main>`;

const hash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');

/** Nothing but this page's own script runs, whatever a client of a terminal writes into names and paths. */
export const PAGE_POLICY = `default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page people look at: devices and journal, live. Self-contained, so that it works without any network. */
export const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Simulated terminals</title><style>${STYLE}</style></head>
<body>${BODY}<script>${PAGE_SCRIPT}</script></body></html>
`;
