// How the console talks to the API, and what it keeps: one object, changed by replace and remove.
export const $ = id => document.getElementById(id);
export const state = { key: sessionStorage.getItem('key'), orders: new Map(), trades: [], sequence: 0, asAt: null, dirty: true, delays: [] };

/** What the key may not read is not asked for: refused calls are counted, and raise alarms. */
export async function call(path, method = 'GET', body = undefined, type = 'application/json') {
  if (method === 'GET' && routes.length && !may('GET ' + path.split('?')[0])) {
    throw Object.assign(new Error('not for this key: ' + path), { status: 403, errors: [] });
  }
  const headers = { Authorization: 'Bearer ' + state.key };
  if (method !== 'GET') headers['Idempotency-Key'] = crypto.randomUUID();
  if (body !== undefined) headers['Content-Type'] = type;
  const sent = body === undefined || type !== 'application/json' ? body : JSON.stringify(body);
  const reply = await fetch(path, { method, headers, body: sent });
  const text = await reply.text();
  if (reply.ok && !(reply.headers.get('Content-Type') || '').includes('json')) return text;
  const json = text ? JSON.parse(text) : {};
  if (reply.ok) return json;
  const errors = (json.errors || []).map(error => `${error.pointer}: ${error.detail}`);
  throw Object.assign(new Error([json.detail, ...errors].join('\n')), { status: reply.status, errors });
}

/** All of a list, page by page, true at one moment. */
export async function whole(path) {
  const items = [];
  let token = '';
  do {
    const page = await call(`${path}${path.includes('?') ? '&' : '?'}pageSize=10000${token && '&pageToken=' + token}`);
    items.push(...page.items);
    token = page.nextPageToken;
  } while (token);
  return items;
}

let routes = [];

/** Learns what the key may do, and shows only that. */
export async function learnRights() {
  routes = (await call('/v1/caller')).routes.map(route => new RegExp('^' + route.replace(/\{[^}]+\}/g, '[^/]+') + '$'));
  document.querySelectorAll('[data-needs]').forEach(part => { part.hidden = !may(part.dataset.needs); });
}

/** Whether the key may send this, such as DELETE /v1/orders/TEST00-0-1. */
export const may = request => routes.some(route => route.test(request));

/** The same question about the moment that the slider shows. */
export const moment = (first = '&') => (state.asAt ? first + 'asAt=' + state.asAt : '');

/** A row of cells: text, {text, style, depth}, or {node}; depth is a bar's share of its cell, 0 to 1. Its key tells it from the others of its table. */
export function row(cells, key = undefined) {
  const tr = document.createElement('tr');
  for (const cell of cells) {
    const td = document.createElement('td');
    const { text, style, depth, node } = cell && typeof cell === 'object' ? cell : { text: cell };
    if (node) td.append(...[node].flat()); else td.textContent = text ?? '';
    if (style) td.className = style;
    if (depth !== undefined) td.style.setProperty('--depth', Math.round(depth * 100) + '%');
    td.shows = td.outerHTML;
    tr.append(td);
  }
  tr.key = String(key ?? tr.cells[0].textContent);
  return tr;
}

export const left = text => ({ text, style: 'text' });

/** Digits in groups of three, the decimals as they came. */
export const grouped = text => String(text ?? '').replace(/^-?\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/**
 * Makes a table show these rows. What has not changed stays the same element: a button does not vanish
 * under the pointer, a focus is not lost, and a screen reader hears only of changes.
 */
export function fill(table, rows) {
  const body = $(table).tBodies[0];
  const wanted = new Set(rows.map(tr => tr.key));
  [...body.rows].filter(tr => !wanted.has(tr.key)).forEach(tr => tr.remove());
  const kept = new Map([...body.rows].map(tr => [tr.key, tr]));
  rows.forEach((fresh, at) => {
    const now = kept.get(fresh.key) || fresh;
    if (now === fresh) fresh.className = kept.size ? 'fresh' : '';
    else [...fresh.cells].forEach((td, i) => { if (td.shows !== now.cells[i].shows) now.cells[i].replaceWith(td); });
    if (body.rows[at] !== now) body.insertBefore(now, body.rows[at] || null);
  });
}

export function element(name, text, style = '') {
  const made = document.createElement(name);
  made.textContent = text ?? '';
  if (style) made.className = style;
  return made;
}

/** A button that waits for what it does, and says what went wrong. */
export function button(label, about, action, style = 'quiet') {
  const made = element('button', label, style);
  made.type = 'button';
  made.setAttribute('aria-label', label + ' ' + about);
  made.addEventListener('click', async () => {
    made.disabled = true;
    try { await action(); } catch (problem) { notice(problem.message); } finally { made.disabled = false; }
  });
  return made;
}

let fading = 0;

/** Says what went wrong with what somebody did, long enough to be read. */
export function notice(text) {
  $('notice').textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { $('notice').textContent = ''; }, 10_000);
}

export function say(text, good) {
  $('status').textContent = text;
  $('lamp').className = good ? 'good' : 'bad';
}

/** Runs a form's action; its result, or what is wrong, goes where told. */
export function submit(form, result, action) {
  $(form).addEventListener('submit', async event => {
    event.preventDefault();
    const go = $(form).querySelector('button:not([type=button])');
    go.disabled = true;
    try { tell(result, await action(), true); } catch (problem) { tell(result, problem.message, false); }
    go.disabled = false;
  });
}

export function tell(where, text, good) {
  $(where).textContent = text ?? '';
  $(where).className = good ? 'good' : 'bad';
}

/** A snapshot, then replace and remove; a new snapshot whenever the stream breaks off. */
export async function follow() {
  if (!may('GET /v1/stream')) return; // a key that sees figures only
  for (;;) {
    try {
      const reply = await fetch('/v1/stream?for=orders,transactions', {
        headers: { Authorization: 'Bearer ' + state.key, Accept: 'text/event-stream' } });
      if (reply.status === 403) return; // its rights were taken away
      if (!reply.ok) throw new Error('stream: ' + reply.status);
      const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (text + part.value).split('\n');
        text = lines.pop();
        lines.filter(line => line.startsWith('data: ')).forEach(line => apply(JSON.parse(line.slice(6))));
      }
    } catch (broken) { say(broken.message, false); }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

let live = false;

function apply(message) {
  if (message.type === 'snapshotStart') { state.orders.clear(); state.trades = []; live = false; }
  if (message.type === 'snapshotFinish') live = true;
  if (message.sequence) state.sequence = Math.max(state.sequence, message.sequence);
  if (live && message.time) delay(message);
  if (message.view === 'transactions') state.trades = [message.value, ...state.trades].slice(0, 40);
  if (message.view === 'orders' && message.type === 'replace') {
    state.orders.delete(message.key);
    state.orders.set(message.key, message.value);
  }
  if (message.view === 'orders' && message.type === 'remove') state.orders.delete(message.key);
  state.dirty = true;
}

/** How long the event took from the log to this page. */
function delay(message) {
  const ms = Math.max(0, Date.now() - Date.parse(message.time));
  state.delays.push({ ms, key: message.key, sequence: message.sequence });
  if (state.delays.length > 5000) state.delays.shift();
}
