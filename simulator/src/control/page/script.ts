import { COMMON } from './script-common.ts';
import { DEVICES } from './script-devices.ts';
import { JOURNAL } from './script-journal.ts';

const START = `
find('pause').addEventListener('click', () => {
  paused = !paused;
  find('pause').setAttribute('aria-pressed', String(paused));
  find('pause').textContent = paused ? 'Go on' : 'Pause';
});
find('only').addEventListener('change', () => {
  find('journal').replaceChildren();
  drawn.clear();
  drawPast();
});
find('clear').addEventListener('click', () => find('journal').replaceChildren());
find('filter').addEventListener('input', filterRows);
find('quiet').addEventListener('change', filterRows);

async function start() {
  sets = await read('/api/fault-sets');
  await refresh();
  const feed = new EventSource('/api/events');
  feed.onopen = () => { find('feed').textContent = 'live'; find('feed').className = 'on'; refreshSoon(); drawPast(); };
  feed.onerror = () => { find('feed').textContent = 'not connected'; find('feed').className = 'bad'; };
  feed.addEventListener('request', (event) => { drawEntry(JSON.parse(event.data)); refreshSoon(); });
  feed.addEventListener('access', (event) => drawAccess(JSON.parse(event.data)));
  feed.addEventListener('push', (event) => drawPush(JSON.parse(event.data)));
  feed.addEventListener('device', refreshSoon);
}
start();
`;

/** The page's own script, the only one that runs there. */
export const PAGE_SCRIPT = COMMON + DEVICES + JOURNAL + START;
