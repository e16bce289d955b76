/** What the other parts of the page's script use. They write only `textContent`: what comes from the wire never becomes markup. */
export const COMMON = `
'use strict';
const find = (id) => document.getElementById(id);

function make(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function cell(row, text, className) {
  const made = row.insertCell();
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, action) {
  const made = make('button', text);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}

const read = async (path) => (await fetch(path)).json();
const pathOf = (id) => '/api/devices/' + encodeURIComponent(id);

// Null when the simulator has refused; it says why.
async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
  alert(problem.detail);
  return null;
}

// JSON is spread over lines, everything else stays as it is.
function spread(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}
`;
