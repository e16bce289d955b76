/** The page's own script. It writes only `textContent`: what comes from the wire never becomes markup. */
export const PAGE_SCRIPT = `
'use strict';
const MAX_ROWS = 200;
const MAX_PAST_DEVICES = 20;
const find = (id) => document.getElementById(id);
const devices = new Map();
// What the journal shows: a request may come both live and among the past ones.
const drawn = new Set();
let sets = [];
let paused = false;

function cell(row, text, className) {
  const made = row.insertCell();
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
    alert(problem.detail);
  }
  return answer;
}

function button(text, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', action);
  return made;
}

function faultChooser(path) {
  const choose = document.createElement('select');
  choose.setAttribute('aria-label', 'Set faults');
  choose.append(new Option('faults…', ''), new Option('(none)', '-'));
  for (const set of sets) {
    const option = new Option(set.name, set.name);
    option.title = set.description;
    choose.append(option);
  }
  choose.addEventListener('change', async () => {
    const name = choose.value;
    if (name !== '') await call('PUT', path + '/faults', name === '-' ? [] : [name]);
    choose.value = '';
    refresh();
  });
  return choose;
}

// Made once and then filled in: a row made anew would shut the list somebody has just opened in it.
function addDevice(device) {
  const path = '/api/devices/' + encodeURIComponent(device.id);
  const row = find('devices').insertRow();
  cell(row, device.id, 'whole');
  cell(row, device.url || 'in process', 'mono');
  cell(row, device.model, 'whole');
  const shown = {
    row,
    power: cell(row, ''),
    persons: cell(row, '', 'number'),
    faces: cell(row, '', 'number'),
    faults: cell(row, '', 'warn'),
    turn: button('', () => call('POST', path + '/power', { power: shown.turn.textContent })),
  };
  cell(row, '', 'whole').append(
    faultChooser(path), ' ',
    button('reboot', () => call('POST', path + '/power', { power: 'reboot' })), ' ', shown.turn);
  devices.set(device.id, shown);
  find('only').append(new Option('of ' + device.id, device.id));
  return shown;
}

function drawDevice(device) {
  const shown = devices.get(device.id) ?? addDevice(device);
  shown.power.textContent = shown.power.className = device.power;
  shown.persons.textContent = device.persons;
  shown.faces.textContent = device.faces;
  // A packaged set is shown by its name, not fault by fault.
  shown.faults.textContent = [...new Set(device.faults.map((id) => id.split('/')[0]))].join(', ');
  shown.turn.textContent = device.power === 'on' ? 'off' : 'on';
}

let due = null;
function refreshSoon() {
  due ??= setTimeout(() => { due = null; refresh(); }, 500);
}

async function refresh() {
  const [list, fleet] = await Promise.all([fetch('/api/devices'), fetch('/api/fleet')]);
  const shown = await list.json();
  const about = await fleet.json();
  find('fleet').textContent = shown.length + ' devices · seed ' + about.seed;
  const known = new Set(shown.map((device) => device.id));
  for (const [id, { row }] of devices) if (!known.has(id)) { row.remove(); devices.delete(id); }
  shown.forEach(drawDevice);
}

function drawEntry(entry) {
  const only = find('only').value;
  const key = entry.deviceId + ' ' + entry.sequence;
  if (paused || drawn.has(key) || (only !== '' && only !== entry.deviceId)) return;
  drawn.add(key);
  find('empty').hidden = true;
  const row = find('journal').insertRow(0);
  row.dataset.key = key;
  cell(row, new Date(entry.startedAtMs).toLocaleTimeString(), 'quiet');
  cell(row, entry.deviceId, 'whole');
  const request = cell(row, entry.method + ' ' + entry.target, 'mono');
  if (entry.nearest) {
    const hint = document.createElement('div');
    hint.className = 'warn';
    hint.textContent = 'no such call; nearest: ' + entry.nearest;
    request.append(hint);
  }
  if (entry.requestBody) request.title = entry.requestBody;
  cell(row, entry.employeeNo ?? '');
  const said = [entry.status ?? '', entry.subStatusCode ?? ''].join(' ').trim();
  const how = entry.outcome === 'answered' ? said : entry.outcome + (entry.done ? ', done' : ', not done');
  const good = entry.outcome === 'stream' || (entry.outcome === 'answered' && entry.status < 400);
  const answer = cell(row, how, good ? 'on' : entry.status === 401 && entry.auth === 'none' ? 'quiet' : 'bad');
  if (entry.responseBody) answer.title = entry.responseBody;
  cell(row, entry.faults.join(', '), 'warn');
  while (find('journal').rows.length > MAX_ROWS) {
    drawn.delete(find('journal').rows[MAX_ROWS].dataset.key);
    find('journal').deleteRow(MAX_ROWS);
  }
}

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

async function drawPast() {
  const ids = [...devices.keys()].slice(0, MAX_PAST_DEVICES);
  const lists = await Promise.all(ids.map(async (id) =>
    (await fetch('/api/devices/' + encodeURIComponent(id) + '/requests?limit=30')).json()));
  lists.flat().sort((a, b) => a.endedAtMs - b.endedAtMs).forEach(drawEntry);
}

async function start() {
  sets = await (await fetch('/api/fault-sets')).json();
  await refresh();
  const feed = new EventSource('/api/events');
  feed.onopen = () => { find('feed').textContent = 'live'; find('feed').className = 'on'; refreshSoon(); drawPast(); };
  feed.onerror = () => { find('feed').textContent = 'not connected'; find('feed').className = 'bad'; };
  feed.addEventListener('request', (event) => { drawEntry(JSON.parse(event.data)); refreshSoon(); });
  feed.addEventListener('device', refreshSoon);
}
start();
`;
