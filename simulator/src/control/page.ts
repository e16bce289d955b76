import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.ts';

const STYLE = `
:root{color-scheme:light dark;font:15px/1.45 system-ui,sans-serif}
body{max-width:1100px;margin:0 auto;padding:1rem}
header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
h1{font-size:1.3rem;margin:0}h2{font-size:1rem;margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #8884;vertical-align:top}
th{font-weight:600;opacity:.7}td.number{text-align:right;font-variant-numeric:tabular-nums}
.whole{white-space:nowrap}code,.mono{font:13px/1.4 ui-monospace,monospace}
.wide{overflow-x:auto}.on{color:#18794e}.off,.bad{color:#c62a2f}.rebooting,.warn{color:#ad5700}
@media(prefers-color-scheme:dark){.on{color:#4cc38a}.off,.bad{color:#ff8589}.rebooting,.warn{color:#ffb254}}
button,select{font:inherit;padding:.15rem .5rem}.quiet{opacity:.65}
`;

const BODY = `
<header><h1>Simulated terminals</h1><span id="fleet" class="quiet"></span>
<span id="feed" role="status" class="warn">connecting…</span><a href="/openapi.json">API</a></header>
<main>
<h2>Devices</h2>
<div class="wide"><table><thead><tr><th>Device</th><th>Address</th><th>Model</th><th>Power</th><th>Persons</th>
<th>Faces</th><th>Faults</th><th></th></tr></thead><tbody id="devices"></tbody></table></div>
<h2>Journal <select id="only" aria-label="Show requests of"><option value="">of all devices</option></select>
<button id="pause" type="button" aria-pressed="false">Pause</button></h2>
<div class="wide"><table><thead><tr><th>Time</th><th>Device</th><th>Request</th><th>Person</th><th>Answer</th>
<th>Faults</th></tr></thead><tbody id="journal"></tbody></table></div>
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
