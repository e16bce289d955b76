/** The list of devices, and what opens below one: its persons, its faults, somebody at the door. */
export const DEVICES = `
const MAX_PERSONS_SHOWN = 50;
const devices = new Map();
let sets = [];

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
  const path = pathOf(device.id);
  const row = find('devices').insertRow();
  const open = button(device.id, () => toggleDevice(device.id));
  open.className = 'link';
  open.title = 'persons, faults, somebody at the door';
  open.setAttribute('aria-expanded', 'false');
  cell(row, '', 'whole').append(open);
  cell(row, device.url || 'in process', 'mono');
  cell(row, device.model + ' (' + device.profile + ')', 'whole');
  const shown = {
    row, open, panel: null,
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
  if (shown.panel) drawPersons(device.id, shown.panel);
}

function toggleDevice(id) {
  const shown = devices.get(id);
  shown.open.setAttribute('aria-expanded', String(!shown.panel));
  if (shown.panel) {
    shown.panel.row.remove();
    shown.panel = null;
    return;
  }
  const row = find('devices').insertRow(shown.row.sectionRowIndex + 1);
  const inside = cell(row, '', 'detail');
  inside.colSpan = 8;
  const persons = make('div');
  const faults = make('textarea');
  faults.setAttribute('aria-label', 'Faults as JSON');
  faults.spellcheck = false;
  const set = button('set faults', async () => {
    let list;
    try { list = JSON.parse(faults.value); } catch (error) { alert('This is no JSON: ' + error.message); return; }
    if (await call('PUT', pathOf(id) + '/faults', list)) { drawFaults(id, faults); refresh(); }
  });
  const stranger = button('a stranger shows their face', () => call('POST', pathOf(id) + '/show-face', { employeeNo: null }));
  const clear = button('reset', async () => {
    if (confirm('Forget persons, faces, cards, events, faults and journal of ' + id + '?'))
      if (await call('POST', pathOf(id) + '/reset')) drawFaults(id, faults);
  });
  const right = make('div');
  right.append(make('h3', 'Faults, as data'), faults, set, ' ', stranger, ' ', clear);
  const sides = make('div', undefined, 'sides');
  sides.append(persons, right);
  inside.append(sides);
  shown.panel = { row, persons };
  drawPersons(id, shown.panel);
  drawFaults(id, faults);
}

async function drawFaults(id, area) {
  const list = await read(pathOf(id) + '/faults');
  area.value = list.length === 0 ? '[]' : '[\\n' + list.map((fault) => '  ' + JSON.stringify(fault)).join(',\\n') + '\\n]';
}

async function drawPersons(id, panel) {
  const persons = await read(pathOf(id) + '/persons');
  const table = make('table');
  for (const person of persons.slice(-MAX_PERSONS_SHOWN).reverse()) {
    const row = table.insertRow();
    cell(row, person.employeeNo, 'mono');
    cell(row, person.name);
    cell(row, person.numOfFace > 0 ? 'face' : 'no face', person.numOfFace > 0 ? 'on' : 'quiet');
    cell(row, person.valid.enable ? 'until ' + person.valid.endTime.slice(0, 10) : 'not valid', 'quiet whole');
    cell(row, '').append(button('shows face', () => call('POST', pathOf(id) + '/show-face', { employeeNo: person.employeeNo })));
  }
  const of = persons.length > MAX_PERSONS_SHOWN ? 'the last ' + MAX_PERSONS_SHOWN + ' of ' + persons.length : String(persons.length);
  panel.persons.replaceChildren(make('h3', 'Persons: ' + of), table);
}

let due = null;
function refreshSoon() {
  due ??= setTimeout(() => { due = null; refresh(); }, 500);
}

async function refresh() {
  const [shown, about] = await Promise.all([read('/api/devices'), read('/api/fleet')]);
  find('fleet').textContent = shown.length + ' devices · seed ' + about.seed;
  const known = new Set(shown.map((device) => device.id));
  for (const [id, { row, panel }] of devices)
    if (!known.has(id)) { row.remove(); panel?.row.remove(); devices.delete(id); }
  shown.forEach(drawDevice);
}
`;
