// The console: one page over the public API. Orders and trades come from the stream, kept by
// replace and remove; the rest is asked for while its view is open.
import { $, button, call, element, fill, follow, grouped, learnRights, left, may, moment, notice, row, say, state, submit, tell, whole } from '/console-api.js';
import { showCalendars, showDay, startDay } from '/console-day.js';
import { showHealth, showLatency, showMetrics, showProfile } from '/console-system.js';

const BOOK_LEVELS = 14;
const ROWS = 200;
const SIDES = { B: 'buy', S: 'sell', T: 'sell short', E: 'sell short exempt' };
const STATES = { H: 'halted', P: 'paused', Q: 'quotation only', T: 'trading', C: 'closing auction', K: 'cancel only', X: 'closed' };
let view = 'market';
let clock = 0; // log time less our own, in ms

// ---- market

async function showBook() {
  const symbol = $('symbol').value;
  if (!symbol) return;
  const book = await bookOf(symbol);
  const most = Math.max(1, ...[...book.bids, ...book.asks].map(level => Number(level.quantity)));
  const rows = [];
  for (let i = 0; i < Math.max(book.bids.length, book.asks.length); i++) {
    const bid = book.bids[i] || {}, ask = book.asks[i] || {};
    rows.push(row([bid.orders, depth(bid, most, 'bidside'), { text: bid.price, style: 'bid' },
      { text: ask.price, style: 'ask left' }, depth(ask, most, 'askside left'), { text: ask.orders, style: 'left' }], i));
  }
  fill('book', rows);
  const bid = book.bids[0], ask = book.asks[0];
  $('top-bid').textContent = bid ? bid.price : '–';
  $('top-ask').textContent = ask ? ask.price : '–';
  $('top-spread').textContent = bid && ask ? (Number(ask.price) - Number(bid.price)).toFixed((bid.price.split('.')[1] || '').length) : '–';
  $('book-empty').textContent = rows.length ? '' : book.absent ? `${symbol} was not defined yet at this moment.`
    : state.asAt ? 'Nobody offered anything at this moment.' : 'Nobody offers anything. The ticket places a first order; members send theirs over UDP.';
  $('book-age').textContent = `True at sequence ${book.sequence.toLocaleString('en')}`;
  if (!state.asAt) state.sequence = Math.max(state.sequence, book.sequence);
}

/** The past may be older than the instrument. */
async function bookOf(symbol) {
  try {
    return await call(`/v1/book/${encodeURIComponent(symbol)}?levels=${BOOK_LEVELS}${moment()}`);
  } catch (problem) {
    if (problem.status !== 404 || !state.asAt) throw problem;
    return { bids: [], asks: [], sequence: Number(state.asAt), absent: true };
  }
}

const depth = (level, most, style) => ({ text: grouped(level.quantity), style, depth: Number(level.quantity || 0) / most });

async function showTop() {
  const symbol = $('symbol').value;
  if (!symbol) return;
  const top = await call('/v1/top/' + encodeURIComponent(symbol)); // of now: a ticket has no past
  const side = level => (level ? `${grouped(level.quantity)} @ ${level.price}` : 'nobody');
  $('ticket-top').replaceChildren(element('span', 'bid ' + side(top.bid)), element('span', 'ask ' + side(top.ask)),
    element('small', `sequence ${top.sequence.toLocaleString('en')}, ${age(top.ageMs)} old`));
}

const age = ms => (ms < 1000 ? ms + ' ms' : ms < 120000 ? Math.round(ms / 1000) + ' s' : Math.round(ms / 60000) + ' min');

async function showInstruments() {
  const at = state.asAt;
  const { items } = await call('/v1/instruments' + moment('?'));
  if (at !== state.asAt) return;
  const chosen = $('symbol').value || (items[0] && items[0].symbol);
  if (!at && [...$('symbol').options].map(option => option.value).join() !== items.map(item => item.symbol).join()) {
    $('symbol').replaceChildren(...items.map(item => new Option(item.symbol, item.symbol, false, item.symbol === chosen)));
  }
  const now = items.find(item => item.symbol === chosen);
  $('trading-state').textContent = now ? STATES[now.tradingState] || now.tradingState : '';
  $('trading-state').className = 'chip ' + (now && now.tradingState === 'T' ? 'good' : 'bad');
  const halted = items.filter(item => item.tradingState !== 'T').map(item => item.symbol);
  $('fact-halted').textContent = halted.length ? halted.slice(0, 3).join(' ') + (halted.length > 3 ? ' …' : '') : 'none';
  $('fact-halted').className = halted.length ? 'warn' : '';
  if (view === 'controls') fill('instruments', items.map(item => row([left(item.symbol),
    { text: STATES[item.tradingState] || item.tradingState, style: 'text ' + (item.tradingState === 'T' ? 'good' : 'bad') },
    item.tickSize, left(item.currency), { node: state.asAt || !may('POST ' + statePath(item)) ? [] : item.tradingState === 'T' ? setState(item, 'halted', 'Halt') : setState(item, 'trading', 'Resume') }])));
}

const statePath = item => `/v1/instruments/${encodeURIComponent(item.symbol)}/state`;

const setState = (item, wanted, label) => button(label, item.symbol, async () => {
  const done = await call(statePath(item), 'POST', { state: wanted, reason: $('state-reason').value });
  if (!done.sequence) notice(item.symbol + ' waits for a second person');
  await showInstruments();
});

async function showSessions() {
  const { items } = await call('/v1/sessions?pageSize=500');
  $('sessions').replaceChildren(...items.slice(0, 500).map(one => new Option(one.session)));
  if (!$('ticket-session').value && items.length) $('ticket-session').value = items[0].session;
}

/** UTC, to the millisecond. */
const timeOf = time => (time || '').slice(11, 23);

async function showTrades() {
  const at = state.asAt;
  const trades = at ? (await call(`/v1/trades?pageSize=40${moment()}`)).items : state.trades;
  if (at !== state.asAt) return;
  fill('trades', trades.map(trade => row([timeOf(trade.time), left(trade.symbol), trade.price, grouped(trade.quantity),
    left(trade.maker.order), left(trade.taker.order)], trade.matchNumber)));
}

// ---- orders

async function orders() {
  if (!state.asAt) return [...state.orders.values()].reverse();
  return (await call(`/v1/orders?onlyActive=true&pageSize=${ROWS}${moment()}`)).items;
}

const orderPath = order => '/v1/orders/' + encodeURIComponent(order.id);

async function showOrders() {
  const wanted = $('order-filter').value.toLowerCase();
  const found = (await orders()).filter(order => !wanted || `${order.id} ${order.account} ${order.symbol}`.toLowerCase().includes(wanted));
  fill('orders', found.slice(0, ROWS).map(order => row([
    { node: button(order.id, 'timeline', () => showTimeline(order.id), 'link'), style: 'text' }, left(order.account), left(order.symbol),
    { text: SIDES[order.side] || order.side, style: 'text ' + (order.side === 'B' ? 'bid' : 'ask') }, order.price, grouped(order.quantity), grouped(order.filled),
    left(order.status.replaceAll('_', ' ')),
    { node: state.asAt || !may('DELETE ' + orderPath(order)) ? [] : button('Cancel', order.id, () => call(orderPath(order), 'DELETE')) }])));
}

async function showTimeline(id) {
  $('timeline-order').value = id;
  const { order, meaning, check, place, steps, trades } = await call(`/v1/orders/${encodeURIComponent(id)}/explanation${moment('?')}`);
  const told = [
    ...steps.map(one => [one, `${one.status.replaceAll('_', ' ')}: ${grouped(one.remaining)} of ${grouped(order.quantity)} left at ${order.price}${one.reason ? ', ' + one.reason : ''}`]),
    ...trades.map(one => [one, `traded ${grouped(one.quantity)} at ${one.price} with ${(one.maker.order === id ? one.taker.order : one.maker.order) || 'another firm'}`]),
  ].sort(([one], [other]) => one.sequence - other.sequence);
  $('timeline').replaceChildren(...told.map(([one, what]) => {
    const item = element('li');
    item.append(element('time', timeOf(one.time)), element('span', what), element('small', `sequence ${one.sequence.toLocaleString('en')}`, 'hint'));
    return item;
  }));
  $('timeline-now').textContent = check ? `Refused by ${check.failed.replaceAll('_', ' ')}: ${check.value}, the limit is ${check.limit}`
    : meaning || (place ? `${place.ordersAhead.toLocaleString('en')} orders with ${grouped(place.quantityAhead)} are ahead of it at ${place.price}` : '');
}

async function showHoldings() {
  const items = await whole('/v1/holdings' + moment('?'));
  const active = items.filter(one => Number(one.position) || Number(one.openBuy) || Number(one.openSell));
  fill('holdings', active.slice(0, ROWS).map(one =>
    row([left(one.account), left(one.symbol),
    ...[one.position, one.quantity, one.openBuy, one.openSell, one.realised, one.unrealised].map(grouped)], one.account + ' ' + one.symbol)));
}

// ---- authorisation

async function showQueue() {
  const queue = await call('/v1/authorisations');
  clock = Date.parse(queue.time) - Date.now();
  const waiting = await call('/v1/proposals');
  $('count-queue').textContent = queue.items.length + waiting.items.length || '';
  if (view !== 'authorise') return;
  showProposals(waiting.items);
  fill('queue', queue.items.map(order => row([left(order.id), left(order.account), left(order.symbol),
    { text: SIDES[order.side] || order.side, style: 'text ' + (order.side === 'B' ? 'bid' : 'ask') }, order.price, grouped(order.quantity),
    { node: countdown(order.expiresAt) }, { node: may('POST ' + decisionPath(order)) ? [decide(order, 'release', 'Release'), decide(order, 'refuse', 'Refuse')] : [] }])));
}

/** What somebody asked for that somebody else has to approve; the reason is the one for orders above. */
function showProposals(items) {
  fill('proposals', items.map(item => row([left(item.maker), left(item.command.replaceAll('_', ' ')), left(`${item.method} ${item.path}`), left(item.reason),
    { node: countdown(item.expires) }, { node: may(`${item.method} ${item.path}`) ? [judge(item, 'approve', 'Approve'), judge(item, 'reject', 'Reject')] : [] }], item.id)));
}

const judge = (item, decision, label) => button(label, `${item.method} ${item.path}`, async () => {
  await call('/v1/proposals/' + item.id, 'POST', { decision, reason: $('queue-reason').value });
  await showQueue();
}, decision === 'approve' ? 'primary' : 'quiet');

function countdown(expiresAt) {
  if (!expiresAt) return element('span', '–');
  const leftMs = Date.parse(expiresAt) - Date.now() - Math.max(0, clock);
  const seconds = Math.max(0, Math.round(leftMs / 1000));
  const made = element('span', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`, 'countdown ' + (seconds < 30 ? 'bad' : seconds < 120 ? 'warn' : ''));
  made.setAttribute('role', 'timer');
  return made;
}

const decisionPath = order => '/v1/authorisations/' + encodeURIComponent(order.id);

const decide = (order, decision, label) => button(label, order.id, async () => {
  await call(decisionPath(order), 'POST', { decision, reason: $('queue-reason').value });
  await showQueue();
}, decision === 'release' ? 'primary' : 'quiet');

// ---- kill switch: nothing happens that was not previewed

const scope = () => ({ scope: $('kill-scope').value, name: $('kill-name').value });
let previewed = '';

function forget() {
  previewed = '';
  $('kill-go').textContent = 'Preview first';
  $('kill-go').disabled = true;
  $('blast').hidden = true;
}

['input', 'change'].forEach(kind => $('kill').addEventListener(kind, event => {
  if (event.target.id !== 'kill-reason') forget();
}));
$('kill-preview').addEventListener('click', async () => {
  try {
    const asked = scope();
    const hit = await call('/v1/kill-switch/preview', 'POST', asked);
    if (JSON.stringify(asked) !== JSON.stringify(scope())) return;
    previewed = JSON.stringify(asked);
    $('kill-go').textContent = `Set ${asked.scope} ${asked.name} to ${$('kill-state').value.replaceAll('_', ' ')}`;
    $('blast-orders').textContent = hit.openOrders.toLocaleString('en');
    $('blast-sessions').textContent = hit.sessions.length.toLocaleString('en');
    $('blast-up').textContent = hit.loggedIn.length.toLocaleString('en');
    $('blast-algorithms').textContent = hit.algorithms.toLocaleString('en');
    $('blast-names').textContent = hit.sessions.slice(0, 12).join(', ') + (hit.sessions.length > 12 ? ' …' : '');
    $('blast').hidden = false;
    $('kill-go').disabled = false;
    tell('kill-result', '', true);
  } catch (problem) { tell('kill-result', problem.message, false); }
});
$('kill').addEventListener('submit', async event => {
  event.preventDefault();
  if (previewed !== JSON.stringify(scope())) return;
  $('kill-go').disabled = true;
  try {
    const done = await call('/v1/kill-switch', 'POST', { ...scope(), state: $('kill-state').value,
      cancelOrders: $('kill-cancel').checked, reason: $('kill-reason').value });
    forget();
    tell('kill-result', done.sequence ? `in effect since sequence ${done.sequence.toLocaleString('en')}` : 'waits for a second person', true);
  } catch (problem) { tell('kill-result', problem.message, false); }
});

// ---- the page

const SHOW = {
  market: [showBook, showTop, showTrades], orders: [showOrders, showHoldings], authorise: [showQueue],
  controls: [showInstruments], day: [showDay, showCalendars], system: [showHealth, showMetrics, showLatency],
};

function open(name) {
  view = name;
  document.querySelectorAll('main > section').forEach(section => { section.hidden = section.dataset.view !== name; });
  document.querySelectorAll('nav > button').forEach(tab => {
    if (tab.dataset.view === name) tab.setAttribute('aria-current', 'page'); else tab.removeAttribute('aria-current');
  });
  history.replaceState(null, '', '#' + name);
  refresh();
}

const refresh = () => SHOW[view].forEach(show => show().catch(problem => { if (problem.status !== 403) notice(problem.message); }));

/** What a key may not see is left as it is: that says nothing about the market. */
async function every(ms, action) {
  for (;;) {
    try { await action(); } catch (problem) {
      if (problem.status === 401) leave();
      else if (problem.status !== 403) say(problem.message, false);
    }
    await new Promise(resolve => setTimeout(resolve, ms));
  }
}

function leave() {
  sessionStorage.removeItem('key');
  location.reload();
}

function travel(sequence) {
  state.asAt = sequence;
  document.body.classList.toggle('past', Boolean(sequence));
  $('now').hidden = !sequence;
  $('as-at-text').textContent = sequence ? Number(sequence).toLocaleString('en') : 'now';
  if (!sequence) $('as-at').value = $('as-at').max;
  ['place', 'kill-preview'].forEach(id => { $(id).disabled = Boolean(sequence); });
  showInstruments().catch(problem => notice(problem.message));
  refresh();
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea')) return;
  const tab = document.querySelector(`nav > button[aria-keyshortcuts="${event.key}"]:not([hidden])`);
  const focus = (name, id) => {
    if (!document.querySelector(`nav > button[data-view=${name}]:not([hidden])`) || $(id).closest('[data-needs][hidden]')) return;
    open(name);
    $(id).focus();
    event.preventDefault();
  };
  if (tab) open(tab.dataset.view);
  else if (event.key === '?') $('help').showModal();
  else if (event.key === '/') focus('orders', 'order-filter');
  else if (event.key === 'k') focus('controls', 'kill-scope');
  else if (event.key === 'n' && !$('past').hidden) travel(null);
  else if (event.key === 'b' || event.key === 's') {
    document.querySelector(`input[name=side][value=${event.key === 'b' ? 'buy' : 'sell'}]`).checked = true;
    focus('market', 'ticket-quantity');
  }
}

function start() {
  $('login').hidden = true;
  ['tabs', 'views', 'leave', 'help-open'].forEach(id => { $(id).hidden = false; });
  const tabs = [...document.querySelectorAll('nav > button:not([hidden])')].map(tab => tab.dataset.view);
  open(tabs.find(name => name === location.hash.slice(1)) || tabs[0]);
  follow();
  every(1000, showHealth);
  every(2000, showInstruments);
  every(10000, showSessions);
  every(1000, showQueue);
  every(3000, showMetrics);
  every(30000, showProfile);
  every(5000, showDay);
  every(500, async () => { if (view === 'market') { await showBook(); await showTop(); } });
  every(2000, async () => {
    if (view === 'orders') await showHoldings();
    if (view === 'system') await showLatency();
    if (view === 'day') await showCalendars();
  });
  every(250, async () => {
    if (!state.dirty) return;
    state.dirty = false;
    $('count-orders').textContent = state.orders.size ? state.orders.size.toLocaleString('en') : '';
    $('fact-sequence').textContent = state.sequence.toLocaleString('en');
    $('as-at').max = Math.max(1, state.sequence);
    if (!state.asAt) $('as-at').value = $('as-at').max;
    if (!state.asAt) await showTrades();
    if (view === 'orders') await showOrders();
  });
}

/** Starts with the key of before, as soon as somebody says what it may do. */
async function resume() {
  for (;;) {
    try { await learnRights(); return start(); } catch (problem) {
      if (problem.status === 401) return leave();
      say(problem.message, false);
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

document.querySelectorAll('nav > button').forEach(tab => tab.addEventListener('click', () => open(tab.dataset.view)));
document.addEventListener('keydown', keys);
$('symbol').addEventListener('change', () => { showInstruments(); refresh(); });
$('order-filter').addEventListener('input', showOrders);
$('as-at').addEventListener('change', () => travel($('as-at').value));
$('now').addEventListener('click', () => travel(null));
$('help-open').addEventListener('click', () => $('help').showModal());
['stage', 'calendar'].forEach(id => $(id).addEventListener('change', refresh));
$('hlog').addEventListener('click', async () => {
  const link = element('a');
  link.href = URL.createObjectURL(new Blob([await call('/v1/latency.hlog')]));
  link.download = 'spindle.hlog';
  link.click();
});
$('leave').addEventListener('click', leave);
submit('timeline-form', 'timeline', () => showTimeline($('timeline-order').value.trim()));
submit('ticket', 'ticket-result', async () => {
  const ticket = { session: $('ticket-session').value, side: document.querySelector('input[name=side]:checked').value,
    symbol: $('symbol').value, quantity: $('ticket-quantity').value, timeInForce: $('ticket-time').value };
  if ($('ticket-price').value) ticket.price = $('ticket-price').value;
  const placed = await call('/v1/tickets', 'POST', ticket);
  const { order } = placed;
  return `${order.id}: ${order.status.replaceAll('_', ' ')}${order.reason ? ', ' + order.reason : ''}`;
});
startDay();

$('login').addEventListener('submit', async event => {
  event.preventDefault();
  state.key = $('key').value.trim();
  try { await learnRights(); } catch (problem) { $('login-problem').textContent = problem.message; return; }
  sessionStorage.setItem('key', state.key);
  start();
});

if (state.key) resume(); else { $('login').hidden = false; say('not logged in', false); }
