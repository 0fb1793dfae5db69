// The machine: readiness, counters, latency, profile.
import { $, call, element, fill, left, row, say, state } from '/console-api.js';

export async function showHealth() {
  const reply = await fetch('/readyz');
  const { checks } = await reply.json();
  const wrong = checks.filter(check => !check.ok).map(check => `${check.name}: ${check.detail}`);
  say(wrong.length ? wrong.join(' · ') : 'open for orders', wrong.length === 0);
  $('checks').replaceChildren(...checks.map(check => {
    const item = element('li', '', check.ok ? 'good' : 'bad');
    item.append(element('b', (check.ok ? '✓ ' : '✗ ') + check.name), element('span', check.detail));
    return item;
  }));
}

const SHOWN = [['spindle_orders_open', 'Orders open'], ['spindle_sessions_up', 'Sessions up'],
  ['spindle_log_sequence', 'Log sequence'], ['spindle_replica_lag_commands', 'Replica lag, commands'],
  ['spindle_database_lag_commands', 'Database lag, commands'], ['jvm_threads_live_threads', 'Threads']];

export async function showMetrics() {
  const text = await call('/metrics');
  const values = new Map([...text.matchAll(/^([a-z_]+)(?:_total)?(?:\{[^}]*\})? ([-0-9.eE+]+)$/gm)].map(found => [found[1], Number(found[2])]));
  $('counters').replaceChildren(...SHOWN.filter(([name]) => values.has(name)).flatMap(([name, label]) =>
    [element('dt', label), element('dd', values.get(name).toLocaleString('en'))]));
  lag('fact-replica', values.get('spindle_replica_lag_commands'));
  lag('fact-database', values.get('spindle_database_lag_commands'));
}

function lag(where, commands) {
  if (commands === undefined) return;
  $(where).textContent = commands > 1000 ? commands.toLocaleString('en') + ' behind' : 'up to date';
  $(where).className = commands > 1000 ? 'warn' : '';
}

/** Stages of the loop as mgmt times them from the log, and the last one: from the log to this page. */
export async function showLatency() {
  const { stages: items } = await call('/v1/latency');
  const chosen = $('stage').value;
  if ($('stage').options.length !== items.length + 1) {
    $('stage').replaceChildren(...items.map(item => new Option(item.stage, item.stage)), new Option('this page', ''));
    $('stage').value = chosen || (items.find(item => item.count) || { stage: '' }).stage;
  }
  const stage = items.find(item => item.stage === $('stage').value);
  const bars = stage ? [...trim(stage.buckets.map(bucket => [unit(bucket.upToNs), bucket.count])),
    ['more', stage.count - stage.buckets.reduce((sum, bucket) => sum + bucket.count, 0)]] : delays();
  $('latency-about').textContent = stage
    ? `${stage.meaning}; ${stage.count.toLocaleString('en')} values, p50 ${unit(stage.p50)}, p99 ${unit(stage.p99)}, p99.9 ${unit(stage.p999)}, most ${unit(stage.max)}`
    : state.delays.length ? `From the log to this page, the last ${state.delays.length} events` : 'No event reached this page yet.';
  $('latency').innerHTML = chart(bars);
  $('latency').setAttribute('aria-label', bars.map(([name, count]) => `up to ${name}: ${count}`).join(', '));
  $('slowest').replaceChildren(...(stage ? stage.outliers : []).map(one =>
    element('li', `${unit(one.ns)} · sequence ${one.sequence} · ${one.time}`)));
  $('outliers').replaceChildren(...[...state.delays].sort((a, b) => b.ms - a.ms).slice(0, 5).map(one =>
    element('li', `${one.ms} ms · ${one.key} · sequence ${one.sequence}`)));
}

/** Without the empty buckets at both ends. */
function trim(bars) {
  const first = bars.findIndex(([, count]) => count), last = bars.findLastIndex(([, count]) => count);
  return first < 0 ? bars.slice(0, 8) : bars.slice(Math.max(0, first - 1), Math.max(first + 7, last + 2));
}

function delays() {
  const bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, Infinity];
  return bounds.map((bound, i) => [bound === Infinity ? 'more' : bound + ' ms',
    state.delays.filter(one => one.ms < bound && one.ms >= (i ? bounds[i - 1] : 0)).length]);
}

const unit = ns => (ns < 1e3 ? ns + ' ns' : ns < 1e6 ? +(ns / 1e3).toPrecision(3) + ' µs' : +(ns / 1e6).toPrecision(3) + ' ms');

/** Counts on a logarithmic scale; only numbers and our own words go in. */
function chart(bars) {
  const most = Math.log10(1 + Math.max(1, ...bars.map(([, count]) => count)));
  const width = 440 / bars.length;
  const drawn = bars.map(([name, count], i) => {
    const height = 120 * Math.log10(1 + count) / most;
    const x = 10 + i * width;
    return `<rect x="${x + 2}" y="${130 - height}" width="${width - 4}" height="${height}" rx="2"/>` +
      (count ? `<text x="${x + width / 2}" y="${125 - height}" text-anchor="middle">${count}</text>` : '') +
      `<text x="${x + width / 2}" y="144" text-anchor="middle">${name}</text>`;
  });
  return `<svg viewBox="0 -8 460 158" aria-hidden="true"><line x1="10" x2="450" y1="130.5" y2="130.5"/>${drawn.join('')}</svg>`;
}

export async function showProfile() {
  const profile = await call('/v1/profile');
  const broken = profile.settings.filter(one => one.verdict !== 'holds' && one.verdict !== 'absent').length;
  $('profile-name').textContent = profile.name;
  $('profile-problem').textContent = profile.problem;
  $('fact-profile').textContent = profile.name ? (broken ? broken + ' differ' : 'holds') : 'none';
  $('fact-profile').className = broken ? 'warn' : '';
  fill('profile', profile.settings.map(one => row([{ text: one.setting, style: 'text wrap' }, left(one.wanted), left(one.live), { text: one.verdict.replaceAll('_', ' '), style: 'text ' + (one.verdict === 'holds' ? 'good' : one.verdict === 'absent' ? '' : 'warn') }])));
}
