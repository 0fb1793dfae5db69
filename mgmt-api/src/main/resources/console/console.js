// The console: one page over the public API. Orders and trades come from the stream, kept by
// replace and remove; the rest is asked for once a second.
const $ = id => document.getElementById(id);
const BOOK_LEVELS = 12;
const TRADES_SHOWN = 20;
const ORDERS_SHOWN = 200;
const state = { key: sessionStorage.getItem('key'), orders: new Map(), trades: [], sequence: 0, asAt: null, dirty: true };

async function call(path, method = 'GET', body = undefined) {
  const headers = { Authorization: 'Bearer ' + state.key };
  if (method !== 'GET') headers['Idempotency-Key'] = crypto.randomUUID();
  const reply = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const json = await reply.json();
  if (!reply.ok) {
    const fields = (json.errors || []).map(error => ' ' + error.pointer + ' ' + error.detail).join(';');
    throw Object.assign(new Error(json.detail + fields), { status: reply.status });
  }
  return json;
}

function row(cells) {
  const tr = document.createElement('tr');
  for (const cell of cells) {
    const td = document.createElement('td');
    const { text, style, node } = cell && typeof cell === 'object' ? cell : { text: cell };
    if (node) td.append(...[node].flat()); else td.textContent = text ?? '';
    if (style) td.className = style;
    tr.append(td);
  }
  return tr;
}

function fill(table, rows) {
  $(table).tBodies[0].replaceChildren(...rows);
}

function button(label, about, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.setAttribute('aria-label', label + ' ' + about);
  made.addEventListener('click', async () => {
    made.disabled = true;
    try { await action(); } catch (problem) { say(problem.message, false); made.disabled = false; }
  });
  return made;
}

function say(text, good) {
  $('status').textContent = text;
  $('status').className = good ? 'good' : 'bad';
}

const left = text => ({ text, style: 'text' });
const moment = () => (state.asAt ? '&asAt=' + state.asAt : '');

async function showBook() {
  const symbol = $('symbol').value;
  if (!symbol) return;
  const asked = performance.now();
  const book = await call(`/v1/book/${encodeURIComponent(symbol)}?levels=${BOOK_LEVELS}${moment()}`);
  const rows = [];
  for (let i = 0; i < Math.max(book.bids.length, book.asks.length); i++) {
    const bid = book.bids[i] || {}, ask = book.asks[i] || {};
    rows.push(row([bid.orders, bid.quantity, { text: bid.price, style: 'bid' }, { text: ask.price, style: 'ask' }, ask.quantity, ask.orders]));
  }
  fill('book', rows);
  $('book-age').textContent = `at sequence ${book.sequence}, asked ${Math.round(performance.now() - asked)} ms ago`;
  if (!state.asAt) state.sequence = Math.max(state.sequence, book.sequence);
}

async function showInstruments() {
  const { items } = await call('/v1/instruments');
  const names = { H: 'halted', P: 'paused', Q: 'quotation only', T: 'trading' };
  const chosen = $('symbol').value || (items[0] && items[0].symbol);
  if ($('symbol').options.length !== items.length) {
    $('symbol').replaceChildren(...items.map(item => new Option(item.symbol, item.symbol, false, item.symbol === chosen)));
  }
  const now = items.find(item => item.symbol === chosen);
  $('trading-state').textContent = now ? names[now.tradingState] : '';
  $('trading-state').className = now && now.tradingState === 'T' ? 'good' : 'bad';
}

async function showHoldings() {
  const { items } = await call('/v1/holdings?' + moment());
  const active = items.filter(one => Number(one.position) || Number(one.openBuy) || Number(one.openSell));
  fill('holdings', active.slice(0, ORDERS_SHOWN).map(one =>
    row([left(one.account), one.symbol, one.position, one.quantity, one.openBuy, one.openSell, one.realised])));
}

function showOrders() {
  const open = [...state.orders.values()];
  $('order-count').textContent = `(${open.length})`;
  const held = open.filter(order => order.status === 'pending_submission');
  fill('orders', open.slice(-ORDERS_SHOWN).reverse().map(order => row([
    left(order.id), order.account, order.symbol, order.side, order.price, order.quantity, order.filled, order.status,
    { node: button('Cancel', order.id, () => call('/v1/orders/' + encodeURIComponent(order.id), 'DELETE')) }])));
  fill('queue', held.map(order => row([
    left(order.id), order.symbol, order.side, order.price, order.quantity,
    Math.round((Date.now() - Date.parse(order.updatedAt)) / 1000) + ' s',
    { node: ['release', 'refuse'].map(decision => button(decision, order.id, () =>
      call('/v1/authorisations/' + encodeURIComponent(order.id), 'POST', { decision, reason: 'decided at the console' }))) }])));
  fill('trades', state.trades.map(trade => row([
    left(trade.time.slice(11, 26)), trade.symbol, trade.price, trade.quantity, trade.maker.order, trade.taker.order])));
}

async function showHealth() {
  const reply = await fetch('/readyz');
  const { checks } = await reply.json();
  const wrong = checks.filter(check => !check.ok).map(check => `${check.name}: ${check.detail}`);
  say(wrong.length ? wrong.join('; ') : `open for orders · sequence ${state.sequence}`, wrong.length === 0);
}

// The stream: a snapshot, then replace and remove; a new snapshot whenever it breaks off.
async function follow() {
  for (;;) {
    try {
      const reply = await fetch('/v1/stream?for=orders,transactions', {
        headers: { Authorization: 'Bearer ' + state.key, Accept: 'text/event-stream' } });
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

function apply(message) {
  if (message.type === 'snapshotStart') { state.orders.clear(); state.trades = []; }
  if (message.sequence) state.sequence = Math.max(state.sequence, message.sequence);
  if (message.view === 'transactions') state.trades = [message.value, ...state.trades].slice(0, TRADES_SHOWN);
  if (message.view === 'orders' && message.type === 'replace') state.orders.set(message.key, message.value);
  if (message.view === 'orders' && message.type === 'remove') state.orders.delete(message.key);
  state.dirty = true;
}

async function every(ms, action) {
  for (;;) {
    try { await action(); } catch (problem) { problem.status === 401 ? leave() : say(problem.message, false); }
    await new Promise(resolve => setTimeout(resolve, ms));
  }
}

function scope() {
  return { scope: $('kill-scope').value, name: $('kill-name').value };
}

$('kill').addEventListener('input', () => { $('kill-go').disabled = true; });
$('kill-preview').addEventListener('click', async () => {
  try {
    const hit = await call('/v1/kill-switch/preview', 'POST', scope());
    $('kill-result').textContent = `reaches ${hit.openOrders} open orders of ${hit.sessions.length} sessions: ${hit.sessions.slice(0, 10).join(', ')}`;
    $('kill-go').disabled = false;
  } catch (problem) { $('kill-result').textContent = problem.message; }
});
$('kill').addEventListener('submit', async event => {
  event.preventDefault();
  $('kill-go').disabled = true;
  try {
    const done = await call('/v1/kill-switch', 'POST', { ...scope(), state: $('kill-state').value,
      cancelOrders: $('kill-cancel').checked, reason: $('kill-reason').value });
    $('kill-result').textContent = `in effect since sequence ${done.sequence}`;
  } catch (problem) { $('kill-result').textContent = problem.message; }
});

$('as-at').addEventListener('change', () => { state.asAt = $('as-at').value; $('as-at-text').value = state.asAt; });
$('now').addEventListener('click', () => { state.asAt = null; $('as-at-text').value = 'now'; });

function leave() {
  sessionStorage.removeItem('key');
  location.reload();
}
$('leave').addEventListener('click', leave);

$('login').addEventListener('submit', async event => {
  event.preventDefault();
  state.key = $('key').value.trim();
  try { await call('/v1/instruments'); } catch (problem) { $('login-problem').textContent = problem.message; return; }
  sessionStorage.setItem('key', state.key);
  open();
});

function open() {
  $('login').hidden = true;
  $('desk').hidden = $('leave').hidden = false;
  follow();
  every(1000, showHealth);
  every(2000, showInstruments);
  every(500, showBook);
  every(2000, showHoldings);
  every(250, async () => { if (state.dirty) { state.dirty = false; showOrders(); } });
  every(1000, async () => { $('as-at').max = Math.max(1, state.sequence); });
}

if (state.key) open(); else { $('login').hidden = false; say('not logged in', false); }
