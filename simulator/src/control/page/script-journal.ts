/** The journal: requests, what was seen at the door, pushes; newest first, bounded. */
export const JOURNAL = `
const MAX_ROWS = 200;
const MAX_PAST_DEVICES = 20;
// What is shown: a request may come both live and among the past ones.
const drawn = new Set();
let paused = false;

// What the word of the journal means, for 401s.
const AUTH = {
  none: 'no credentials yet: challenge sent',
  basic: 'Basic is not taken: challenge sent',
  'bad-header': 'the Authorization header cannot be read',
  'unknown-user': 'no such user',
  'wrong-response': 'wrong password, or signed for another realm or method',
  'wrong-uri': 'signed for another uri: path and query must be those of the request',
  'unknown-nonce': 'a nonce this terminal does not know (any more)',
  expired: 'the nonce is too old',
  reused: 'the nonce was used already',
  nc: 'nc did not grow',
  locked: 'locked after bad logins',
  'not-activated': 'the terminal is not activated',
  'low-privilege': 'this user may not do that',
};

// Minor codes under major 5 that happen here.
const MINOR = {
  1: 'card passes', 6: 'no right for this door', 7: 'outside the plan', 8: 'validity over or off', 9: 'unknown card',
  75: 'face passes', 76: 'face not recognised',
};

const timeOf = (ms) => {
  const at = new Date(ms);
  return at.toLocaleTimeString('en-GB') + '.' + String(at.getMilliseconds()).padStart(3, '0');
};

function wanted(row) {
  const text = find('filter').value.trim().toLowerCase();
  if (find('quiet').checked && row.dataset.quiet) return false;
  return text === '' || row.dataset.text.includes(text);
}

// A row at the top; detail() makes what opens below it.
function addRow(key, deviceId, atMs, fill, detail) {
  const only = find('only').value;
  if (paused || drawn.has(key) || (only !== '' && only !== deviceId)) return;
  drawn.add(key);
  find('empty').hidden = true;
  const row = find('journal').insertRow(0);
  row.className = 'entry';
  row.dataset.key = key;
  row.tabIndex = 0;
  row.setAttribute('aria-expanded', 'false');
  cell(row, timeOf(atMs), 'quiet whole mono');
  cell(row, deviceId, 'whole');
  fill(row);
  row.dataset.text = row.textContent.toLowerCase();
  row.hidden = !wanted(row);
  let below = null;
  const toggle = () => {
    row.setAttribute('aria-expanded', String(!below));
    if (below) { below.remove(); below = null; return; }
    below = find('journal').insertRow(row.sectionRowIndex + 1);
    const inside = cell(below, '', 'detail');
    inside.colSpan = 7;
    inside.append(...detail());
  };
  row.addEventListener('click', () => { if (String(getSelection()) === '') toggle(); });
  row.addEventListener('keydown', (event) => { if (event.key === 'Enter') toggle(); });
  for (let last; find('journal').rows.length > MAX_ROWS; last.remove()) {
    last = find('journal').rows[find('journal').rows.length - 1];
    drawn.delete(last.dataset.key);
  }
}

function facts(list) {
  const line = make('p', list.filter(([, value]) => value !== null && value !== '').map(([name, value]) => name + ': ' + value).join(' · '), 'break');
  line.style.marginTop = '0';
  return line;
}

function side(title, text) {
  const made = make('div');
  made.append(make('h3', title), make('pre', text ? spread(text) : '(empty)'));
  return made;
}

function drawEntry(entry) {
  const challenge = entry.status === 401 && entry.auth === 'none';
  addRow(entry.deviceId + ' ' + entry.sequence, entry.deviceId, entry.startedAtMs, (row) => {
    const request = cell(row, entry.method + ' ' + entry.target, 'mono break');
    const hint = entry.nearest ? 'no such call; nearest: ' + entry.nearest : entry.note;
    if (hint) request.append(make('div', hint, 'warn'));
    cell(row, entry.employeeNo ?? '', 'whole');
    const why = entry.status === 401 ? (challenge ? 'challenge' : entry.auth) : entry.subStatusCode ?? '';
    const how = entry.outcome === 'answered' ? ((entry.status ?? '') + ' ' + why).trim()
      : entry.outcome + (entry.done ? ', done' : ', not done');
    const good = entry.outcome === 'stream' || (entry.outcome === 'answered' && entry.status < 400);
    cell(row, how, good ? 'on' : challenge ? 'quiet' : 'bad');
    cell(row, (entry.endedAtMs - entry.startedAtMs) + ' ms', 'number whole quiet');
    cell(row, entry.faults.join(', '), 'warn');
    if (challenge) row.dataset.quiet = '1';
  }, () => {
    const bodies = make('div', undefined, 'sides');
    const answer = 'Answer ' + (entry.status ?? '') + (entry.outcome === 'answered' ? '' : ' (left as ' + entry.outcome + ')');
    bodies.append(side('Request', entry.requestBody), side(answer, entry.responseBody));
    return [
      facts([['endpoint', entry.endpoint ?? 'none'], ['user', entry.userName], ['from', entry.remoteAddress],
        ['login', entry.auth + (AUTH[entry.auth] ? ' (' + AUTH[entry.auth] + ')' : '')],
        ['carried out', entry.done ? 'yes' : 'no'], ['left as', entry.outcome], ['note', entry.note]]),
      bodies,
    ];
  });
}

function drawAccess({ deviceId, event }) {
  addRow(deviceId + ' event ' + event.serialNo, deviceId, Date.now(), (row) => {
    cell(row, 'event ' + event.serialNo + ': major ' + event.major + ', minor ' + event.minor, 'mono');
    cell(row, event.employeeNo ?? '', 'whole');
    const meant = event.major === 5 ? MINOR[event.minor] ?? '' : '';
    cell(row, event.remoteCheck ? 'waits for remoteCheck' : meant, 'quiet');
    cell(row, '');
    cell(row, '');
  }, () => [make('pre', JSON.stringify(event, null, 2))]);
}

function drawPush({ deviceId, push }) {
  const { result } = push;
  const good = result.ok && result.status < 400;
  addRow(deviceId + ' push ' + push.slot + ' ' + push.serialNo + ' ' + push.attempt, deviceId, Date.now(), (row) => {
    cell(row, 'push of event ' + push.serialNo + ' to ' + push.url, 'mono break');
    cell(row, '');
    cell(row, result.ok ? String(result.status) : result.why, good ? 'on' : 'bad');
    cell(row, '');
    cell(row, '');
  }, () => [make('pre', JSON.stringify(push, null, 2))]);
}

async function drawPast() {
  const ids = [...devices.keys()].slice(0, MAX_PAST_DEVICES);
  const lists = await Promise.all(ids.map((id) => read(pathOf(id) + '/requests?limit=30')));
  lists.flat().sort((a, b) => a.endedAtMs - b.endedAtMs).forEach(drawEntry);
}

function filterRows() {
  for (const row of find('journal').rows) {
    if (row.dataset.key) row.hidden = !wanted(row);
    else row.hidden = row.previousElementSibling?.hidden ?? false;
  }
}
`;
